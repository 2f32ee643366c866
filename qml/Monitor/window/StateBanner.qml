// SPDX-License-Identifier: GPL-3.0-or-later
//
// Over the open page while what it shows is not all there or not from now: what is missing and what to do.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Rectangle {
    id: root

    required property Session session
    required property Shell shell

    readonly property ClusterMonitor cluster: root.session.cluster
    readonly property bool paused: !root.cluster.autoRefresh
    /// Overview says the same in its headline.
    readonly property bool saidAlready: root.shell.page === "overview" && root.cluster.stateText === root.cluster.verdict
    readonly property bool wanted: root.cluster.connected && (root.paused || root.cluster.state >= ClusterMonitor.Partly && !root.saidAlready)
    readonly property string severity: root.paused ? "info" : root.cluster.state === ClusterMonitor.Partly || root.cluster.state === ClusterMonitor.Stale ? "warning" : "critical"

    visible: root.wanted
    implicitHeight: root.wanted ? row.implicitHeight + 2 * Theme.s1 : 0
    color: Theme.severitySoft(root.severity)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.s4
        anchors.rightMargin: Theme.s3
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s2

        Icon {
            name: root.paused ? "pause" : Theme.severityIcon(root.severity)
            size: Theme.icon
            color: Theme.severity(root.severity)
        }

        Text {
            id: words

            Layout.fillWidth: true
            text: root.paused ? qsTr("Refreshing is off: what you see ages.") : root.cluster.stateText
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            elide: Text.ElideRight
            font: Theme.body
            color: Theme.text
        }

        ActionButton {
            kind: "quiet"
            text: root.paused ? qsTr("Turn it on") : qsTr("Show nodes")
            visible: root.paused || root.shell.page !== "nodes"
            onClicked: {
                if (root.paused)
                    root.session.settings.autoRefresh = true;
                else
                    root.shell.goTo("nodes", {});
            }
        }
    }
}
