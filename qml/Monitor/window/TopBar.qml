// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is looked at, how it is, how fresh that is, and the way to every command.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Rectangle {
    id: root

    required property Session session
    required property Shell shell
    /// There is no room for words.
    property bool narrow: false

    readonly property ClusterMonitor cluster: root.session.cluster
    readonly property string severity: ["", "good", "warning", "critical"][root.cluster.severity]

    signal paletteWanted

    implicitHeight: Theme.control + 2 * Theme.s2 + Theme.line
    color: Theme.surface
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Cluster and its state")

    Rectangle {
        width: parent.width
        height: Theme.line
        anchors.bottom: parent.bottom
        color: Theme.border
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s4
        anchors.rightMargin: Theme.s3
        anchors.bottomMargin: Theme.line
        spacing: Theme.s2

        ProfilePicker {
            Layout.maximumWidth: root.narrow ? Theme.rail * 0.75 : Theme.rail
            session: root.session
            shell: root.shell
        }

        NodePicker {
            visible: root.cluster.connected
            Layout.maximumWidth: root.narrow ? Theme.rail / 2 : Theme.rail
            session: root.session
        }

        Icon {
            visible: verdict.text !== ""
            Layout.leftMargin: Theme.s2
            name: Theme.severityIcon(root.severity)
            color: Theme.severity(root.severity)
            size: Theme.icon
        }

        Text {
            id: verdict

            Layout.fillWidth: true
            // The overview says it larger, the welcome better.
            text: root.shell.page === "overview" || root.cluster.state === ClusterMonitor.NotConnected ? "" : root.cluster.verdict
            elide: Text.ElideRight
            font: Theme.body
            color: Theme.text
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Verdict: %1").arg(verdict.text)
        }

        RedirectNote {
            cluster: root.cluster
            narrow: root.narrow
        }

        ConnectionState {
            cluster: root.cluster
        }

        IconButton {
            visible: root.cluster.state !== ClusterMonitor.NotConnected
            iconName: "refresh-cw"
            text: qsTr("Ask every node now (F5)")
            onClicked: root.cluster.refresh()
        }

        IconButton {
            iconName: "command"
            text: qsTr("Search pages and commands (Ctrl+K)")
            onClicked: root.paletteWanted()
        }
    }
}
