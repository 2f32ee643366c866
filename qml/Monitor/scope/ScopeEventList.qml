// SPDX-License-Identifier: GPL-3.0-or-later
//
// What had happened at the shown moment, newest first. Rows that cannot be put in order are tied by a bracket.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

ListView {
    id: root

    required property ScopePlayer player

    signal eventChosen(event: var)

    clip: true
    model: root.player.events
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    currentIndex: -1
    Accessible.role: Accessible.List
    Accessible.name: qsTr("What happened up to this moment")
    onActiveFocusChanged: {
        if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
            root.currentIndex = 0;
    }
    Keys.onReturnPressed: {
        if (root.currentIndex >= 0)
            root.eventChosen(root.player.events.get(root.currentIndex));
    }

    T.ScrollBar.vertical: SlimScrollBar {}

    Label {
        anchors.centerIn: parent
        visible: root.count === 0
        kind: "faint"
        text: qsTr("Nothing happened before this moment.")
    }

    delegate: EventRow {
        id: row

        required property int index
        required property bool simultaneous

        width: root.width - Theme.s3
        height: Theme.row
        tied: row.simultaneous
        current: root.activeFocus && root.currentIndex === row.index
        onChosen: root.eventChosen(root.player.events.get(row.index))
    }
}
