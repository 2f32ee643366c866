// SPDX-License-Identifier: GPL-3.0-or-later
//
// The items of a model below each other, in the cell of a layout; each takes `width: rows.width`, by the id that
// Rows has there. A Repeater never stands in a layout itself: Qt 6.4's layouts keep an item that is gone until they
// are next polished, and ask it for its size when they are resized before that. A positioner keeps its items to
// itself; within an item of its own, because its implicit width is what its items take, and they take its width.
import QtQuick
import QtQuick.Layouts

Item {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing

    Layout.fillWidth: true
    implicitHeight: column.implicitHeight

    Column {
        id: column
    }
}
