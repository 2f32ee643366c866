// SPDX-License-Identifier: GPL-3.0-or-later
//
// A short word at the bottom of the window that leaves by itself; one that is critical stays until it is
// closed. Put it where it is to appear and call show().
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string text
    property string severity
    property int duration: 4000

    function show(text: string, severity: string): void {
        root.text = text;
        root.severity = severity;
        root.opacity = 1;
        if (severity === "critical")
            leave.stop();
        else
            leave.restart();
    }

    function hide(): void {
        leave.stop();
        root.opacity = 0;
    }

    Accessible.name: root.text
    Accessible.role: Accessible.AlertMessage
    border.color: root.severity === "" ? Theme.borderStrong : Theme.severity(root.severity)
    border.width: Theme.line
    color: Theme.raised
    implicitHeight: Math.max(Theme.control + Theme.s2, row.implicitHeight + 2 * Theme.s2)
    implicitWidth: Math.min(560, row.implicitWidth + 2 * Theme.s3)
    opacity: 0
    radius: Theme.radius
    visible: root.opacity > 0
    width: implicitWidth

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.quick
        }
    }

    Timer {
        id: leave

        interval: root.duration
        running: false

        onTriggered: root.opacity = 0
    }
    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: Theme.s3
        anchors.right: parent.right
        anchors.rightMargin: Theme.s1
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.s2

        Icon {
            color: Theme.severity(root.severity)
            name: Theme.severityIcon(root.severity)
            size: Theme.icon
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            text: root.text
            wrapMode: Text.WordWrap
        }
        IconButton {
            iconName: "x"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row
            implicitWidth: Theme.row
            text: qsTr("Close")

            onClicked: root.hide()
        }
    }
}
