// SPDX-License-Identifier: GPL-3.0-or-later
//
// A quiet button of the top bar that opens a list: sign, words, and a small arrow.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.AbstractButton {
    id: root

    property string iconName: ""
    property color iconColor: Theme.textDim
    /// What is chosen with it, for the screen reader: "Node".
    required property string label
    property bool open: false

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Theme.control
    leftPadding: Theme.s2
    rightPadding: Theme.s2
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: qsTr("%1: %2").arg(root.label).arg(root.text)
    Accessible.onPressAction: root.clicked()
    Keys.onDownPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusSmall
        color: root.pressed || root.open ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.width: root.visualFocus ? Theme.focusLine : Theme.line
        border.color: root.visualFocus ? Theme.focus : Theme.border
    }

    contentItem: RowLayout {
        spacing: Theme.s2

        Icon {
            visible: root.iconName !== ""
            name: root.iconName
            size: Theme.iconSmall
            color: root.iconColor
        }

        Text {
            Layout.fillWidth: true
            text: root.text
            elide: Text.ElideRight
            font: Theme.body
            color: Theme.text
        }

        Icon {
            name: "chevron-down"
            size: Theme.iconSmall
            color: Theme.textDim
        }
    }
}
