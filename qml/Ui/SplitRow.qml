// SPDX-License-Identifier: GPL-3.0-or-later
//
// Things side by side (or above each other) whose share the person may change.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

T.SplitView {
    id: root

    implicitHeight: implicitContentHeight
    implicitWidth: implicitContentWidth

    handle: Item {
        id: grip

        implicitHeight: Theme.s4
        implicitWidth: Theme.s4

        Rectangle {
            anchors.centerIn: parent
            color: T.SplitHandle.pressed ? Theme.accent : T.SplitHandle.hovered ? Theme.borderStrong : Theme.border
            height: root.orientation === Qt.Horizontal ? Theme.s6 : 3
            radius: 1.5
            width: root.orientation === Qt.Horizontal ? 3 : Theme.s6
        }
    }
}
