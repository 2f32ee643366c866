// SPDX-License-Identifier: GPL-3.0-or-later
//
// A word about what the pointer or the keyboard is on. The popup is made when it is first shown.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

Item {
    id: root

    property string text
    property bool shown: false

    anchors.fill: parent

    Loader {
        active: root.shown && root.text !== ""
        anchors.fill: parent

        sourceComponent: Item {
            T.ToolTip {
                id: tip

                bottomPadding: Theme.s1
                delay: 500
                font: Theme.small
                implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
                implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
                leftPadding: Theme.s2
                margins: Theme.s1
                parent: root
                rightPadding: Theme.s2
                text: root.text
                topPadding: Theme.s1
                visible: root.shown
                x: Math.round((root.width - width) / 2)
                y: root.height + Theme.s1

                background: Rectangle {
                    border.color: Theme.border
                    border.width: Theme.line
                    color: Theme.raised
                    radius: Theme.radiusSmall
                }
                contentItem: Text {
                    color: Theme.text
                    font: tip.font
                    text: tip.text
                    textFormat: Text.PlainText
                }
            }
        }
    }
}
