// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    required property string nodeName
    required property url nodeUrl
    required property double faultId
    required property string faultText
    required property string iconName
    required property double remainingS
    required property double remainingPart

    signal healWanted

    Accessible.name: qsTr("%1: %2, heals in %3").arg(root.nodeName).arg(root.faultText).arg(Format.seconds(root.remainingS))
    Accessible.role: Accessible.ListItem
    color: Theme.warningSoft
    implicitHeight: Theme.control
    radius: Theme.radiusSmall

    Rectangle {
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        color: Theme.warning
        height: 2
        width: parent.width * root.remainingPart

        Behavior on width {
            NumberAnimation {
                duration: Theme.slow
            }
        }
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.s2
        anchors.rightMargin: Theme.s1
        spacing: Theme.s2

        Icon {
            color: Theme.warning
            name: root.iconName
            size: Theme.iconSmall + 2
        }
        Label {
            kind: "strong"
            text: root.nodeName
        }
        Label {
            Layout.fillWidth: true
            text: root.faultText
        }
        Label {
            kind: "figure"
            text: qsTr("%1 s").arg(Math.ceil(root.remainingS))
        }
        IconButton {
            iconName: "heart-pulse"
            iconSize: Theme.iconSmall + 2
            implicitHeight: Theme.row
            text: qsTr("Heal now")

            onClicked: root.healWanted()
        }
    }
}
