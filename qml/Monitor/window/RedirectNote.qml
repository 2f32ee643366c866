// SPDX-License-Identifier: GPL-3.0-or-later
//
// Says for some seconds that a follower sent a request on to the leader.
import QtQuick
import Dsmsg.Model
import Dsmsg.Ui

Tag {
    id: root

    required property ClusterMonitor cluster
    property bool narrow: false

    property bool fresh: false

    visible: root.fresh
    severity: "info"
    iconName: "arrow-right-left"
    text: root.narrow ? qsTr("redirected") : root.cluster.redirectText

    Timer {
        id: fading

        interval: 8000
        onTriggered: root.fresh = false
    }

    Connections {
        target: root.cluster

        function onRedirected() {
            root.fresh = root.cluster.redirectText !== "";
            fading.restart();
        }
    }
}
