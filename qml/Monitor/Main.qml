// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls
import Dsmsg.Model
import Dsmsg.Ui

ApplicationWindow {
    id: root

    required property Session session
    property string firstPage: ""
    property string connectTo: ""
    property int embeddedNodes: 0
    property size wantedSize: Qt.size(1280, 800)

    readonly property Pages pages: Pages {}
    readonly property Shell shell: Shell {
        page: root.firstPage || "overview"
    }

    width: root.wantedSize.width
    height: root.wantedSize.height
    visible: true
    title: qsTr("dsmsg")
    color: Theme.window

    PageHost {
        anchors.fill: parent
        session: root.session
        shell: root.shell
        pages: root.pages
    }
}
