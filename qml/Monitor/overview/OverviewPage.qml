// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is seen first, and understood in ten seconds: one sentence, the cluster as a ring, four figures, what
// happened, and a message to send. Without scrolling from 1280x800 on; smaller windows fold and scroll.
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
    readonly property bool wide: width >= Theme.page
    readonly property bool roomy: width >= Theme.page * 1.15
    readonly property int sparkHeight: height >= Theme.s6 * 26 ? Theme.s6 + Theme.s4 : Theme.s5
    /// Of the figures: of the cluster's freshest node.
    readonly property int staleness: root.cluster.target ? Math.min(3, root.cluster.target.freshness) : 3
    readonly property var worstMs: Format.ms(root.cluster.worstBoundMs).split(" ")
    readonly property var p99: Format.ms(root.cluster.p99Ms).split(" ")

    title: qsTr("Overview")
    headerVisible: false
    spacing: 0

    ScrollColumn {
        spacing: Theme.s3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            VerdictLine {
                Layout.fillWidth: true
                cluster: root.cluster
            }

            IconButton {
                iconName: "refresh-cw"
                text: qsTr("Ask every node now")
                onClicked: root.cluster.refresh()
            }

            SwitchRow {
                text: qsTr("Auto-refresh")
                Layout.fillWidth: false
                checked: root.cluster.autoRefresh
                onToggled: root.cluster.autoRefresh = checked
            }
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.s3
            rowSpacing: Theme.s3

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 60
                Layout.minimumHeight: Theme.s6 * 8
                padding: Theme.s2

                ClusterRing {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    session: root.session
                    shell: root.shell
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 40
                spacing: Theme.s3

                GridLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: false
                    columns: root.wide ? 2 : 4
                    columnSpacing: Theme.s3
                    rowSpacing: Theme.s3

                    OverviewFigure {
                        label: qsTr("Acknowledged")
                        value: Format.si(root.cluster.acknowledgedPerS)
                        unit: qsTr("/s")
                        staleness: root.staleness

                        Sparkline {
                            anchors.left: parent.left
                            anchors.right: parent.right
                            height: root.sparkHeight
                            name: qsTr("Acknowledged a second, the last minute")
                            color: Theme.series(0)
                            series: root.session.timeline.acknowledged
                        }
                    }

                    OverviewFigure {
                        label: qsTr("Latency, p99")
                        value: root.p99[0]
                        unit: root.p99[1] ?? ""
                        detail: isNaN(root.cluster.p50Ms) || !root.roomy ? "" : qsTr("p50 %1").arg(Format.ms(root.cluster.p50Ms))
                        staleness: root.staleness

                        Sparkline {
                            anchors.left: parent.left
                            anchors.right: parent.right
                            height: root.sparkHeight
                            name: qsTr("p99 of the latency in ms, the last minute")
                            color: Theme.series(3)
                            series: root.session.timeline.p99
                        }
                    }

                    OverviewFigure {
                        label: qsTr("Worst lag")
                        value: Format.count(root.cluster.worstLag)
                        unit: qsTr("entries")
                        detail: root.cluster.worstLag > 0 && root.roomy ? root.cluster.worstLagNode : ""
                        staleness: root.staleness

                        Sparkline {
                            anchors.left: parent.left
                            anchors.right: parent.right
                            height: root.sparkHeight
                            name: qsTr("Worst lag in entries, the last minute")
                            color: Theme.series(1)
                            series: root.session.timeline.worstLag
                        }
                    }

                    OverviewFigure {
                        label: qsTr("Worst clock bound")
                        value: root.worstMs[0]
                        unit: root.worstMs[1] ?? ""
                        staleness: root.staleness

                        Sparkline {
                            anchors.left: parent.left
                            anchors.right: parent.right
                            height: root.sparkHeight
                            name: qsTr("Worst clock bound in ms, the last minute")
                            color: Theme.series(2)
                            series: root.session.timeline.worstBound
                        }
                    }
                }

                Panel {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    padding: Theme.s3
                    title: qsTr("Events")
                    actions: [
                        ActionButton {
                            kind: "quiet"
                            text: qsTr("All")
                            Accessible.name: qsTr("All events, on the time axis")
                            onClicked: root.shell.goTo("timeline", {})
                        }
                    ]

                    OverviewEvents {
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        events: root.cluster.events
                        onEventChosen: event => root.shell.select("event", event)
                    }
                }
            }
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: false
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.s3
            rowSpacing: Theme.s3

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 60
                padding: Theme.s3
                title: qsTr("Last deliveries")
                actions: [
                    ActionButton {
                        kind: "quiet"
                        text: qsTr("All")
                        Accessible.name: qsTr("All messages")
                        onClicked: root.shell.goTo("messages", {})
                    }
                ]

                DeliveryList {
                    id: deliveries

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: deliveries.rowHeight * 5
                    cluster: root.cluster
                    active: root.visible
                    onMessageChosen: message => root.shell.select("message", message)
                }
            }

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 40
                padding: Theme.s3
                title: qsTr("Send a message")
                curl: send.form.curl

                QuickSend {
                    id: send

                    Layout.fillWidth: true
                    session: root.session
                    shell: root.shell
                }

                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }
}
