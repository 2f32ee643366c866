// SPDX-License-Identifier: GPL-3.0-or-later
//
// One of several colours or signs to choose from.
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Ui

T.AbstractButton {
    id: root

    property color tint
    /// "": the colour itself.
    property string iconName: ""
    property bool chosen: false

    implicitWidth: Theme.row
    implicitHeight: Theme.row
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: root.text
    Accessible.checked: root.chosen
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        radius: Theme.radiusSmall
        color: root.chosen ? Theme.accentSoft : root.hovered ? Theme.hover : "transparent"
        border.width: root.visualFocus ? Theme.focusLine : root.chosen ? Theme.line : 0
        border.color: root.visualFocus ? Theme.focus : Theme.accent
    }

    contentItem: Item {
        Rectangle {
            visible: root.iconName === ""
            anchors.centerIn: parent
            width: Theme.iconSmall
            height: Theme.iconSmall
            radius: width / 2
            color: root.tint
        }

        Icon {
            visible: root.iconName !== ""
            anchors.centerIn: parent
            name: root.iconName
            size: Theme.icon
            color: root.tint
        }
    }
}
