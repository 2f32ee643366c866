// SPDX-License-Identifier: GPL-3.0-or-later
//
// The frame of every page: what it is called, a sentence on what one sees, and what one can do. The content
// is laid out in a column below.
import QtQuick
import QtQuick.Layouts

FocusScope {
    id: root

    property string title
    property string subtitle
    default property alias content: column.data
    property alias actions: actionRow.data
    property bool headerVisible: true
    property alias spacing: column.spacing

    Accessible.name: root.title
    Accessible.role: Accessible.Pane

    RowLayout {
        id: header

        anchors.left: parent.left
        anchors.margins: Theme.s5
        anchors.right: parent.right
        anchors.top: parent.top
        height: visible ? implicitHeight : 0
        spacing: Theme.s3
        visible: root.headerVisible

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Label {
                Accessible.role: Accessible.Heading
                Layout.fillWidth: true
                font: Theme.display
                text: root.title
                visible: text !== ""
            }
            Label {
                Layout.fillWidth: true
                kind: "dim"
                maximumLineCount: 2
                text: root.subtitle
                visible: text !== ""
                wrapMode: Text.WordWrap
            }
        }
        RowLayout {
            id: actionRow

            Layout.alignment: Qt.AlignRight | Qt.AlignTop
            spacing: Theme.s2
        }
    }
    ColumnLayout {
        id: column

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: Theme.s5
        anchors.right: parent.right
        anchors.top: root.headerVisible ? header.bottom : parent.top
        anchors.topMargin: root.headerVisible ? Theme.s4 : Theme.s5
        spacing: Theme.s4
    }
}
