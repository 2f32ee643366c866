// SPDX-License-Identifier: GPL-3.0-or-later
//
// A cluster in one click.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

OfferCard {
    id: root

    required property EmbeddedCluster embedded

    readonly property var sizes: [1, 3, 5]

    iconName: "rocket"
    text: qsTr("Real nodes inside this application, with their data on your disk. Nothing to install or configure.")
    title: qsTr("Start a local cluster")

    ColumnLayout {
        spacing: Theme.s1
        visible: !root.brief

        OfferLine {
            iconName: "database"
            text: qsTr("Kept between starts")
        }
        OfferLine {
            iconName: "terminal"
            text: qsTr("Open to curl and others")
        }
        OfferLine {
            iconName: "zap"
            text: qsTr("Takes every fault there is")
        }
    }
    Item {
        Layout.fillHeight: true
    }
    Segmented {
        id: size

        currentIndex: 1
        enabled: !root.embedded.busy
        model: [qsTr("1 node"), qsTr("3 nodes"), qsTr("5 nodes")]
        name: qsTr("Nodes")
    }
    Label {
        Layout.fillWidth: true
        kind: "small"
        text: [qsTr("None may fail."), qsTr("One may fail."), qsTr("Two may fail.")][size.currentIndex]
        visible: !root.embedded.busy
    }
    Label {
        Layout.fillWidth: true
        kind: "small"
        text: root.embedded.progressText
        visible: root.embedded.busy
    }
    ProgressLine {
        indeterminate: root.embedded.progress === 0
        name: root.embedded.progressText
        value: root.embedded.progress
        visible: root.embedded.busy
    }
    Notice {
        severity: "critical"
        text: root.embedded.problem
        visible: text !== ""
    }
    ActionButton {
        Layout.fillWidth: true
        enabled: root.embedded.state === EmbeddedCluster.None
        busy: root.embedded.busy
        focus: true
        iconName: "play"
        kind: "primary"
        text: root.embedded.state === EmbeddedCluster.None ? [qsTr("Start 1 node"), qsTr("Start 3 nodes"), qsTr("Start 5 nodes")][size.currentIndex] : root.embedded.state === EmbeddedCluster.Starting ? qsTr("Starting") : qsTr("One moment")

        onClicked: root.embedded.start(root.sizes[size.currentIndex])
    }
}
