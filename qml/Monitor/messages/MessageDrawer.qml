// SPDX-License-Identifier: GPL-3.0-or-later
//
// One message: what it says, how it came to be on which disks, whose clock was corrected by how much, and how
// to ask for it, or send it again.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

FocusScope {
    id: root

    required property Session session
    required property Shell shell
    /// A row of the list, or any {seq} or {msgId}.
    required property var subject

    readonly property var message: detail.message
    readonly property double deliverySeq: trace.deliverySeq > 0 ? trace.deliverySeq : root.message.deliverySeq ?? 0

    MessageDetail {
        id: detail

        cluster: root.session.cluster
        subject: root.subject ?? ({})
    }
    MessageTrace {
        id: trace

        cluster: root.session.cluster
        seq: detail.seq
    }
    ScrollColumn {
        anchors.bottomMargin: Theme.s3
        anchors.fill: parent
        anchors.leftMargin: Theme.s4
        anchors.rightMargin: Theme.s2
        spacing: Theme.s4

        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            RowLayout {
                spacing: Theme.s2

                Label {
                    font: Theme.display
                    text: detail.seq > 0 ? "#" + detail.seq : qsTr("Message")
                }
                Tag {
                    iconName: root.deliverySeq > 0 ? "check" : "hourglass"
                    severity: root.deliverySeq > 0 ? "good" : "info"
                    text: root.deliverySeq > 0 ? qsTr("Delivered") : qsTr("Waits for delivery")
                    visible: detail.loaded
                }
                Tag {
                    iconName: "clock-alert"
                    severity: "warning"
                    text: qsTr("Late")
                    visible: root.message.late ?? false
                }
                Tag {
                    iconName: "fast-forward"
                    severity: "warning"
                    text: qsTr("Future")
                    visible: root.message.clamped ?? false
                }
            }
            RowLayout {
                spacing: Theme.s2

                Label {
                    Layout.maximumWidth: root.width * 0.4
                    kind: "strong"
                    text: root.message.sender ?? ""
                }
                Label {
                    kind: "dim"
                    text: qsTr("to")
                }
                Label {
                    Layout.fillWidth: true
                    kind: "strong"
                    text: root.message.recipient ?? ""
                }
            }
        }
        Notice {
            severity: "warning"
            text: detail.error
            visible: text !== ""
        }
        Notice {
            severity: "warning"
            text: qsTr("Acknowledged before majority: a node is async, and what it acknowledged can be lost with it.")
            visible: root.session.cluster.acknowledgesBeforeMajority
        }
        PayloadView {
            Layout.fillWidth: true
            detail: detail
        }
        Section {
            title: qsTr("Life")
            hint: trace.toldBy !== "" ? qsTr("told by %1").arg(trace.toldBy) : ""

            LifeLineView {
                Layout.fillWidth: true
                trace: trace
                visible: trace.known
            }
            Label {
                Layout.fillWidth: true
                kind: "faint"
                text: trace.error !== "" ? trace.error : trace.complete ? qsTr("Complete. Times since the leader received it.") : trace.missing !== "" ? qsTr("Not complete: %1.").arg(trace.missing) : ""
                visible: text !== ""
                wrapMode: Text.WordWrap
            }
            FactRow {
                label: qsTr("Held by")
                value: trace.heldBy
                visible: trace.heldBy !== ""
            }
        }
        Section {
            title: qsTr("Time")

            FactRow {
                label: qsTr("Sender's clock")
                value: Format.timeMs(root.message.originalTs ?? NaN)
            }
            FactRow {
                label: qsTr("Corrected")
                value: Format.timeMs(root.message.correctedTs ?? NaN)
            }
            FactRow {
                label: qsTr("Shift")
                value: Format.signedMs(((root.message.correctedTs ?? NaN) - (root.message.originalTs ?? NaN)) * 1000)
            }
            FactRow {
                label: qsTr("Certain within")
                tip: qsTr("Half the width of the interval in which the true time lies")
                value: root.message.confidenceMs !== undefined ? "± " + Format.ms(root.message.confidenceMs) : ""
            }
            FactRow {
                label: qsTr("Sender's offset")
                severity: root.message.clientClock === "unverified" ? "warning" : ""
                value: root.message.clientClock === "verified" ? qsTr("stated by the sender") : root.message.clientClock === "unverified" ? qsTr("not stated") : ""
            }
            FactRow {
                label: qsTr("Method")
                value: root.message.method ?? ""
            }
            FactRow {
                label: qsTr("Received by the leader")
                value: Format.timeMs(root.message.receiveTs ?? NaN)
            }
            FactRow {
                label: qsTr("Sent on")
                value: Format.dateTime(root.message.correctedTs ?? NaN)
            }
        }
        Section {
            title: qsTr("Record")

            FactRow {
                copyable: true
                label: qsTr("Id")
                mono: true
                value: root.message.msgId ?? ""
            }
            FactRow {
                label: qsTr("Delivery seq")
                value: root.deliverySeq > 0 ? Format.count(root.deliverySeq) : ""
            }
            FactRow {
                label: qsTr("Log entry")
                value: root.message.index !== undefined ? qsTr("index %1, term %2").arg(Format.count(root.message.index)).arg(root.message.term) : ""
            }
            FactRow {
                label: qsTr("Expires after")
                value: root.message.ttl !== undefined ? Format.seconds(root.message.ttl) : qsTr("never by itself")
            }
        }
        ActionButton {
            Layout.fillWidth: true
            enabled: detail.loaded
            iconName: "repeat"
            text: qsTr("Publish again")
            tip: qsTr("Opens it as a draft, with a new id")

            onClicked: root.shell.goTo("publish", detail.draft)
        }
        CurlLine {
            text: detail.curl
            visible: text !== ""
        }
        CurlLine {
            text: trace.curl
            visible: text !== ""
        }
    }

    component Section: ColumnLayout {
        id: section

        property string title
        property string hint

        Layout.fillWidth: true
        spacing: Theme.s1

        Divider {
        }
        RowLayout {
            Layout.topMargin: Theme.s1
            spacing: Theme.s2

            Label {
                Accessible.role: Accessible.Heading
                kind: "title"
                text: section.title
            }
            Label {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                kind: "faint"
                text: section.hint
            }
        }
    }
}
