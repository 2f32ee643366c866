// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is broken on purpose right now, and how long until it heals by itself. The nodes say it, not this page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Panel {
    id: root

    required property LabDesk desk

    readonly property FaultList faults: root.desk.lab.faults

    curl: root.faults.count > 0 ? root.desk.lab.healCurl(root.faults.firstNode, 0) : ""
    hint: root.faults.count > 0 ? qsTr("each heals by itself") : ""
    iconName: "hourglass"
    title: qsTr("Active faults")

    Label {
        Layout.fillWidth: true
        Layout.minimumHeight: Theme.control
        kind: "dim"
        text: qsTr("None. Every node does what it should.")
        visible: root.faults.count === 0
    }
    ListView {
        id: list

        Accessible.name: root.title
        Accessible.role: Accessible.List
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, 4.5 * (Theme.control + Theme.s1))
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.faults
        spacing: Theme.s1
        visible: root.faults.count > 0

        delegate: ActiveFaultRow {
            id: row

            width: list.width

            onHealWanted: root.desk.lab.heal(row.nodeUrl, row.faultId)
        }
    }
}
