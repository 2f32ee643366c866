// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sends the messages of a file: read and checked first, sent when the person has seen what is in it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property DraftImport draftImport
    required property Publisher publisher

    readonly property DraftImport file: root.draftImport
    readonly property bool busy: root.file.state === DraftImport.Reading || root.file.state === DraftImport.Sending

    spacing: Theme.s3

    FileDialog {
        id: dialog

        nameFilters: [qsTr("Messages (*.ndjson *.jsonl *.json *.csv *.tsv *.txt)"), qsTr("All files (*)")]
        title: qsTr("Import messages")

        onAccepted: root.file.read(dialog.selectedFile)
    }
    Rectangle {
        Layout.fillHeight: true
        Layout.fillWidth: true
        border.color: drop.containsDrag ? Theme.accent : Theme.border
        border.width: drop.containsDrag ? Theme.focusLine : Theme.line
        color: drop.containsDrag ? Theme.accentSoft : "transparent"
        radius: Theme.radius
        visible: root.file.state === DraftImport.Empty || root.file.state === DraftImport.Failed

        DropArea {
            id: drop

            anchors.fill: parent
            keys: ["text/uri-list"]

            onDropped: drop => {
                if (drop.hasUrls)
                    root.file.read(drop.urls[0]);
            }
        }
        EmptyState {
            actionIcon: "folder-open"
            actionText: qsTr("Choose a file")
            anchors.fill: parent
            iconName: root.file.state === DraftImport.Failed ? "circle-alert" : "file-up"
            severity: root.file.state === DraftImport.Failed ? "critical" : ""
            text: root.file.state === DraftImport.Failed ? root.file.error : qsTr("Drop one here: NDJSON or a JSON list, with payload, sender, recipient, msg_id, ts, ttl; or CSV with these as columns. Nothing is sent before you have seen what is in it.")
            title: root.file.state === DraftImport.Failed ? qsTr("%1 cannot be imported").arg(root.file.fileName) : qsTr("Import messages from a file")

            onAction: dialog.open()
        }
    }
    ColumnLayout {
        Layout.fillHeight: true
        Layout.fillWidth: true
        spacing: Theme.s3
        visible: root.file.state !== DraftImport.Empty && root.file.state !== DraftImport.Failed

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            Icon {
                color: Theme.textDim
                name: "file-text"
                size: Theme.icon
            }
            Label {
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                kind: "strong"
                text: root.file.fileName
            }
            Tag {
                text: root.file.format
                visible: text !== ""
            }
            IconButton {
                enabled: !root.busy
                iconName: "x"
                iconSize: Theme.iconSmall
                text: qsTr("Put the file away")

                onClicked: root.file.clear()
            }
        }
        ProgressLine {
            Layout.fillWidth: true
            name: root.file.state === DraftImport.Reading ? qsTr("Reading") : qsTr("Sending")
            value: root.file.progress
            visible: root.busy
        }
        Label {
            Accessible.role: Accessible.AlertMessage
            Layout.fillWidth: true
            text: {
                switch (root.file.state) {
                case DraftImport.Reading:
                    return qsTr("Reading…");
                case DraftImport.Ready:
                    return root.file.badLines === 0 ? qsTr("%1 messages, all well formed.").arg(Format.count(root.file.messages)) : qsTr("%1 messages; %2 lines are left out.").arg(Format.count(root.file.messages)).arg(Format.count(root.file.badLines));
                default:
                    return root.file.summary + ".";
                }
            }
            wrapMode: Text.WordWrap
        }
        ImportList {
            Layout.fillHeight: true
            Layout.fillWidth: true
            problems: root.file.problems
            samples: root.file.samples
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s2

            Label {
                Layout.fillWidth: true
                kind: "faint"
                text: qsTr("Ids come from the file: sent twice, it is stored once.")
                visible: root.file.state === DraftImport.Ready
                wrapMode: Text.WordWrap
            }
            Item {
                Layout.fillWidth: true
                visible: root.file.state !== DraftImport.Ready
            }
            ActionButton {
                text: qsTr("Cancel")
                visible: root.busy

                onClicked: root.file.cancel()
            }
            ActionButton {
                iconName: "send"
                enabled: root.publisher.canSend && root.file.messages > 0
                kind: "primary"
                text: qsTr("Send %1").arg(Format.count(root.file.messages))
                visible: root.file.state === DraftImport.Ready

                onClicked: root.file.send()
            }
            ActionButton {
                iconName: "file-up"
                text: qsTr("Another file")
                visible: root.file.state === DraftImport.Done

                onClicked: dialog.open()
            }
        }
    }
}
