// SPDX-License-Identifier: GPL-3.0-or-later
//
// A load run in figures and lines: the last second big, the whole run beside it, the last minute below.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property LoadGenerator load
    /// By the page's size, not by its own: a layout that changes itself while it is laid out gets stuck.
    required property bool narrow
    required property bool flat

    function take(): void {
        if (root.load.state === LoadGenerator.Idle) {
            for (const series of [rate, p50, p95, p99])
                series.clear();
            return;
        }
        if (root.load.state === LoadGenerator.Done)
            return;
        const now = Date.now() / 1000;
        cursor.now = now;
        rate.append(now, root.load.rate);
        p50.append(now, root.load.p50);
        p95.append(now, root.load.p95);
        p99.append(now, root.load.p99);
    }

    spacing: Theme.s3

    Connections {
        function onTold(): void {
            root.take();
        }

        target: root.load
    }
    ChartCursor {
        id: cursor

        span: 60
    }
    ChartSeries {
        id: rate

        tone: 0
        fill: 0.18
        name: qsTr("acknowledged a second")
    }
    ChartSeries {
        id: p50

        tone: 2
        name: qsTr("p50")
    }
    ChartSeries {
        id: p95

        tone: 1
        name: qsTr("p95")
    }
    ChartSeries {
        id: p99

        tone: 5
        name: qsTr("p99")
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Theme.s4
        columns: root.narrow ? 2 : 4
        rowSpacing: Theme.s1

        Figure {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("Acknowledged")
            unit: qsTr("/s")
            value: Format.si(root.load.rate)
        }
        Figure {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("p50")
            value: Format.ms(root.load.p50)
        }
        Figure {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("p95")
            value: Format.ms(root.load.p95)
        }
        Figure {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("p99")
            value: Format.ms(root.load.p99)
        }
    }
    Label {
        Layout.fillWidth: true
        font: Theme.smallFigure
        kind: "small"
        text: qsTr("Above the last second; the whole run: %1/s, p50 %2, p95 %3, p99 %4.").arg(Format.si(root.load.meanRate)).arg(Format.ms(root.load.totalP50)).arg(Format.ms(root.load.totalP95)).arg(Format.ms(root.load.totalP99))
        wrapMode: Text.WordWrap
    }
    Chart {
        Layout.preferredHeight: 1
        cursor: cursor
        emptyText: qsTr("Nothing acknowledged yet.")
        fromZero: true
        name: qsTr("Acknowledged a second")
        series: [rate]
        timeAxis: false
        visible: !root.flat
    }
    Chart {
        id: latency

        Layout.preferredHeight: 1
        cursor: cursor
        emptyText: qsTr("Nothing acknowledged yet.")
        fromZero: true
        name: qsTr("Time to the acknowledgement")
        series: [p50, p95, p99]
        unit: ChartPlot.Milliseconds
    }
    ChartLegend {
        chart: latency
    }
}
