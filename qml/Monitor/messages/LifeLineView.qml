// SPDX-License-Identifier: GPL-3.0-or-later
//
// The life of one message as a waterfall: a line for each step, a bar from what came before it to its end, and
// the time since the message was received. Where the delivery lies far behind, the axis is broken, visibly.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property MessageTrace trace

    readonly property real labels: Theme.control * 3.2
    readonly property real figures: Theme.control * 1.9
    readonly property real track: Math.max(1, root.width - root.labels - root.figures - 2 * Theme.s2)
    readonly property real trackX: root.labels + Theme.s2
    readonly property real line: Math.round(Theme.row * 0.78)
    readonly property real dot: Theme.s2

    function time(ms: real): string {
        return ms === 0 ? "0" : ms >= 1000 ? Format.seconds(ms / 1000) : Format.ms(ms);
    }

    function place(part: real): real {
        return Math.round(root.trackX + part * (root.track - root.dot));
    }

    implicitHeight: rows.height + axis.height
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Life of the message: %1").arg(root.trace.summary)

    // The axis
    Item {
        id: axis

        anchors.bottom: parent.bottom
        height: Theme.row - Theme.s1
        width: parent.width

        Repeater {
            model: root.trace.ticks

            Item {
                id: tick

                required property var modelData
                required property int index

                readonly property bool last: tick.modelData.at >= 1

                x: root.place(tick.modelData.at) + root.dot / 2

                Rectangle {
                    color: Theme.border
                    height: rows.height
                    width: Theme.line
                    y: -height
                }
                Text {
                    color: Theme.textFaint
                    font: Theme.smallFigure
                    text: root.time(tick.modelData.ms)
                    textFormat: Text.PlainText
                    // The last one before the break leaves its place to the one behind it.
                    visible: tick.last || root.trace.breakAt < 0 || tick.modelData.at < 0.6
                    x: tick.index === 0 ? 0 : Math.min(-width / 2, root.width - root.figures - tick.x - width)
                    y: Theme.s1
                }
            }
        }
    }
    Column {
        id: rows

        width: parent.width

        Repeater {
            model: root.trace.stages

            Item {
                id: stage

                required property var modelData

                readonly property color ink: stage.modelData.durable ? Theme.info : stage.modelData.committed ? Theme.good : stage.modelData.delivered ? Theme.accent : Theme.textDim

                height: root.line
                width: rows.width

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    color: stage.modelData.known ? Theme.text : Theme.textFaint
                    elide: Text.ElideRight
                    font: Theme.small
                    text: stage.modelData.label + (stage.modelData.node === "" ? "" : " " + stage.modelData.node) + (stage.modelData.leader ? qsTr(" (leader)") : "")
                    textFormat: Text.PlainText
                    width: root.labels
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.alpha(stage.ink, 0.35)
                    height: Theme.s1
                    radius: height / 2
                    visible: stage.modelData.known
                    width: root.place(stage.modelData.to) - x + root.dot / 2
                    x: root.place(stage.modelData.from) + root.dot / 2
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    color: stage.ink
                    height: root.dot
                    radius: stage.modelData.committed ? 1 : height / 2
                    rotation: stage.modelData.committed ? 45 : 0
                    visible: stage.modelData.known
                    width: root.dot
                    x: root.place(stage.modelData.to)
                }
                Text {
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    color: stage.modelData.known ? Theme.text : Theme.textFaint
                    font: Theme.smallFigure
                    text: stage.modelData.known ? root.time(stage.modelData.atMs) : stage.modelData.delivered && root.trace.waiting ? qsTr("waits") : Format.dash()
                    textFormat: Text.PlainText
                }
            }
        }
    }
    // Where the axis is broken
    Rectangle {
        color: Theme.surface
        height: rows.height + Theme.s1
        visible: root.trace.breakAt >= 0
        width: Theme.s2
        x: root.place(Math.max(0, root.trace.breakAt))

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            spacing: Theme.line

            Repeater {
                model: 2

                Rectangle {
                    color: Theme.textFaint
                    height: Theme.s3
                    rotation: 20
                    width: Theme.line
                }
            }
        }
    }
}
