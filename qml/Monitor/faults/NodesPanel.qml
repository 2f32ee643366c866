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

    function wipe(): void {
        const embedded = root.desk.session.embedded;
        root.desk.shell.confirmationWanted({
            title: qsTr("Delete the local cluster?"),
            text: qsTr("Its nodes are stopped and everything they stored is deleted. This cannot be undone."),
            detail: embedded.folder,
            action: qsTr("Delete"),
            danger: true,
            accept: () => embedded.wipe()
        });
    }

    hint: root.desk.lab.embedded ? qsTr("local cluster") : ""
    iconName: "server"
    spacing: root.desk.session.cluster.nodes.count > 3 ? Theme.s1 : Theme.s2
    title: qsTr("Nodes")

    actions: [
        IconButton {
            id: more

            iconName: "ellipsis"
            text: qsTr("The local cluster")
            visible: root.desk.lab.embedded

            onClicked: menu.open()

            ActionMenu {
                id: menu

                y: more.height

                ActionItem {
                    iconName: "circle-stop"
                    text: qsTr("Stop the cluster")

                    onTriggered: root.desk.session.embedded.stop()
                }
                ActionItem {
                    danger: true
                    iconName: "trash-2"
                    text: qsTr("Stop it and delete its messages")

                    onTriggered: root.wipe()
                }
            }
        }
    ]

    Rows {
        id: rows

        spacing: root.spacing

        Repeater {
            model: root.desk.session.cluster.nodes

            NodeRow {
                id: row

                required property NodeState node

                width: rows.width
                compact: root.desk.session.cluster.nodes.count > 3
                desk: root.desk
                subject: row.node
            }
        }
    }
}
