// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line across a page or panel that says something is so, and offers one thing to do about it.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string text
    property string severity: "info"
    property string actionText
    property string iconName: Theme.severityIcon(root.severity)
    property bool closable: false

    /// The button was pressed.
    signal action
    signal closed

    Accessible.name: root.text
    Accessible.role: Accessible.AlertMessage
    Layout.fillWidth: true
    border.color: Theme.scheme === Theme.Contrast ? Theme.severity(root.severity) : Theme.alpha(Theme.severity(root.severity), 0.35)
    border.width: Theme.line
    color: Theme.severitySoft(root.severity)
    implicitHeight: Math.max(Theme.control + Theme.s2, row.implicitHeight + 2 * Theme.s2)
    implicitWidth: 240
    radius: Theme.radiusSmall

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: Theme.s3
        anchors.right: parent.right
        anchors.rightMargin: Theme.s2
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s2

        Icon {
            color: Theme.severity(root.severity)
            name: root.iconName
            size: Theme.icon
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            text: root.text
            wrapMode: Text.WordWrap
        }
        ActionButton {
            text: root.actionText
            visible: root.actionText !== ""

            onClicked: root.action()
        }
        IconButton {
            iconName: "x"
            iconSize: Theme.iconSmall
            text: qsTr("Close")
            visible: root.closable

            onClicked: root.closed()
        }
    }
}
