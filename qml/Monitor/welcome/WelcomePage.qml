// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first thing a person sees: three ways to a running cluster, each one click away.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property bool narrow: root.width < 720 * Theme.textScale
    readonly property bool low: root.height < 640 * Theme.textScale
    readonly property EmbeddedCluster embedded: root.session.embedded

    headerVisible: false
    title: qsTr("Welcome")

    ScrollColumn {
        Item {
            Layout.fillHeight: true
            visible: !root.low
        }
        ColumnLayout {
            Layout.alignment: Qt.AlignHCenter
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round(980 * Theme.textScale)
            spacing: Theme.s2

            ClusterSign {
                Layout.alignment: Qt.AlignHCenter
                Layout.bottomMargin: Theme.s3
                visible: !root.low
            }
            Label {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                font: Theme.bigFigure
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("Messages that survive")
                wrapMode: Text.WordWrap
            }
            Label {
                Layout.alignment: Qt.AlignHCenter
                Layout.fillWidth: true
                Layout.maximumWidth: Math.round(560 * Theme.textScale)
                horizontalAlignment: Text.AlignHCenter
                kind: "dim"
                text: qsTr("dsmsg keeps every acknowledged message on a majority of its nodes. See it happen, break it, and read what it kept.")
                wrapMode: Text.WordWrap
            }
            GridLayout {
                Layout.fillWidth: true
                Layout.topMargin: Theme.s5
                columnSpacing: Theme.s4
                columns: root.narrow ? 1 : 3
                rowSpacing: Theme.s4

                StartCard {
                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    embedded: root.embedded
                    brief: root.low
                    focus: true
                }
                ConnectCard {
                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    brief: root.low
                    session: root.session
                }
                TourCard {
                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    brief: root.low
                    embedded: root.embedded
                    tour: root.session.tour
                }
            }
        }
        Item {
            Layout.fillHeight: true
            visible: !root.low
        }
    }
}
