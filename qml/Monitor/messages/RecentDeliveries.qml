// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last five messages that were delivered, with their corrected times; a click shows one whole.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

FocusScope {
    id: root

    required property Session session
    required property Shell shell

    implicitHeight: Theme.row * 5
    implicitWidth: Theme.control * 12

    DeliveryModel {
        id: deliveries

        active: root.visible
        cluster: root.session.cluster
    }
    ListView {
        id: list

        anchors.fill: parent
        activeFocusOnTab: true
        clip: true
        focus: true
        interactive: false
        model: deliveries
        visible: deliveries.count > 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Recent deliveries")

        Keys.onReturnPressed: root.shell.select("message", deliveries.get(list.currentIndex))

        delegate: Rectangle {
            id: row

            required property int index
            required property string timeText
            required property string shiftText
            required property string sender
            required property string recipient
            required property string preview
            required property double deliverySeq
            required property bool late

            height: Theme.row
            width: list.width
            color: hover.hovered || (ListView.isCurrentItem && list.activeFocus) ? Theme.hover : "transparent"
            radius: Theme.radiusSmall
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("Delivery %1 at %2 from %3 to %4: %5").arg(row.deliverySeq).arg(row.timeText).arg(row.sender).arg(row.recipient).arg(row.preview)

            FocusRing {
                gap: -Theme.focusLine
                shown: row.ListView.isCurrentItem && list.activeFocus
            }
            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Theme.s2
                anchors.rightMargin: Theme.s2
                spacing: Theme.s3

                Label {
                    Accessible.ignored: true
                    color: Theme.textFaint
                    font: Theme.smallFigure
                    text: row.deliverySeq
                }
                Label {
                    Accessible.ignored: true
                    color: Theme.textDim
                    font: Theme.smallFigure
                    text: row.timeText
                }
                Label {
                    Accessible.ignored: true
                    Layout.maximumWidth: Theme.control * 4
                    font: Theme.small
                    text: qsTr("%1 → %2").arg(row.sender).arg(row.recipient)
                }
                Label {
                    Accessible.ignored: true
                    Layout.fillWidth: true
                    color: Theme.textDim
                    font: Theme.mono
                    text: row.preview
                }
                Label {
                    Accessible.ignored: true
                    color: row.late ? Theme.warning : Theme.textFaint
                    font: Theme.smallFigure
                    text: row.late ? qsTr("late") : row.shiftText
                    visible: text !== ""
                }
            }
            HoverHandler {
                id: hover
            }
            TapHandler {
                onTapped: root.shell.select("message", deliveries.get(row.index))
            }
        }
    }
    Label {
        anchors.centerIn: parent
        kind: "faint"
        text: deliveries.error !== "" ? deliveries.error : qsTr("Nothing was delivered yet")
        visible: deliveries.count === 0
    }
}
