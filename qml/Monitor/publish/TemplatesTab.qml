// SPDX-License-Identifier: GPL-3.0-or-later
//
// Messages kept under a name: take one into the form, keep the form as one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property Publisher publisher

    signal taken

    readonly property TemplateStore templates: root.publisher.templates

    function take(row: int): void {
        root.templates.apply(row, root.publisher.form);
        root.taken();
    }

    function keep(): void {
        name.error = root.templates.save(name.text, root.publisher.form);
        if (name.error === "")
            name.text = "";
    }

    spacing: Theme.s2

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Field {
            id: name

            Layout.fillWidth: true
            hint: root.templates.indexOf(name.text.trim()) >= 0 ? qsTr("There is one of this name; it is replaced.") : ""
            name: qsTr("Name of a new template")
            placeholder: qsTr("Keep the message on the left as …")

            onAccepted: root.keep()
            onEdited: name.error = ""
        }
        ActionButton {
            Layout.alignment: Qt.AlignTop
            enabled: name.text.trim() !== ""
            iconName: "save"
            text: qsTr("Keep")

            onClicked: root.keep()
        }
    }
    EmptyState {
        iconName: "file-text"
        text: qsTr("Write a message, give it a name above, and it is here next time, variables included.")
        title: qsTr("No templates")
        visible: root.templates.loaded && root.templates.count === 0
    }
    ListView {
        id: list

        Accessible.name: qsTr("Templates")
        Accessible.role: Accessible.List
        Layout.fillHeight: true
        Layout.fillWidth: true
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.templates
        spacing: 2
        visible: root.templates.count > 0

        T.ScrollBar.vertical: SlimScrollBar {
        }
        delegate: TemplateRow {
            id: row

            required property int index

            width: ListView.view.width

            onRemoved: root.templates.remove(row.index)
            onRenamed: text => row.problem = root.templates.rename(row.index, text)
            onTaken: root.take(row.index)
        }
    }
}
