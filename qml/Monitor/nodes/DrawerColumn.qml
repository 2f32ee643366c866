// SPDX-License-Identifier: GPL-3.0-or-later
//
// What fills the drawer: a column that scrolls, with the drawer's margins, its parts at the top.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

FocusScope {
    id: root

    default property alias content: parts.data

    ScrollColumn {
        id: scroll

        anchors.fill: parent
        anchors.leftMargin: Theme.s4
        // Where it scrolls, the column leaves room for the bar itself.
        anchors.rightMargin: scroll.contentHeight > scroll.height ? Theme.s1 : Theme.s4

        ColumnLayout {
            id: parts

            Layout.alignment: Qt.AlignTop
            Layout.bottomMargin: Theme.s4
            Layout.fillWidth: true
            spacing: Theme.s4
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
