// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rows {
    id: root

    /// Each {title, rows: [[keys, what they do]]}.
    required property var groups

    spacing: Theme.s4

    Repeater {
        model: root.groups

        delegate: Column {
            id: group

            required property var modelData

            width: root.width
            spacing: Theme.s1

            Text {
                text: group.modelData.title
                font: Theme.smallStrong
                color: Theme.textDim
            }

            Repeater {
                model: group.modelData.rows

                delegate: RowLayout {
                    id: row

                    required property var modelData

                    width: group.width
                    Accessible.role: Accessible.StaticText
                    Accessible.name: qsTr("%1: %2").arg(row.modelData[0]).arg(row.modelData[1])

                    Text {
                        Layout.fillWidth: true
                        text: row.modelData[1]
                        elide: Text.ElideRight
                        font: Theme.body
                        color: Theme.text
                    }

                    KeyHint {
                        keys: row.modelData[0]
                    }
                }
            }
        }
    }
}
