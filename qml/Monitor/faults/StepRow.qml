// SPDX-License-Identifier: GPL-3.0-or-later
//
// One step of a scenario: when, what, to whom, and how long, as a bar below the load's.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    required property int index
    required property var modelData
    property bool current: false
    property double seconds: 10

    readonly property string progress: root.modelData.state ?? ""
    readonly property bool done: root.progress === "done"
    readonly property bool failed: root.progress === "failed"

    Accessible.name: qsTr("At %1 s: %2. %3").arg(root.modelData.atS).arg(root.modelData.title).arg(root.modelData.detail ?? "")
    Accessible.role: Accessible.ListItem
    implicitHeight: Theme.control + Theme.s2

    RowLayout {
        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        spacing: Theme.s2

        Icon {
            color: root.failed ? Theme.critical : root.done ? Theme.accent : root.current ? Theme.text : Theme.textFaint
            name: root.failed ? "circle-x" : root.done ? "circle-check" : root.current ? "circle-dot" : "circle"
            size: Theme.iconSmall
        }
        Label {
            color: root.current || root.done || root.progress === "" ? Theme.text : Theme.textDim
            font: root.current ? Theme.bodyStrong : Theme.body
            text: root.modelData.title
        }
        Label {
            Layout.fillWidth: true
            color: root.failed ? Theme.critical : Theme.textDim
            font: Theme.small
            text: root.modelData.detail ?? ""
        }
        Label {
            font: Theme.smallFigure
            color: Theme.textDim
            text: qsTr("%1 s").arg(Format.sparse(root.modelData.atS))
        }
    }
    Rectangle {
        id: bar

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.s1
        color: Theme.sunken
        height: Theme.s1
        radius: height / 2
        width: parent.width

        Rectangle {
            color: root.failed ? Theme.critical : root.done ? Theme.accent : Theme.borderStrong
            height: parent.height
            radius: parent.radius
            width: Math.max(height, Math.min(parent.width - x, parent.width * (root.modelData.lastsS ?? 0) / root.seconds))
            x: Math.min(parent.width - height, parent.width * root.modelData.atS / root.seconds)
        }
    }
}
