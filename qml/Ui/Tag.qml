// SPDX-License-Identifier: GPL-3.0-or-later
//
// A word in a pill. Its severity gives the colour; the word, and an icon, say the same without it.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string text
    /// "good", "warning", "critical", "info" or "".
    property string severity
    property string iconName
    property color ink: root.severity === "" ? Theme.textDim : Theme.severity(root.severity)

    Accessible.name: root.text
    Accessible.role: Accessible.StaticText
    border.color: root.ink
    border.width: Theme.scheme === Theme.Contrast ? Theme.line : 0
    color: Theme.severitySoft(root.severity)
    implicitHeight: Math.round(Theme.row * 0.75)
    implicitWidth: row.implicitWidth + 2 * Theme.s2
    radius: implicitHeight / 2

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.s2
        anchors.rightMargin: Theme.s2
        spacing: Theme.s1

        Icon {
            color: root.ink
            name: root.iconName
            size: Theme.iconSmall - 2
            stroke: 2.25
            visible: root.iconName !== ""
        }
        Text {
            Layout.fillWidth: true
            color: root.ink
            elide: Text.ElideRight
            font: Theme.smallStrong
            text: root.text
            textFormat: Text.PlainText
        }
    }
}
