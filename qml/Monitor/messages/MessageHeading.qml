// SPDX-License-Identifier: GPL-3.0-or-later
//
// One heading of the list; its right edge is dragged to make the column wider.
import QtQuick
import Dsmsg.Ui

Item {
    id: root

    required property MessageColumns columns
    /// Its name in MessageColumns; "" cannot be resized.
    required property string column
    required property string text
    property string tip
    property bool figures: false

    height: Theme.row
    Accessible.role: Accessible.ColumnHeader
    Accessible.name: root.text

    Text {
        anchors.fill: parent
        color: Theme.textDim
        elide: Text.ElideRight
        font: Theme.smallStrong
        horizontalAlignment: root.figures ? Text.AlignRight : Text.AlignLeft
        text: root.text
        textFormat: Text.PlainText
        verticalAlignment: Text.AlignVCenter
    }
    HoverHandler {
        id: hover
    }
    HoverTip {
        shown: hover.hovered && !edge.containsMouse && root.tip !== ""
        text: root.tip
    }
    MouseArea {
        id: edge

        property real startWidth: 0
        property real startX: 0

        anchors.horizontalCenter: parent.right
        anchors.horizontalCenterOffset: root.columns.gap / 2
        cursorShape: Qt.SplitHCursor
        enabled: root.column !== ""
        height: parent.height
        hoverEnabled: true
        width: root.columns.gap

        onPositionChanged: mouse => {
            if (edge.pressed)
                root.columns.resize(root.column, edge.startWidth + edge.mapToGlobal(mouse.x, 0).x - edge.startX);
        }
        onPressed: mouse => {
            edge.startWidth = root.width;
            edge.startX = edge.mapToGlobal(mouse.x, 0).x;
        }

        Rectangle {
            anchors.centerIn: parent
            color: edge.containsMouse || edge.pressed ? Theme.accent : Theme.border
            height: parent.height - Theme.s3
            visible: root.column !== ""
            width: Theme.line
        }
    }
}
