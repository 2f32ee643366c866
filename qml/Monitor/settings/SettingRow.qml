// SPDX-License-Identifier: GPL-3.0-or-later
//
// A setting: its name and what it means on the left, its control on the right.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

RowLayout {
    id: root

    required property string title
    property string text: ""
    default property alias control: holder.data

    Layout.fillWidth: true
    Layout.minimumHeight: Theme.control + Theme.s1
    spacing: Theme.s4

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        Text {
            Layout.fillWidth: true
            text: root.title
            wrapMode: Text.WordWrap
            font: Theme.body
            color: Theme.text
        }

        Text {
            Layout.fillWidth: true
            visible: root.text !== ""
            text: root.text
            wrapMode: Text.WordWrap
            font: Theme.small
            color: Theme.textDim
        }
    }

    RowLayout {
        id: holder

        Layout.fillWidth: false
    }
}
