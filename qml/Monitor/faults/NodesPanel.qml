// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nodes of the cluster: what each is, what is wrong with it on purpose, and what can be done to it at once.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property LabDesk desk

    hint: root.desk.lab.embedded ? qsTr("local cluster") : ""
    iconName: "server"
    spacing: root.desk.session.cluster.nodes.count > 3 ? Theme.s1 : Theme.s2
    title: qsTr("Nodes")

    Repeater {
        model: root.desk.session.cluster.nodes

        NodeRow {
            id: row

            required property NodeState node

            Layout.fillWidth: true
            compact: root.desk.session.cluster.nodes.count > 3
            desk: root.desk
            subject: row.node
        }
    }
}
