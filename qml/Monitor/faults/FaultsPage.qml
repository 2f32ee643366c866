// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fault lab: who is there and who reaches whom on the left, the script and what it does in the middle, the
// verdict with its evidence on the right.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property FaultLab lab: root.session.lab
    readonly property bool narrow: root.width < 980 * Theme.textScale
    readonly property LabDesk desk: LabDesk {
        session: root.session
        shell: root.shell
    }

    /// What the command palette offers here.
    readonly property var commands: [
        {
            title: qsTr("Break it"),
            hint: root.desk.scenarioName,
            iconName: "zap",
            keys: "",
            run: () => root.desk.breakIt()
        },
        {
            title: qsTr("Inject a fault"),
            hint: "",
            iconName: "bolt",
            keys: "",
            run: () => injection.open()
        },
        {
            title: qsTr("Heal all"),
            hint: "",
            iconName: "heart-pulse",
            keys: "",
            run: () => root.lab.healAll()
        }
    ]

    subtitle: qsTr("Break the cluster on purpose, and see what it keeps.")
    title: qsTr("Faults")

    actions: [
        ActionButton {
            enabled: root.lab.wounded
            iconName: "heart-pulse"
            text: qsTr("Heal all")
            tip: qsTr("Ends every fault on every node, and starts killed nodes again")

            onClicked: root.lab.healAll()
        },
        ActionButton {
            id: injectButton

            enabled: root.lab.support === FaultLab.Everywhere || root.lab.support === FaultLab.Somewhere
            iconName: "zap"
            text: qsTr("Inject a fault")

            onClicked: injection.open()

            InjectPopover {
                id: injection

                desk: root.desk
                x: injectButton.width - width
                y: injectButton.height + Theme.s1
            }
        }
    ]

    onVisibleChanged: {
        if (root.session === null)
            return; // the window goes
        root.lab.watching = root.visible;
        root.shell.pageCommands = root.visible ? root.commands : [];
        if (root.visible)
            root.lab.scenarios.reload();
    }
    Component.onCompleted: {
        root.lab.watching = root.visible;
        if (root.visible)
            root.shell.pageCommands = root.commands;
        root.lab.scenarios.reload();
        const wanted = root.shell.pageArguments?.scenario;
        if (wanted !== undefined)
            root.desk.scenarioId = wanted;
    }

    Notice {
        actionText: qsTr("Copy the option")
        severity: root.lab.support === FaultLab.Nowhere ? "warning" : "info"
        text: root.lab.supportText
        visible: text !== ""

        onAction: {
            Clipboard.copy("--fault-injection");
            root.shell.noticeWanted(qsTr("Copied: --fault-injection"), "good");
        }
    }
    Notice {
        severity: "critical"
        text: root.lab.problem
        visible: text !== ""
    }
    Connections {
        function onJudged(): void {
            if (root.narrow)
                column.contentY = column.contentHeight - column.height;
        }

        target: root.lab.run
    }
    ScrollColumn {
        id: column

        GridLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            columnSpacing: Theme.s4
            columns: root.narrow ? 2 : 3
            rowSpacing: Theme.s4

            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillHeight: !root.narrow
                Layout.fillWidth: root.narrow
                Layout.maximumWidth: root.narrow ? root.width : Layout.preferredWidth
                Layout.preferredWidth: Math.round(Math.max(root.narrow ? 300 : 272, Math.min(380, root.width * 0.2)) * Theme.textScale)
                spacing: Theme.s4

                NodesPanel {
                    Layout.fillWidth: true
                    desk: root.desk
                }
                LinksPanel {
                    Layout.fillHeight: !root.narrow
                    Layout.fillWidth: true
                    roomy: root.height > 860 * Theme.textScale
                    desk: root.desk
                }
            }
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: Math.round(440 * Theme.textScale)
                spacing: Theme.s4

                ScenarioPanel {
                    Layout.fillHeight: true
                    Layout.fillWidth: true
                    desk: root.desk
                }
                ActiveFaults {
                    Layout.fillWidth: true
                    desk: root.desk
                }
            }
            VerdictPanel {
                Layout.alignment: Qt.AlignTop
                Layout.columnSpan: root.narrow ? 2 : 1
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: Math.round(320 * Theme.textScale)
                desk: root.desk
                tall: root.narrow
            }
        }
    }
}
