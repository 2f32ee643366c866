// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sign of the application: three nodes on a ring, one of which leads.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Ui

Item {
    id: root

    readonly property real dot: Theme.icon / 3
    readonly property real reach: (Theme.icon + Theme.s1 - root.dot) / 2

    implicitWidth: Theme.icon + Theme.s1
    implicitHeight: root.implicitWidth

    Rectangle {
        width: 2 * root.reach
        height: width
        radius: width / 2
        anchors.centerIn: parent
        color: "transparent"
        border.width: Theme.line
        border.color: Theme.borderStrong
    }

    Repeater {
        model: 3

        delegate: Rectangle {
            required property int index
            readonly property real angle: (index / 3 - 0.25) * 2 * Math.PI

            width: root.dot
            height: root.dot
            radius: root.dot / 2
            x: (root.width - root.dot) / 2 + root.reach * Math.cos(angle)
            y: (root.height - root.dot) / 2 + root.reach * Math.sin(angle)
            color: index === 0 ? Theme.accent : Theme.textDim
        }
    }
}
