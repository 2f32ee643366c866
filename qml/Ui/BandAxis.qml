// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scale above BandTracks: behind, together, ahead.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    property real reach: 1

    Layout.fillWidth: true
    implicitHeight: left.implicitHeight
    implicitWidth: 160

    Label {
        id: left

        anchors.left: parent.left
        kind: "faint"
        text: Format.signedMs(-root.reach)
    }
    Label {
        anchors.horizontalCenter: parent.horizontalCenter
        kind: "faint"
        text: "0"
    }
    Label {
        anchors.right: parent.right
        kind: "faint"
        text: Format.signedMs(root.reach)
    }
}
