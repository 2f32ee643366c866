// SPDX-License-Identifier: GPL-3.0-or-later
//
// The headings of the list of messages.
import QtQuick
import Dsmsg.Ui

Item {
    id: root

    required property MessageColumns columns

    implicitHeight: Theme.row

    Row {
        anchors.fill: parent
        anchors.leftMargin: Theme.s3
        spacing: root.columns.gap

        MessageHeading {
            column: "seq"
            columns: root.columns
            figures: true
            text: qsTr("Seq")
            tip: qsTr("Its place in the order of commitment")
            width: root.columns.seq
        }
        MessageHeading {
            column: "delivery"
            columns: root.columns
            figures: true
            text: qsTr("Delivery")
            tip: qsTr("Its place in the order of delivery; a dash while it waits")
            visible: root.columns.showsDelivery
            width: root.columns.delivery
        }
        MessageHeading {
            column: "time"
            columns: root.columns
            text: qsTr("Time")
            tip: qsTr("When it was sent, by the cluster's time (corrected)")
            width: root.columns.time
        }
        MessageHeading {
            column: "shift"
            columns: root.columns
            figures: true
            text: qsTr("Shift")
            tip: qsTr("Corrected time minus the sender's; empty where nothing was corrected")
            visible: root.columns.showsShift
            width: root.columns.shift
        }
        MessageHeading {
            column: "sender"
            columns: root.columns
            text: qsTr("From")
            width: root.columns.sender
        }
        MessageHeading {
            column: "recipient"
            columns: root.columns
            text: qsTr("To")
            width: root.columns.recipient
        }
        MessageHeading {
            column: ""
            columns: root.columns
            text: qsTr("Payload")
            width: root.columns.preview
        }
        MessageHeading {
            column: ""
            columns: root.columns
            text: qsTr("Marks")
            tip: qsTr("late: its time had passed already. future: its time lies far ahead")
            visible: root.columns.showsMarks
            width: root.columns.marks
        }
        MessageHeading {
            column: ""
            columns: root.columns
            figures: true
            text: qsTr("Entry")
            tip: qsTr("Term and index of the log entry that carries it")
            visible: root.columns.showsEntry
            width: root.columns.entry
        }
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
