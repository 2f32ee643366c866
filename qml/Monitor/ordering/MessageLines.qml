// SPDX-License-Identifier: GPL-3.0-or-later
//
// A few messages of an answer, a line each: when, who to whom, and which.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property var messages
    property string title
    /// How many there are beyond these.
    property int more: 0

    spacing: 0

    Label {
        Layout.bottomMargin: Theme.s1
        Layout.fillWidth: true
        font: Theme.smallStrong
        color: Theme.textDim
        text: root.title
    }
    Rows {
        id: rows

        Repeater {
            model: root.messages

            RowLayout {
                id: line

                required property var modelData

                width: rows.width
                height: Math.max(implicitHeight, Theme.row - Theme.s1)
                spacing: Theme.s3

                Label {
                    font: Theme.smallFigure
                    text: line.modelData.delivery_seq === undefined ? "" : "#" + Format.count(line.modelData.delivery_seq)
                    visible: text !== ""
                }
                Label {
                    color: Theme.textDim
                    font: Theme.smallFigure
                    text: Format.timeMs(line.modelData.corrected_timestamp ?? NaN)
                }
                Label {
                    Layout.maximumWidth: Theme.rail
                    text: line.modelData.recipient === undefined ? line.modelData.sender : qsTr("%1 to %2").arg(line.modelData.sender).arg(line.modelData.recipient)
                }
                Label {
                    Layout.fillWidth: true
                    color: Theme.textFaint
                    elide: Text.ElideMiddle
                    horizontalAlignment: Text.AlignRight
                    kind: "mono"
                    text: line.modelData.msg_id ?? ""
                }
            }
        }
    }
    Label {
        kind: "faint"
        text: qsTr("and %1 more").arg(Format.count(root.more))
        visible: root.more > 0
    }
}
