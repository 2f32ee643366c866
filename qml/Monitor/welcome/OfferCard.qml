// SPDX-License-Identifier: GPL-3.0-or-later
//
// One way in: a sign, what it is, and what it takes.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string iconName
    property string title
    property string text
    /// There is little height: only what is needed.
    property bool brief: false
    default property alias content: column.data

    Accessible.name: root.title
    Accessible.role: Accessible.Grouping
    border.color: Theme.border
    border.width: Theme.line
    color: Theme.surface
    implicitHeight: layout.implicitHeight + 2 * layout.anchors.margins
    implicitWidth: 280
    radius: Theme.radius

    ColumnLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: root.brief ? Theme.s4 : Theme.s5
        spacing: Theme.s2

        Rectangle {
            color: Theme.accentSoft
            implicitHeight: Theme.control + Theme.s2
            implicitWidth: implicitHeight
            radius: Theme.radius

            Icon {
                anchors.centerIn: parent
                color: Theme.accent
                name: root.iconName
                size: Theme.icon + 2
            }
        }
        Label {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            Layout.topMargin: Theme.s2
            kind: "heading"
            text: root.title
        }
        Label {
            Layout.fillWidth: true
            kind: "dim"
            text: root.text
            wrapMode: Text.WordWrap
        }
        ColumnLayout {
            id: column

            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.topMargin: Theme.s2
            spacing: Theme.s3
        }
    }
}
