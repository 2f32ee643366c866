// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far something is, 0 to 1; or, indeterminate, that it goes on.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property real value: 0
    property bool indeterminate: false
    property color barColor: Theme.accent
    property string name: qsTr("Progress")

    Accessible.name: root.indeterminate ? root.name : root.name + ": " + Format.percent(root.value)
    Accessible.role: Accessible.ProgressBar
    Layout.fillWidth: true
    border.color: Theme.borderStrong
    border.width: Theme.scheme === Theme.Contrast ? 1 : 0
    clip: true
    color: Theme.sunken
    implicitHeight: Theme.s1 + 2
    implicitWidth: 120
    radius: height / 2

    Rectangle {
        id: bar

        color: root.barColor
        height: parent.height
        radius: parent.radius
        width: root.indeterminate ? parent.width * 0.3 : parent.width * Math.min(1, Math.max(0, root.value))

        SequentialAnimation {
            loops: Animation.Infinite
            running: root.indeterminate && root.visible && !Theme.reducedMotion

            NumberAnimation {
                duration: 900
                easing.type: Easing.InOutSine
                from: 0
                property: "x"
                target: bar
                to: root.width * 0.7
            }
            NumberAnimation {
                duration: 900
                easing.type: Easing.InOutSine
                from: root.width * 0.7
                property: "x"
                target: bar
                to: 0
            }
        }
    }
}
