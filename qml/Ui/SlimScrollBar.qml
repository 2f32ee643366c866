// SPDX-License-Identifier: GPL-3.0-or-later
//
// A narrow bar that is there when there is something to scroll and grows under the pointer.
import QtQuick
import QtQuick.Templates as T

T.ScrollBar {
    id: root

    readonly property int thickness: root.hovered || root.pressed ? Theme.s2 : Theme.s1 + Theme.line

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    minimumSize: 0.06
    padding: Theme.line + 1
    visible: root.policy !== T.ScrollBar.AlwaysOff && root.size < 1.0

    contentItem: Rectangle {
        color: root.pressed ? Theme.textFaint : Theme.borderStrong
        implicitHeight: root.thickness
        implicitWidth: root.thickness
        opacity: root.hovered || root.pressed || Theme.scheme === Theme.Contrast ? 1 : 0.55
        radius: root.thickness / 2
    }
}
