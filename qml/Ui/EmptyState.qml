// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is shown where there is nothing to show: why, and what one can do about it.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    property string iconName: "inbox"
    property string title
    property string text
    property string actionText
    property string actionIcon
    property string severity
    property bool busy: false

    /// The button was pressed.
    signal action

    Layout.fillHeight: true
    Layout.fillWidth: true
    implicitHeight: column.implicitHeight + 2 * Theme.s5
    implicitWidth: 280

    ColumnLayout {
        id: column

        anchors.centerIn: parent
        spacing: Theme.s2
        width: Math.min(parent.width - 2 * Theme.s4, 420)

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            Layout.bottomMargin: Theme.s1
            border.color: Theme.border
            border.width: Theme.line
            color: root.severity === "" ? Theme.sunken : Theme.severitySoft(root.severity)
            implicitHeight: Theme.s6 + Theme.s4
            implicitWidth: implicitHeight
            radius: implicitHeight / 2

            Icon {
                anchors.centerIn: parent
                color: root.severity === "" ? Theme.textDim : Theme.severity(root.severity)
                name: root.busy ? "" : root.iconName
                size: Theme.s5 - 2
            }
            BusyDot {
                anchors.centerIn: parent
                running: root.busy
                size: Theme.s5
                visible: root.busy
            }
        }
        Label {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            kind: "heading"
            text: root.title
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            kind: "dim"
            text: root.text
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
        ActionButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.s2
            iconName: root.actionIcon
            kind: "primary"
            text: root.actionText
            visible: root.actionText !== ""

            onClicked: root.action()
        }
    }
}
