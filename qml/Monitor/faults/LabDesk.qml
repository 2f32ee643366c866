// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the panels of the fault lab share: who they speak to, which scenario is chosen, how long a cut lasts, and the
// question before something that could cost the majority.
import QtQml
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

QtObject {
    id: root

    required property Session session
    required property Shell shell
    readonly property FaultLab lab: root.session.lab
    readonly property LabRun run: root.lab.run
    property string scenarioId: root.lab.embedded ? "kill-leader" : "pause-leader"
    property double faultSeconds: 10

    /// A run that was begun elsewhere is shown too.
    readonly property Connections follower: Connections {
        function onChanged(): void {
            if (root.run.active)
                root.scenarioId = root.run.scenarioId;
        }

        target: root.run
    }
    readonly property var scenario: root.lab.scenarios.count > 0 ? root.lab.scenarios.get(root.scenarioId) : ({})
    readonly property string scenarioName: root.scenario.name ?? ""

    /// Does it, or asks first when `risk` says so.
    function ask(risk: var, title: string, action: string, curl: string, accept: var): void {
        if (!risk.asks) {
            accept();
            return;
        }
        root.shell.confirmationWanted({
            title: title,
            text: risk.text,
            action: action,
            danger: true,
            curl: curl,
            accept: accept
        });
    }

    function breakIt(): void {
        const risk = root.lab.scenarioRisk(root.scenarioId);
        if (!root.lab.embedded) {
            // Somebody else's messages may be in it.
            const count = Format.count(root.scenario.seconds * root.scenario.perSecond);
            risk.text = qsTr("Up to %1 messages are sent to this cluster and stay there. %2").arg(count).arg(risk.text ?? "");
            risk.asks = true;
        }
        root.ask(risk, qsTr("Break the cluster with “%1”?").arg(root.scenarioName), qsTr("Break it"), "", () => root.run.breakIt(root.scenarioId));
    }

    function injectScenario(): void {
        root.ask(root.lab.scenarioRisk(root.scenarioId), qsTr("Inject “%1”?").arg(root.scenarioName), qsTr("Inject"), "", () => root.run.inject(root.scenarioId));
    }
}
