// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Monitor
import Dsmsg.Ui

T.AbstractButton {
    id: root

    required property PageEntry page
    required property bool open
    property bool narrow: false

    readonly property color tint: root.open ? Theme.accent : root.hovered ? Theme.text : Theme.textDim

    implicitHeight: Theme.control + Theme.s1
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    text: root.page.title
    Accessible.role: Accessible.PageTab
    Accessible.name: root.page.title
    Accessible.description: root.page.keys
    Accessible.selected: root.open
    Accessible.onPressAction: root.clicked()

    HoverTip {
        shown: root.narrow && (root.hovered || root.visualFocus)
        text: qsTr("%1  %2").arg(root.page.title).arg(root.page.keys)
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: root.open ? Theme.accentSoft : root.pressed ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.width: root.visualFocus ? Theme.focusLine : 0
        border.color: Theme.focus

        Rectangle {
            visible: root.open
            width: Theme.s1 - Theme.line
            height: parent.height - Theme.s3
            radius: width / 2
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            color: Theme.accent
        }
    }

    contentItem: RowLayout {
        spacing: Theme.s3

        Icon {
            Layout.leftMargin: root.narrow ? 0 : Theme.s3
            Layout.alignment: root.narrow ? Qt.AlignCenter : Qt.AlignVCenter
            name: root.page.iconName
            size: Theme.icon
            color: root.tint
        }

        Text {
            Layout.fillWidth: true
            visible: !root.narrow
            text: root.page.title
            elide: Text.ElideRight
            font: root.open ? Theme.bodyStrong : Theme.body
            color: root.open || root.hovered ? Theme.text : Theme.textDim
        }

        Text {
            Layout.rightMargin: Theme.s2
            visible: !root.narrow && (root.hovered || root.visualFocus)
            text: root.page.keys
            font: Theme.small
            color: Theme.textDim
        }
    }
}
