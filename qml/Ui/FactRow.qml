// SPDX-License-Identifier: GPL-3.0-or-later
//
// "What: how much", one line of a list of facts.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

RowLayout {
    id: root

    property string label
    property string value
    property string severity
    property string iconName
    property string tip
    property bool mono: false
    property bool copyable: false
    property int staleness: 0

    Accessible.name: root.label + ": " + root.value
    Accessible.role: Accessible.StaticText
    Layout.fillWidth: true
    spacing: Theme.s2

    Label {
        Accessible.ignored: true
        Layout.minimumHeight: Theme.row - Theme.s1
        kind: "dim"
        text: root.label

        HoverHandler {
            id: hover
        }
        HoverTip {
            shown: hover.hovered
            text: root.tip
        }
    }
    Label {
        Accessible.ignored: true
        Layout.fillWidth: true
        color: root.severity === "" ? Theme.text : Theme.severity(root.severity)
        elide: Text.ElideMiddle
        font: root.mono ? Theme.mono : Theme.figure
        horizontalAlignment: Text.AlignRight
        opacity: root.staleness > 0 ? 0.6 : 1
        text: root.value === "" ? Format.dash() : root.value
    }
    Icon {
        color: Theme.severity(root.severity)
        name: root.iconName !== "" ? root.iconName : Theme.severityIcon(root.severity)
        size: Theme.iconSmall
        visible: root.iconName !== "" || root.severity === "warning" || root.severity === "critical"
    }
    IconButton {
        iconName: "copy"
        iconSize: Theme.iconSmall
        implicitHeight: Theme.row - Theme.s1
        implicitWidth: Theme.row - Theme.s1
        text: qsTr("Copy %1").arg(root.label)
        visible: root.copyable && root.value !== ""

        onClicked: Clipboard.copy(root.value)
    }
}
