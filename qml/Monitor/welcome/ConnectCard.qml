// SPDX-License-Identifier: GPL-3.0-or-later
//
// A cluster that is there already: its address, or one of the profiles.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

OfferCard {
    id: root

    required property Session session

    function connect(): void {
        address.error = address.text.trim() === "" ? qsTr("An address, please: 127.0.0.1:8000") : root.session.connectTo(address.text);
    }

    iconName: "plug"
    text: qsTr("One node’s address is enough: it names the others. Nodes started with --fault-injection can be broken from here too.")
    title: qsTr("Connect to a cluster")

    ListView {
        id: recent

        Accessible.name: qsTr("Profiles")
        Accessible.role: Accessible.List
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, 3 * (Theme.row + Theme.s1))
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: root.session.profiles
        spacing: Theme.s1
        visible: count > 0

        delegate: ActionButton {
            id: profile

            required property string name
            required property string urls

            implicitHeight: Theme.row
            kind: "quiet"
            iconName: "server"
            text: profile.name
            tip: profile.urls
            width: recent.width

            onClicked: address.error = root.session.connectTo(profile.urls)
        }
    }
    Item {
        Layout.fillHeight: true
    }
    Field {
        id: address

        Layout.fillWidth: true
        label: qsTr("Address of a node")
        mono: true
        placeholder: "127.0.0.1:8000"

        onAccepted: root.connect()
    }
    ActionButton {
        Layout.fillWidth: true
        iconName: "plug"
        text: qsTr("Connect")

        onClicked: root.connect()
    }
}
