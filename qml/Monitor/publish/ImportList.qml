// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first messages of a file, and below them the lines that are wrong or were not stored.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property ImportProblems problems
    required property var samples

    spacing: Theme.s2

    Label {
        kind: "small"
        text: qsTr("The first messages")
        visible: root.samples.length > 0
    }
    ListView {
        Accessible.name: qsTr("The first messages")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.preferredHeight: 1
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.samples
        visible: root.samples.length > 0

        T.ScrollBar.vertical: SlimScrollBar {
        }
        delegate: RowLayout {
            id: sample

            required property var modelData

            Accessible.name: sample.modelData.payload
            Accessible.role: Accessible.ListItem
            height: Theme.row
            spacing: Theme.s2
            width: ListView.view.width

            Label {
                Layout.preferredWidth: Theme.s6
                font: Theme.smallFigure
                horizontalAlignment: Text.AlignRight
                kind: "faint"
                text: sample.modelData.line
            }
            Label {
                Layout.preferredWidth: Theme.control * 4
                kind: "small"
                text: (sample.modelData.sender || qsTr("unknown")) + " → " + (sample.modelData.recipient || qsTr("all"))
            }
            Label {
                Layout.fillWidth: true
                kind: "mono"
                text: sample.modelData.payload
            }
        }
    }
    Label {
        color: Theme.critical
        kind: "small"
        text: qsTr("Left out or not stored")
        visible: root.problems.count > 0
    }
    ListView {
        Accessible.name: qsTr("Left out or not stored")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.preferredHeight: 1
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.problems
        visible: root.problems.count > 0

        T.ScrollBar.vertical: SlimScrollBar {
        }
        delegate: RowLayout {
            id: problem

            required property int line
            required property string text

            Accessible.name: qsTr("Line %1: %2").arg(problem.line).arg(problem.text)
            Accessible.role: Accessible.ListItem
            height: Theme.row
            spacing: Theme.s2
            width: ListView.view.width

            Icon {
                color: Theme.critical
                name: "circle-alert"
                size: Theme.iconSmall
            }
            Label {
                font: Theme.smallFigure
                kind: "small"
                text: qsTr("Line %1").arg(Format.count(problem.line))
            }
            Label {
                Layout.fillWidth: true
                kind: "small"
                text: problem.text
            }
        }
    }
}
