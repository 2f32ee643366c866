// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of pages: their names, signs, keys and files.
import QtQml

QtObject {
    id: root

    readonly property list<PageEntry> list: [
        PageEntry {
            name: "overview"
            about: qsTr("How the cluster is, at one look")
            title: qsTr("Overview")
            iconName: "layout-dashboard"
            keys: "Ctrl+1"
            file: "overview/OverviewPage.qml"
        },
        PageEntry {
            name: "raft"
            about: qsTr("Leader, votes and logs, live and replayed")
            title: qsTr("Raft")
            iconName: "radar"
            keys: "Ctrl+2"
            file: "scope/RaftPage.qml"
        },
        PageEntry {
            name: "messages"
            about: qsTr("Read, search and export the log")
            title: qsTr("Messages")
            iconName: "messages-square"
            keys: "Ctrl+3"
            file: "messages/MessagesPage.qml"
        },
        PageEntry {
            name: "publish"
            about: qsTr("Send, templates, import, load")
            title: qsTr("Publish")
            iconName: "send"
            keys: "Ctrl+4"
            file: "publish/PublishPage.qml"
        },
        PageEntry {
            name: "timeline"
            about: qsTr("Throughput, latency, lag and clocks over time")
            title: qsTr("Timeline")
            iconName: "activity"
            keys: "Ctrl+5"
            file: "timeline/TimelinePage.qml"
        },
        PageEntry {
            name: "clocks"
            about: qsTr("Offsets, bounds and corrections")
            title: qsTr("Clocks")
            iconName: "clock"
            keys: "Ctrl+6"
            file: "clocks/ClocksPage.qml"
        },
        PageEntry {
            name: "ordering"
            about: qsTr("What waits for its delivery")
            title: qsTr("Ordering")
            iconName: "list-ordered"
            keys: "Ctrl+7"
            file: "ordering/OrderingPage.qml"
        },
        PageEntry {
            name: "faults"
            about: qsTr("Break it on purpose, and see")
            title: qsTr("Faults")
            iconName: "zap"
            keys: "Ctrl+8"
            file: "faults/FaultsPage.qml"
        },
        PageEntry {
            name: "nodes"
            about: qsTr("Every figure of every node")
            title: qsTr("Nodes")
            iconName: "server"
            keys: "Ctrl+9"
            file: "nodes/NodesPage.qml"
        },
        PageEntry {
            name: "settings"
            about: qsTr("Look, behaviour, profiles")
            title: qsTr("Settings")
            iconName: "settings"
            keys: "Ctrl+,"
            file: "settings/SettingsPage.qml"
            apart: true
            needsCluster: false
        }
    ]

    function entry(name: string): PageEntry {
        for (let row = 0; row < root.list.length; ++row)
            if (root.list[row].name === name)
                return root.list[row];
        return root.list[0];
    }
}
