// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last things that happened, as many as there is room for.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

ListView {
    id: root

    required property EventModel events

    /// Eight where there is room for them, fewer in a low window.
    readonly property int least: Math.round(Theme.row * 0.7)
    readonly property int rows: Math.max(1, Math.min(8, Math.floor(root.height / root.least)))

    signal eventChosen(event: var)

    implicitHeight: root.least * 5
    clip: true
    interactive: false
    keyNavigationEnabled: true
    model: root.events
    activeFocusOnTab: true
    currentIndex: -1
    Accessible.role: Accessible.List
    Accessible.name: qsTr("The last events")
    onActiveFocusChanged: {
        if (root.activeFocus && root.currentIndex < 0 && root.count > 0)
            root.currentIndex = 0;
    }
    Keys.onReturnPressed: {
        if (root.currentIndex >= 0)
            root.eventChosen(root.events.get(root.currentIndex));
    }

    Label {
        anchors.centerIn: parent
        visible: root.count === 0
        kind: "faint"
        text: qsTr("Nothing has happened yet.")
    }

    delegate: EventRow {
        id: row

        required property int index

        width: root.width
        height: Math.min(Theme.row + Theme.s1, Math.floor(root.height / root.rows))
        visible: row.index < root.rows
        current: root.activeFocus && root.currentIndex === row.index
        onChosen: root.eventChosen(root.events.get(row.index))
    }
}
