// SPDX-License-Identifier: GPL-3.0-or-later
//
// Only what lies beyond a position; or to go and look at one.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

FilterChip {
    id: root

    required property MessageBrowser browser

    function show(): void {
        const problem = root.browser.apply({
            after: field.text
        });
        field.error = problem;
        if (problem === "")
            root.panel.close();
    }

    function jump(): void {
        if (field.text === "")
            return;
        root.panel.close();
        root.browser.jumpTo(Number(field.text));
    }

    iconName: "hash"
    label: root.narrows ? qsTr("After") : qsTr("Position")
    value: root.browser.after >= 0 ? "#" + root.browser.after : ""

    onClicked: {
        field.text = root.browser.after >= 0 ? root.browser.after : "";
        field.error = "";
        field.focusInput();
    }
    onCleared: root.browser.apply({
        after: ""
    })

    Field {
        id: field

        Layout.fillWidth: true
        hint: qsTr("In the log: %1 to %2").arg(Format.count(root.browser.firstSeq)).arg(Format.count(root.browser.node ? root.browser.node.committedSeq : NaN))
        label: root.browser.byDelivery ? qsTr("Delivery seq") : qsTr("Seq")
        validator: RegularExpressionValidator {
            regularExpression: /\d{0,16}/
        }

        onAccepted: root.jump()
    }
    SelectField {
        readonly property var sizes: [50, 200, 1000]

        Layout.fillWidth: true
        currentIndex: Math.max(0, sizes.indexOf(root.browser.limit))
        hint: qsTr("Messages that are asked for at a time")
        label: qsTr("Page")
        model: sizes

        onActivated: index => root.browser.limit = sizes[index]
    }
    RowLayout {
        Layout.alignment: Qt.AlignRight
        spacing: Theme.s2

        ActionButton {
            text: qsTr("Only after it")

            onClicked: root.show()
        }
        ActionButton {
            kind: "primary"
            text: qsTr("Go there")

            onClicked: root.jump()
        }
    }
}
