// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pointer is on, in a few lines beside it; stays within its parent.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Ui

Rectangle {
    id: root

    property string title
    property var lines: []
    property point at

    x: Math.round(Math.max(0, Math.min(root.at.x + Theme.s4, root.parent.width - root.width)))
    y: Math.round(Math.max(0, Math.min(root.at.y + Theme.s3, root.parent.height - root.height)))
    implicitWidth: column.implicitWidth + 2 * Theme.s3
    implicitHeight: column.implicitHeight + 2 * Theme.s2
    color: Theme.raised
    border.color: Theme.scheme === Theme.Light ? Theme.border : Theme.borderStrong
    border.width: Theme.line
    radius: Theme.radiusSmall

    Column {
        id: column

        anchors.centerIn: parent

        Label {
            kind: "strong"
            text: root.title
        }

        Repeater {
            model: root.lines

            delegate: Label {
                required property string modelData

                kind: "small"
                text: modelData
            }
        }
    }
}
