// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

RowLayout {
    id: root

    property string iconName
    property string text

    spacing: Theme.s2

    Icon {
        color: Theme.textDim
        name: root.iconName
        size: Theme.iconSmall
    }
    Label {
        Layout.fillWidth: true
        kind: "dim"
        text: root.text
    }
}
