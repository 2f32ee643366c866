// SPDX-License-Identifier: GPL-3.0-or-later
//
// How wide the columns of the list are, for its header and all its rows; and which of them there is room for.
import QtQml
import Dsmsg.Ui

QtObject {
    id: root

    /// Of the table.
    required property real width

    property real seq: Theme.control * 1.7
    property real delivery: Theme.control * 1.8
    property real time: Theme.control * 2.9
    property real shift: Theme.control * 2
    property real sender: Theme.control * 2.9
    property real recipient: Theme.control * 2.9
    property real entry: Theme.control * 2.2
    readonly property real marks: Theme.control * 1.5

    readonly property real gap: Theme.s3
    readonly property real least: Theme.control * 1.4
    readonly property bool showsEntry: root.width > Theme.control * 30
    readonly property bool showsDelivery: root.width > Theme.control * 19
    readonly property bool showsShift: root.width > Theme.control * 27
    readonly property bool showsMarks: root.width > Theme.control * 22

    readonly property real fixed: root.seq + root.time + root.sender + root.recipient + 4 * root.gap
        + (root.showsDelivery ? root.delivery + root.gap : 0) + (root.showsShift ? root.shift + root.gap : 0)
        + (root.showsMarks ? root.marks + root.gap : 0) + (root.showsEntry ? root.entry + root.gap : 0)
    readonly property real preview: Math.max(Theme.control * 3, root.width - root.fixed - 2 * Theme.s3)

    function resize(column: string, width: real): void {
        root[column] = Math.max(root.least, Math.min(width, Theme.control * 10));
    }
}
