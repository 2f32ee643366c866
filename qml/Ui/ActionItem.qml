// SPDX-License-Identifier: GPL-3.0-or-later
//
// One entry of an ActionMenu.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.MenuItem {
    id: root

    property string iconName
    property string keys
    property bool danger: false

    readonly property color ink: !root.enabled ? Theme.textFaint : root.danger ? Theme.critical : Theme.text

    Accessible.name: root.text
    Accessible.role: Accessible.MenuItem
    font: Theme.body
    implicitHeight: visible ? Theme.row + 2 : 0
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: Theme.s2
    rightPadding: Theme.s2

    background: Rectangle {
        color: root.highlighted || root.hovered ? (root.danger ? Theme.criticalSoft : Theme.accentSoft) : "transparent"
        radius: Theme.radiusSmall
    }
    contentItem: RowLayout {
        spacing: Theme.s2

        Icon {
            color: root.ink
            name: root.checkable ? "check" : root.iconName
            opacity: !root.checkable || root.checked ? 1 : 0
            size: Theme.iconSmall + 2
        }
        Text {
            Layout.fillWidth: true
            color: root.ink
            elide: Text.ElideRight
            font: root.font
            text: root.text
            textFormat: Text.PlainText
        }
        KeyHint {
            keys: root.keys
            visible: keys !== ""
        }
    }
}
