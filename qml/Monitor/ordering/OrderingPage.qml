// SPDX-License-Identifier: GPL-3.0-or-later
//
// When messages are delivered and by which time: the buffers in which they wait, the clocks that decide, and
// what a timestamp would be corrected to. On all nodes at once, or on one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property ClusterMonitor cluster: root.session.cluster
    /// Null: all nodes.
    readonly property NodeState only: who.currentIndex > 0 ? root.cluster.nodes.at(who.currentIndex - 1) : null
    readonly property bool wide: root.width > 880
    readonly property var names: {
        const names = [qsTr("All nodes")];
        for (let i = 0; i < root.cluster.nodes.count; ++i)
            names.push(root.cluster.nodes.at(i).name);
        return names;
    }

    title: qsTr("Ordering")
    subtitle: qsTr("A message waits until cluster time has passed its own by the window, so that what was sent earlier can come before it.")

    actions: [
        SelectField {
            id: who

            model: root.names
            name: qsTr("Which nodes are asked")
        }
    ]

    ScrollColumn {
        GridLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            columnSpacing: Theme.s4
            columns: root.wide ? 2 : 1
            rowSpacing: Theme.s4

            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 6
                spacing: Theme.s4

                BufferPanel {
                    Layout.fillWidth: true
                    active: root.visible
                    only: root.only
                    session: root.session
                    shell: root.shell
                }
            }
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 5
                spacing: Theme.s4

                SyncPanel {
                    Layout.fillWidth: true
                    only: root.only
                    session: root.session
                }
                CorrectionPanel {
                    Layout.fillWidth: true
                    only: root.only
                    session: root.session
                }
                TimeStatsPanel {
                    Layout.fillWidth: true
                    active: root.visible
                    only: root.only
                    session: root.session
                    shell: root.shell
                }
            }
        }
    }
}
