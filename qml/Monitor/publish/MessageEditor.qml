// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form of a message: from, to, payload, options folded away, and what comes of sending it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

Panel {
    id: root

    required property Session session
    required property Shell shell

    readonly property Publisher publisher: root.session.publisher
    readonly property MessageForm form: root.publisher.form
    readonly property bool inPayload: root.form.problemIn === MessageForm.Payload

    function send(): void {
        root.publisher.send(root.form);
    }

    function insert(text: string): void {
        payload.input.insert(payload.input.cursorPosition, text);
        root.form.text = payload.text;
        payload.input.forceActiveFocus();
    }

    function focusPayload(): void {
        payload.input.forceActiveFocus();
    }

    curl: root.form.curl
    iconName: "send"
    title: qsTr("Message")

    actions: [
        Tag {
            iconName: "triangle-alert"
            severity: "warning"
            text: qsTr("acknowledged before majority")
            visible: root.session.cluster.acknowledgesBeforeMajority && root.form.ack !== MessageForm.Quorum && root.form.ack !== MessageForm.All
        },
        IconButton {
            iconName: "rotate-ccw"
            text: qsTr("Clear the form")

            onClicked: root.form.clear()
        }
    ]

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Field {
            id: sender

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("From")
            placeholder: qsTr("unknown")
            text: root.form.sender

            onEdited: root.form.sender = sender.text
        }
        Icon {
            Layout.alignment: Qt.AlignBottom
            Layout.bottomMargin: (Theme.control - Theme.iconSmall) / 2
            color: Theme.textFaint
            name: "arrow-right"
            size: Theme.iconSmall
        }
        Field {
            id: recipient

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("To")
            placeholder: qsTr("all")
            text: root.form.recipient

            onEdited: root.form.recipient = recipient.text
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.topMargin: Theme.s1
        spacing: Theme.s1

        Label {
            Layout.fillWidth: true
            kind: "small"
            text: qsTr("Payload")
        }
        IconButton {
            enabled: root.form.json && root.form.ok
            iconName: "wand-sparkles"
            iconSize: Theme.iconSmall + 2
            text: qsTr("Indent the JSON")
            visible: root.form.json

            onClicked: root.form.text = root.form.prettyText()
        }
        VariableButton {
            form: root.form

            onChosen: text => root.insert(text)
        }
        Segmented {
            id: format

            implicitHeight: Theme.row
            model: [qsTr("Text"), qsTr("JSON")]
            name: qsTr("Kind of payload")

            onActivated: index => root.form.json = index === 1

            Binding {
                property: "currentIndex"
                target: format
                value: root.form.json ? 1 : 0
            }
        }
    }
    TextBox {
        id: payload

        Layout.fillHeight: true
        Layout.fillWidth: true
        Layout.minimumHeight: implicitHeight
        lines: 5
        name: qsTr("Payload")
        placeholder: root.form.json ? "{\"hello\": \"world\"}" : qsTr("Hello, number {{n}}")
        text: root.form.text

        onEdited: root.form.text = payload.text
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Icon {
            color: root.form.ok ? Theme.good : Theme.critical
            name: root.form.ok ? "check" : "circle-alert"
            size: Theme.iconSmall
        }
        Label {
            Accessible.role: root.form.ok ? Accessible.StaticText : Accessible.AlertMessage
            Layout.fillWidth: true
            color: root.form.ok ? Theme.textFaint : Theme.critical
            font: root.form.ok && root.form.hasVariables ? Theme.mono : Theme.small
            kind: "faint"
            maximumLineCount: root.form.ok ? 1 : 3
            text: {
                if (!root.form.ok)
                    return root.form.problem;
                if (root.form.hasVariables)
                    return qsTr("Next: %1").arg(root.form.preview.replace(/\s*\n\s*/g, " "));
                return root.form.json ? qsTr("Valid JSON") : qsTr("Sent as a JSON string");
            }
            wrapMode: root.form.ok ? Text.NoWrap : Text.WordWrap
        }
        ActionButton {
            implicitHeight: Theme.row - Theme.s1
            kind: "quiet"
            text: qsTr("Go there")
            visible: root.inPayload && root.form.problemPosition >= 0

            onClicked: {
                payload.input.forceActiveFocus();
                payload.input.cursorPosition = Math.min(root.form.problemPosition, payload.text.length);
            }
        }
        Label {
            kind: "faint"
            font: Theme.smallFigure
            text: Format.bytes(root.form.previewBytes)
            visible: root.form.ok
        }
    }
    MessageOptions {
        Layout.fillWidth: true
        form: root.form
    }
    Notice {
        Layout.fillWidth: true
        severity: "warning"
        text: root.publisher.situation
        visible: text !== ""
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s3

        ActionButton {
            Layout.fillWidth: true
            busy: root.form.receipt.state === Receipt.Sending
            enabled: root.publisher.canSend && root.form.ok
            iconName: "send"
            implicitHeight: Theme.control + Theme.s2
            kind: "primary"
            text: qsTr("Send")

            onClicked: root.send()
        }
        KeyHint {
            keys: qsTr("Ctrl+Enter")
        }
    }
    ReceiptCard {
        Layout.fillWidth: true
        receipt: root.form.receipt
        shell: root.shell
        visible: root.form.receipt.state !== Receipt.None

        onCancelled: root.publisher.cancel()
        onRepeated: root.publisher.repeat(root.form)
    }
}
