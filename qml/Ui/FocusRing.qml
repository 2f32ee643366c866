// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the keyboard is: a ring just outside of its parent, the same around every control.
import QtQuick

Rectangle {
    id: root

    property bool shown: false
    property int gap: Theme.focusLine
    /// Of what it goes around.
    property real corner: Theme.radiusSmall

    anchors.fill: parent
    anchors.margins: -root.gap - root.border.width
    border.color: Theme.focus
    border.width: Theme.focusLine
    color: "transparent"
    radius: root.corner + root.gap + root.border.width
    visible: root.shown
}
