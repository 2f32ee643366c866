// SPDX-License-Identifier: GPL-3.0-or-later
//
// A column that scrolls when the window is too low for it. Children are laid out like those of a
// ColumnLayout of the column's width.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

Flickable {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing

    Layout.fillHeight: true
    Layout.fillWidth: true
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    contentHeight: Math.max(column.implicitHeight, root.height)
    contentWidth: root.width
    implicitHeight: column.implicitHeight

    T.ScrollBar.vertical: SlimScrollBar {
    }

    ColumnLayout {
        id: column

        height: root.contentHeight
        spacing: Theme.s4
        width: root.width - (root.contentHeight > root.height ? Theme.s3 : 0)
    }
}
