// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last messages that were delivered, newest first, with their corrected times.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property ClusterMonitor cluster
    property bool active: true

    readonly property int rowHeight: Math.round(Theme.row * 0.8)

    signal messageChosen(message: var)
    spacing: 0

    DeliveryModel {
        id: deliveries

        cluster: root.cluster
        active: root.active
    }

    Label {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: deliveries.count === 0
        horizontalAlignment: Text.AlignHCenter
        kind: "dim"
        text: deliveries.error !== "" ? deliveries.error : qsTr("No messages yet. Send one.")
        wrapMode: Text.WordWrap
    }

    Rows {
        id: rows

        Repeater {
            model: deliveries

            delegate: FocusScope {
                id: row

                required property int index
                required property double seq
                required property string timeText
                required property string sender
                required property string recipient
                required property string preview
                required property bool late

                width: rows.width
                implicitHeight: root.rowHeight
                activeFocusOnTab: true
                Accessible.role: Accessible.ListItem
                Accessible.name: qsTr("Message %1, %2, from %3 to %4: %5").arg(Format.count(row.seq)).arg(row.timeText).arg(row.sender).arg(row.recipient).arg(row.preview)
                Accessible.onPressAction: root.messageChosen(deliveries.get(row.index))
                Keys.onReturnPressed: root.messageChosen(deliveries.get(row.index))

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radiusSmall
                    color: hover.hovered ? Theme.hover : "transparent"
                }

                RowLayout {
                    anchors.fill: parent
                    anchors.leftMargin: Theme.s2
                    anchors.rightMargin: Theme.s2
                    spacing: Theme.s2

                    Label {
                        Accessible.ignored: true
                        font: Theme.smallFigure
                        text: qsTr("#%1").arg(Format.count(row.seq))
                    }

                    Label {
                        Accessible.ignored: true
                        kind: "small"
                        font: Theme.smallFigure
                        text: row.timeText
                    }

                    Label {
                        Accessible.ignored: true
                        font: Theme.smallStrong
                        Layout.maximumWidth: row.width * 0.3
                        text: qsTr("%1 → %2").arg(row.sender).arg(row.recipient)
                    }

                    Label {
                        Accessible.ignored: true
                        Layout.fillWidth: true
                        color: Theme.textDim
                        font: Theme.mono
                        text: row.preview
                    }

                    Tag {
                        visible: row.late
                        severity: "warning"
                        iconName: "clock-alert"
                        text: qsTr("late")
                    }
                }

                FocusRing {
                    gap: -Theme.line
                    shown: row.activeFocus
                }

                HoverHandler {
                    id: hover

                    cursorShape: Qt.PointingHandCursor
                }

                TapHandler {
                    onTapped: root.messageChosen(deliveries.get(row.index))
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
        visible: deliveries.count > 0
    }
}
