// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Ui

T.CheckBox {
    id: root

    Accessible.name: root.text
    Accessible.role: Accessible.CheckBox
    focusPolicy: Qt.StrongFocus
    font: Theme.body
    implicitHeight: Math.max(Theme.row, implicitContentHeight)
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: Theme.icon + Theme.s2

    contentItem: Label {
        color: root.enabled ? Theme.text : Theme.textFaint
        text: root.text
    }
    indicator: Rectangle {
        border.color: root.checked ? Theme.accent : root.enabled ? Theme.borderStrong : Theme.border
        border.width: Theme.line
        color: root.checked ? Theme.accent : root.hovered ? Theme.hover : Theme.surface
        height: Theme.icon
        opacity: root.enabled ? 1 : 0.5
        radius: Theme.s1
        width: Theme.icon
        y: (root.height - height) / 2

        Icon {
            anchors.centerIn: parent
            color: Theme.onAccent
            name: root.checkState === Qt.PartiallyChecked ? "minus" : "check"
            size: Theme.iconSmall
            stroke: 2.5
            visible: root.checkState !== Qt.Unchecked
        }
        FocusRing {
            corner: Theme.s1
            shown: root.visualFocus
        }
    }
}
