// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is rarely set: id, time, time to live, acknowledgement. Folded, it says what holds.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property MessageForm form
    property bool open: false

    readonly property var levels: [qsTr("as the cluster is set"), qsTr("the leader's disk"), qsTr("a majority's disks"), qsTr("all disks")]
    readonly property string summary: {
        const parts = [root.form.msgId === "" ? qsTr("new id") : qsTr("id %1").arg(root.form.msgId)];
        if (root.form.ts !== "")
            parts.push(qsTr("time %1").arg(root.form.ts));
        if (root.form.ttl !== "")
            parts.push(qsTr("lives %1 s").arg(root.form.ttl));
        if (root.form.ack !== MessageForm.Configured)
            parts.push(qsTr("acknowledged by %1").arg(root.levels[root.form.ack]));
        return parts.join(", ");
    }

    spacing: Theme.s2

    T.AbstractButton {
        id: fold

        Accessible.description: root.summary
        Accessible.name: qsTr("Options")
        Accessible.role: Accessible.Button
        Layout.fillWidth: true
        checkable: true
        checked: root.open
        focusPolicy: Qt.StrongFocus
        implicitHeight: Theme.row

        Keys.onEnterPressed: fold.toggled()
        Keys.onReturnPressed: fold.toggled()
        onToggled: root.open = !root.open

        background: Rectangle {
            color: fold.hovered ? Theme.hover : "transparent"
            radius: Theme.radiusSmall

            FocusRing {
                gap: 0
                shown: fold.visualFocus
            }
        }
        contentItem: RowLayout {
            spacing: Theme.s2

            Icon {
                color: Theme.textDim
                name: root.open ? "chevron-down" : "chevron-right"
                size: Theme.iconSmall
            }
            Label {
                Accessible.ignored: true
                kind: "small"
                text: qsTr("Options")
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                kind: "faint"
                text: root.summary
                visible: !root.open
            }
            Item {
                Layout.fillWidth: true
                visible: root.open
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Theme.s2
        columns: 2
        rowSpacing: Theme.s2
        visible: root.open

        Field {
            id: msgId

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("Message id")
            mono: true
            placeholder: qsTr("a new UUID")
            text: root.form.msgId

            onEdited: root.form.msgId = msgId.text
        }
        SelectField {
            id: ack

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("Acknowledged by")
            model: root.levels

            onActivated: index => root.form.ack = index

            Binding {
                property: "currentIndex"
                target: ack
                value: root.form.ack
            }
        }
        Field {
            id: ts

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("Time")
            mono: true
            placeholder: qsTr("now")
            text: root.form.ts
            unit: qsTr("Unix seconds")

            onEdited: root.form.ts = ts.text
        }
        Field {
            id: ttl

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            label: qsTr("Time to live")
            mono: true
            placeholder: qsTr("no end")
            text: root.form.ttl
            unit: qsTr("s")

            onEdited: root.form.ttl = ttl.text
        }
    }
}
