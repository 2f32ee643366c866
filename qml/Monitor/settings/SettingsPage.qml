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
            // Two columns of panels, each as high as it is, where there is room.
            columns: root.width > Theme.page + Theme.drawer / 2 ? 2 : 1
            columnSpacing: Theme.s4
            rowSpacing: Theme.s4

            ColumnLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                spacing: Theme.s4

                LookPanel {
                    Layout.fillWidth: true
                    session: root.session
                }

                ProfilesPanel {
                    Layout.fillWidth: true
                    session: root.session
                    shell: root.shell
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                spacing: Theme.s4

                BehaviourPanel {
                    Layout.fillWidth: true
                    session: root.session
                }

                AboutPanel {
                    Layout.fillWidth: true
                    session: root.session
                }
            }
        }

        Item {
            Layout.fillHeight: true
        }
    }
}
