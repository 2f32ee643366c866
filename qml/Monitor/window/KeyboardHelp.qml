// SPDX-License-Identifier: GPL-3.0-or-later
//
// All keys (F1 or ?).
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls
import Dsmsg.Monitor
import Dsmsg.Ui

Popover {
    id: root

    required property Pages pages

    readonly property var groups: [
        {
            title: qsTr("Everywhere"),
            rows: [["Ctrl+K", qsTr("Search pages and commands")], ["F5", qsTr("Ask every node now")], ["Ctrl+R", qsTr("Refreshing on and off")], ["Ctrl+O", qsTr("Connect to a cluster")], ["Ctrl+Shift+T", qsTr("Light, dark or high contrast")], ["Alt+Left", qsTr("Back to the page before")], ["Esc", qsTr("Close the drawer or what is open")], ["F1", qsTr("This list")], ["Ctrl+Q", qsTr("Quit")]]
        },
        {
            title: qsTr("In lists and tables"),
            rows: [["Up, Down", qsTr("One row")], ["PgUp, PgDn", qsTr("One screen")], ["Home, End", qsTr("First and last")], ["Return", qsTr("Show it in the drawer")], ["/", qsTr("Search in messages")], ["Space", qsTr("Pause and go on")]]
        },
        {
            title: qsTr("In charts and the replay"),
            rows: [["Left, Right", qsTr("Move the cursor, step")], ["Plus, Minus", qsTr("Nearer, farther")], ["Space", qsTr("Play and pause")]]
        },
        {
            title: qsTr("Publish"),
            rows: [["Ctrl+Return", qsTr("Send")]]
        }
    ]

    function pageKeys(): var {
        let rows = [];
        for (let row = 0; row < root.pages.list.length; ++row)
            rows = [...rows, [root.pages.list[row].keys, root.pages.list[row].title]];
        return rows;
    }

    modal: true
    padding: Theme.s5
    anchors.centerIn: parent
    width: Math.min(parent.width - 2 * Theme.s6, Theme.drawer * 2.25)
    height: Math.min(parent.height - 2 * Theme.s5, implicitContentHeight + 2 * padding)
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside

    contentHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: Theme.s4

        RowLayout {
            Text {
                Layout.fillWidth: true
                text: qsTr("Keys")
                font: Theme.display
                color: Theme.text
            }

            IconButton {
                iconName: "x"
                text: qsTr("Close (Esc)")
                focus: true
                onClicked: root.close()
            }
        }

        Flickable {
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: flow.height
            contentHeight: flow.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            RowLayout {
                id: flow

                width: parent.width
                spacing: Theme.s6

                KeyList {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    groups: [
                        {
                            title: qsTr("Pages"),
                            rows: root.pageKeys()
                        },
                        root.groups[3]
                    ]
                }

                KeyList {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    groups: root.groups.slice(0, 3)
                }
            }
        }
    }
}
