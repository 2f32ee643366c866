// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node: its role, its state in a word, the faults it obeys, and the quickest ways to hurt it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Rectangle {
    id: root

    required property LabDesk desk
    required property NodeState subject
    property bool compact: false

    readonly property FaultLab lab: root.desk.lab
    /// Null for a node elsewhere.
    readonly property EmbeddedNode own: root.lab.embedded ? root.lab.embeddedNode(root.subject) : null
    readonly property bool runs: root.own === null || root.own.running
    /// It runs, and the monitor has not heard it yet.
    readonly property bool comesBack: root.own !== null && root.own.state === EmbeddedNode.Running && root.subject.link === NodeState.Down
    readonly property bool leads: root.runs && root.subject.leads && (root.subject.link === NodeState.Live || root.subject.link === NodeState.Polling)
    readonly property string severity: {
        if (root.own !== null && !root.own.running)
            return root.own.busy ? "info" : "critical";
        if (root.own !== null && root.own.state === EmbeddedNode.ReadOnly)
            return "critical";
        if (root.comesBack)
            return "info";
        if (root.subject.link === NodeState.Down || root.subject.link === NodeState.Silent)
            return "critical";
        return root.subject.faults > 0 ? "warning" : "good";
    }
    readonly property string word: {
        if (root.own !== null && root.own.state !== EmbeddedNode.Running)
            return root.own.stateText;
        if (root.comesBack)
            return qsTr("Coming back");
        if (root.subject.link === NodeState.Down)
            return qsTr("Down");
        if (root.subject.link === NodeState.Silent)
            return qsTr("Silent");
        return root.subject.roleText;
    }

    function pause(): void {
        const fault = {
            kind: "pause",
            for_s: 5
        };
        root.desk.ask(root.lab.risk(root.subject, fault), qsTr("Pause %1 for 5 s?").arg(root.subject.name), qsTr("Pause"), root.lab.curlOf(root.subject, fault), () => root.lab.inject(root.subject, fault));
    }

    function kill(): void {
        root.desk.ask(root.lab.risk(root.subject, {
            kind: "kill"
        }), qsTr("Kill %1?").arg(root.subject.name), qsTr("Kill"), "", () => root.lab.kill(root.subject));
    }

    Accessible.name: qsTr("%1, %2").arg(root.subject.name).arg(root.word)
    Accessible.role: Accessible.ListItem
    activeFocusOnTab: true
    border.color: root.leads ? Theme.accent : Theme.border
    border.width: Theme.line
    color: root.severity === "critical" ? Theme.criticalSoft : root.severity === "warning" ? Theme.warningSoft : root.severity === "info" ? Theme.infoSoft : root.leads ? Theme.accentSoft : Theme.sunken
    implicitHeight: root.compact ? Theme.control + Theme.s1 : Theme.control + Theme.s3
    implicitWidth: 220
    radius: Theme.radiusSmall

    Keys.onReturnPressed: root.desk.shell.select("node", root.subject)
    Keys.onEnterPressed: root.desk.shell.select("node", root.subject)

    FocusRing {
        gap: 0
        shown: root.activeFocus
    }
    TapHandler {
        onTapped: root.desk.shell.select("node", root.subject)
    }
    Behavior on color {
        ColorAnimation {
            duration: Theme.slow
        }
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s3
        anchors.rightMargin: Theme.s1
        spacing: Theme.s2

        Icon {
            color: root.leads ? Theme.accent : root.severity === "good" ? Theme.textDim : Theme.severity(root.severity)
            name: root.severity === "critical" ? (root.own !== null && root.own.state === EmbeddedNode.Killed ? "skull" : "power-off") : root.leads ? "crown" : root.severity === "warning" ? "zap" : "circle-dot"
            size: Theme.icon
        }
        GridLayout {
            Layout.fillWidth: true
            columnSpacing: Theme.s2
            columns: root.compact ? 2 : 1
            rowSpacing: 0

            Label {
                Layout.fillWidth: !root.compact
                kind: "strong"
                text: root.subject.name
            }
            Label {
                Layout.fillWidth: true
                kind: "small"
                text: root.runs && root.subject.faults > 0 ? (root.subject.faults === 1 ? qsTr("%1, 1 fault").arg(root.word) : qsTr("%1, %2 faults").arg(root.word).arg(root.subject.faults)) : root.word
            }
        }
        IconButton {
            enabled: root.lab.support !== FaultLab.Unknown && root.lab.takesFaults(root.subject) && root.runs
            iconName: "circle-pause"
            text: qsTr("Pause %1 for 5 s").arg(root.subject.name)
            visible: root.runs

            onClicked: root.pause()
        }
        IconButton {
            color: Theme.critical
            iconName: "skull"
            text: qsTr("Kill %1: a process kill, not a power loss").arg(root.subject.name)
            visible: root.own !== null && root.own.running

            onClicked: root.kill()
        }
        BusyDot {
            running: visible
            visible: root.own !== null && root.own.busy
        }
        ActionButton {
            iconName: "play"
            text: qsTr("Start")
            visible: root.own !== null && !root.own.running && !root.own.busy
            tip: root.own !== null ? root.own.problem : ""

            onClicked: root.lab.restart(root.subject)
        }
        IconButton {
            iconName: "rotate-ccw"
            text: root.own !== null ? root.own.problem : ""
            visible: root.own !== null && root.own.state === EmbeddedNode.ReadOnly

            onClicked: root.lab.restart(root.subject)
        }
    }
}
