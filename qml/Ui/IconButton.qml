// SPDX-License-Identifier: GPL-3.0-or-later
//
// A button that is an icon; its text is the tool tip and what a screen reader says.
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Ui

T.Button {
    id: root

    property string iconName
    property color color: root.checked ? Theme.accent : Theme.textDim
    property int iconSize: Theme.icon
    property string shortcut

    Accessible.name: root.text
    Accessible.role: root.checkable ? Accessible.CheckBox : Accessible.Button
    focusPolicy: Qt.StrongFocus
    implicitHeight: Theme.control
    implicitWidth: Theme.control

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        color: root.down ? Theme.pressed : root.hovered && root.enabled ? Theme.hover : root.checked ? Theme.accentSoft : "transparent"
        radius: Theme.radiusSmall

        FocusRing {
            gap: 0
            shown: root.visualFocus
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            color: root.enabled ? (root.hovered && !root.checked ? Theme.text : root.color) : Theme.textFaint
            name: root.iconName
            opacity: root.enabled ? 1 : 0.5
            size: root.iconSize
        }
    }

    HoverTip {
        shown: root.hovered || root.visualFocus
        text: root.shortcut === "" ? root.text : root.text + "  " + root.shortcut
    }
}
