// SPDX-License-Identifier: GPL-3.0-or-later
//
// What flies between the nodes: the shape, the word, what it means, and a switch to leave it out.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    required property var style
    /// Bits 1 << PulseGlyph.Kind of what is shown.
    property int kinds: -1

    readonly property var entries: [
        {
            kind: PulseGlyph.Append,
            word: qsTr("entries"),
            meaning: qsTr("AppendEntries: the leader sends log entries. A larger one stands for several.")
        },
        {
            kind: PulseGlyph.Reply,
            word: qsTr("taken"),
            meaning: qsTr("A follower has the entries on its disk. With a majority they are committed.")
        },
        {
            kind: PulseGlyph.Heartbeat,
            word: qsTr("heartbeat"),
            meaning: qsTr("An empty AppendEntries: the leader is there, election timers begin anew.")
        },
        {
            kind: PulseGlyph.Vote,
            word: qsTr("asks for a vote"),
            meaning: qsTr("RequestVote: a node whose timer ran out asks to lead the next term.")
        },
        {
            kind: PulseGlyph.Granted,
            word: qsTr("vote"),
            meaning: qsTr("A vote given. Each node gives one a term; a majority makes a leader.")
        },
        {
            kind: PulseGlyph.Rejected,
            word: qsTr("refused"),
            meaning: qsTr("Entries that do not fit the follower's log, or a vote not given.")
        },
        {
            kind: PulseGlyph.Snapshot,
            word: qsTr("snapshot"),
            meaning: qsTr("A follower that needs entries which are gone gets the whole state.")
        }
    ]

    readonly property int cellWidth: root.width / grid.columns

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("What is shown between the nodes")
    implicitHeight: grid.implicitHeight

    Grid {
        id: grid

        columns: root.width > Theme.s6 * 18 ? 7 : root.width > Theme.s6 * 13 ? 4 : 3

        Repeater {
            model: root.entries

            delegate: FocusScope {
                id: chip

                required property var modelData
                readonly property int mask: 1 << chip.modelData.kind
                readonly property bool on: (root.kinds & chip.mask) !== 0

                function toggle() {
                    root.kinds = root.kinds ^ chip.mask;
                }

                width: root.cellWidth
                implicitHeight: Math.round(Theme.row * 0.85)
                activeFocusOnTab: true
                Accessible.role: Accessible.CheckBox
                Accessible.name: chip.modelData.word
                Accessible.description: chip.modelData.meaning
                Accessible.checkable: true
                Accessible.checked: chip.on
                Accessible.onPressAction: chip.toggle()
                Accessible.onToggleAction: chip.toggle()
                Keys.onReturnPressed: chip.toggle()
                Keys.onSpacePressed: chip.toggle()

                Rectangle {
                    anchors.fill: parent
                    radius: height / 2
                    color: hover.hovered ? Theme.hover : "transparent"
                }

                RowLayout {
                    id: row

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.s1
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.s1
                    opacity: chip.on ? 1 : 0.45

                    PulseGlyph {
                        implicitWidth: Theme.icon
                        implicitHeight: Theme.iconSmall
                        kind: chip.modelData.kind
                        style: root.style
                    }

                    Label {
                        kind: "small"
                        text: chip.modelData.word
                        font.strikeout: !chip.on
                    }
                }

                FocusRing {
                    gap: 0
                    corner: height / 2
                    shown: chip.activeFocus
                }

                HoverHandler {
                    id: hover

                    cursorShape: Qt.PointingHandCursor
                }

                TapHandler {
                    onTapped: chip.toggle()
                }

                HoverTip {
                    shown: hover.hovered || chip.activeFocus
                    text: chip.modelData.meaning
                }
            }
        }
    }
}
