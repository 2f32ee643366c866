// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run under way: what is being done, and what the senders have heard so far.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property LabRun run

    readonly property bool waits: root.run.phase === LabRun.Running && root.run.silenceMs > 400

    spacing: Theme.s3

    Label {
        Layout.fillWidth: true
        kind: "strong"
        text: root.run.phaseText
        wrapMode: Text.WordWrap
    }
    ProgressLine {
        indeterminate: root.run.phase === LabRun.Preparing || root.run.phase === LabRun.Recovering
        name: root.run.phaseText
        value: root.run.progress
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Theme.s2
        columns: 2
        rowSpacing: Theme.s2

        VerdictFigure {
            label: qsTr("acknowledged")
            value: Format.count(root.run.acknowledged)
        }
        VerdictFigure {
            label: qsTr("since the last one")
            value: root.run.phase === LabRun.Running ? Format.ms(root.run.silenceMs) : Format.dash()
        }
        VerdictFigure {
            label: qsTr("rejected")
            value: Format.count(root.run.rejected)
        }
        VerdictFigure {
            label: qsTr("outcome unknown")
            value: Format.count(root.run.unknown)
        }
    }
    Notice {
        severity: "warning"
        text: qsTr("Senders wait: nobody acknowledges right now.")
        visible: root.waits
    }
    ListView {
        id: happenings

        Accessible.name: qsTr("What happened")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.run.marks
        spacing: Theme.s2

        delegate: RowLayout {
            id: happening

            required property var modelData

            spacing: Theme.s2
            width: happenings.width

            Icon {
                color: Theme.severity(happening.modelData.severity)
                name: happening.modelData.iconName
                size: Theme.iconSmall
            }
            Label {
                Layout.fillWidth: true
                text: happening.modelData.text
            }
            Label {
                color: Theme.textDim
                font: Theme.smallFigure
                text: qsTr("%1 s").arg(happening.modelData.atS.toFixed(1))
            }
        }
    }
}
