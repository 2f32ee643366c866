// SPDX-License-Identifier: GPL-3.0-or-later
//
// One time axis for everything that changes: throughput, latency, replication lag and clocks, with what happened
// marked across all of them.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property Timeline timeline: root.session.timeline
    readonly property var spans: [60, 300, 900, 86400]

    function showEvent(row: int): void {
        root.shell.select("event", root.session.cluster.events.get(row));
    }

    /// Another page sent us here: {time: cluster time in seconds}.
    function takeArguments(): void {
        const time = root.shell.pageArguments.time;
        if (root.shell.page !== "timeline" || typeof time !== "number")
            return;
        cursor.show(time - 30, time + 30);
        cursor.hover = time;
        root.shell.pageArguments = {};
    }

    spacing: Theme.s3
    subtitle: cursor.live ? qsTr("The last %1, by the cluster's own time.").arg(Format.seconds(cursor.to - cursor.from)) : qsTr("%1 to %2. The charts wait here; new points come in unseen.").arg(Format.dateTime(cursor.from)).arg(Format.time(cursor.to))
    title: qsTr("Timeline")

    actions: [
        ActionButton {
            iconName: "rotate-ccw"
            kind: "quiet"
            text: qsTr("Whole span")
            visible: cursor.zoomed

            onClicked: cursor.reset()
        },
        ActionButton {
            iconName: cursor.live ? "pause" : "play"
            text: cursor.live ? qsTr("Pause") : qsTr("Go live")
            tip: cursor.live ? qsTr("Stop here; what comes is kept.") : qsTr("Follow what comes.")

            onClicked: cursor.live = !cursor.live
        },
        Segmented {
            currentIndex: root.spans.indexOf(cursor.span)
            model: [qsTr("60 s"), qsTr("5 min"), qsTr("15 min"), qsTr("24 h")]
            name: qsTr("How much time is shown")

            onActivated: index => cursor.span = root.spans[index]
        }
    ]

    Component.onCompleted: root.takeArguments()
    onVisibleChanged: {
        if (root.visible)
            root.takeArguments();
    }

    ChartCursor {
        id: cursor

        now: isNaN(root.timeline.now) ? 0 : root.timeline.now
        span: 300
    }
    TimelineMarkers {
        id: markers

        active: root.visible
        cursor: cursor
        events: root.session.cluster.events
        room: Math.max(8, Math.round(throughput.chart.plot.plot.width / Theme.s5))
        routine: routine.checked
    }
    Panel {
        Layout.fillHeight: true
        Layout.fillWidth: true
        padding: Theme.s3

        ScrollColumn {
            spacing: Theme.s1

            EventLane {
                id: events

                function span(lane: TimelineLane): var {
                    return {
                        y: charts.y - events.y + lane.y + lane.chart.y + lane.chart.plot.plot.y,
                        height: lane.chart.plot.plot.height
                    };
                }

                Layout.fillWidth: true
                cursor: cursor
                markers: markers
                plot: throughput.chart.plot
                spans: [events.span(throughput), events.span(latency), events.span(lag), events.span(offset)]

                onChosen: row => root.showEvent(row)
            }
            ColumnLayout {
                id: charts

                Layout.fillHeight: true
                Layout.fillWidth: true
                spacing: Theme.s1

                TimelineLane {
                    id: throughput

                    atLeast: 4
                    cursor: cursor
                    hint: qsTr("messages a second, as the leader counts them")
                    series: [root.timeline.acknowledged]
                    title: qsTr("Throughput")
                }
                TimelineLane {
                    id: latency

                    atLeast: 1
                    cursor: cursor
                    hint: qsTr("from submission to acknowledgement, on the leader")
                    series: [root.timeline.p50, root.timeline.p95, root.timeline.p99]
                    title: qsTr("Latency")
                    unit: ChartPlot.Milliseconds
                }
                TimelineLane {
                    id: lag

                    atLeast: 4
                    cursor: cursor
                    hint: qsTr("entries a follower still lacks")
                    series: root.timeline.lags
                    title: qsTr("Replication lag")
                }
                TimelineLane {
                    id: offset

                    Layout.preferredHeight: implicitHeight + Theme.s4
                    atLeast: 0.05
                    cursor: cursor
                    fromZero: false
                    hint: qsTr("cluster time minus the node's clock, with its bound")
                    series: root.timeline.offsets
                    timeAxis: true
                    title: qsTr("Clock offset")
                    unit: ChartPlot.SignedMilliseconds
                }
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s3

            CheckRow {
                id: routine

                text: qsTr("Routine events too")
            }
            BusyDot {
                running: root.timeline.filling
                size: Theme.iconSmall
                visible: root.timeline.filling
            }
            Label {
                kind: "faint"
                text: root.timeline.filling ? qsTr("Asking the nodes for what they remember.") : isNaN(root.timeline.earliest) ? "" : qsTr("Known since %1.").arg(Format.dateTime(root.timeline.earliest))
            }
            Label {
                kind: "faint"
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                text: qsTr("Wheel or +/−: zoom   drag: a part   Shift: move   double click: back")
            }
        }
    }
}
