// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything the nodes say of themselves, side by side, with what differs marked.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Page {
    id: root

    required property Session session
    required property Shell shell

    readonly property ClusterMonitor cluster: root.session.cluster

    title: qsTr("Nodes")
    subtitle: qsTr("What the nodes say of themselves, side by side. What should be the same and is not has a mark.")

    actions: [
        SwitchRow {
            checked: root.session.settings.autoRefresh
            text: qsTr("Auto-refresh")

            onToggled: root.session.settings.autoRefresh = checked
        },
        ActionButton {
            iconName: "refresh-cw"
            text: qsTr("Refresh")
            tip: qsTr("Asks every node for its status now")

            onClicked: root.cluster.refresh()
        },
        ActionButton {
            enabled: root.cluster.leader !== null
            iconName: "plus"
            text: qsTr("Add a node")

            onClicked: newMember.open()
        }
    ]

    NodeTable {
        id: table

        active: root.visible
        cluster: root.cluster
    }
    NodeActions {
        id: nodeActions

        session: root.session
        shell: root.shell
    }
    NewMemberDialog {
        id: newMember

        session: root.session
        shell: root.shell
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s3

        SearchField {
            Layout.fillWidth: false
            Layout.preferredWidth: Math.round(Theme.rail * 1.2)
            placeholder: qsTr("Find a field")

            onSearched: text => table.filter = text
        }
        CheckRow {
            checked: table.onlyDifferences
            text: qsTr("Only differences")

            onToggled: table.onlyDifferences = checked
        }
        Tag {
            iconName: table.differences > 0 ? "git-compare" : "circle-check"
            severity: table.differences > 0 ? "warning" : "good"
            text: table.differences > 0 ? qsTr("%n field(s) differ", "", table.differences) : qsTr("The nodes agree")
        }
        Item {
            Layout.fillWidth: true
        }
    }
    NodeTableView {
        Layout.fillHeight: true
        Layout.fillWidth: true
        actions: nodeActions
        session: root.session
        shell: root.shell
        table: table
    }
    CurlLine {
        Layout.fillWidth: true
        text: root.cluster.target ? "curl --noproxy '*' " + root.cluster.target.url + "/status" : ""
        visible: text !== ""
    }
}
