// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person can choose. Everything applies at once and is kept.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    title: qsTr("Settings")
    subtitle: qsTr("Every change applies at once.")

    ScrollColumn {
        GridLayout {
            Layout.fillWidth: true
            columns: root.width > Theme.page ? 2 : 1
            columnSpacing: Theme.s4
            rowSpacing: Theme.s4

            LookPanel {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                session: root.session
            }

            BehaviourPanel {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                session: root.session
            }

            ProfilesPanel {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                session: root.session
                shell: root.shell
            }

            AboutPanel {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                session: root.session
            }
        }
    }
}
