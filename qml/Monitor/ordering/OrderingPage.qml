// SPDX-License-Identifier: GPL-3.0-or-later
//
// When messages are delivered and by which time: the buffers in which they wait, and the corrections that decide.
// On all nodes at once, or on the one that is picked on top.
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
    readonly property bool wide: root.width > 880

    title: qsTr("Ordering")
    subtitle: qsTr("A message waits until cluster time has passed its own by the window, so that what was sent earlier can come before it.")

    ScrollColumn {
        GridLayout {
            Layout.fillWidth: true
            columnSpacing: Theme.s4
            columns: root.wide ? 2 : 1
            rowSpacing: Theme.s4

            BufferPanel {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 6
                active: root.visible
                only: root.cluster.selected
                session: root.session
                shell: root.shell
            }
            TimeStatsPanel {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 5
                active: root.visible
                only: root.cluster.selected
                session: root.session
                shell: root.shell
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
