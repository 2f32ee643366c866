// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string label
    property string value
    property string note
    property bool bad: false

    Accessible.name: root.label + ": " + root.value + (root.note === "" ? "" : ", " + root.note)
    Accessible.role: Accessible.StaticText
    Layout.fillWidth: true
    Layout.preferredWidth: 1
    border.color: Theme.border
    border.width: Theme.scheme === Theme.Contrast ? Theme.line : 0
    color: root.bad ? Theme.criticalSoft : Theme.sunken
    implicitHeight: column.implicitHeight + Theme.s2
    radius: Theme.radiusSmall

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.margins: Theme.s3
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: 0

        RowLayout {
            spacing: Theme.s1

            Icon {
                color: Theme.critical
                name: "octagon-alert"
                size: Theme.iconSmall
                visible: root.bad
            }
            Label {
                Accessible.ignored: true
                Layout.fillWidth: true
                color: root.bad ? Theme.critical : Theme.text
                font: Theme.heading
                text: root.value
            }
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            kind: "small"
            text: root.note === "" ? root.label : root.label + ", " + root.note
        }
    }
}
