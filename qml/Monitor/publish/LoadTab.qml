// SPDX-License-Identifier: GPL-3.0-or-later
//
// Load on the cluster, and what it does to it while it runs.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

ColumnLayout {
    id: root

    required property Session session
    required property Publisher publisher
    required property LoadGenerator load
    required property Shell shell
    required property bool narrow
    required property bool flat

    readonly property bool running: root.load.state === LoadGenerator.Running || root.load.state === LoadGenerator.Stopping

    function start(): void {
        if (root.session.cluster.severity === ClusterMonitor.Good || root.session.cluster.severity === ClusterMonitor.Neutral) {
            root.load.start();
            return;
        }
        root.shell.confirmationWanted({
            title: qsTr("Load on a cluster that is not well?"),
            text: root.session.cluster.verdict,
            action: qsTr("Start"),
            danger: true,
            accept: () => root.load.start()
        });
    }

    spacing: Theme.s3

    LoadSettings {
        Layout.fillWidth: true
        enabled: !root.running
        load: root.load
        narrow: root.narrow
        visible: root.load.state === LoadGenerator.Idle || (root.load.state === LoadGenerator.Done && !root.flat)
    }
    Notice {
        Layout.fillWidth: true
        severity: "critical"
        text: root.load.problem
        visible: text !== ""
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s3

        ActionButton {
            enabled: root.publisher.canSend
            iconName: "play"
            text: root.load.state === LoadGenerator.Done ? qsTr("Start again") : qsTr("Start")
            visible: !root.running

            onClicked: root.start()
        }
        ActionButton {
            iconName: "sliders-horizontal"
            kind: "quiet"
            text: qsTr("Settings")
            visible: root.load.state === LoadGenerator.Done && root.flat

            onClicked: root.load.clear()
        }
        ActionButton {
            busy: root.load.state === LoadGenerator.Stopping
            enabled: root.load.state === LoadGenerator.Running
            iconName: "square"
            kind: "danger"
            text: root.load.state === LoadGenerator.Stopping ? qsTr("Stopping") : qsTr("Stop")
            visible: root.running

            onClicked: root.load.stop()
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.s1
            visible: root.load.state !== LoadGenerator.Idle

            Label {
                Accessible.role: Accessible.StaticText
                Layout.fillWidth: true
                font: Theme.smallFigure
                kind: "small"
                text: root.load.summary
            }
            ProgressLine {
                Layout.fillWidth: true
                name: qsTr("Load")
                value: root.load.share
                visible: root.running
            }
        }
        Label {
            Layout.fillWidth: true
            kind: "faint"
            text: qsTr("These are real messages: the cluster stores them.")
            visible: root.load.state === LoadGenerator.Idle
        }
    }
    Notice {
        Layout.fillWidth: true
        severity: "warning"
        text: qsTr("Last that was not stored: %1").arg(root.load.lastReason)
        visible: root.load.lastReason !== ""
    }
    LoadFigures {
        Layout.fillHeight: true
        Layout.fillWidth: true
        flat: root.flat
        load: root.load
        narrow: root.narrow
        visible: root.load.state !== LoadGenerator.Idle
    }
    EmptyState {
        iconName: "gauge"
        text: qsTr("Acknowledged messages a second and how long they take appear here. Run it while you break something on the Faults page.")
        title: qsTr("No load yet")
        visible: root.load.state === LoadGenerator.Idle && !root.flat
    }
    Item {
        Layout.fillHeight: true
        visible: root.load.state === LoadGenerator.Idle && root.flat
    }
}
