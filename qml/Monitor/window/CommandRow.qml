// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    required property string title
    required property string marked
    required property string group
    required property string iconName
    required property string keys
    required property string hint
    property bool current: false

    signal clicked
    signal entered

    implicitHeight: Theme.control + Theme.s1
    radius: Theme.radiusSmall
    color: root.current ? Theme.accentSoft : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.name: root.title
    Accessible.description: root.hint
    Accessible.selected: root.current
    Accessible.onPressAction: root.clicked()

    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        onPositionChanged: root.entered()
        onClicked: root.clicked()
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s3
        anchors.rightMargin: Theme.s3
        spacing: Theme.s3

        Icon {
            name: root.iconName
            size: Theme.icon
            color: root.current ? Theme.accent : Theme.textDim
        }

        Text {
            text: root.marked
            textFormat: Text.StyledText
            font: Theme.body
            color: Theme.text
        }

        Text {
            Layout.fillWidth: true
            text: root.hint
            elide: Text.ElideRight
            font: Theme.small
            color: Theme.textDim
        }

        Text {
            visible: root.keys === ""
            text: root.group
            font: Theme.small
            color: Theme.textDim
        }

        KeyHint {
            visible: root.keys !== ""
            keys: root.keys
        }
    }
}
