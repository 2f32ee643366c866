// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the cluster would make of a sender's timestamp, on one node or on all: the same correction that a message
// gets, without a message.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    /// The one node that corrects; null: all.
    property NodeState only: null

    readonly property double typed: Number(timestamp.text)
    readonly property bool readable: timestamp.text.trim() !== "" && !isNaN(root.typed) && root.typed > 0
    property bool asked: false

    function takeNow(): void {
        const now = root.session.cluster.clusterTs;
        timestamp.text = (isNaN(now) ? Date.now() / 1000 : now).toFixed(6);
    }

    function correct(): void {
        root.asked = true;
        each.run();
    }

    curl: each.curl
    hint: qsTr("as a message would be")
    iconName: "wand-sparkles"
    title: qsTr("Correct a timestamp")

    Component.onCompleted: root.takeNow()

    EachNode {
        id: each

        body: {
            const body = {
                timestamp: root.readable ? root.typed : 0
            };
            if (sender.text.trim() !== "")
                body.sender = sender.text.trim();
            return body;
        }
        cluster: root.session.cluster
        method: "POST"
        only: root.only
        path: "/time/correct"
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Field {
            id: timestamp

            Layout.fillWidth: true
            Layout.preferredWidth: 180
            error: timestamp.text.trim() === "" || root.readable ? "" : qsTr("Seconds since 1970, please.")
            hint: root.readable ? Format.dateTime(root.typed) : ""
            label: qsTr("Timestamp")
            mono: true
            placeholder: qsTr("seconds since 1970")
            unit: "s"

            onAccepted: {
                if (root.readable)
                    root.correct();
            }
        }
        Field {
            id: sender

            Layout.fillWidth: true
            Layout.preferredWidth: 110
            hint: qsTr("if its clock is known")
            label: qsTr("Sender")
            placeholder: qsTr("anybody")
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        ActionButton {
            busy: each.busy
            enabled: root.readable && each.count > 0 && !each.busy
            iconName: "wand-sparkles"
            text: qsTr("Correct")

            onClicked: root.correct()
        }
        ActionButton {
            iconName: "clock"
            kind: "quiet"
            text: qsTr("Now")

            onClicked: root.takeNow()
        }
        ActionButton {
            kind: "quiet"
            text: qsTr("2 s late")

            onClicked: {
                root.takeNow();
                timestamp.text = (Number(timestamp.text) - 2).toFixed(6);
            }
        }
    }
    Rows {
        id: results

        spacing: Theme.s3
        visible: root.asked

        Repeater {
            model: each

            ClockCorrectionResult {
                width: results.width
            }
        }
    }
}
