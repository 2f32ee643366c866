// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far an entry has come, by its fill, and what the marks at a lane are.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property var style

    readonly property var entries: [
        {
            part: LaneGlyph.Applied,
            word: qsTr("applied"),
            meaning: qsTr("Carried out here: the message is in this node's database.")
        },
        {
            part: LaneGlyph.Committed,
            word: qsTr("committed"),
            meaning: qsTr("A majority has it: it can no longer be lost.")
        },
        {
            part: LaneGlyph.Durable,
            word: qsTr("durable"),
            meaning: qsTr("On this node's disk, not yet known to be on a majority.")
        },
        {
            part: LaneGlyph.Written,
            word: qsTr("written"),
            meaning: qsTr("In the log, its fsync is not done yet.")
        },
        {
            part: LaneGlyph.Match,
            word: qsTr("match"),
            meaning: qsTr("As far as the leader knows that this node has the same log.")
        },
        {
            part: LaneGlyph.Next,
            word: qsTr("next"),
            meaning: qsTr("The entry that the leader sends to this node next.")
        },
        {
            part: LaneGlyph.CommitIndex,
            word: qsTr("commit index"),
            meaning: qsTr("All before this line is committed, as the leader has it.")
        }
    ]

    readonly property int cellWidth: (root.width - (grid.columns - 1) * grid.columnSpacing) / grid.columns

    implicitHeight: grid.implicitHeight

    Grid {
        id: grid

        columns: root.width > Theme.s6 * 20 ? 7 : root.width > Theme.s6 * 12 ? 4 : 3
        columnSpacing: Theme.s2

        Repeater {
            model: root.entries

            delegate: RowLayout {
                id: entry

                required property var modelData

                width: root.cellWidth
                spacing: Theme.s1
                Accessible.role: Accessible.StaticText
                Accessible.name: entry.modelData.word + ": " + entry.modelData.meaning

                LaneGlyph {
                    implicitWidth: Theme.iconSmall
                    implicitHeight: Theme.iconSmall
                    part: entry.modelData.part
                    style: root.style
                }

                Label {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    kind: "faint"
                    text: entry.modelData.word

                    HoverHandler {
                        id: hover
                    }

                    HoverTip {
                        shown: hover.hovered
                        text: entry.modelData.meaning
                    }
                }
            }
        }
    }
}
