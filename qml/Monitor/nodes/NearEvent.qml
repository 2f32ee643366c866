// SPDX-License-Identifier: GPL-3.0-or-later
//
// An event in the list of those around another: how long before or after, where, and what.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.AbstractButton {
    id: root

    /// A map by the role names of EventModel.
    required property var happening
    required property double sinceMs
    property bool current: false

    signal chosen

    Accessible.name: qsTr("%1, %2: %3").arg(Format.signedMs(root.sinceMs)).arg(root.happening.nodeId).arg(root.happening.text)
    Accessible.role: Accessible.Button
    focusPolicy: Qt.StrongFocus
    implicitHeight: Math.max(Theme.row, implicitContentHeight + Theme.s2)
    leftPadding: Theme.s1
    rightPadding: Theme.s1

    Keys.onReturnPressed: root.chosen()
    onClicked: root.chosen()

    background: Rectangle {
        color: root.current ? Theme.accentSoft : root.hovered ? Theme.hover : "transparent"
        radius: Theme.radiusSmall

        FocusRing {
            gap: -Theme.focusLine
            shown: root.visualFocus
        }
    }
    contentItem: RowLayout {
        spacing: Theme.s2

        Label {
            Accessible.ignored: true
            Layout.preferredWidth: Theme.s6 * 2
            Layout.alignment: Qt.AlignTop
            color: Theme.textFaint
            font: Theme.smallFigure
            horizontalAlignment: Text.AlignRight
            text: root.current ? qsTr("this") : Format.signedMs(root.sinceMs)
        }
        Label {
            Accessible.ignored: true
            Layout.alignment: Qt.AlignTop
            font: Theme.smallStrong
            text: root.happening.nodeId
        }
        Label {
            Accessible.ignored: true
            Layout.alignment: Qt.AlignTop
            Layout.fillWidth: true
            font: Theme.small
            maximumLineCount: 2
            text: root.happening.text
            wrapMode: Text.WordWrap
        }
    }
}
