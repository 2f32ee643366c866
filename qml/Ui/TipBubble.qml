// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a HoverTip shows.
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Ui

Item {
    id: root

    required property HoverTip tip

    T.ToolTip {
        id: popup

        bottomPadding: Theme.s1
        delay: 500
        font: Theme.small
        implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
        implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
        leftPadding: Theme.s2
        margins: Theme.s1
        parent: root.tip
        rightPadding: Theme.s2
        text: root.tip.text
        topPadding: Theme.s1
        visible: root.tip.wanted
        x: Math.round((root.tip.width - width) / 2)
        y: root.tip.height + Theme.s1

        background: Rectangle {
            border.color: Theme.border
            border.width: Theme.line
            color: Theme.raised
            radius: Theme.radiusSmall
        }
        contentItem: Text {
            color: Theme.text
            font: popup.font
            text: popup.text
            textFormat: Text.PlainText
        }
    }
}
