// SPDX-License-Identifier: GPL-3.0-or-later
//
// Something is under way. Turns while it is visible; with reduced motion it stands still.
import QtQuick
import Dsmsg.Ui

Item {
    id: root

    property bool running: true
    property color color: Theme.accent
    property int size: Theme.icon

    Accessible.name: qsTr("Busy")
    Accessible.role: Accessible.Indicator
    implicitHeight: root.size
    implicitWidth: root.size

    Icon {
        anchors.centerIn: parent
        color: root.color
        name: "loader"
        size: root.size

        RotationAnimator on rotation {
            duration: 1000
            from: 0
            loops: Animation.Infinite
            running: root.running && root.visible && !Theme.reducedMotion
            to: 360
        }
    }
}
