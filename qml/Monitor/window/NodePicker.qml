// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whom the pages read from: the whole cluster (its leader), or one node.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

BarButton {
    id: root

    required property Session session

    readonly property ClusterMonitor cluster: root.session.cluster

    function select(node: NodeState) {
        list.close();
        root.cluster.selected = node;
    }

    label: qsTr("Node")
    text: root.cluster.selected ? root.cluster.selected.name : qsTr("Cluster")
    iconName: root.cluster.selected ? "server" : "layers"
    iconColor: root.cluster.selected ? Theme.accent : Theme.textDim
    open: list.visible
    onClicked: list.visible ? list.close() : list.open()

    BarList {
        id: list

        BarEntry {
            text: qsTr("Cluster")
            detail: root.cluster.target ? qsTr("all nodes; pages read from %1").arg(root.cluster.target.name) : qsTr("all nodes")
            iconName: "layers"
            chosen: !root.cluster.selected
            onClicked: root.select(null)
        }

        BarLine {}

        Repeater {
            model: root.cluster.nodes

            delegate: BarEntry {
                id: entry

                required property NodeState node
                readonly property bool answers: entry.node.link === NodeState.Live || entry.node.link === NodeState.Polling

                text: entry.node.name
                detail: entry.answers ? qsTr("%1, %2").arg(entry.node.roleText).arg(entry.node.url) : entry.node.problem || entry.node.url
                iconName: !entry.answers ? "unplug" : entry.node.leads ? "crown" : "server"
                iconColor: !entry.answers ? Theme.warning : entry.node.leads ? Theme.accent : Theme.textDim
                chosen: root.cluster.selected === entry.node
                onClicked: root.select(entry.node)
            }
        }
    }
}
