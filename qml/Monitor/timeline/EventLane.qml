// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happened, as marks above the charts; from each a line falls through all of them. A click shows the event
// in the drawer.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property TimelineMarkers markers
    required property ChartCursor cursor
    /// The chart whose time axis counts.
    required property ChartPlot plot
    /// Where the lines go through the charts, each {y, height} from the top of this lane.
    required property var spans

    /// A mark was clicked: a row of the model of events.
    signal chosen(int eventRow)

    function severityName(severity: int): string {
        return severity === EventModel.Critical ? "critical" : severity === EventModel.Warning ? "warning" : "info";
    }

    function xOf(time: real): real {
        return root.plot.xOf(time);
    }

    implicitHeight: Theme.row

    Label {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        kind: "faint"
        text: qsTr("Events")
        width: root.plot.axisWidth - Theme.s2
        horizontalAlignment: Text.AlignRight
    }
    Rectangle {
        color: Theme.border
        height: Theme.line
        width: root.plot.plot.width
        x: root.plot.plot.x
        y: root.height / 2
    }
    Repeater {
        model: root.markers

        T.AbstractButton {
            id: mark

            required property real time
            required property int severity
            required property string iconName
            required property string sentence
            required property string nodeId
            required property int events
            required property int eventRow

            readonly property string severityName: root.severityName(mark.severity)
            readonly property color ink: Theme.severity(mark.severityName)
            readonly property real at: {
                root.cursor.from;
                root.plot.plot;
                return root.xOf(mark.time);
            }
            readonly property string words: Format.timeMs(mark.time) + "  " + mark.nodeId + ": " + mark.sentence + (mark.events > 1 ? "\n" + qsTr("and %n more at this moment", "", mark.events - 1) : "")

            Accessible.name: mark.words
            Accessible.role: Accessible.Button
            focusPolicy: Qt.StrongFocus
            implicitHeight: Theme.s4 + Theme.s1
            implicitWidth: implicitHeight
            visible: mark.at >= root.plot.plot.x - 1 && mark.at <= root.plot.plot.x + root.plot.plot.width + 1
            x: Math.round(mark.at - width / 2)
            y: (root.height - height) / 2
            z: mark.hovered || mark.activeFocus ? 2 : mark.severity > 1 ? 1 : 0

            onClicked: root.chosen(mark.eventRow)

            background: Rectangle {
                border.color: mark.ink
                border.width: mark.hovered ? Theme.focusLine : Theme.line
                color: Theme.severitySoft(mark.severityName)
                radius: width / 2

                FocusRing {
                    corner: mark.height / 2
                    gap: 0
                    shown: mark.visualFocus
                }
            }
            contentItem: Item {
                Icon {
                    anchors.centerIn: parent
                    color: mark.ink
                    name: mark.iconName
                    size: Theme.iconSmall - 2
                    stroke: 2
                }
            }

            // Its line through the charts, not through what is written between them
            Repeater {
                model: root.spans

                Rectangle {
                    id: line

                    required property var modelData

                    color: mark.ink
                    height: line.modelData.height
                    opacity: mark.hovered || mark.activeFocus ? 0.9 : mark.severity > 1 ? 0.45 : 0.25
                    width: mark.hovered ? 2 : 1
                    x: mark.width / 2
                    y: line.modelData.y - mark.y
                }
            }
            HoverTip {
                shown: mark.hovered || mark.visualFocus
                text: mark.words
            }
        }
    }
}
