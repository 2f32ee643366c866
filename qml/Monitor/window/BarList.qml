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

    /// What the window has room for.
    readonly property real limit: root.parent && root.parent.Window.window ? root.parent.Window.window.height - 3 * Theme.control : column.implicitHeight

    /// To the next entry that can be chosen, from the last one to the first.
    function focusBy(step: int) {
        const children = column.children;
        let at = step > 0 ? -1 : 0;
        for (let row = 0; row < children.length; ++row)
            if (children[row].activeFocus)
                at = row;
        for (let tried = 0; tried < children.length; ++tried) {
            at = (at + step + children.length) % children.length;
            if (children[at].visible && children[at].enabled && children[at].activeFocusOnTab) {
                children[at].forceActiveFocus(Qt.TabFocusReason);
                return;
            }
        }
    }

    y: parent ? parent.height + Theme.s1 : 0
    padding: Theme.s1
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
    implicitWidth: root.listWidth
    contentHeight: column.implicitHeight
    implicitHeight: Math.min(contentHeight + 2 * padding, root.limit)

    onOpened: root.focusBy(1)
    onClosed: if (root.parent)
        root.parent.forceActiveFocus(Qt.PopupFocusReason)

    contentData: Flickable {
        anchors.fill: parent
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
