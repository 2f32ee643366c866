// SPDX-License-Identifier: GPL-3.0-or-later
//
// One variable of the list: how it is written, what it gives.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.AbstractButton {
    id: root

    required property string example
    required property string explanation
    property bool removable: false

    signal chosen
    signal removed

    Accessible.description: root.explanation
    Accessible.name: qsTr("Insert %1").arg(root.example)
    Accessible.role: Accessible.Button
    focusPolicy: Qt.StrongFocus
    implicitHeight: Theme.row
    leftPadding: Theme.s2
    rightPadding: Theme.s1

    Keys.onEnterPressed: root.chosen()
    Keys.onReturnPressed: root.chosen()
    onClicked: root.chosen()

    background: Rectangle {
        color: root.hovered || root.down ? Theme.hover : "transparent"
        radius: Theme.radiusSmall

        FocusRing {
            gap: 0
            shown: root.visualFocus
        }
    }
    contentItem: RowLayout {
        spacing: Theme.s3

        Label {
            Accessible.ignored: true
            Layout.preferredWidth: Theme.control * 4
            kind: "mono"
            text: root.example
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            kind: "faint"
            text: root.explanation
        }
        IconButton {
            iconName: "x"
            iconSize: Theme.iconSmall
            implicitHeight: Theme.row - Theme.s1
            implicitWidth: Theme.row - Theme.s1
            text: qsTr("Remove %1").arg(root.example)
            visible: root.removable

            onClicked: root.removed()
        }
    }
}
