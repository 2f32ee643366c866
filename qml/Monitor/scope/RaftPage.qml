// SPDX-License-Identifier: GPL-3.0-or-later
//
// The live Raft scope: the cluster as a ring, its logs, what happened, and ten minutes to move through. Space
// plays and pauses; arrows step, with Ctrl from event to event.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property ScopePlayer player: root.session.scope
    readonly property bool wide: width >= height * 1.05
    readonly property bool low: height < Theme.s6 * 18
    readonly property ScopeColours colours: ScopeColours {}

    function chooseNode(nodeId: string) {
        const node = root.session.cluster.nodes.byId(nodeId);
        if (node)
            root.shell.select("node", node);
        else
            root.shell.noticeWanted(qsTr("%1 is not among the connected nodes, so there is nothing more to see of it.").arg(nodeId), "warning");
    }

    function choosePeer(fromId: string, toId: string) {
        const node = root.session.cluster.nodes.byId(fromId);
        const peer = node ? node.peer(toId) : null;
        if (peer)
            root.shell.select("peer", peer);
        else
            root.chooseNode(fromId);
    }

    title: qsTr("Raft")
    subtitle: root.player.fileName === "" ? root.player.note : root.player.fileName + ". " + root.player.note
    Keys.onSpacePressed: root.player.toggle()
    Keys.onLeftPressed: event => event.modifiers & Qt.ControlModifier ? root.player.stepEvent(-1) : root.player.stepBy(-0.25)
    Keys.onRightPressed: event => event.modifiers & Qt.ControlModifier ? root.player.stepEvent(1) : root.player.stepBy(0.25)

    actions: [
        IconButton {
            id: help

            iconName: "circle-help"
            text: qsTr("What the words mean")
            onClicked: terms.opened ? terms.close() : terms.open()

            TermsHelp {
                id: terms

                y: help.height + Theme.s1
                x: help.width - width
            }
        },
        ActionButton {
            iconName: "folder-open"
            text: qsTr("Open")
            tip: qsTr("Replay a recording from a file")
            busy: root.player.busy
            enabled: !root.player.busy
            onClicked: opening.open()
        },
        ActionButton {
            iconName: "save"
            text: qsTr("Save")
            tip: qsTr("Write the last ten minutes to a file")
            busy: root.player.busy
            enabled: !root.player.busy && !root.player.empty
            onClicked: saving.open()
        }
    ]

    FileDialog {
        id: opening

        title: qsTr("Open a recording of the scope")
        nameFilters: [qsTr("Recordings (*.jsonl)"), qsTr("All files (*)")]
        onAccepted: root.player.importFrom(selectedFile)
    }

    FileDialog {
        id: saving

        title: qsTr("Save the recording of the scope")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "jsonl"
        nameFilters: [qsTr("Recordings (*.jsonl)")]
        onAccepted: root.player.exportTo(selectedFile)
    }

    Connections {
        target: root.player

        function onExported(text: string) {
            root.shell.noticeWanted(text, "good");
        }

        function onImported(text: string) {
            root.shell.noticeWanted(text, "good");
        }

        function onFailed(text: string) {
            root.shell.noticeWanted(text, "critical");
        }
    }

    ScrollColumn {
        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: root.wide ? 2 : 1
            columnSpacing: Theme.s4
            rowSpacing: Theme.s4

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 52
                Layout.rowSpan: root.wide ? 2 : 1
                Layout.minimumHeight: Theme.s6 * (root.low ? 8 : 9)

                ScopeRing {
                    id: ring

                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    focus: true
                    player: root.player
                    kinds: legend.kinds
                    onNodeChosen: nodeId => root.chooseNode(nodeId)
                    onLinkChosen: (fromId, toId) => root.choosePeer(fromId, toId)

                    EmptyState {
                        anchors.fill: parent
                        visible: root.player.empty
                        iconName: "radar"
                        title: qsTr("Nothing heard yet")
                        text: qsTr("The scope shows a node as soon as its event stream has begun.")
                    }
                }

                PulseLegend {
                    id: legend

                    Layout.fillWidth: true
                    style: root.colours.map
                }
            }

            Panel {
                Layout.fillWidth: true
                Layout.preferredWidth: 48
                title: qsTr("Logs")
                hint: qsTr("newest entries on the right")

                LogLanes {
                    Layout.fillWidth: true
                    Layout.preferredHeight: implicitHeight
                    Layout.maximumHeight: root.height * (root.low ? 0.28 : 0.42)
                    player: root.player
                    style: root.colours.map
                    onNodeChosen: nodeId => root.chooseNode(nodeId)
                }

                LaneLegend {
                    Layout.fillWidth: true
                    visible: !root.low
                    style: root.colours.map
                }
            }

            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 48
                Layout.minimumHeight: Theme.s6 * 4
                title: qsTr("What happened")
                hint: qsTr("up to the shown moment")

                ScopeEventList {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    player: root.player
                    onEventChosen: event => root.shell.select("event", event)
                }
            }
        }
    }

    Panel {
        Layout.fillWidth: true
        padding: Theme.s3

        ScrubBar {
            Layout.fillWidth: true
            player: root.player
            style: root.colours.map
        }

        ScopeControls {
            Layout.fillWidth: true
            player: root.player
        }
    }
}
