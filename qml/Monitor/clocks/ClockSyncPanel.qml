// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks one node to compare its clock with its peers now, and shows what came of it.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Panel {
    id: root

    required property Session session
    property NodeState node

    readonly property var answer: call.answer
    readonly property var sync: root.answer.sync_status ?? ({})

    curl: call.curl
    hint: root.node ? qsTr("%1 asks its peers").arg(root.node.name) : ""
    iconName: "refresh-cw"
    title: qsTr("Synchronise now")

    actions: ActionButton {
        busy: call.busy
        enabled: root.node !== null && !call.busy
        iconName: "refresh-cw"
        text: qsTr("Synchronise")

        onClicked: call.run()
    }

    ApiCall {
        id: call

        cluster: root.session.cluster
        method: "POST"
        node: root.node
        path: "/time/sync"
    }
    Label {
        Layout.fillWidth: true
        kind: "dim"
        text: qsTr("The nodes compare their clocks each second by themselves. This does it at once, and says with whom it worked.")
        visible: call.status === 0 && call.error === ""
        wrapMode: Text.WordWrap
    }
    Notice {
        severity: "critical"
        text: call.error
        visible: call.error !== ""
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0
        visible: call.ok

        RowLayout {
            Layout.bottomMargin: Theme.s1
            spacing: Theme.s2

            Tag {
                iconName: call.status === 200 ? "circle-check" : "triangle-alert"
                severity: call.status === 200 ? "good" : "warning"
                text: call.status === 200 ? qsTr("synchronised") : qsTr("in part")
            }
            Label {
                Layout.fillWidth: true
                text: root.answer.message ?? ""
                wrapMode: Text.WordWrap
            }
        }
        FactRow {
            label: qsTr("Its offset")
            value: Format.signedMs((root.sync["clock_offset"] ?? NaN) * 1000)
        }
        FactRow {
            label: qsTr("Right to")
            value: "± " + Format.ms((root.sync["bound"] ?? NaN) * 1000)
        }
        FactRow {
            label: qsTr("Drift")
            value: Format.ppm(root.sync["drift_rate"] ?? NaN)
        }
        FactRow {
            label: qsTr("Peers that answered")
            value: qsTr("%1 of %2").arg(root.answer.answered ?? 0).arg(root.answer.asked ?? 0)
        }
        FactRow {
            label: qsTr("It took")
            value: Format.ms(call.elapsedMs)
        }
    }
}
