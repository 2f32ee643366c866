// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log of the cluster: live at its end, walked through in both directions, filtered, searched, exported.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property MessageBrowser browser: root.session.messages

    function open(row: int): void {
        root.shell.select("message", root.browser.rows.get(row));
    }

    function follow(row: int): void {
        if (root.shell.selectedKind === "message")
            later.restart();
    }

    title: qsTr("Messages")
    subtitle: {
        const node = root.browser.node;
        if (!node)
            return "";
        const kept = qsTr("%1 committed, %2 delivered on %3").arg(Format.count(node.committedSeq)).arg(Format.count(node.deliveredSeq)).arg(node.name);
        return node.acknowledgesBeforeMajority ? qsTr("%1. Acknowledged before majority: this node is async.").arg(kept) : kept;
    }
    spacing: Theme.s3

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Slash || event.matches(StandardKey.Find)) {
            filters.focusSearch();
        } else if (event.key === Qt.Key_Space) {
            tail.clicked();
        } else if (event.key === Qt.Key_N && event.modifiers === Qt.NoModifier) {
            filters.next(false);
        } else {
            return;
        }
        event.accepted = true;
    }
    onVisibleChanged: {
        if (root.visible)
            root.takeArguments();
    }
    Component.onCompleted: {
        root.takeArguments();
        list.focusQuietly();
    }

    /// From another page: {msgId}, {sender}, {recipient}, {seq}.
    function takeArguments(): void {
        const given = root.shell.page === "messages" ? root.shell.pageArguments : undefined;
        if (!given || Object.keys(given).length === 0)
            return;
        root.browser.active = true;
        if (given.seq !== undefined) {
            root.browser.jumpTo(given.seq);
            root.shell.select("message", {
                seq: given.seq
            });
        } else if (given.msgId !== undefined || given.sender !== undefined || given.recipient !== undefined) {
            root.browser.apply(given);
        }
        root.shell.pageArguments = {};
    }

    actions: [
        TailControl {
            id: tail

            browser: root.browser
        },
        ExportControl {
            browser: root.browser
            shell: root.shell
        }
    ]

    Binding {
        property: "active"
        target: root.browser
        value: root.visible && root.Window.visibility !== Window.Minimized
    }
    Timer {
        id: later

        interval: Theme.quick

        onTriggered: root.open(list.currentRow)
    }

    MessageFilters {
        id: filters

        Layout.fillWidth: true
        browser: root.browser
        currentRow: list.currentRow

        onFound: row => {
            root.browser.pause();
            list.goTo(row);
        }
    }
    Notice {
        severity: "warning"
        text: root.browser.error
        visible: text !== "" && root.browser.state === MessageBrowser.Ready
    }
    Rectangle {
        Layout.fillHeight: true
        Layout.fillWidth: true
        border.color: Theme.border
        border.width: Theme.line
        color: Theme.surface
        radius: Theme.radius

        MessageList {
            id: list

            anchors.bottom: place.top
            anchors.left: parent.left
            anchors.margins: Theme.line
            anchors.right: parent.right
            anchors.top: parent.top
            browser: root.browser
            focus: true
            visible: root.browser.state === MessageBrowser.Ready

            onChosen: row => root.open(row)
            onMoved: row => root.follow(row)
        }
        MessageStates {
            anchors.fill: parent
            browser: root.browser
            cluster: root.session.cluster
            shell: root.shell
            visible: root.browser.state !== MessageBrowser.Ready
        }
        ActionButton {
            anchors.bottom: place.top
            anchors.bottomMargin: Theme.s3
            anchors.horizontalCenter: parent.horizontalCenter
            iconName: "arrow-down-to-line"
            kind: "primary"
            text: root.browser.newCount > 0 ? qsTr("%1 new").arg(Format.count(root.browser.newCount)) : qsTr("Newest")
            visible: list.visible && !root.browser.live && !root.browser.atEnd

            onClicked: root.browser.resume()
        }
        MessagePlace {
            id: place

            anchors.bottom: parent.bottom
            anchors.left: parent.left
            anchors.right: parent.right
            browser: root.browser
            visible: list.visible
        }
    }
    CurlLine {
        text: root.browser.curl
        visible: text !== ""
    }
}
