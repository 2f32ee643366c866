// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes messages and sends them: one by hand on the left; on the right what was sent, what is kept for next time,
// whole files, and load.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui
import Dsmsg.Monitor

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property Publisher publisher: root.session.publisher
    readonly property bool beside: root.width >= Theme.drawer * 2
    readonly property bool narrow: root.width < Theme.drawer * 2.6
    readonly property bool flat: root.height < Theme.drawer * 1.8
    readonly property var tabs: ["history", "templates", "import", "load"]

    /// Takes {recipient, sender, text, json, tab} that another page has left.
    function takeArguments(): void {
        const given = root.shell?.pageArguments;
        if (!root.visible || !given || Object.keys(given).length === 0)
            return;
        if (given.recipient !== undefined)
            root.publisher.form.recipient = given.recipient;
        if (given.sender !== undefined)
            root.publisher.form.sender = given.sender;
        if (given.text !== undefined)
            root.publisher.form.text = given.text;
        if (given.json !== undefined)
            root.publisher.form.json = given.json;
        if (root.tabs.indexOf(given.tab) >= 0)
            tabs.choose(root.tabs.indexOf(given.tab));
        root.shell.pageArguments = {};
    }

    /// What the command palette offers while this page is open.
    function offerCommands(): void {
        if (!root.shell)
            return;
        if (root.visible)
            root.shell.pageCommands = [
                {
                    owner: root,
                    title: qsTr("Send the message"),
                    iconName: "send",
                    keys: qsTr("Ctrl+Enter"),
                    run: () => editor.send()
                },
                {
                    title: qsTr("Write JSON or text"),
                    iconName: "braces",
                    run: () => root.publisher.form.json = !root.publisher.form.json
                },
                {
                    title: qsTr("Import messages from a file"),
                    iconName: "file-up",
                    run: () => tabs.choose(2)
                },
                {
                    title: qsTr("Generate load"),
                    iconName: "gauge",
                    run: () => tabs.choose(3)
                },
                {
                    title: qsTr("Stop the load"),
                    iconName: "square",
                    run: () => root.session.load.stop()
                }
            ];
        else if (root.shell.pageCommands[0]?.owner === root)
            root.shell.pageCommands = [];
    }

    subtitle: qsTr("Send one message, a file of them, or as many as the cluster can take.")
    title: qsTr("Publish")

    Component.onCompleted: {
        root.takeArguments();
        root.offerCommands();
    }
    onVisibleChanged: {
        root.takeArguments();
        root.offerCommands();
    }

    Shortcut {
        enabled: root.visible
        sequences: ["Ctrl+Return", "Ctrl+Enter"]

        onActivated: editor.send()
    }
    Notice {
        Layout.fillWidth: true
        severity: "warning"
        text: root.publisher.fileProblem
        visible: text !== ""
    }
    GridLayout {
        Layout.fillHeight: true
        Layout.fillWidth: true
        columnSpacing: Theme.s4
        columns: root.beside ? 2 : 1
        rowSpacing: Theme.s4

        ScrollColumn {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredWidth: 45

            MessageEditor {
                id: editor

                Layout.fillHeight: true
                Layout.fillWidth: true
                session: root.session
                shell: root.shell
            }
        }
        Panel {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredWidth: 55
            padding: Theme.s3

            Segmented {
                id: tabs

                Layout.bottomMargin: Theme.s1
                model: [
                    {
                        text: qsTr("History"),
                        iconName: "history"
                    },
                    {
                        text: qsTr("Templates"),
                        iconName: "file-text"
                    },
                    {
                        text: qsTr("Import"),
                        iconName: "file-up"
                    },
                    {
                        text: qsTr("Load"),
                        iconName: "gauge"
                    }
                ]
                name: qsTr("What is on the right")
            }
            StackLayout {
                Layout.fillHeight: true
                Layout.fillWidth: true
                currentIndex: tabs.currentIndex

                HistoryTab {
                    publisher: root.publisher
                    shell: root.shell

                    onEdited: editor.focusPayload()
                }
                TemplatesTab {
                    publisher: root.publisher

                    onTaken: editor.focusPayload()
                }
                ImportTab {
                    draftImport: root.session.draftImport
                    publisher: root.publisher
                }
                LoadTab {
                    flat: root.flat
                    load: root.session.load
                    narrow: root.narrow
                    publisher: root.publisher
                    session: root.session
                    shell: root.shell
                }
            }
        }
    }
}
