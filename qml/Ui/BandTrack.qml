// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value with its uncertainty on an axis that reaches equally far to both sides of zero. Rows of these with one
// `reach` can be compared at a glance.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    property real value: NaN
    property real bound: NaN
    property real reach: 1
    property color color: Theme.accent
    property bool faded: false

    readonly property bool known: !isNaN(root.value)

    function place(value: real): real {
        return root.width / 2 + Math.max(-1, Math.min(1, value / root.reach)) * root.width / 2;
    }

    Accessible.ignored: true
    Layout.fillWidth: true
    implicitHeight: Theme.row
    implicitWidth: 160

    Rectangle {
        color: Theme.border
        height: 1
        width: parent.width
        y: Math.round(parent.height / 2)
    }
    Rectangle {
        color: Theme.borderStrong
        height: parent.height
        width: 1
        x: Math.round(parent.width / 2)
    }
    Rectangle {
        border.color: Theme.alpha(root.color, 0.75)
        border.width: 1
        color: Theme.alpha(root.color, Theme.scheme === Theme.Contrast ? 0.45 : 0.2)
        height: Theme.s4
        opacity: root.faded ? 0.5 : 1
        radius: Theme.s1
        visible: root.known && !isNaN(root.bound)
        width: Math.max(2, root.place(root.value + root.bound) - root.place(root.value - root.bound))
        x: root.known && !isNaN(root.bound) ? root.place(root.value - root.bound) : 0
        y: (parent.height - height) / 2
    }
    Rectangle {
        color: root.color
        height: Theme.s4 + Theme.s1
        opacity: root.faded ? 0.5 : 1
        radius: 1.5
        visible: root.known
        width: 3
        x: root.known ? root.place(root.value) - width / 2 : 0
        y: (parent.height - height) / 2
    }
}
