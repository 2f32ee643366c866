// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same request as a line for a shell, to copy.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    property string text
    property bool copied: false

    function copy(): void {
        Clipboard.copy(root.text);
        root.copied = true;
        forget.restart();
    }

    Accessible.name: qsTr("Command line: %1").arg(root.text)
    Accessible.role: Accessible.StaticText
    Layout.fillWidth: true
    border.color: Theme.border
    border.width: Theme.scheme === Theme.Contrast ? Theme.line : 0
    color: Theme.sunken
    implicitHeight: Theme.row
    implicitWidth: 200
    radius: Theme.radiusSmall

    onTextChanged: root.copied = false

    Timer {
        id: forget

        interval: 1600

        onTriggered: root.copied = false
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s2
        anchors.rightMargin: 2
        spacing: Theme.s2

        Icon {
            color: Theme.textFaint
            name: "terminal"
            size: Theme.iconSmall
        }
        Text {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: Theme.textDim
            elide: Text.ElideRight
            font: Theme.mono
            text: root.text.replace(/\s*\n\s*/g, " ")
            textFormat: Text.PlainText

            HoverHandler {
                id: hover
            }
            HoverTip {
                shown: hover.hovered && parent.truncated
                text: root.text
            }
        }
        Label {
            color: Theme.good
            kind: "small"
            text: qsTr("Copied")
            visible: root.copied
        }
        IconButton {
            color: root.copied ? Theme.good : Theme.textDim
            iconName: root.copied ? "check" : "copy"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row - Theme.s1
            implicitWidth: Theme.row - Theme.s1
            text: qsTr("Copy the command line")

            onClicked: root.copy()
        }
    }
}
