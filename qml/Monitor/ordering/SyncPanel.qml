// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compares the clocks now instead of at the next second, and shows what each node found.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    property NodeState only: null

    property bool asked: false

    curl: sync.curl
    iconName: "clock"
    title: qsTr("Clocks")

    actions: [
        ActionButton {
            busy: sync.busy
            enabled: !sync.busy && sync.count > 0
            iconName: "repeat"
            kind: "primary"
            text: qsTr("Synchronise now")

            onClicked: {
                root.asked = true;
                sync.run();
            }
        }
    ]

    EachNode {
        id: sync

        cluster: root.session.cluster
        method: "POST"
        only: root.only
        path: "/time/sync"
    }
    Label {
        Layout.fillWidth: true
        kind: "dim"
        text: qsTr("The nodes compare their clocks each second by themselves. This asks every peer now.")
        visible: !root.asked
        wrapMode: Text.WordWrap
    }
    Repeater {
        model: sync

        RowLayout {
            id: line

            required property NodeState node
            required property ApiCall call

            readonly property var got: line.call.answer
            readonly property var found: line.got.sync_status ?? {}
            readonly property bool part: line.call.status === 206
            readonly property string severity: line.call.error !== "" ? "critical" : line.part ? "warning" : "good"

            Layout.fillWidth: true
            Layout.minimumHeight: Theme.control
            spacing: Theme.s2
            visible: line.call.status !== 0 || line.call.error !== "" || line.call.busy

            BusyDot {
                running: line.call.busy
                size: Theme.iconSmall
                visible: line.call.busy
            }
            Icon {
                color: Theme.severity(line.severity)
                name: Theme.severityIcon(line.severity)
                size: Theme.iconSmall
                visible: !line.call.busy
            }
            Label {
                Layout.preferredWidth: Theme.s6
                kind: "strong"
                text: line.node?.name ?? ""
            }
            Label {
                Layout.fillWidth: true
                color: line.severity === "good" ? Theme.textDim : Theme.severity(line.severity)
                maximumLineCount: 2
                text: line.call.error !== "" ? line.call.error : (line.got.message ?? "")
                wrapMode: Text.WordWrap
            }
            Label {
                kind: "figure"
                text: Format.signedMs((line.found.clock_offset ?? NaN) * 1000) + " ± " + Format.ms((line.found.sync_accuracy ?? NaN) * 1000)
                visible: line.call.ok
            }
        }
    }
}
