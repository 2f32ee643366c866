// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of the window, under their headings. It asks for more before an end is reached, keeps what one
// looks at in its place when rows come or go above it, and leaves the end when one scrolls up.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import Dsmsg.Model
import Dsmsg.Ui

FocusScope {
    id: root

    required property MessageBrowser browser

    /// Enter, or a click.
    signal chosen(int row)
    /// The keyboard moved to another row.
    signal moved(int row)

    readonly property alias currentRow: list.currentIndex
    readonly property alias view: list
    readonly property bool atEnd: list.atYEnd
    /// The focus came without the keyboard: no ring is shown until a key is pressed.
    property bool quiet: false
    readonly property int rowsAhead: 60
    readonly property real rowsPerView: Math.max(1, Math.floor(list.height / Theme.row) - 1)

    function goTo(row: int): void {
        if (row < 0 || row >= list.count)
            return;
        list.currentIndex = row;
        list.positionViewAtIndex(row, ListView.Contain);
    }

    function step(rows: int): void {
        if (list.count === 0)
            return;
        // From where one looks, when no row is current or it is out of sight.
        let from = list.currentIndex;
        if (from < 0)
            from = rows < 0 ? list.count : Math.max(0, list.indexAt(1, list.contentY + 1)) - 1;
        if (rows < 0)
            root.browser.pause();
        root.goTo(Math.max(0, Math.min(list.count - 1, from + rows)));
        root.moved(list.currentIndex);
        root.ask();
    }

    function focusQuietly(): void {
        root.quiet = true;
        list.forceActiveFocus();
    }

    /// For what lies beyond an end that is near.
    function ask(): void {
        const above = list.contentY - list.originY;
        const below = list.originY + list.contentHeight - list.contentY - list.height;
        if (above < root.rowsAhead * Theme.row)
            root.browser.loadOlder();
        if (below < root.rowsAhead * Theme.row)
            root.browser.loadNewer();
    }

    function keepEnd(): void {
        if (root.browser.live)
            list.positionViewAtEnd();
    }

    onActiveFocusChanged: {
        if (!root.activeFocus)
            root.quiet = false;
    }
    Keys.onPressed: event => {
        root.quiet = false;
        switch (event.key) {
        case Qt.Key_Up:
            root.step(-1);
            break;
        case Qt.Key_Down:
            root.step(1);
            break;
        case Qt.Key_PageUp:
            root.step(-root.rowsPerView);
            break;
        case Qt.Key_PageDown:
            root.step(root.rowsPerView);
            break;
        case Qt.Key_Home:
            root.browser.goToStart();
            break;
        case Qt.Key_End:
            root.browser.resume();
            break;
        case Qt.Key_Return:
        case Qt.Key_Enter:
            if (list.currentIndex >= 0)
                root.chosen(list.currentIndex);
            break;
        default:
            return;
        }
        event.accepted = true;
    }

    Connections {
        target: root.browser

        function onPositioned(row: int): void {
            if (row < 0)
                list.positionViewAtEnd();
            else
                list.positionViewAtIndex(row, ListView.Beginning);
            list.currentIndex = row;
        }
        function onPrepended(rows: int): void {
            // A list that stands at its very top would show what came in front instead of what one looks at.
            if (list.contentY - list.originY < Theme.row)
                list.positionViewAtIndex(Math.min(rows, list.count - 1), ListView.Beginning);
        }
    }
    Connections {
        target: root.browser.rows

        function onRowsInserted(): void {
            if (root.browser.live)
                settle.restart();
        }
    }

    // After the list has taken the rows in.
    Timer {
        id: settle

        interval: 0

        onTriggered: root.keepEnd()
    }
    MessageColumns {
        id: widths

        width: root.width
    }
    MessageHeader {
        id: header

        anchors.left: parent.left
        anchors.right: parent.right
        columns: widths
    }
    ListView {
        id: list

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: header.bottom
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: 4 * Theme.row
        clip: true
        currentIndex: -1
        focus: true
        highlightFollowsCurrentItem: false
        keyNavigationEnabled: false
        model: root.browser.rows
        reuseItems: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages")

        ScrollBar.vertical: SlimScrollBar {
            id: bar

            policy: ScrollBar.AsNeeded
        }

        onContentYChanged: {
            if (!list.moving && !bar.pressed)
                return;
            if (root.browser.live) {
                if (!list.atYEnd)
                    root.browser.pause();
            } else if (list.atYEnd && root.browser.atEnd) {
                root.browser.resume();
            }
            root.ask();
        }
        onHeightChanged: root.keepEnd()

        delegate: MessageLine {
            columns: widths
            current: ListView.isCurrentItem
            focused: list.activeFocus
            searching: root.browser.searchText !== ""
            width: list.width

            onChosen: {
                list.currentIndex = index;
                root.focusQuietly();
                root.chosen(index);
            }
        }
    }
    FocusRing {
        gap: -Theme.focusLine
        shown: list.activeFocus && list.currentIndex < 0 && !root.quiet
    }
}
