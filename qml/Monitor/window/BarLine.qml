// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import Dsmsg.Ui

Item {
    width: parent ? parent.width : 0
    height: Theme.s2 + Theme.line

    Rectangle {
        width: parent.width
        height: Theme.line
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.border
    }
}
