// SPDX-License-Identifier: GPL-3.0-or-later
//
// One fault of any kind on one node, with what it would leave of the cluster and the line that does the same.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Popover {
    id: root

    required property LabDesk desk

    readonly property FaultLab lab: root.desk.lab
    readonly property var kind: root.lab.kinds[Math.max(0, kindField.currentIndex)]
    readonly property NodeState node: nodeField.count > 0 ? root.desk.session.cluster.nodes.at(Math.max(0, nodeField.currentIndex)) : null
    readonly property var fault: ({
            kind: root.kind.kind,
            value: valueField.value,
            for_s: secondsField.value,
            direction: root.kind.ofLinks ? ["both", "out", "in"][direction.currentIndex] : "",
            peers: root.kind.ofLinks && peerField.currentIndex > 0 ? [peerField.currentText] : []
        })
    readonly property var peerNames: {
        const names = [qsTr("Everybody")];
        for (const name of root.lab.links.names) {
            if (root.node === null || name !== root.node.name)
                names.push(name);
        }
        return names;
    }
    readonly property var risk: root.visible ? root.lab.risk(root.node, root.fault) : ({})

    function inject(): void {
        root.close();
        root.desk.ask(root.risk, qsTr("%1 on %2?").arg(root.kind.title).arg(root.node.name), qsTr("Inject"), root.lab.curlOf(root.node, root.fault), () => root.lab.inject(root.node, root.fault));
    }

    contentHeight: form.implicitHeight
    width: Math.round(380 * Theme.textScale)

    ColumnLayout {
        id: form

        anchors.fill: parent
        spacing: Theme.s3

        RowLayout {
            spacing: Theme.s3

            SelectField {
                id: kindField

                Layout.fillWidth: true
                label: qsTr("Fault")
                model: root.lab.kinds
                textRole: "title"

                onActivated: valueField.value = root.kind.value
            }
            SelectField {
                id: nodeField

                Layout.preferredWidth: Math.round(110 * Theme.textScale)
                label: qsTr("Node")
                model: root.desk.lab.links.names
            }
        }
        Label {
            Layout.fillWidth: true
            kind: "dim"
            text: root.kind.about
            wrapMode: Text.WordWrap
        }
        RowLayout {
            spacing: Theme.s3
            visible: root.kind.ofLinks

            SelectField {
                id: peerField

                Layout.fillWidth: true
                label: qsTr("Peers")
                model: root.peerNames
            }
            Segmented {
                id: direction

                Layout.alignment: Qt.AlignBottom
                model: [qsTr("Both ways"), qsTr("Out"), qsTr("In")]
                name: qsTr("Direction")
            }
        }
        RowLayout {
            spacing: Theme.s3

            NumberField {
                id: valueField

                Layout.fillWidth: true
                decimals: 0
                from: root.kind.from
                label: qsTr("How much")
                to: root.kind.to
                unit: root.kind.unit
                visible: root.kind.unit !== ""
            }
            NumberField {
                id: secondsField

                Layout.fillWidth: true
                from: 1
                label: qsTr("Heals after")
                to: 3600
                unit: qsTr("s")
                value: 10
            }
        }
        Notice {
            severity: root.risk.asks ? "warning" : "info"
            text: root.risk.text ?? ""
            visible: text !== ""
        }
        CurlLine {
            Layout.fillWidth: true
            text: root.visible ? root.lab.curlOf(root.node, root.fault) : ""
        }
        RowLayout {
            Layout.alignment: Qt.AlignRight
            spacing: Theme.s2

            ActionButton {
                text: qsTr("Cancel")

                onClicked: root.close()
            }
            ActionButton {
                enabled: root.node !== null && root.lab.takesFaults(root.node)
                iconName: root.kind.iconName
                kind: "primary"
                text: qsTr("Inject")

                onClicked: root.inject()
            }
        }
    }
}
