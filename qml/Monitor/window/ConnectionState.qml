// SPDX-License-Identifier: GPL-3.0-or-later
//
// How fresh everything in the window is: a sign, a word and the age.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

RowLayout {
    id: root

    required property ClusterMonitor cluster

    readonly property NodeState source: root.cluster.target
    readonly property var look: {
        if (!root.cluster.autoRefresh && root.cluster.connected)
            return [qsTr("Paused"), "pause", Theme.textDim];
        switch (root.cluster.state) {
        case ClusterMonitor.NotConnected:
            return ["", "unplug", Theme.textDim];
        case ClusterMonitor.Connecting:
            return [qsTr("Connecting"), "loader", Theme.textDim];
        case ClusterMonitor.Live:
            return [qsTr("Live"), "circle-dot", Theme.good];
        case ClusterMonitor.Polling:
            return [qsTr("Polling"), "refresh-cw", Theme.info];
        case ClusterMonitor.Partly:
            return [qsTr("Partly live"), "circle-dashed", Theme.warning];
        case ClusterMonitor.Stale:
            return [qsTr("Stale"), "hourglass", Theme.warning];
        default:
            return [qsTr("No answer"), "circle-slash", Theme.critical];
        }
    }

    spacing: Theme.s1
    visible: root.cluster.state !== ClusterMonitor.NotConnected
    Accessible.role: Accessible.StaticText
    Accessible.name: root.source ? qsTr("%1, %2").arg(root.look[0]).arg(root.source.ageText) : root.look[0]

    Icon {
        name: root.look[1]
        size: Theme.iconSmall
        color: root.look[2]
    }

    Text {
        text: root.look[0]
        font: Theme.smallStrong
        color: Theme.text
    }

    Text {
        visible: root.source !== null && text !== ""
        text: root.source ? root.source.ageText : ""
        font: Theme.smallFigure
        color: Theme.textDim
    }
}
