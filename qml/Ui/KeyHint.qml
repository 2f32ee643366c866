// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys to press, drawn as keys: "Ctrl+K".
pragma ComponentBehavior: Bound

import QtQuick

Row {
    id: root

    property string keys

    Accessible.name: root.keys
    Accessible.role: Accessible.StaticText
    spacing: 3

    Repeater {
        model: root.keys === "" ? [] : root.keys.split("+")

        Rectangle {
            id: key

            required property string modelData

            border.color: Theme.scheme === Theme.Contrast ? Theme.borderStrong : Theme.border
            border.width: Theme.line
            color: Theme.sunken
            implicitHeight: Theme.icon
            implicitWidth: Math.max(Theme.icon, words.implicitWidth + Theme.s2)
            radius: Theme.s1

            Text {
                id: words

                anchors.centerIn: parent
                color: Theme.textDim
                font: Theme.small
                text: key.modelData
                textFormat: Text.PlainText
            }
        }
    }
}
