// SPDX-License-Identifier: GPL-3.0-or-later
//
// One entry of a BarList.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.AbstractButton {
    id: root

    property string iconName: ""
    property color iconColor: Theme.textDim
    property string detail: ""
    property bool chosen: false

    width: parent ? parent.width : implicitWidth
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.s2
    topPadding: Theme.s1 + Theme.line
    bottomPadding: topPadding
    activeFocusOnTab: true
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    opacity: root.enabled ? 1 : 0.5
    Accessible.role: Accessible.MenuItem
    Accessible.name: root.text
    Accessible.description: root.detail
    Accessible.checked: root.chosen
    Accessible.onPressAction: root.clicked()
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Theme.radiusSmall
        color: root.pressed ? Theme.pressed : root.hovered || root.visualFocus ? Theme.hover : "transparent"
        border.width: root.visualFocus ? Theme.focusLine : 0
        border.color: Theme.focus
    }

    contentItem: RowLayout {
        spacing: Theme.s2

        Icon {
            name: root.iconName
            size: Theme.icon
            color: root.iconColor
        }

        ColumnLayout {
            spacing: 0

            Text {
                Layout.fillWidth: true
                text: root.text
                elide: Text.ElideRight
                font: root.chosen ? Theme.bodyStrong : Theme.body
                color: Theme.text
            }

            Text {
                Layout.fillWidth: true
                visible: root.detail !== ""
                text: root.detail
                elide: Text.ElideRight
                font: Theme.small
                color: Theme.textDim
            }
        }

        Icon {
            visible: root.chosen
            name: "check"
            size: Theme.icon
            color: Theme.accent
        }
    }
}
