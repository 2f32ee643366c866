// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can stand for something else in a payload: picks a variable to insert, and keeps a person's own.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

IconButton {
    id: root

    required property MessageForm form

    signal chosen(string text)

    readonly property var builtins: root.form.builtinVariables()

    function choose(text: string): void {
        popover.close();
        root.chosen(text);
    }

    function add(): void {
        name.error = root.form.setVariable(name.text, value.text);
        if (name.error !== "")
            return;
        name.text = "";
        value.text = "";
        name.focusInput();
    }

    checked: popover.visible
    iconName: "braces"
    iconSize: Theme.iconSmall + 2
    text: qsTr("Variables")

    onClicked: popover.open()

    Popover {
        id: popover

        width: Theme.drawer
        x: root.width - width
        y: root.height + Theme.s1

        contentItem: ColumnLayout {
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
            Repeater {
                model: root.builtins

                VariableRow {
                    required property var modelData

                    Layout.fillWidth: true
                    example: modelData.example
                    explanation: modelData.text

                    onChosen: root.choose(example)
                }
            }
            Repeater {
                model: Object.keys(root.form.variables)

                VariableRow {
                    id: own

                    required property string modelData

                    Layout.fillWidth: true
                    example: "{{" + own.modelData + "}}"
                    explanation: root.form.variables[own.modelData] ?? ""
                    removable: true

                    onChosen: root.choose(own.example)
                    onRemoved: root.form.removeVariable(own.modelData)
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
    }
}
