// SPDX-License-Identifier: GPL-3.0-or-later
//
// One chart of the time axis: what it is, its lines with their values, and the chart.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property ChartCursor cursor
    required property string title
    property string hint
    property var series: []
    property int unit: ChartPlot.Count
    property bool fromZero: true
    property real atLeast: 0
    property bool timeAxis: false
    readonly property alias chart: chart

    Layout.fillHeight: true
    Layout.fillWidth: true
    spacing: 0

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Label {
            id: name

            Accessible.role: Accessible.Heading
            Layout.alignment: Qt.AlignTop
            Layout.minimumHeight: Theme.row - Theme.s1
            kind: "title"
            text: root.title

            HoverHandler {
                id: hover
            }
            HoverTip {
                shown: hover.hovered
                text: root.hint
            }
        }
        Label {
            Layout.alignment: Qt.AlignTop
            Layout.minimumHeight: Theme.row - Theme.s1
            Layout.fillWidth: true
            kind: "faint"
            text: root.hint
        }
        ChartLegend {
            Layout.fillWidth: false
            Layout.maximumWidth: root.width - name.width - Theme.s4
            chart: chart
        }
    }
    Chart {
        id: chart

        atLeast: root.atLeast
        cursor: root.cursor
        fromZero: root.fromZero
        name: root.title
        series: root.series
        timeAxis: root.timeAxis
        unit: root.unit
    }
}
