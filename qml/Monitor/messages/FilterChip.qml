// SPDX-License-Identifier: GPL-3.0-or-later
//
// One condition of a filter: a small button that says it, and the panel in which it is written.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.Button {
    id: root

    required property string label
    /// What is asked for; "" for anything.
    required property string value
    property string iconName
    property string anything: qsTr("any")
    /// Only its sign, while it asks for nothing.
    property bool compact: false
    default property alias content: column.data
    readonly property alias panel: panel

    readonly property bool narrows: root.value !== ""

    signal cleared

    Accessible.role: Accessible.Button
    Accessible.name: root.label + ": " + (root.narrows ? root.value : root.anything)
    focusPolicy: Qt.StrongFocus
    implicitHeight: Theme.control
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    leftPadding: Theme.s2
    rightPadding: root.narrows ? 0 : Theme.s2

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Keys.onDeletePressed: root.cleared()
    onClicked: panel.open()

    background: Rectangle {
        border.color: root.narrows ? Theme.accent : Theme.border
        border.width: Theme.line
        color: root.down || panel.opened ? Theme.pressed : root.hovered ? Theme.hover : root.narrows ? Theme.accentSoft : Theme.surface
        radius: Theme.radiusSmall

        FocusRing {
            gap: 0
            shown: root.visualFocus
        }
    }
    contentItem: RowLayout {
        spacing: Theme.s1 + 2

        Icon {
            color: root.narrows ? Theme.accent : Theme.textDim
            name: root.iconName
            size: Theme.iconSmall
            visible: root.iconName !== ""
        }
        Text {
            color: root.narrows ? Theme.textDim : Theme.text
            font: Theme.small
            text: root.label
            textFormat: Text.PlainText
            visible: !root.compact || root.narrows || root.iconName === ""
        }
        Text {
            Layout.maximumWidth: Theme.control * 4
            color: Theme.text
            elide: Text.ElideRight
            font: Theme.smallStrong
            text: root.value
            textFormat: Text.PlainText
            visible: root.narrows
        }
        Icon {
            color: Theme.textFaint
            name: "chevron-down"
            size: Theme.iconSmall
            visible: !root.narrows
        }
        IconButton {
            iconName: "x"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row - Theme.s1
            implicitWidth: Theme.row - Theme.s1
            focusPolicy: Qt.NoFocus
            text: qsTr("Any %1").arg(root.label)
            visible: root.narrows

            onClicked: root.cleared()
        }
    }

    HoverTip {
        shown: root.compact && !panel.opened && (root.hovered || root.visualFocus)
        text: root.label
    }
    Popover {
        id: panel

        width: Theme.control * 8
        y: root.height + Theme.s1

        ColumnLayout {
            id: column

            spacing: Theme.s2
            width: parent.width
        }
    }
}
