// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends a line of text and shows its receipt: the shortest way to see the cluster at work.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

ColumnLayout {
    id: root

    required property Session session
    required property Shell shell

    readonly property Publisher publisher: root.session.publisher
    readonly property MessageForm form: root.publisher.quickForm
    readonly property bool sending: root.form.receipt.state === Receipt.Sending

    function send(): void {
        root.publisher.send(root.form);
        payload.input.selectAll();
    }

    function focusText(): void {
        payload.focusInput();
    }

    spacing: Theme.s1

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Field {
            id: recipient

            Layout.preferredWidth: Theme.control * 5
            enabled: root.publisher.canSend
            iconName: "user"
            name: qsTr("Recipient")
            placeholder: qsTr("all")
            text: root.form.recipient

            onAccepted: payload.focusInput()
            onEdited: root.form.recipient = recipient.text
        }
        Field {
            id: payload

            Layout.fillWidth: true
            enabled: root.publisher.canSend
            name: qsTr("Message")
            placeholder: qsTr("Message")
            text: root.form.text

            onAccepted: root.send()
            onEdited: root.form.text = payload.text
        }
        ActionButton {
            busy: root.sending
            enabled: root.publisher.canSend && root.form.ok
            iconName: "send"
            kind: "primary"
            text: qsTr("Send")
            tip: qsTr("Sends it to the leader; Return in the message does the same")

            onClicked: root.send()
        }
    }
    ReceiptLine {
        Layout.fillWidth: true
        idleText: root.publisher.situation !== "" ? root.publisher.situation : root.form.problem !== "" ? root.form.problem : qsTr("The receipt shows which disks hold the message.")
        idleWarning: root.publisher.situation !== "" || root.form.problem !== ""
        receipt: root.form.receipt
        shell: root.shell

        onCancelled: root.publisher.cancel()
        onRepeated: root.publisher.repeat(root.form)
    }
}
