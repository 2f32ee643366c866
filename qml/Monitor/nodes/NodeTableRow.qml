// SPDX-License-Identifier: GPL-3.0-or-later
//
// One field of all nodes. A value that differs from the others has a sign before it, not only a colour.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property int index
    required property string group
    required property string label
    required property string tip
    required property string format
    required property var cells
    required property var odd
    required property bool differs

    required property NodeModel nodes
    required property real labelWidth
    required property real cellWidth
    required property real scrollX
    required property int column

    signal chosen(int row, int column)

    readonly property bool heads: ListView.section !== ListView.previousSection
    readonly property FieldFormat words: FieldFormat {}
    readonly property bool current: ListView.isCurrentItem && ListView.view.activeFocus
    readonly property string spoken: {
        let words = root.label;
        for (let i = 0; i < root.cells.length; ++i)
            words += ", " + (root.nodes.at(i)?.name ?? "") + ": " + root.shown(root.cells[i]) + (root.odd[i] ? " (" + qsTr("differs") + ")" : "");
        return words;
    }

    function shown(value: var): string {
        return root.words.text(value, root.format);
    }

    Accessible.name: root.spoken
    Accessible.role: Accessible.Row
    height: Theme.row + (root.heads ? Theme.row : 0)

    GroupHeading {
        text: root.group
        visible: root.heads
        width: parent.width
    }
    Rectangle {
        anchors.fill: line
        color: root.current || hover.hovered ? Theme.alpha(Theme.hover, 0.6) : "transparent"
    }
    Item {
        id: line

        anchors.bottom: parent.bottom
        height: Theme.row
        width: parent.width

        Repeater {
            model: root.cells.length

            Item {
                id: cell

                required property int index

                readonly property bool odd: root.odd[cell.index] === true
                readonly property NodeState node: root.nodes.at(cell.index)

                height: Theme.row
                visible: x + width > root.labelWidth && x < root.width
                width: root.cellWidth
                x: root.labelWidth + cell.index * root.cellWidth - root.scrollX

                Rectangle {
                    anchors.fill: parent
                    anchors.leftMargin: Theme.s1
                    anchors.margins: 2
                    anchors.rightMargin: Theme.s1
                    border.color: root.current && root.column === cell.index ? Theme.focus : "transparent"
                    border.width: Theme.focusLine
                    color: cell.odd ? Theme.warningSoft : "transparent"
                    radius: Theme.radiusSmall
                    visible: cell.odd || root.current
                }
                Icon {
                    id: mark

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.s3
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.warning
                    name: "git-compare"
                    size: Theme.iconSmall
                    visible: cell.odd
                }
                Label {
                    id: words

                    Accessible.ignored: true
                    anchors.left: cell.odd ? mark.right : parent.left
                    anchors.leftMargin: cell.odd ? Theme.s1 : Theme.s3
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.s2
                    anchors.verticalCenter: parent.verticalCenter
                    elide: root.format === "text" ? Text.ElideMiddle : Text.ElideRight
                    font: Theme.figure
                    opacity: cell.node && cell.node.freshness >= NodeState.Aging ? 0.6 : 1
                    text: root.shown(root.cells[cell.index])

                    HoverHandler {
                        id: over
                    }
                    HoverTip {
                        shown: over.hovered && words.truncated
                        text: words.text
                    }
                }
                TapHandler {
                    onTapped: root.chosen(root.index, cell.index)
                }
            }
        }
        Rectangle {
            color: root.current || hover.hovered ? Theme.hover : Theme.surface
            height: parent.height
            width: root.labelWidth

            Label {
                id: name

                Accessible.ignored: true
                anchors.left: parent.left
                anchors.leftMargin: Theme.s4
                anchors.right: parent.right
                anchors.rightMargin: Theme.s2
                anchors.verticalCenter: parent.verticalCenter
                color: root.differs ? Theme.text : Theme.textDim
                font: root.differs ? Theme.bodyStrong : Theme.body
                text: root.label

                HoverHandler {
                    id: overName
                }
                HoverTip {
                    shown: overName.hovered && root.tip !== ""
                    text: root.tip
                }
            }
        }
    }
    HoverHandler {
        id: hover
    }
}
