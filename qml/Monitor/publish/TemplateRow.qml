// SPDX-License-Identifier: GPL-3.0-or-later
//
// One template: what it is called, what it sends.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.AbstractButton {
    id: root

    required property string name
    required property string sender
    required property string recipient
    required property string payload
    required property bool json
    property string problem
    property bool renaming: false

    signal taken
    signal renamed(string text)
    signal removed

    Accessible.description: root.payload
    Accessible.name: qsTr("Take template %1").arg(root.name)
    Accessible.role: Accessible.Button
    focusPolicy: Qt.StrongFocus
    implicitHeight: row.implicitHeight + 2 * Theme.s2

    Keys.onEnterPressed: root.taken()
    Keys.onReturnPressed: root.taken()
    onClicked: root.taken()

    background: Rectangle {
        color: root.hovered || root.down ? Theme.hover : "transparent"
        radius: Theme.radiusSmall

        FocusRing {
            gap: 0
            shown: root.visualFocus
        }
    }

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: Theme.s2
        spacing: Theme.s2

        Icon {
            color: Theme.textDim
            name: root.json ? "braces" : "file-text"
            size: Theme.icon
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1
            visible: !root.renaming

            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                kind: "strong"
                text: root.name
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                font: Theme.mono
                kind: "faint"
                text: root.payload
            }
        }
        Field {
            id: newName

            Layout.fillWidth: true
            error: root.problem
            name: qsTr("New name of %1").arg(root.name)
            visible: root.renaming

            Keys.onEscapePressed: root.renaming = false
            onAccepted: {
                root.renamed(newName.text);
                root.renaming = root.problem !== "";
            }
        }
        Label {
            Accessible.ignored: true
            Layout.maximumWidth: root.width / 3
            kind: "small"
            text: root.recipient === "" ? qsTr("to all") : qsTr("to %1").arg(root.recipient)
            visible: !root.renaming
        }
        IconButton {
            iconName: "pencil"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row
            implicitWidth: Theme.row
            text: qsTr("Rename %1").arg(root.name)
            visible: !root.renaming

            onClicked: {
                root.problem = "";
                newName.text = root.name;
                root.renaming = true;
                newName.focusInput();
            }
        }
        IconButton {
            iconName: "trash-2"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row
            implicitWidth: Theme.row
            text: qsTr("Remove %1").arg(root.name)

            onClicked: root.removed()
        }
    }
}
