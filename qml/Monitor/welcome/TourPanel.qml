// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tour over the pages: what to do now, and what the last step has shown. It sees by itself what was done.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Rectangle {
    id: root

    required property Session session
    required property Shell shell

    readonly property Tour tour: root.session.tour

    Accessible.name: qsTr("Tour, step %1 of %2: %3").arg(Math.min(root.tour.step + 1, root.tour.count)).arg(root.tour.count).arg(root.tour.title)
    Accessible.role: Accessible.AlertMessage
    border.color: Theme.accent
    border.width: Theme.line
    color: Theme.raised
    implicitHeight: column.implicitHeight + 2 * Theme.s4
    implicitWidth: Math.round(340 * Theme.textScale)
    radius: Theme.radius
    visible: root.tour.active

    Binding {
        property: "openPage"
        target: root.tour
        value: root.shell.page
    }
    Connections {
        function onCopied(text: string): void {
            root.tour.copied(text);
        }

        target: Clipboard
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.s4
        spacing: Theme.s2

        RowLayout {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.s1
            spacing: Theme.s1

            Item {
                id: parts

                readonly property real partWidth: (parts.width - (root.tour.count - 1) * Theme.s1) / root.tour.count

                Layout.fillWidth: true
                implicitHeight: Theme.s1

                Repeater {
                    model: root.tour.count

                    Rectangle {
                        id: part

                        required property int index

                        color: part.index < root.tour.step ? Theme.good : part.index === root.tour.step ? Theme.accent : Theme.border
                        height: parts.height
                        radius: height / 2
                        width: parts.partWidth
                        x: part.index * (parts.partWidth + Theme.s1)
                    }
                }
            }
            IconButton {
                iconName: "x"
                iconSize: Theme.iconSmall
                implicitHeight: Theme.row
                implicitWidth: Theme.row
                text: qsTr("Leave the tour")

                onClicked: root.tour.leave()
            }
        }
        RowLayout {
            spacing: Theme.s2
            visible: root.tour.praise !== ""

            Icon {
                Layout.alignment: Qt.AlignTop
                color: Theme.good
                name: "circle-check"
                size: Theme.icon
            }
            Label {
                Layout.fillWidth: true
                kind: "dim"
                text: root.tour.praise
                wrapMode: Text.WordWrap
            }
        }
        RowLayout {
            spacing: Theme.s2

            Icon {
                color: Theme.accent
                name: root.tour.iconName
                size: Theme.icon
            }
            Label {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                kind: "heading"
                text: root.tour.title
            }
        }
        Label {
            Layout.fillWidth: true
            text: root.tour.text
            wrapMode: Text.WordWrap
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s1
            spacing: Theme.s2

            BusyDot {
                running: visible
                visible: root.tour.step === Tour.Start && root.tour.active
            }
            Item {
                Layout.fillWidth: true
            }
            ActionButton {
                kind: "quiet"
                text: qsTr("Skip")
                visible: !root.tour.finished

                onClicked: root.tour.skip()
            }
            ActionButton {
                kind: "primary"
                text: qsTr("Take me there")
                visible: root.tour.page !== "" && root.tour.page !== root.shell.page

                onClicked: root.shell.goTo(root.tour.page, {})
            }
            ActionButton {
                kind: "primary"
                text: qsTr("Done")
                visible: root.tour.finished

                onClicked: root.tour.leave()
            }
        }
    }
}
