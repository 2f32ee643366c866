// SPDX-License-Identifier: GPL-3.0-or-later
//
// How well the clocks agree: cluster time and each node's clock against it, what a node measures of its peers,
// and what a correction would do.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property ClusterMonitor cluster: root.session.cluster
    /// Whose measurements are shown: the picked node, else whom the pages read from.
    readonly property NodeState observer: root.cluster.target
    readonly property bool wide: root.width > 940

    subtitle: qsTr("Cluster time is what the nodes agree on. A band is where a clock certainly is.")
    title: qsTr("Clocks")

    ClockRows {
        id: nodeRows

        active: root.visible
        cluster: root.cluster
    }
    ClockRows {
        id: peerRows

        active: root.visible
        cluster: root.cluster
        details: details.answer
        observer: root.observer
    }
    ApiCall {
        id: details

        cluster: root.cluster
        node: root.observer
        path: "/clock"
        repeatMs: root.visible && root.observer ? 2000 : 0
    }
    Timer {
        id: tick

        property double now: NaN

        interval: Theme.reducedMotion ? 1000 : 100
        repeat: true
        running: root.visible
        triggeredOnStart: true

        onTriggered: tick.now = root.cluster.clusterTs
    }
    ScrollColumn {
        GridLayout {
            Layout.fillWidth: true
            columnSpacing: Theme.s4
            columns: root.wide ? 2 : 1
            rowSpacing: Theme.s4

            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 640
                spacing: Theme.s4

                Panel {
                    Layout.fillWidth: true
                    hint: qsTr("each node's own clock against it")
                    iconName: "globe"
                    title: qsTr("Cluster time")

                    RowLayout {
                        Layout.fillWidth: true
                        spacing: Theme.s5

                        Text {
                            id: bigClock

                            Accessible.name: qsTr("Cluster time %1").arg(bigClock.text)
                            Accessible.role: Accessible.StaticText
                            color: Theme.text
                            font: Theme.bigFigure
                            text: isNaN(tick.now) ? Format.dash() : Format.timeMs(tick.now).slice(0, -2)
                            textFormat: Text.PlainText
                        }
                        Label {
                            Layout.alignment: Qt.AlignBaseline
                            Layout.fillWidth: true
                            kind: "dim"
                            text: isNaN(root.cluster.worstBoundMs) ? qsTr("no bound is known") : qsTr("on every node to within %1").arg(Format.ms(root.cluster.worstBoundMs))
                        }
                        Sparkline {
                            Layout.fillWidth: false
                            Layout.preferredHeight: Theme.control
                            Layout.preferredWidth: 140
                            name: qsTr("Worst bound of the last minute, in milliseconds")
                            series: root.session.timeline.worstBound
                        }
                    }
                    Divider {
                        Layout.bottomMargin: Theme.s1
                        Layout.topMargin: Theme.s1
                    }
                    ClockTable {
                        Layout.fillWidth: true
                        now: tick.now
                        rows: nodeRows

                        onChosen: clock => root.shell.select("node", clock)
                    }
                }
                Panel {
                    Layout.fillWidth: true
                    curl: details.curl
                    hint: qsTr("their clocks against its own; pick another node on top")
                    iconName: "users"
                    title: root.observer ? qsTr("Peers of %1").arg(root.observer.name) : qsTr("Peers")

                    ClockTable {
                        Layout.fillWidth: true
                        rows: peerRows
                        visible: peerRows.count > 0

                        onChosen: clock => root.shell.select("peer", clock)
                    }
                    Label {
                        Layout.fillWidth: true
                        kind: "dim"
                        text: root.observer ? qsTr("It has no peers to compare with: its own clock is cluster time.") : qsTr("No node answers.")
                        visible: peerRows.count === 0
                        wrapMode: Text.WordWrap
                    }
                }
            }
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: 380
                spacing: Theme.s4

                ClockCorrectionPanel {
                    Layout.fillWidth: true
                    only: root.cluster.selected
                    session: root.session
                }
                ClockSyncPanel {
                    Layout.fillWidth: true
                    only: root.cluster.selected
                    session: root.session
                }
                Panel {
                    Layout.fillWidth: true
                    Layout.preferredHeight: Theme.s6 * 6
                    hint: qsTr("cluster time minus each clock")
                    iconName: "activity"
                    title: qsTr("Offsets")

                    actions: ActionButton {
                        iconName: "arrow-up-right"
                        kind: "quiet"
                        text: qsTr("Timeline")

                        onClicked: root.shell.goTo("timeline", {})
                    }

                    ChartLegend {
                        chart: history
                    }
                    Chart {
                        id: history

                        atLeast: 0.05
                        cursor: ChartCursor {
                            now: isNaN(root.session.timeline.now) ? 0 : root.session.timeline.now
                            span: 300
                        }
                        fromZero: false
                        name: qsTr("Clock offsets")
                        series: root.session.timeline.offsets
                        unit: ChartPlot.SignedMilliseconds
                    }
                }
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
