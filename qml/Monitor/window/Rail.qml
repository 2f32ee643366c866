// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages, on the left. Up and down go from one to the next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Monitor
import Dsmsg.Ui

Rectangle {
    id: root

    required property Shell shell
    required property Pages pages
    property bool narrow: false

    function step(from: int, by: int) {
        const next = items.itemAt(from + by);
        if (next)
            root.focusOn(next.visible ? next : settings);
    }

    function focusOn(item: Item) {
        item.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: root.narrow ? Theme.railNarrow : Theme.rail
    color: Theme.surface
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        width: Theme.line
        height: parent.height
        anchors.right: parent.right
        color: Theme.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.s2
        anchors.rightMargin: Theme.s2 + Theme.line
        spacing: Theme.line

        Item {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.control + Theme.s1
            Layout.bottomMargin: Theme.s2

            Brand {
                id: brand

                x: root.narrow ? (parent.width - width) / 2 : Theme.s3
                anchors.verticalCenter: parent.verticalCenter
                width: implicitWidth
                height: implicitHeight
            }

            Text {
                anchors.left: brand.right
                anchors.leftMargin: Theme.s3
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.narrow
                text: qsTr("dsmsg")
                font: Theme.heading
                color: Theme.text
            }
        }

        Rows {
            id: rows

            spacing: Theme.line

            Repeater {
                id: items

                model: root.pages.list

                delegate: RailItem {
                    id: item

                    required property PageEntry modelData
                    required property int index

                    width: rows.width
                    visible: !item.modelData.apart
                    page: item.modelData
                    open: root.shell.page === item.modelData.name
                    narrow: root.narrow
                    onClicked: root.shell.goTo(item.modelData.name, {})
                    Keys.onUpPressed: root.step(item.index, -1)
                    Keys.onDownPressed: root.step(item.index, 1)
                }
            }
        }

        Item {
            Layout.fillHeight: true
        }

        RailItem {
            id: settings

            Layout.fillWidth: true
            page: root.pages.entry("settings")
            open: root.shell.page === settings.page.name
            narrow: root.narrow
            onClicked: root.shell.goTo(settings.page.name, {})
            Keys.onUpPressed: root.step(items.count - 1, -1)
        }
    }
}
