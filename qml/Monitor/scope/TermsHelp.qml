// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of Raft as they appear on the page, in a sentence each.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Popover {
    id: root

    readonly property var terms: [
        [qsTr("Term"), qsTr("The number of a reign. Each election begins a new one; the highest is right, and has one leader at most.")],
        [qsTr("Leader"), qsTr("Takes messages, numbers them, and sends them to all others. Wears the crown.")],
        [qsTr("Follower"), qsTr("Takes entries from the leader and votes. Its ring runs down; each sign of the leader fills it.")],
        [qsTr("Candidate"), qsTr("Its ring ran out: it asks the others for their votes for the next term.")],
        [qsTr("Learner"), qsTr("Gets everything, but neither votes nor counts for the majority.")],
        [qsTr("Commit"), qsTr("Entries up to the commit index are on the disks of a majority: they survive the loss of any minority.")],
        [qsTr("Lag"), qsTr("How many committed entries a node does not have yet.")],
        [qsTr("Pulse"), qsTr("Messages are counted, not watched: the counts of a quarter of a second are spread evenly over it, and fly slower than they did.")]
    ]

    Column {
        spacing: Theme.s2

        Repeater {
            model: root.terms

            delegate: RowLayout {
                id: term

                required property var modelData

                spacing: Theme.s3

                Label {
                    Layout.preferredWidth: Theme.s6 * 2 + Theme.s4
                    Layout.alignment: Qt.AlignTop
                    kind: "strong"
                    text: term.modelData[0]
                }

                Label {
                    Layout.preferredWidth: Theme.drawer
                    kind: "dim"
                    text: term.modelData[1]
                    wrapMode: Text.WordWrap
                }
            }
        }
    }
}
