// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines over time with a cross-hair. Charts that share a ChartCursor move together. The wheel zooms where the
// pointer is, with Shift (or a wheel to the side) it moves; a drag shows what it spans; a double click goes back.
// With the keyboard: arrows move the cross-hair, Shift+arrows the time, + and - zoom, End goes back to now.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

FocusScope {
    id: root

    required property ChartCursor cursor
    /// ChartSeries, in the order of drawing.
    property var series: []
    property string name
    property int unit: ChartPlot.Count
    property alias fromZero: plot.fromZero
    property alias atLeast: plot.atLeast
    property alias timeAxis: plot.timeAxis
    property alias axisWidth: plot.axisWidth
    property alias gap: plot.gap
    property string emptyText: qsTr("Nothing is known of this time.")
    readonly property alias plot: plot
    readonly property string summary: plot.summary

    function colorOf(series: ChartSeries): color {
        return series.tone < 0 ? series.color : Theme.series(series.tone);
    }

    function textOf(value: real): string {
        return plot.textOf(value);
    }

    Accessible.description: qsTr("Arrow keys move the cross-hair, plus and minus zoom.")
    Accessible.focusable: true
    Accessible.name: root.summary
    Accessible.role: Accessible.Chart
    Layout.fillHeight: true
    Layout.fillWidth: true
    activeFocusOnTab: true
    implicitHeight: 80
    implicitWidth: 320

    Keys.onPressed: event => {
        const shift = event.modifiers & Qt.ShiftModifier;
        const step = (root.cursor.to - root.cursor.from) / 20;
        const middle = root.cursor.hovering ? root.cursor.hover : (root.cursor.from + root.cursor.to) / 2;
        event.accepted = true;
        if (event.key === Qt.Key_Left)
            shift ? root.cursor.pan(-step) : root.cursor.moveHover(-1);
        else if (event.key === Qt.Key_Right)
            shift ? root.cursor.pan(step) : root.cursor.moveHover(1);
        else if (event.key === Qt.Key_Plus || event.key === Qt.Key_Equal)
            root.cursor.zoom(middle, 0.7);
        else if (event.key === Qt.Key_Minus)
            root.cursor.zoom(middle, 1 / 0.7);
        else if (event.key === Qt.Key_End)
            root.cursor.reset();
        else if (event.key === Qt.Key_Escape && root.cursor.hovering)
            root.cursor.clearHover();
        else
            event.accepted = false;
    }
    onActiveFocusChanged: {
        if (!root.activeFocus)
            root.cursor.clearHover();
    }

    ChartPlot {
        id: plot

        anchors.fill: parent
        cursor: root.cursor
        font: Theme.smallFigure
        grid: Theme.alpha(Theme.border, Theme.scheme === Theme.Contrast ? 0.5 : 0.8)
        name: root.name
        series: root.series
        text: Theme.textFaint
        tones: Theme.tones.series
        unit: root.unit
        zero: Theme.borderStrong
    }
    Label {
        anchors.centerIn: parent
        anchors.horizontalCenterOffset: plot.axisWidth / 2
        kind: "faint"
        text: root.emptyText
        visible: plot.empty
    }
    // The cross-hair: a line, and a dot where it meets each of the others
    Item {
        id: cross

        readonly property double at: {
            plot.plot;
            return root.cursor.hovering ? Math.round(plot.xOf(root.cursor.hover)) : 0;
        }

        anchors.fill: parent
        visible: root.cursor.hovering && cross.at >= plot.plot.x && cross.at <= plot.plot.x + plot.plot.width

        Rectangle {
            color: Theme.textFaint
            height: plot.plot.height
            width: 1
            x: cross.at
            y: plot.plot.y
        }
        Repeater {
            model: root.series

            Rectangle {
                id: dot

                required property ChartSeries modelData

                readonly property double value: root.cursor.hovering ? dot.modelData.valueAt(root.cursor.hover) : NaN

                border.color: Theme.surface
                border.width: 1.5
                color: root.colorOf(dot.modelData)
                height: Theme.s2
                radius: width / 2
                visible: dot.modelData.shown && !isNaN(dot.value)
                width: Theme.s2
                x: cross.at - width / 2 + 0.5
                y: {
                    plot.high;
                    plot.plot;
                    return isNaN(dot.value) ? 0 : plot.yOf(dot.value) - height / 2;
                }
            }
        }
        Rectangle {
            border.color: Theme.border
            border.width: Theme.line
            color: Theme.raised
            height: moment.implicitHeight + Theme.s1
            radius: Theme.radiusSmall
            visible: plot.timeAxis
            width: moment.implicitWidth + 2 * Theme.s2
            x: Math.min(root.width - width, Math.max(0, cross.at - width / 2))
            y: root.height - height

            Text {
                id: moment

                anchors.centerIn: parent
                color: Theme.text
                font: Theme.smallFigure
                text: root.cursor.to - root.cursor.from < 120 ? Format.timeMs(root.cursor.hover) : Format.time(root.cursor.hover)
                textFormat: Text.PlainText
            }
        }
    }
    // What a drag would show
    Rectangle {
        border.color: Theme.accent
        border.width: 1
        color: Theme.alpha(Theme.accent, 0.15)
        height: plot.plot.height
        visible: drag.active
        width: Math.abs(drag.last - drag.first)
        x: Math.min(drag.first, drag.last)
        y: plot.plot.y
    }
    FocusRing {
        gap: -1
        shown: root.activeFocus
    }
    HoverHandler {
        id: hover

        onHoveredChanged: {
            if (!hover.hovered)
                root.cursor.clearHover();
        }
        onPointChanged: {
            if (hover.hovered)
                root.cursor.hover = plot.timeAt(hover.point.position.x);
        }
    }
    DragHandler {
        id: drag

        property real first: 0
        property real last: 0

        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad | PointerDevice.Stylus
        target: null
        yAxis.enabled: false

        onActiveChanged: {
            if (drag.active) {
                drag.first = drag.centroid.pressPosition.x;
                drag.last = drag.first;
            } else if (Math.abs(drag.last - drag.first) > Theme.s1) {
                root.cursor.show(plot.timeAt(Math.min(drag.first, drag.last)), plot.timeAt(Math.max(drag.first, drag.last)));
            }
        }
        onCentroidChanged: {
            if (drag.active)
                drag.last = Math.min(plot.plot.x + plot.plot.width, Math.max(plot.plot.x, drag.centroid.position.x));
        }
    }
    TapHandler {
        onDoubleTapped: root.cursor.reset()
        onTapped: root.forceActiveFocus(Qt.MouseFocusReason)
    }
    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        acceptedModifiers: Qt.NoModifier
        target: null

        onWheel: event => root.cursor.zoom(plot.timeAt(event.x), Math.pow(0.85, event.angleDelta.y / 120))
    }
    WheelHandler {
        acceptedModifiers: Qt.ShiftModifier
        target: null

        onWheel: event => root.cursor.pan(-(event.angleDelta.y + event.angleDelta.x) / 120 * (root.cursor.to - root.cursor.from) / 10)
    }
}
