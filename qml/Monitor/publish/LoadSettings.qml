// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much load, of what, for how long.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

GridLayout {
    id: root

    required property LoadGenerator load
    /// By the page's size, not by its own: a layout that changes itself while it is laid out gets stuck.
    required property bool narrow

    readonly property bool atRate: root.load.pace === LoadGenerator.AtRate
    readonly property bool letters: root.load.content === LoadGenerator.Letters

    columnSpacing: Theme.s3
    columns: root.narrow ? 2 : 3
    rowSpacing: Theme.s2

    ColumnLayout {
        Layout.alignment: Qt.AlignTop
        spacing: Theme.s1

        Label {
            kind: "small"
            text: qsTr("Pace")
        }
        Segmented {
            currentIndex: root.load.pace
            model: [qsTr("At a rate"), qsTr("As fast as possible")]
            name: qsTr("Pace")

            onActivated: index => root.load.pace = index
        }
    }
    NumberField {
        Layout.fillWidth: true
        from: 1
        label: qsTr("Rate")
        step: 50
        to: 20000
        unit: qsTr("/s")
        value: root.load.perSecond
        visible: root.atRate

        onValueEdited: value => root.load.perSecond = value
    }
    NumberField {
        Layout.fillWidth: true
        from: 1
        label: qsTr("At once")
        step: 8
        to: 256
        value: root.load.inFlightMax
        visible: !root.atRate

        onValueEdited: value => root.load.inFlightMax = value
    }
    NumberField {
        Layout.fillWidth: true
        from: 1
        label: qsTr("For")
        step: 10
        to: 3600
        unit: qsTr("seconds")
        value: root.load.seconds

        onValueEdited: value => root.load.seconds = value
    }
    ColumnLayout {
        Layout.alignment: Qt.AlignTop
        spacing: Theme.s1

        Label {
            kind: "small"
            text: qsTr("Messages")
        }
        Segmented {
            currentIndex: root.load.content
            model: [qsTr("Generated"), qsTr("The one on the left")]
            name: qsTr("Messages")

            onActivated: index => root.load.content = index
        }
    }
    NumberField {
        Layout.fillWidth: true
        from: 1
        label: qsTr("Payload")
        step: 100
        to: 262144
        unit: qsTr("bytes")
        value: root.load.payloadBytes
        visible: root.letters

        onValueEdited: value => root.load.payloadBytes = value
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2
        visible: root.letters

        NumberField {
            Layout.fillWidth: true
            from: 1
            label: qsTr("Senders")
            to: 1000
            value: root.load.senders

            onValueEdited: value => root.load.senders = value
        }
        NumberField {
            Layout.fillWidth: true
            from: 1
            label: qsTr("Recipients")
            to: 1000
            value: root.load.recipients

            onValueEdited: value => root.load.recipients = value
        }
    }
    SelectField {
        Layout.fillWidth: true
        currentIndex: root.load.ack
        label: qsTr("Acknowledged by")
        model: [qsTr("as the cluster is set"), qsTr("the leader's disk"), qsTr("a majority's disks"), qsTr("all disks")]

        onActivated: index => root.load.ack = index
    }
}
