// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the last run has shown: one sentence, eight figures, and the evidence for them. While one is under way, what the
// senders hear.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property LabDesk desk
    /// The page scrolls: show everything.
    property bool tall: false

    readonly property LabRun run: root.desk.run
    readonly property LabVerdict verdict: root.desk.lab.verdict
    readonly property bool underWay: root.run.active && root.run.underLoad

    hint: root.verdict.known && !root.underWay ? root.verdict.scenario : ""
    iconName: "shield-check"
    title: qsTr("Verdict")

    actions: [
        IconButton {
            iconName: "copy"
            text: qsTr("Copy the verdict and its evidence")
            visible: root.verdict.known && !root.underWay

            onClicked: {
                Clipboard.copy(root.verdict.text);
                root.desk.shell.noticeWanted(qsTr("Verdict copied"), "good");
            }
        }
    ]

    EmptyState {
        iconName: "shield-check"
        text: qsTr("“Break it” sends messages while things go wrong, then reads every node back: lost, doubled, reordered, and how long nobody led.")
        title: qsTr("No verdict yet")
        visible: !root.verdict.known && !root.underWay
    }
    RunProgress {
        Layout.fillHeight: true
        Layout.fillWidth: true
        run: root.run
        visible: root.underWay
    }
    Rectangle {
        Accessible.name: root.verdict.sentence
        Accessible.role: Accessible.AlertMessage
        Layout.fillWidth: true
        border.color: Theme.scheme === Theme.Contrast ? Theme.severity(root.verdict.severity) : Theme.alpha(Theme.severity(root.verdict.severity), 0.35)
        border.width: Theme.line
        color: Theme.severitySoft(root.verdict.severity)
        implicitHeight: sentence.implicitHeight + 2 * Theme.s3
        radius: Theme.radiusSmall
        visible: root.verdict.known && !root.underWay

        RowLayout {
            id: sentence

            anchors.left: parent.left
            anchors.margins: Theme.s3
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.s3

            Icon {
                Layout.alignment: Qt.AlignTop
                color: Theme.severity(root.verdict.severity)
                name: root.verdict.severity === "good" ? "shield-check" : root.verdict.severity === "warning" ? "triangle-alert" : "shield-alert"
                size: Theme.s5
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                font: Theme.bodyStrong
                text: root.verdict.sentence
                wrapMode: Text.WordWrap
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Theme.s2
        columns: root.width > 620 * Theme.textScale ? 4 : 2
        rowSpacing: Theme.s2
        visible: root.verdict.known && !root.underWay

        VerdictFigure {
            label: qsTr("acknowledged")
            value: Format.count(root.verdict.acknowledged)
        }
        VerdictFigure {
            bad: root.verdict.lost > 0
            label: qsTr("lost")
            note: root.verdict.lostBeforeMajority > 0 ? qsTr("and %1 by async").arg(Format.count(root.verdict.lostBeforeMajority)) : ""
            value: Format.count(root.verdict.lost)
        }
        VerdictFigure {
            bad: root.verdict.duplicated > 0
            label: qsTr("duplicated")
            value: Format.count(root.verdict.duplicated)
        }
        VerdictFigure {
            bad: root.verdict.reordered + root.verdict.gaps > 0
            label: qsTr("reordered")
            note: root.verdict.gaps > 0 ? qsTr("%1 gaps").arg(Format.count(root.verdict.gaps)) : ""
            value: Format.count(root.verdict.reordered)
        }
        VerdictFigure {
            label: qsTr("to a new leader")
            value: isNaN(root.verdict.newLeaderMs) ? qsTr("not needed") : Format.ms(root.verdict.newLeaderMs)
        }
        VerdictFigure {
            label: qsTr("longest wait")
            value: Format.ms(root.verdict.silenceMs)
        }
        VerdictFigure {
            label: qsTr("to catch up")
            value: isNaN(root.verdict.catchUpMs) ? qsTr("not needed") : Format.ms(root.verdict.catchUpMs)
        }
        VerdictFigure {
            label: qsTr("outcome unknown")
            value: Format.count(root.verdict.unknown)
        }
    }
    ListView {
        id: evidence

        Accessible.name: qsTr("Evidence")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.minimumHeight: Math.min(contentHeight, 5 * Theme.control)
        Layout.topMargin: Theme.s1
        activeFocusOnTab: interactive
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        Layout.preferredHeight: root.tall ? contentHeight : 0
        interactive: contentHeight > height
        model: root.verdict.evidence
        spacing: Theme.s3
        visible: root.verdict.known && !root.underWay

        T.ScrollBar.vertical: SlimScrollBar {
        }
        delegate: EvidenceRow {
            width: evidence.width - Theme.s2
        }
    }
}
