// SPDX-License-Identifier: GPL-3.0-or-later
//
// A timestamp before and after its correction, on one stretch of time: what the sender said, where cluster time
// puts it, and within what bounds.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property Correction correction

    readonly property real laneHeight: Theme.row + Theme.s1

    function place(ms: real): real {
        return (ms - root.correction.fromMs) / (root.correction.toMs - root.correction.fromMs) * root.width;
    }

    Accessible.name: root.correction.text
    Accessible.role: Accessible.Graphic
    Layout.fillWidth: true
    implicitHeight: 2 * root.laneHeight + Theme.s4
    implicitWidth: 240

    Repeater {
        model: 2

        Rectangle {
            id: lane

            required property int index

            color: Theme.border
            height: 1
            width: root.width
            y: (lane.index + 0.5) * root.laneHeight + Theme.s2
        }
    }
    // Before
    Rectangle {
        id: before

        border.color: Theme.textDim
        border.width: 2
        color: Theme.surface
        height: Theme.s3
        radius: height / 2
        width: height
        x: root.place(0) - width / 2
        y: root.laneHeight / 2 + Theme.s2 - height / 2
    }
    Label {
        kind: "faint"
        text: qsTr("before")
        x: before.x + before.width + Theme.s1 + implicitWidth > root.width ? before.x - implicitWidth - Theme.s1 : before.x + before.width + Theme.s1
        y: before.y - Theme.s1
    }
    // How far it moved
    Rectangle {
        color: Theme.borderStrong
        height: root.laneHeight - before.height
        width: 1
        x: Math.round(root.place(0))
        y: before.y + before.height
    }
    // After
    Rectangle {
        border.color: Theme.alpha(Theme.accent, 0.7)
        border.width: 1
        color: Theme.alpha(Theme.accent, 0.18)
        height: Theme.s4
        radius: Theme.s1
        width: Math.max(2, root.place(root.correction.highMs) - x)
        x: root.place(root.correction.lowMs)
        y: 1.5 * root.laneHeight + Theme.s2 - height / 2
    }
    Rectangle {
        id: after

        color: Theme.accent
        height: Theme.s5
        radius: 1.5
        width: 3
        x: root.place(root.correction.movedMs) - width / 2
        y: 1.5 * root.laneHeight + Theme.s2 - height / 2
    }
    Label {
        color: Theme.accent
        kind: "faint"
        text: qsTr("after")
        x: Math.min(root.width - implicitWidth, Math.max(0, after.x - implicitWidth / 2))
        y: after.y + after.height - 2
    }
}
