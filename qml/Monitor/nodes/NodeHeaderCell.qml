// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of a node's column: its name, its role, how well it is heard, and what can be done with it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

T.AbstractButton {
    id: root

    required property NodeState node
    required property NodeActions actions

    signal chosen

    Accessible.description: root.node.problem
    Accessible.name: qsTr("%1, %2, %3").arg(root.node.name).arg(root.node.roleText).arg(root.node.linkText)
    Accessible.role: Accessible.ColumnHeader
    focusPolicy: Qt.TabFocus
    leftPadding: Theme.s3
    rightPadding: Theme.s1

    Keys.onReturnPressed: root.chosen()
    onClicked: root.chosen()

    background: Rectangle {
        color: root.hovered ? Theme.hover : "transparent"

        FocusRing {
            gap: -2 * Theme.focusLine
            shown: root.visualFocus
        }
    }
    contentItem: ColumnLayout {
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth
                kind: "title"
                text: root.node.name
            }
            Tag {
                Accessible.ignored: true
                iconName: root.node.leads ? "crown" : root.node.role === NodeState.Candidate ? "vote" : ""
                severity: root.node.leads ? "info" : root.node.role === NodeState.Candidate ? "warning" : ""
                text: root.node.roleText
                visible: root.node.role !== NodeState.Unknown && root.width > Theme.rail * 0.7
            }
            Item {
                Layout.fillWidth: true
            }
            IconButton {
                iconName: "ellipsis-vertical"
                iconSize: Theme.iconSmall + 2
                text: qsTr("What can be done with %1").arg(root.node.name)

                onClicked: root.actions.openMenu(root.node, root)
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.s1
            spacing: Theme.s1

            Icon {
                color: Theme.severity(root.node.linkSeverity)
                name: root.node.linkSeverity === "" ? "circle-dashed" : Theme.severityIcon(root.node.linkSeverity)
                size: Theme.iconSmall
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                kind: "small"
                text: root.node.freshness === NodeState.Fresh ? root.node.linkText : qsTr("%1, %2").arg(root.node.linkText).arg(root.node.ageText)
            }
        }
    }

    HoverTip {
        shown: root.hovered && root.node.problem !== ""
        text: root.node.problem
    }
}
