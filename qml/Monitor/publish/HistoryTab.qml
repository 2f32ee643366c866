// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was sent from here, newest first, each with what became of it and what can be done with it again.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

ColumnLayout {
    id: root

    required property Publisher publisher
    required property Shell shell

    signal edited

    readonly property SendHistory history: root.publisher.history

    spacing: Theme.s2

    EmptyState {
        iconName: "history"
        text: qsTr("Every message that you send from here is kept with its outcome, the last 500 of them.")
        title: qsTr("Nothing sent yet")
        visible: root.history.count === 0
    }
    ListView {
        id: list

        Accessible.name: qsTr("Sent messages")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        keyNavigationEnabled: true
        model: root.history
        reuseItems: true
        visible: root.history.count > 0

        T.ScrollBar.vertical: SlimScrollBar {
        }
        onCountChanged: {
            menu.close(); // its row has moved
            if (!list.activeFocus)
                list.currentIndex = 0;
        }
        Keys.onEnterPressed: menu.openFor(list.currentItem as HistoryRow)
        Keys.onMenuPressed: menu.openFor(list.currentItem as HistoryRow)
        Keys.onReturnPressed: menu.openFor(list.currentItem as HistoryRow)

        delegate: HistoryRow {
            id: row

            current: row.ListView.isCurrentItem && list.activeFocus
            width: ListView.view.width

            onMenuWanted: menu.openFor(row)
            onPressed: list.currentIndex = row.index
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2
        visible: root.history.count > 0

        Label {
            Layout.fillWidth: true
            kind: "faint"
            text: qsTr("Kept on this machine: %1 of at most 500").arg(Format.count(root.history.count))
        }
        ActionButton {
            iconName: "trash-2"
            implicitHeight: Theme.row
            kind: "quiet"
            text: qsTr("Clear")

            onClicked: root.shell.confirmationWanted({
                title: qsTr("Clear the history?"),
                text: qsTr("The list of what was sent from here is forgotten. The messages themselves stay where they are."),
                action: qsTr("Clear"),
                accept: () => root.history.clear()
            })
        }
    }
    ActionMenu {
        id: menu

        property int row: -1
        property real seq: 0

        function openFor(item: HistoryRow): void {
            if (!item)
                return;
            menu.row = item.index;
            menu.seq = item.seq;
            menu.parent = item;
            menu.x = item.width - menu.implicitWidth - Theme.s2;
            menu.y = item.height - Theme.s1;
            menu.open();
        }

        ActionItem {
            iconName: "send"
            text: qsTr("Send again with a new id")

            onTriggered: root.publisher.sendAgain(menu.row, false, root.publisher.form)
        }
        ActionItem {
            iconName: "repeat"
            text: qsTr("Send again with the same id")

            onTriggered: root.publisher.sendAgain(menu.row, true, root.publisher.form)
        }
        ActionItem {
            iconName: "pencil"
            text: qsTr("Put into the form")

            onTriggered: {
                root.publisher.edit(menu.row, root.publisher.form);
                root.edited();
            }
        }
        ActionItem {
            iconName: "terminal"
            text: qsTr("Copy as a curl line")

            onTriggered: Clipboard.copy(root.publisher.curlOf(menu.row))
        }
        ActionItem {
            enabled: menu.seq > 0
            iconName: "arrow-up-right"
            text: qsTr("Show the message")

            onTriggered: root.shell.goTo("messages", {
                seq: menu.seq
            })
        }
    }
}
