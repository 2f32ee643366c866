// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which cluster is looked at: its profile's name, colour and sign, and the way to another one.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

BarButton {
    id: root

    required property Session session
    required property Shell shell

    readonly property Profiles profiles: root.session.profiles
    readonly property bool hasCluster: root.session.cluster.state !== ClusterMonitor.NotConnected

    function connectTo(urls: string) {
        list.close();
        const problem = root.session.connectTo(urls);
        if (problem !== "")
            root.shell.noticeWanted(problem, "warning");
    }

    label: qsTr("Cluster")
    text: !root.hasCluster ? qsTr("Not connected") : root.session.clusterName
    iconName: root.profiles.currentIcon !== "" ? root.profiles.currentIcon : root.hasCluster ? "network" : "unplug"
    iconColor: root.profiles.currentColour >= 0 ? Theme.series(root.profiles.currentColour) : Theme.textDim
    open: list.visible
    onClicked: list.visible ? list.close() : list.open()

    BarList {
        id: list

        Repeater {
            model: root.profiles

            delegate: BarEntry {
                id: entry

                required property int index
                required property string name
                required property string urls
                required property int colour
                required property bool isCurrent
                required property var model

                text: entry.name
                detail: entry.urls
                iconName: entry.model.iconName
                iconColor: Theme.series(entry.colour)
                chosen: entry.isCurrent
                onClicked: root.connectTo(entry.urls)
            }
        }

        BarLine {
            visible: root.profiles.count > 0
        }

        BarEntry {
            text: qsTr("Connect to another cluster…")
            iconName: "plug"
            onClicked: {
                list.close();
                root.shell.connectWanted(-1);
            }
        }

        BarEntry {
            visible: root.hasCluster && root.profiles.current < 0
            text: qsTr("Keep this one as a profile…")
            iconName: "save"
            onClicked: {
                list.close();
                root.shell.connectWanted(-2);
            }
        }

        BarEntry {
            visible: root.hasCluster
            text: qsTr("Disconnect")
            iconName: "log-out"
            onClicked: {
                list.close();
                root.session.disconnectFromCluster();
            }
        }
    }
}
