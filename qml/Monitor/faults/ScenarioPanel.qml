// SPDX-License-Identifier: GPL-3.0-or-later
//
// The script: which one, what it does and when, and while it runs, what the senders notice of it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property LabDesk desk

    readonly property LabRun run: root.desk.run
    readonly property ScenarioModel scenarios: root.desk.lab.scenarios
    readonly property var chosen: root.desk.scenario
    /// The run belongs to what is chosen: show it instead of the plan.
    readonly property bool shown: root.run.phase !== LabRun.Idle && root.run.scenarioId === root.desk.scenarioId
    readonly property bool possible: root.desk.session.cluster.connected && root.desk.lab.support !== FaultLab.Nowhere && (!root.chosen.kills || root.desk.lab.embedded)

    curl: root.desk.session.cluster.connected ? root.desk.lab.soakLine(root.desk.scenarioId) : ""
    iconName: "flask-conical"
    title: qsTr("Scenario")

    actions: [
        IconButton {
            iconName: "pencil"
            text: root.chosen.own ? qsTr("Edit this scenario") : qsTr("Make an own scenario from this one")

            onClicked: editor.edit(root.chosen.own ? root.desk.scenarioId : "", root.scenarios.json(root.desk.scenarioId))
        },
        IconButton {
            iconName: "trash-2"
            text: qsTr("Delete this scenario")
            visible: root.chosen.own ?? false

            onClicked: {
                root.scenarios.remove(root.desk.scenarioId);
                root.desk.scenarioId = "kill-leader";
            }
        }
    ]

    ScenarioEditor {
        id: editor

        scenarios: root.scenarios

        onSaved: id => root.desk.scenarioId = id
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        SelectField {
            id: choice

            Layout.fillWidth: true
            enabled: !root.run.active
            model: root.scenarios
            name: qsTr("Scenario")
            textRole: "name"
            valueRole: "scenarioId"

            Component.onCompleted: currentIndex = indexOfValue(root.desk.scenarioId)
            onActivated: root.desk.scenarioId = currentValue

            Connections {
                function onScenarioIdChanged(): void {
                    choice.currentIndex = choice.indexOfValue(root.desk.scenarioId);
                }

                target: root.desk
            }
        }
        ActionButton {
            iconName: "zap"
            kind: "primary"
            enabled: root.possible
            text: qsTr("Break it")
            tip: qsTr("Runs this under load, heals everything, reads every node back and gives a verdict")
            visible: !root.run.active

            onClicked: root.desk.breakIt()
        }
        ActionButton {
            iconName: "circle-stop"
            kind: "danger"
            text: qsTr("Cancel")
            visible: root.run.active

            onClicked: root.run.cancel()
        }
    }
    Label {
        Layout.fillWidth: true
        kind: "dim"
        text: root.chosen.about ?? ""
        wrapMode: Text.WordWrap
    }
    Notice {
        severity: "info"
        text: qsTr("It kills a process, and only nodes of a local cluster can be killed from here. “Pause the leader” comes close.")
        visible: root.desk.session.cluster.connected && (root.chosen.kills ?? false) && !root.desk.lab.embedded
    }
    Notice {
        severity: "critical"
        text: root.run.problem
        visible: root.shown && text !== ""
    }
    LoadStrip {
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.maximumHeight: Math.round(Theme.control * 12)
        Layout.minimumHeight: implicitHeight
        plan: steps.plan
        run: root.shown ? root.run : null
        seconds: root.chosen.seconds ?? 10
        wanted: root.chosen.perSecond ?? 0
    }
    ListView {
        id: steps

        readonly property var plan: root.shown ? root.run.steps : root.chosen.steps ?? []

        Accessible.name: qsTr("Steps")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.maximumHeight: contentHeight
        Layout.minimumHeight: Math.min(contentHeight, 4 * Theme.control)
        Layout.preferredHeight: contentHeight
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: steps.plan
        spacing: Theme.s1

        delegate: StepRow {
            id: step

            current: root.shown && root.run.active && root.run.currentStep === step.index
            seconds: root.chosen.seconds ?? 10
            width: steps.width
        }
    }
    Item {
        Layout.fillHeight: true
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        BusyDot {
            running: visible
            visible: root.run.active
        }
        Label {
            Layout.fillWidth: true
            kind: "small"
            text: root.shown ? root.run.phaseText : qsTr("%1 s at %2 messages a second").arg(root.chosen.seconds ?? 0).arg(root.chosen.perSecond ?? 0)
        }
        ActionButton {
            enabled: root.possible && !root.run.active
            kind: "quiet"
            text: qsTr("Inject without load")
            tip: qsTr("Only the steps: no load, no verdict")

            onClicked: root.desk.injectScenario()
        }
    }
}
