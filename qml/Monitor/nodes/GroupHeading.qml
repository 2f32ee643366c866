// SPDX-License-Identifier: GPL-3.0-or-later
//
// The name of a group of fields in the table of nodes.
import QtQuick
import Dsmsg.Ui

Rectangle {
    id: root

    property string text

    Accessible.name: root.text
    Accessible.role: Accessible.Heading
    color: Theme.sunken
    implicitHeight: Theme.row

    Label {
        Accessible.ignored: true
        anchors.left: parent.left
        anchors.leftMargin: Theme.s4
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.textDim
        font: Theme.smallStrong
        text: root.text
    }
}
