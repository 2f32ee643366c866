// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of the nodes: a column a node, a row a field. The names of the fields and of the nodes stay where
// they are while the rest scrolls. Arrow keys move, Return shows the node in the drawer.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Rectangle {
    id: root

    required property Session session
    required property Shell shell
    required property NodeTable table
    required property NodeActions actions

    readonly property NodeModel nodes: root.session.cluster.nodes
    readonly property real labelWidth: Math.round(Theme.rail * 0.96)
    readonly property real leastCell: Math.round(Theme.rail * 0.8)
    readonly property real room: root.width - root.labelWidth - 2 * Theme.line
    readonly property real cellWidth: Math.max(root.leastCell, root.room / Math.max(1, root.nodes.count))
    readonly property real scrollEnd: Math.max(0, root.cellWidth * root.nodes.count - root.room)
    property real scrollX: 0
    property int column: 0

    function scrollTo(x: real): void {
        root.scrollX = Math.max(0, Math.min(root.scrollEnd, x));
    }

    function moveTo(column: int): void {
        root.column = Math.max(0, Math.min(root.nodes.count - 1, column));
        const left = root.column * root.cellWidth;
        if (left < root.scrollX)
            root.scrollTo(left);
        else if (left + root.cellWidth > root.scrollX + root.room)
            root.scrollTo(left + root.cellWidth - root.room);
    }

    function open(column: int): void {
        root.column = column;
        root.shell.select("node", root.nodes.at(column));
    }

    border.color: Theme.border
    border.width: Theme.line
    color: Theme.surface
    radius: Theme.radius

    onScrollEndChanged: root.scrollTo(root.scrollX)

    // The columns, below the text: who is selected, and where the figures are old.
    Item {
        anchors.fill: parent
        anchors.leftMargin: root.labelWidth
        anchors.margins: Theme.line
        clip: true

        Repeater {
            model: root.nodes

            Rectangle {
                id: stripe

                required property int index
                required property NodeState node

                color: root.shell.selectedKind === "node" && root.shell.selected === stripe.node ? Theme.accentSoft : "transparent"
                height: parent.height
                width: root.cellWidth
                x: stripe.index * root.cellWidth - root.scrollX

                Hatch {
                    anchors.fill: parent
                    anchors.topMargin: header.height
                    color: Theme.alpha(Theme.textFaint, 0.35)
                    visible: stripe.node.freshness >= NodeState.Stale
                }
            }
        }
    }
    Item {
        id: header

        anchors.left: parent.left
        anchors.margins: Theme.line
        anchors.right: parent.right
        anchors.top: parent.top
        clip: true
        height: Theme.control + Theme.row + Theme.s2

        Repeater {
            model: root.nodes

            NodeHeaderCell {
                id: headerCell

                required property int index

                actions: root.actions
                height: header.height
                width: root.cellWidth
                x: root.labelWidth + headerCell.index * root.cellWidth - root.scrollX
                z: -1

                onChosen: root.open(headerCell.index)
            }
        }
        Rectangle {
            color: Theme.surface
            height: parent.height
            radius: Theme.radius
            width: root.labelWidth

            Label {
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.s2
                anchors.left: parent.left
                anchors.leftMargin: Theme.s4
                kind: "faint"
                text: qsTr("Field")
            }
        }
        Rectangle {
            anchors.bottom: parent.bottom
            color: Theme.border
            height: Theme.line
            width: parent.width
        }
    }
    ListView {
        id: list

        Accessible.name: qsTr("Fields of the nodes")
        Accessible.role: Accessible.Table
        activeFocusOnTab: true
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: Theme.line
        anchors.right: parent.right
        anchors.top: header.bottom
        bottomMargin: root.scrollEnd > 0 ? Theme.s3 : 0
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        highlightMoveDuration: 0
        keyNavigationEnabled: true
        model: root.table
        section.property: "group"

        Keys.onLeftPressed: root.moveTo(root.column - 1)
        Keys.onPressed: event => {
            if (event.matches(StandardKey.Copy)) {
                Clipboard.copy(root.table.rowAsText(list.currentIndex));
                root.shell.noticeWanted(qsTr("The row was copied."), "good");
                event.accepted = true;
            } else if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
                list.currentIndex = event.key === Qt.Key_Home ? 0 : list.count - 1;
                event.accepted = true;
            } else if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp) {
                const step = Math.floor(list.height / Theme.row) - 1;
                list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + (event.key === Qt.Key_PageDown ? step : -step)));
                event.accepted = true;
            }
        }
        Keys.onReturnPressed: root.open(root.column)
        Keys.onRightPressed: root.moveTo(root.column + 1)

        T.ScrollBar.vertical: SlimScrollBar {
        }
        delegate: NodeTableRow {
            cellWidth: root.cellWidth
            column: root.column
            labelWidth: root.labelWidth
            nodes: root.nodes
            scrollX: root.scrollX
            width: list.width

            onChosen: (row, column) => {
                list.currentIndex = row;
                list.forceActiveFocus();
                root.open(column);
            }
        }
        EmptyState {
            anchors.fill: parent
            iconName: root.table.onlyDifferences ? "circle-check" : "search"
            severity: root.table.onlyDifferences ? "good" : ""
            text: root.table.onlyDifferences ? qsTr("What should be the same on every node is the same.") : qsTr("No field has this in its name.")
            title: root.table.onlyDifferences ? qsTr("No differences") : qsTr("Nothing found")
            visible: list.count === 0 && root.nodes.count > 0
        }
        FocusRing {
            gap: -Theme.focusLine
            shown: list.activeFocus
            z: 3
        }
    }
    // The group of the first row stays on top while its rows pass below.
    GroupHeading {
        anchors.left: list.left
        anchors.right: list.right
        anchors.top: list.top
        text: list.currentSection
        visible: list.count > 0 && list.contentY > list.originY
    }
    SlimScrollBar {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.line
        anchors.left: parent.left
        anchors.leftMargin: root.labelWidth
        anchors.right: parent.right
        orientation: Qt.Horizontal
        position: root.scrollEnd > 0 ? root.scrollX / (root.room + root.scrollEnd) : 0
        size: root.room / (root.room + root.scrollEnd)

        onPositionChanged: {
            if (pressed)
                root.scrollTo(position * (root.room + root.scrollEnd));
        }
    }
    WheelHandler {
        acceptedModifiers: Qt.ShiftModifier
        orientation: Qt.Vertical

        onWheel: event => root.scrollTo(root.scrollX - event.angleDelta.y)
    }
    WheelHandler {
        orientation: Qt.Horizontal

        onWheel: event => root.scrollTo(root.scrollX - event.angleDelta.x)
    }
}
