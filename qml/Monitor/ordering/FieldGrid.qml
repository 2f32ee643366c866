// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answers of several nodes as a small table: a row a field, a column a node.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property EachNode each
    /// Each {label, path, format, tip?}; the path is one in the answer.
    required property var fields

    readonly property FieldFormat words: FieldFormat {}
    /// Of a row's label, where a node's column has 1. A share of the row, because a width made of the grid's own would
    /// come back as its implicit width, and the layout would not come to rest.
    readonly property real labelShare: 2

    spacing: 0

    RowLayout {
        Layout.bottomMargin: Theme.s1
        Layout.fillWidth: true
        spacing: Theme.s2

        Item {
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.rail
            Layout.preferredWidth: root.labelShare
        }
        Repeater {
            model: root.each

            RowLayout {
                id: head

                required property NodeState node
                required property ApiCall call

                Layout.fillWidth: true
                Layout.preferredWidth: 1
                spacing: Theme.s1

                Item {
                    Layout.fillWidth: true
                    visible: (head.call?.error ?? "") !== ""
                }
                Icon {
                    color: Theme.critical
                    name: "circle-alert"
                    size: Theme.iconSmall
                    visible: (head.call?.error ?? "") !== ""
                }
                Label {
                    Layout.fillWidth: (head.call?.error ?? "") === ""
                    font: Theme.smallStrong
                    horizontalAlignment: Text.AlignRight
                    text: head.node?.name ?? ""

                    HoverHandler {
                        id: over
                    }
                    HoverTip {
                        shown: over.hovered && (head.call?.error ?? "") !== ""
                        text: (head.call?.error ?? "")
                    }
                }
            }
        }
    }
    Repeater {
        model: root.fields

        RowLayout {
            id: row

            required property var modelData

            Layout.fillWidth: true
            Layout.minimumHeight: Theme.row - Theme.s1
            spacing: Theme.s2

            Label {
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.rail
                Layout.preferredWidth: root.labelShare
                kind: "dim"
                text: row.modelData.label

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
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    elide: Text.ElideMiddle
                    horizontalAlignment: Text.AlignRight
                    kind: "figure"
                    opacity: cell.call?.ok ? 1 : 0.6
                    text: root.words.text(root.words.find(cell.call?.answer, row.modelData.path), row.modelData.format)
                }
            }
        }
    }
}
