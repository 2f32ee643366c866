// SPDX-License-Identifier: GPL-3.0-or-later
//
// One event: what happened, where, when and why, and what happened around it on the other nodes.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

DrawerColumn {
    id: root

    required property Session session
    required property Shell shell
    /// A map by the role names of EventModel.
    property var subject: null

    readonly property EventModel events: root.session.cluster.events
    readonly property NodeState node: root.subject ? root.session.cluster.nodes.byId(root.subject.nodeId) : null
    readonly property var severities: ["", "info", "warning", "critical"]
    readonly property string severity: root.severities[root.subject?.severity ?? 0] ?? ""

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Tag {
            iconName: root.severity === "" ? "circle-dot" : Theme.severityIcon(root.severity)
            severity: root.severity
            text: (root.subject?.kind ?? "").replace(/_/g, " ")
        }
        Item {
            Layout.fillWidth: true
        }
        Label {
            kind: "figure"
            text: root.subject?.timeText ?? ""
        }
    }
    Label {
        Layout.fillWidth: true
        font: Theme.heading
        text: root.subject?.text ?? ""
        wrapMode: Text.WordWrap
    }
    Panel {
        Layout.fillWidth: true
        padding: Theme.s3
        spacing: 0

        FactRow {
            label: qsTr("Node")
            value: root.subject?.nodeId ?? ""
        }
        FactRow {
            label: qsTr("Peer")
            value: root.subject?.peer ?? ""
            visible: value !== ""
        }
        FactRow {
            label: qsTr("Term")
            value: Format.count(root.subject?.term ?? NaN)
        }
        FactRow {
            label: qsTr("Entry")
            value: (root.subject?.logIndex ?? -1) < 0 ? "" : Format.count(root.subject.logIndex)
            visible: value !== ""
        }
        FactRow {
            label: qsTr("Cluster time")
            value: Format.timeMs(root.subject?.clusterTs ?? NaN)
        }
        FactRow {
            label: qsTr("Certain within")
            tip: qsTr("Events of other nodes within this time may have come before or after it")
            value: Format.ms(root.subject?.boundMs ?? NaN)
        }
        Label {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s1
            kind: "dim"
            text: qsTr("Why: %1").arg(root.subject?.cause ?? "")
            visible: (root.subject?.cause ?? "") !== ""
            wrapMode: Text.WordWrap
        }
    }
    Panel {
        Layout.fillWidth: true
        hint: qsTr("two seconds before and after")
        padding: Theme.s3
        spacing: 0
        title: qsTr("Around it")

        Rows {
            id: near

            Repeater {
                model: root.subject ? root.events.around(root.subject.clusterTs, 2, 12) : []

                NearEvent {
                    required property var modelData

                    width: near.width
                    current: modelData.nodeId === root.subject.nodeId && modelData.clusterTs === root.subject.clusterTs && modelData.kind === root.subject.kind
                    happening: modelData
                    sinceMs: (modelData.clusterTs - root.subject.clusterTs) * 1000

                    onChosen: root.shell.select("event", modelData)
        }
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        ActionButton {
            Layout.fillWidth: true
            iconName: "server"
            text: qsTr("Show %1").arg(root.subject?.nodeId ?? "")
            visible: root.node !== null

            onClicked: root.shell.select("node", root.node)
        }
        ActionButton {
            Layout.fillWidth: true
            iconName: "activity"
            text: qsTr("On the timeline")

            onClicked: root.shell.goTo("timeline", {
                clusterTs: root.subject.clusterTs
            })
        }
    }
    CurlLine {
        text: "curl --noproxy '*' -N '" + (root.node ? root.node.url : "http://127.0.0.1:8000") + "/observe?after=0'"
    }
}
