// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three nodes and what holds them together: the sign of the welcome.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Dsmsg.Ui

Item {
    id: root

    readonly property real reach: width / 2 - Theme.control / 2
    readonly property list<point> places: [place(0), place(1), place(2)]

    function place(index: int): point {
        const angle = (index / 3 - 0.25) * 2 * Math.PI;
        return Qt.point(width / 2 + reach * Math.cos(angle), width / 2 + reach * Math.sin(angle));
    }

    Accessible.ignored: true
    implicitHeight: Math.round(Theme.control * 3.25)
    implicitWidth: Theme.control * 4

    Shape {
        anchors.fill: parent

        ShapePath {
            fillColor: "transparent"
            startX: root.places[0].x
            startY: root.places[0].y
            strokeColor: Theme.borderStrong
            strokeWidth: Theme.line

            PathLine {
                x: root.places[1].x
                y: root.places[1].y
            }
            PathLine {
                x: root.places[2].x
                y: root.places[2].y
            }
            PathLine {
                x: root.places[0].x
                y: root.places[0].y
            }
        }
    }
    Repeater {
        model: 3

        Rectangle {
            id: node

            required property int index

            readonly property bool leads: node.index === 0

            border.color: node.leads ? Theme.accent : Theme.borderStrong
            border.width: Theme.focusLine
            color: node.leads ? Theme.accent : Theme.surface
            height: Theme.control
            radius: height / 2
            width: height
            x: root.places[node.index].x - width / 2
            y: root.places[node.index].y - height / 2

            Icon {
                anchors.centerIn: parent
                color: node.leads ? Theme.onAccent : Theme.textDim
                name: node.leads ? "crown" : "check"
                size: Theme.icon
            }
        }
    }
}
