// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls
import Dsmsg.Model
import Dsmsg.Ui

ApplicationWindow {
    id: root

    required property Session session
    property string page: "overview"

    readonly property Shell shell: Shell {
        page: root.page
    }

    width: 1280
    height: 800
    visible: true
    title: qsTr("dsmsg")

    Panel {
        anchors.fill: parent
    }
}
