// SPDX-License-Identifier: GPL-3.0-or-later
//
// One number that matters: what it is, how much, in what unit, and a line of detail; below it a sparkline
// when one is put in.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    property string label
    property string value
    property string unit
    property string detail
    property string severity
    property int staleness: 0
    default property alias content: slot.data

    readonly property string spoken: root.label + ": " + root.value + (root.unit === "" ? "" : " " + root.unit) + (root.staleness >= 3 ? ", " + qsTr("last known") : "")

    Accessible.name: root.spoken
    Accessible.role: Accessible.StaticText
    implicitHeight: column.implicitHeight
    implicitWidth: column.implicitWidth

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: 2

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s1

            Icon {
                color: Theme.severity(root.severity)
                name: Theme.severityIcon(root.severity)
                size: Theme.iconSmall
                visible: root.severity === "warning" || root.severity === "critical"
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                kind: "small"
                text: root.label
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s1

            Text {
                id: number

                Accessible.ignored: true
                color: root.severity === "critical" ? Theme.critical : root.severity === "warning" ? Theme.warning : Theme.text
                font: Theme.bigFigure
                opacity: root.staleness > 0 ? 0.6 : 1
                text: root.value
                textFormat: Text.PlainText
            }
            Label {
                Accessible.ignored: true
                Layout.alignment: Qt.AlignBaseline
                kind: "dim"
                text: root.unit
                visible: text !== ""
            }
            Label {
                Accessible.ignored: true
                Layout.alignment: Qt.AlignBaseline
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                kind: "faint"
                text: root.detail
                visible: !lastKnown.visible
            }
            Item {
                Layout.fillWidth: true
                visible: lastKnown.visible
            }
            Tag {
                id: lastKnown

                iconName: "history"
                severity: "warning"
                text: root.staleness >= 4 ? qsTr("never heard") : qsTr("last known")
                visible: root.staleness >= 3
            }
        }
        Item {
            id: slot

            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.topMargin: Theme.s1
            implicitHeight: childrenRect.height
            visible: children.length > 0
        }
    }
    Staleness {
        labelled: false
        level: root.staleness >= 2 ? root.staleness : 0
        z: -1
    }
}
