// SPDX-License-Identifier: GPL-3.0-or-later
//
// What became of the last send: how sure it is, on whose disks, what to do.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

Rectangle {
    id: root

    required property Receipt receipt
    required property Shell shell

    signal cancelled
    signal repeated

    readonly property bool done: root.receipt.state === Receipt.Done
    readonly property color ink: root.done ? Theme.severity(root.receipt.severity) : Theme.textDim

    Accessible.name: root.done ? root.receipt.title + ". " + root.receipt.detail + " " + root.receipt.advice : qsTr("Sending")
    Accessible.role: Accessible.AlertMessage
    border.color: Theme.scheme === Theme.Contrast ? root.ink : Theme.alpha(root.ink, 0.35)
    border.width: Theme.line
    color: root.done ? Theme.severitySoft(root.receipt.severity) : Theme.sunken
    implicitHeight: column.implicitHeight + 2 * Theme.s3
    implicitWidth: column.implicitWidth + 2 * Theme.s3
    radius: Theme.radiusSmall

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.margins: Theme.s3
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s1

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            BusyDot {
                running: visible
                size: Theme.icon
                visible: !root.done
            }
            Icon {
                color: root.ink
                name: Theme.severityIcon(root.receipt.severity)
                size: Theme.icon
                visible: root.done
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                kind: "strong"
                text: root.done ? root.receipt.title : qsTr("Sending…")
            }
            Label {
                Accessible.ignored: true
                kind: "figure"
                text: Format.ms(root.receipt.elapsedMs)
                visible: root.done
            }
            ActionButton {
                implicitHeight: Theme.row
                kind: "quiet"
                text: qsTr("Cancel")
                visible: !root.done

                onClicked: root.cancelled()
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.s1
            visible: root.receipt.durableOn.length > 0

            Repeater {
                model: root.receipt.durableOn

                Tag {
                    required property string modelData

                    iconName: "hard-drive"
                    text: modelData
                }
            }
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            kind: "small"
            text: root.receipt.detail
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            kind: "small"
            text: root.receipt.route
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: Theme.text
            kind: "small"
            text: root.receipt.advice
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2
            visible: root.done

            Label {
                Accessible.name: qsTr("Message id %1").arg(root.receipt.msgId)
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                font: Theme.mono
                kind: "faint"
                text: root.receipt.msgId
            }
            IconButton {
                iconName: "copy"
                iconSize: Theme.iconSmall
                implicitHeight: Theme.row
                implicitWidth: Theme.row
                text: qsTr("Copy the message id")

                onClicked: Clipboard.copy(root.receipt.msgId)
            }
            ActionButton {
                implicitHeight: Theme.row
                text: qsTr("Send again, same id")
                visible: root.receipt.mayRepeat

                onClicked: root.repeated()
            }
            ActionButton {
                iconName: "arrow-up-right"
                implicitHeight: Theme.row
                text: qsTr("Show #%1").arg(Format.count(root.receipt.seq))
                visible: root.receipt.seq > 0

                onClicked: root.shell.goTo("messages", {
                    seq: root.receipt.seq
                })
            }
        }
    }
}
