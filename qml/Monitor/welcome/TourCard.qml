// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tour, and what it consists of.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

OfferCard {
    id: root

    required property Tour tour
    required property EmbeddedCluster embedded

    iconName: "graduation-cap"
    text: qsTr("Five minutes on a cluster of your own. You can leave at any time.")
    title: qsTr("Take the tour")

    Rows {
        id: steps

        spacing: Theme.s1
        visible: !root.brief

        Repeater {
            model: [["send", qsTr("Send a message")], ["radar", qsTr("Watch it commit")], ["skull", qsTr("Kill the leader")], ["shield-check", qsTr("Read the verdict")], ["terminal", qsTr("Copy the curl line")]]

            OfferLine {
                id: line

                required property var modelData

                width: steps.width
                iconName: line.modelData[0]
                text: line.modelData[1]
            }
        }
    }
    Item {
        Layout.fillHeight: true
    }
    ActionButton {
        Layout.fillWidth: true
        enabled: root.embedded.state === EmbeddedCluster.None
        iconName: "graduation-cap"
        text: qsTr("Start the tour")

        onClicked: root.tour.start()
    }
}
