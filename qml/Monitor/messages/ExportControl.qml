// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that passes the filter, into a file; how far it has come, and the end of it.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

RowLayout {
    id: root

    required property MessageBrowser browser
    required property Shell shell

    readonly property MessageExport exporter: root.browser.exporter

    function ask(suffix: string): void {
        dialog.defaultSuffix = suffix;
        dialog.nameFilters = suffix === "csv" ? [qsTr("CSV (*.csv)")] : [qsTr("JSON lines (*.jsonl)")];
        dialog.open();
    }

    spacing: Theme.s2

    Connections {
        target: root.exporter

        function onFinished(): void {
            root.shell.noticeWanted(qsTr("%1 messages are in %2.").arg(Format.count(root.exporter.written)).arg(root.exporter.fileName), "good");
        }
        function onChanged(): void {
            if (!root.exporter.running && root.exporter.error !== "")
                root.shell.noticeWanted(root.exporter.error, "warning");
        }
    }
    ColumnLayout {
        spacing: 2
        visible: root.exporter.running

        Label {
            kind: "small"
            text: qsTr("%1 messages, %2").arg(Format.count(root.exporter.written)).arg(Format.bytes(root.exporter.bytes))
        }
        ProgressLine {
            Layout.preferredWidth: Theme.control * 5
            name: qsTr("Export")
            value: root.exporter.progress
        }
    }
    IconButton {
        iconName: "x"
        text: qsTr("Cancel the export")
        visible: root.exporter.running

        onClicked: root.exporter.cancel()
    }
    ActionButton {
        id: button

        enabled: root.browser.rows.count > 0
        iconName: "download"
        text: qsTr("Export")
        visible: !root.exporter.running

        onClicked: menu.open()

        ActionMenu {
            id: menu

            y: button.height + Theme.s1

            ActionItem {
                iconName: "table-properties"
                text: qsTr("CSV, for a spreadsheet")

                onTriggered: root.ask("csv")
            }
            ActionItem {
                iconName: "braces"
                text: qsTr("JSON lines, digit for digit")

                onTriggered: root.ask("jsonl")
            }
        }
    }
    FileDialog {
        id: dialog

        fileMode: FileDialog.SaveFile
        title: root.browser.filtered ? qsTr("Export what passes the filter") : qsTr("Export all messages")

        onAccepted: root.browser.exportTo(dialog.selectedFile)
    }
}
