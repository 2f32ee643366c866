// SPDX-License-Identifier: GPL-3.0-or-later
//
// An own scenario, as the JSON that it is.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

Popover {
    id: root

    required property ScenarioModel scenarios
    property string scenarioId

    signal saved(string id)

    function edit(id: string, json: string): void {
        root.scenarioId = id;
        box.text = json;
        problem.text = "";
        root.open();
    }

    function save(): void {
        problem.text = root.scenarios.save(root.scenarioId, box.text);
        if (problem.text !== "")
            return;
        root.close();
        root.saved(root.scenarioId !== "" ? root.scenarioId : root.scenarios.lastSaved);
    }

    anchors.centerIn: T.Overlay.overlay
    contentHeight: form.implicitHeight
    modal: true
    padding: Theme.s5
    width: Math.min(560 * Theme.textScale, (T.Overlay.overlay ? T.Overlay.overlay.width : 600) - 2 * Theme.s5)

    ColumnLayout {
        id: form

        anchors.fill: parent
        spacing: Theme.s3

        Label {
            Accessible.role: Accessible.Heading
            kind: "heading"
            text: root.scenarioId === "" ? qsTr("An own scenario") : qsTr("Edit the scenario")
        }
        Label {
            Layout.fillWidth: true
            kind: "dim"
            text: qsTr("Steps name nodes by what they are: leader, follower, other follower, minority, everybody, an id, or an earlier “as”. Give it another name to keep both.")
            wrapMode: Text.WordWrap
        }
        TextBox {
            id: box

            Layout.fillWidth: true
            Layout.preferredHeight: 320
            name: qsTr("Scenario as JSON")
        }
        Notice {
            id: problem

            severity: "critical"
            visible: text !== ""
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: Theme.s2

            ActionButton {
                text: qsTr("Cancel")

                onClicked: root.close()
            }
            ActionButton {
                iconName: "save"
                kind: "primary"
                text: qsTr("Save")

                onClicked: root.save()
            }
        }
    }
}
