// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node: how it is heard, what it does, whom it hears, and what can be done with it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

DrawerColumn {
    id: root

    required property Session session
    required property Shell shell
    property NodeState subject: null

    readonly property int staleness: root.subject ? root.subject.freshness : NodeState.Never
    readonly property string base: root.subject ? String(root.subject.url) : ""

    NodeActions {
        id: nodeActions

        session: root.session
        shell: root.shell
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.s1
        visible: root.subject !== null

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            Label {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                font: Theme.display
                text: root.subject?.name ?? ""
            }
            IconButton {
                id: menuButton

                iconName: "ellipsis-vertical"
                text: qsTr("What can be done with it")

                onClicked: nodeActions.openMenu(root.subject, menuButton)
            }
        }
        Label {
            Layout.fillWidth: true
            kind: "mono"
            color: Theme.textDim
            text: root.base
        }
        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Theme.s1
            spacing: Theme.s1

            Tag {
                iconName: root.subject?.leads ? "crown" : ""
                severity: root.subject?.leads ? "info" : ""
                text: root.subject?.roleText ?? ""
            }
            Tag {
                iconName: severity === "" ? "circle-dashed" : Theme.severityIcon(severity)
                severity: root.subject?.linkSeverity ?? ""
                text: root.subject?.linkText ?? ""
            }
            Tag {
                iconName: "history"
                severity: "warning"
                text: root.subject?.ageText ?? ""
                visible: root.staleness >= NodeState.Aging
            }
            Tag {
                iconName: "zap"
                severity: "warning"
                text: root.subject?.faults === 1 ? qsTr("1 fault") : qsTr("%1 faults").arg(root.subject?.faults ?? 0)
                visible: (root.subject?.faults ?? 0) > 0
            }
        }
    }
    Notice {
        severity: root.subject?.linkSeverity === "critical" ? "critical" : "warning"
        text: root.subject?.problem ?? ""
        visible: text !== ""
    }
    Notice {
        severity: "warning"
        text: root.subject?.explain ?? ""
        visible: text !== ""
    }
    Notice {
        severity: "critical"
        text: qsTr("Storage failed: %1").arg(root.subject?.diskFailure ?? "")
        visible: (root.subject?.diskFailure ?? "") !== ""
    }
    Notice {
        severity: "info"
        text: qsTr("It acknowledges messages before a majority holds them (async).")
        visible: root.subject?.acknowledgesBeforeMajority ?? false
    }
    Panel {
        Layout.fillWidth: true
        padding: Theme.s3
        spacing: 0
        title: qsTr("Consensus")

        FactRow {
            label: qsTr("Term")
            staleness: root.staleness
            value: Format.count(root.subject?.term ?? NaN)
        }
        FactRow {
            label: qsTr("Leader")
            staleness: root.staleness
            value: root.subject?.leaderId ?? ""
        }
        FactRow {
            label: qsTr("Commit, applied")
            staleness: root.staleness
            value: Format.count(root.subject?.commit ?? NaN) + ", " + Format.count(root.subject?.applied ?? NaN)
        }
        FactRow {
            label: qsTr("Log")
            staleness: root.staleness
            value: qsTr("%1 to %2").arg(Format.count(root.subject?.firstIndex ?? NaN)).arg(Format.count(root.subject?.lastIndex ?? NaN))
        }
        FactRow {
            label: qsTr("Behind the leader")
            severity: (root.subject?.lag ?? 0) > 1000 ? "warning" : ""
            staleness: root.staleness
            value: (root.subject?.lag ?? -1) < 0 ? "" : qsTr("%1 entries").arg(Format.count(root.subject?.lag ?? 0))
        }
        FactRow {
            label: qsTr("Mode, quorum")
            value: (root.subject?.mode ?? "") + ", " + Format.count(root.subject?.quorum ?? NaN)
        }
    }
    Panel {
        Layout.fillWidth: true
        padding: Theme.s3
        spacing: 0
        title: qsTr("Links")

        Rows {
            id: links

            Repeater {
                model: root.subject?.peers ?? []

                PeerRow {
                    required property PeerState modelData

                    width: links.width
                    peer: modelData
                    stale: root.staleness >= NodeState.Stale

                    onChosen: root.shell.select("peer", modelData)
                }
            }
        }
        Label {
            kind: "faint"
            text: qsTr("It knows no other node.")
            visible: (root.subject?.peers.length ?? 0) === 0
        }
    }
    Panel {
        Layout.fillWidth: true
        padding: Theme.s3
        spacing: 0
        title: qsTr("Work, clock and disk")

        FactRow {
            label: qsTr("Acknowledged, applied per second")
            staleness: root.staleness
            value: Format.count(root.subject?.acknowledgedPerS ?? NaN) + ", " + Format.count(root.subject?.appliedPerS ?? NaN)
        }
        FactRow {
            label: qsTr("Latency p50, p99")
            staleness: root.staleness
            value: Format.ms(root.subject?.p50Ms ?? NaN) + ", " + Format.ms(root.subject?.p99Ms ?? NaN)
        }
        FactRow {
            label: qsTr("Clock offset")
            staleness: root.staleness
            tip: qsTr("Cluster time minus its own clock")
            value: Format.signedMs(root.subject?.clockOffsetMs ?? NaN) + " ± " + Format.ms(root.subject?.boundMs ?? NaN)
        }
        FactRow {
            label: qsTr("Last sync of the disk")
            staleness: root.staleness
            value: Format.ms(root.subject?.fsyncMs ?? NaN)
        }
        FactRow {
            label: qsTr("Free on its disk")
            staleness: root.staleness
            value: Format.bytes(root.subject?.freeBytes ?? NaN)
        }
        FactRow {
            label: qsTr("Version")
            value: root.subject?.version ?? ""
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        ActionButton {
            Layout.fillWidth: true
            enabled: root.session.cluster.leader !== null
            iconName: "crown"
            text: root.subject?.leads ? qsTr("Hand over") : qsTr("Make leader")

            onClicked: nodeActions.transferTo(root.subject.leads ? null : root.subject)
        }
        ActionButton {
            Layout.fillWidth: true
            iconName: "save"
            text: qsTr("Snapshot")

            onClicked: nodeActions.takeSnapshot(root.subject)
        }
    }
    CurlLine {
        text: "curl --noproxy '*' " + root.base + "/status"
    }
    CurlLine {
        text: "curl --noproxy '*' -N '" + root.base + "/observe?every_ms=250&after=0'"
    }
}
