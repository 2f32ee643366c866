// SPDX-License-Identifier: GPL-3.0-or-later
//
// In place of a page while there is no cluster to show: what is wrong, what each node says, and what to do.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Item {
    id: root

    required property Session session
    required property Shell shell

    readonly property ClusterMonitor cluster: root.session.cluster
    readonly property bool connecting: root.cluster.state === ClusterMonitor.Connecting
    /// Sign, severity, title.
    readonly property var look: {
        switch (root.cluster.state) {
        case ClusterMonitor.Connecting:
            return ["plug", "info", qsTr("Connecting")];
        case ClusterMonitor.WrongCluster:
            return ["git-branch", "critical", qsTr("These nodes belong to different clusters")];
        case ClusterMonitor.NotDsmsg:
            return ["circle-help", "warning", qsTr("Something else answers there")];
        case ClusterMonitor.Unauthorised:
            return ["lock", "warning", qsTr("The node does not let the monitor in")];
        case ClusterMonitor.OtherVersion:
            return ["git-compare", "warning", qsTr("The node speaks another version")];
        case ClusterMonitor.Stale:
            return ["hourglass", "warning", qsTr("The nodes have fallen silent")];
        default:
            return ["unplug", "critical", qsTr("No node answers")];
        }
    }

    Accessible.role: Accessible.AlertMessage
    Accessible.name: qsTr("%1. %2").arg(root.look[2]).arg(root.cluster.stateText)

    ColumnLayout {
        width: Math.min(parent.width - 2 * Theme.s5, Theme.drawer * 1.5)
        anchors.centerIn: parent
        spacing: Theme.s3

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            implicitWidth: 2 * Theme.s6
            implicitHeight: implicitWidth
            radius: implicitWidth / 2
            color: Theme.severitySoft(root.look[1])

            Icon {
                anchors.centerIn: parent
                name: root.look[0]
                size: Theme.s6
                color: Theme.severity(root.look[1])
            }
        }

        Text {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            text: root.look[2]
            font: Theme.display
            color: Theme.text
        }

        Text {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            text: root.cluster.stateText
            font: Theme.body
            color: Theme.textDim
        }

        ProgressLine {
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.rail
            Layout.alignment: Qt.AlignHCenter
            visible: root.connecting
            indeterminate: true
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s2
            visible: root.cluster.nodes.count > 0
            implicitHeight: rows.implicitHeight + 2 * Theme.s3
            radius: Theme.radius
            color: Theme.surface
            border.width: Theme.line
            border.color: Theme.border

            Column {
                id: rows

                anchors.fill: parent
                anchors.margins: Theme.s3
                spacing: Theme.s2

                Repeater {
                    model: root.cluster.nodes

                    delegate: RowLayout {
                        id: row

                        required property NodeState node
                        readonly property bool waits: row.node.link === NodeState.Connecting

                        width: rows.width
                        spacing: Theme.s2

                        Icon {
                            Layout.alignment: Qt.AlignTop
                            name: row.waits ? "hourglass" : "circle-x"
                            size: Theme.icon
                            color: row.waits ? Theme.textDim : Theme.warning
                        }

                        Text {
                            Layout.alignment: Qt.AlignTop
                            text: row.node.url
                            font: Theme.mono
                            color: Theme.text
                        }

                        Text {
                            Layout.fillWidth: true
                            text: row.waits ? qsTr("asked, no answer yet") : row.node.problem
                            wrapMode: Text.Wrap
                            font: Theme.small
                            color: Theme.textDim
                        }
                    }
                }
            }
        }

        RowLayout {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.s2
            spacing: Theme.s2

            ActionButton {
                visible: !root.connecting
                kind: "primary"
                iconName: "refresh-cw"
                text: qsTr("Try again")
                onClicked: root.session.connectAgain()
            }

            ActionButton {
                iconName: "plug"
                text: qsTr("Connect to another cluster…")
                onClicked: root.shell.connectWanted(-1)
            }

            ActionButton {
                kind: "quiet"
                text: root.connecting ? qsTr("Cancel") : qsTr("Disconnect")
                onClicked: root.session.disconnectFromCluster()
            }
        }
    }
}
