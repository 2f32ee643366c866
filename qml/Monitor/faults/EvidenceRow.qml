// SPDX-License-Identifier: GPL-3.0-or-later
//
// One finding: what it is, and where it comes from.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

RowLayout {
    id: root

    required property var modelData

    Accessible.name: root.modelData.title + ". " + root.modelData.detail
    Accessible.role: Accessible.ListItem
    spacing: Theme.s2

    Icon {
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 2
        color: root.modelData.severity === "info" ? Theme.textDim : Theme.severity(root.modelData.severity)
        name: root.modelData.iconName
        size: Theme.iconSmall
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: root.modelData.severity === "critical" ? Theme.critical : Theme.text
            font: Theme.bodyStrong
            text: root.modelData.title
            wrapMode: Text.Wrap
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            kind: "small"
            text: root.modelData.detail
            visible: text !== ""
            wrapMode: Text.Wrap
        }
    }
}
