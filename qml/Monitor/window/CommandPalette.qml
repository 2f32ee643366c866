// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything the window can do, found by typing (Ctrl+K). Up and down choose, Return runs, Escape closes.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Popover {
    id: root

    required property Commands source

    /// As they were when it opened.
    property var commands: []

    function run(row: int) {
        const source = found.sourceOf(row);
        if (source < 0)
            return;
        root.close();
        root.commands[source].run();
    }

    function step(by: int) {
        if (list.count > 0)
            list.currentIndex = (list.currentIndex + by + list.count) % list.count;
    }

    modal: true
    padding: 0
    width: Math.min(parent.width - 2 * Theme.s6, Theme.drawer * 1.75)
    x: (parent.width - width) / 2
    y: Theme.s6 * 2
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onAboutToShow: {
        root.commands = root.source.all();
        found.commands = root.source.words(root.commands);
        input.clear();
        list.currentIndex = 0;
        input.forceActiveFocus();
    }

    CommandModel {
        id: found

        query: input.text
        onQueryChanged: list.currentIndex = 0
    }

    contentHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.margins: Theme.s3
            spacing: Theme.s3

            Icon {
                name: "search"
                size: Theme.icon
                color: Theme.textDim
            }

            T.TextField {
                id: input

                Layout.fillWidth: true
                implicitHeight: Theme.control
                verticalAlignment: TextInput.AlignVCenter
                font: Theme.heading
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.onAccent
                placeholderText: qsTr("Go to a page, a node, or run a command")
                placeholderTextColor: Theme.textFaint
                maximumLength: 200
                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Command")
                Accessible.description: list.count > 0 && list.currentItem ? (list.currentItem as CommandRow).title : qsTr("Nothing found")
                Keys.onUpPressed: root.step(-1)
                Keys.onDownPressed: root.step(1)
                Keys.onReturnPressed: root.run(list.currentIndex)
                Keys.onEnterPressed: root.run(list.currentIndex)

                Text {
                    anchors.fill: parent
                    verticalAlignment: Text.AlignVCenter
                    visible: input.text === "" && input.preeditText === ""
                    text: input.placeholderText
                    font: input.font
                    color: input.placeholderTextColor
                    elide: Text.ElideRight
                }
            }
        }

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Theme.line
            color: Theme.border
        }

        ListView {
            id: list

            Layout.fillWidth: true
            Layout.margins: Theme.s1
            Layout.preferredHeight: Math.min(contentHeight, 10 * (Theme.control + Theme.s1))
            visible: list.count > 0
            clip: true
            model: found
            boundsBehavior: Flickable.StopAtBounds
            // No rows are made in advance: Qt 6.4 warns when a row goes, as one types, while it is being made.
            cacheBuffer: 0
            highlightMoveDuration: 0
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Commands")

            delegate: CommandRow {
                required property int index

                width: ListView.view.width
                current: ListView.isCurrentItem
                onEntered: list.currentIndex = index
                onClicked: root.run(index)
            }
        }

        Text {
            Layout.fillWidth: true
            Layout.margins: Theme.s5
            visible: list.count === 0
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Nothing is called that.")
            font: Theme.body
            color: Theme.textDim
        }
    }
}
