// SPDX-License-Identifier: GPL-3.0-or-later
//
// A list that drops from a button of the top bar. Up, down, Home and End go through it, Escape closes it and
// gives the focus back.
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Ui

Popover {
    id: root

    /// The entries and whatever stands between them.
    default property alias entries: column.data
    property real listWidth: Theme.drawer

    readonly property real limit: root.parent && root.parent.Window.window ? root.parent.Window.window.height - 3 * Theme.control : Number.POSITIVE_INFINITY

    function focusBy(step: int) {
        const entries = column.visibleChildren.filter(child => child.activeFocusOnTab && child.enabled);
        const at = entries.findIndex(child => child.activeFocus);
        const next = at < 0 ? (step > 0 ? 0 : entries.length - 1) : (at + step + entries.length) % entries.length;
        if (entries.length > 0)
            entries[next].forceActiveFocus(Qt.TabFocusReason);
    }

    y: parent ? parent.height + Theme.s1 : 0
    padding: Theme.s1
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
    implicitWidth: root.listWidth
    implicitHeight: Math.min(column.implicitHeight + 2 * padding, root.limit)

    onOpened: root.focusBy(1)
    onClosed: if (root.parent)
        root.parent.forceActiveFocus(Qt.PopupFocusReason)

    contentItem: Flickable {
        clip: true
        contentHeight: column.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        Keys.onUpPressed: root.focusBy(-1)
        Keys.onDownPressed: root.focusBy(1)

        Column {
            id: column

            width: parent.width
        }
    }
}
