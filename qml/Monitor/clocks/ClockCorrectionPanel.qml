// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the cluster would make of a sender's timestamp: the same correction that a message gets, without a message.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    property NodeState node

    readonly property double typed: Number(timestamp.text)
    readonly property bool readable: timestamp.text.trim() !== "" && !isNaN(root.typed) && root.typed > 0

    function takeNow(): void {
        const now = root.session.cluster.clusterTs;
        timestamp.text = (isNaN(now) ? Date.now() / 1000 : now).toFixed(6);
    }

    curl: call.curl
    hint: qsTr("as a message would be")
    iconName: "wand-sparkles"
    title: qsTr("Correct a timestamp")

    Component.onCompleted: root.takeNow()

    ApiCall {
        id: call

        body: {
            const body = {
                timestamp: root.typed
            };
            if (sender.text.trim() !== "")
                body.sender = sender.text.trim();
            return body;
        }
        cluster: root.session.cluster
        method: "POST"
        node: root.node
        path: "/time/correct"
    }
    Correction {
        id: correction

        answer: call.answer
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
                    call.run();
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
            busy: call.busy
            enabled: root.readable && root.node !== null && !call.busy
            iconName: "wand-sparkles"
            text: qsTr("Correct")

            onClicked: call.run()
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
    Notice {
        severity: "critical"
        text: call.error
        visible: call.error !== ""
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0
        visible: call.ok && correction.valid

        Label {
            Layout.fillWidth: true
            kind: "strong"
            text: correction.text
            wrapMode: Text.WordWrap
        }
        ClockCorrectionBand {
            correction: correction
        }
        FactRow {
            label: qsTr("Before")
            mono: true
            value: correction.original.toFixed(6)
        }
        FactRow {
            label: qsTr("After")
            mono: true
            value: correction.corrected.toFixed(6)
        }
        FactRow {
            label: qsTr("Method")
            value: correction.method
        }
        FactRow {
            iconName: correction.verified ? "shield-check" : "circle-help"
            label: qsTr("The sender's clock")
            value: correction.verified ? qsTr("known") : qsTr("not known")
        }
    }
}
