// SPDX-License-Identifier: GPL-3.0-or-later
//
// The variables that can stand in a message: those that are always there, and a person's own.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property MessageForm form

    signal chosen(string text)

    function add(): void {
        name.error = root.form.setVariable(name.text, value.text);
        if (name.error !== "")
            return;
        name.text = "";
        value.text = "";
        name.focusInput();
    }

    spacing: Theme.s1

    Label {
        Layout.fillWidth: true
        kind: "title"
        text: qsTr("Variables")
    }
    Label {
        Layout.bottomMargin: Theme.s1
        Layout.fillWidth: true
        kind: "faint"
        text: qsTr("They stand in names and payloads, and get a value with each message.")
        wrapMode: Text.WordWrap
    }
    Rows {
        id: rows

        spacing: root.spacing

        Repeater {
            model: root.form.builtinVariables()

            VariableRow {
                required property var modelData

                width: rows.width
                example: modelData.example
                explanation: modelData.text

                onChosen: root.chosen(example)
            }
        }
        Repeater {
            model: Object.keys(root.form.variables)

            VariableRow {
                id: own

                required property string modelData

                width: rows.width
                example: "{{" + own.modelData + "}}"
                explanation: root.form.variables[own.modelData] ?? ""
                removable: true

                onChosen: root.chosen(own.example)
                onRemoved: root.form.removeVariable(own.modelData)
            }
        }
    }
    Divider {
        Layout.bottomMargin: Theme.s2
        Layout.fillWidth: true
        Layout.topMargin: Theme.s1
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Field {
            id: name

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            name: qsTr("Name of a new variable")
            placeholder: qsTr("name")

            onAccepted: value.focusInput()
            onEdited: name.error = ""
        }
        Field {
            id: value

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            name: qsTr("Value of the new variable")
            placeholder: qsTr("value")

            onAccepted: root.add()
        }
        IconButton {
            Layout.alignment: Qt.AlignTop
            enabled: name.text !== ""
            iconName: "plus"
            text: qsTr("Add the variable")

            onClicked: root.add()
        }
    }
}
