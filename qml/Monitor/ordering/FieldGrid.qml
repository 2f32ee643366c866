// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answers of several nodes as a small table: a row a field, a column a node.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Rows {
    id: root

    required property EachNode each
    /// Each {label, path, format, tip?}; the path is one in the answer.
    required property var fields

    readonly property FieldFormat words: FieldFormat {}
    readonly property int gap: Theme.s2
    readonly property int rowHeight: Theme.row - Theme.s1
    /// A node has half the share of a row's label, or more where the label would get more than it needs.
    readonly property int cellWidth: {
        const nodes = Math.max(1, root.each.count);
        return Math.max(0, (root.width - nodes * root.gap) / (nodes + 2), (root.width - Theme.rail) / nodes - root.gap);
    }
    readonly property int labelWidth: Math.max(0, root.width - root.each.count * (root.cellWidth + root.gap))

    Row {
        bottomPadding: Theme.s1
        leftPadding: root.labelWidth + root.gap
        spacing: root.gap

        Repeater {
            model: root.each

            RowLayout {
                id: head

                required property NodeState node
                required property ApiCall call

                readonly property string error: head.call?.error ?? ""

                spacing: Theme.s1
                width: root.cellWidth

                Item {
                    Layout.fillWidth: true
                    visible: head.error !== ""
                }
                Icon {
                    color: Theme.critical
                    name: "circle-alert"
                    size: Theme.iconSmall
                    visible: head.error !== ""
                }
                Label {
                    Layout.fillWidth: head.error === ""
                    font: Theme.smallStrong
                    horizontalAlignment: Text.AlignRight
                    text: head.node?.name ?? ""

                    HoverHandler {
                        id: over
                    }
                    HoverTip {
                        shown: over.hovered && head.error !== ""
                        text: head.error
                    }
                }
            }
        }
    }
    Repeater {
        model: root.fields

        Row {
            id: row

            required property var modelData

            spacing: root.gap

            Label {
                height: root.rowHeight
                kind: "dim"
                text: row.modelData.label
                width: root.labelWidth

                HoverHandler {
                    id: overLabel
                }
                HoverTip {
                    shown: overLabel.hovered && text !== ""
                    text: row.modelData.tip ?? ""
                }
            }
            Repeater {
                model: root.each

                Label {
                    id: cell

                    required property NodeState node
                    required property ApiCall call

                    Accessible.name: qsTr("%1 of %2: %3").arg(row.modelData.label).arg(cell.node?.name ?? "").arg(cell.text)
                    elide: Text.ElideMiddle
                    height: root.rowHeight
                    horizontalAlignment: Text.AlignRight
                    kind: "figure"
                    opacity: cell.call?.ok ? 1 : 0.6
                    text: root.words.text(root.words.find(cell.call?.answer, row.modelData.path), row.modelData.format)
                    width: root.cellWidth
                }
            }
        }
    }
}
