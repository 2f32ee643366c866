// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the senders hear while a scenario runs: acknowledgements a second as bars, and over them what happened. The
// gap is where nobody led.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

Item {
    id: root

    /// Null: nothing ran, an empty strip.
    property LabRun run: null
    property double seconds: 10
    property double wanted: 100
    /// The steps, for a shade where something is broken.
    property var plan: []

    readonly property var rates: root.run !== null ? root.run.rates : []
    readonly property double binS: root.run !== null ? root.run.binS : 0.2
    /// Answers that come after the end make it longer, by whole seconds.
    readonly property double span: root.rates.length * root.binS > root.seconds + 0.5 ? Math.ceil(root.rates.length * root.binS) : root.seconds
    readonly property double highest: Math.min(Math.max(root.wanted * 1.6, ...root.rates) * 1.05, root.wanted * 3)
    readonly property double mean: {
        let sum = 0;
        for (const rate of root.rates)
            sum += rate;
        return root.rates.length > 0 ? sum / root.rates.length : 0;
    }

    Accessible.name: root.rates.length === 0 ? qsTr("Acknowledged a second: nothing yet") : qsTr("Acknowledged a second: %1 on average over %2 s").arg(Format.sparse(root.mean)).arg(Format.sparse(root.rates.length * root.binS))
    Accessible.role: Accessible.Chart
    implicitHeight: Math.round(Theme.control * 3.5)

    RowLayout {
        id: caption

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        height: Theme.icon
        spacing: Theme.s2

        Rectangle {
            color: Theme.series(0)
            implicitHeight: Theme.s2
            implicitWidth: Theme.s2
            radius: 2
        }
        Label {
            Layout.fillWidth: true
            kind: "small"
            text: qsTr("acknowledged a second")
        }
        Rectangle {
            color: Theme.borderStrong
            implicitHeight: Theme.line
            implicitWidth: Theme.s4
        }
        Label {
            kind: "small"
            text: qsTr("%1 asked for").arg(Format.count(root.wanted))
        }
    }
    Rectangle {
        id: ground

        anchors.bottom: axis.top
        anchors.bottomMargin: 2
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: caption.bottom
        anchors.topMargin: Theme.s1
        border.color: Theme.border
        border.width: Theme.scheme === Theme.Contrast ? Theme.line : 0
        clip: true
        color: Theme.sunken
        radius: Theme.radiusSmall

        Repeater {
            model: root.plan

            Rectangle {
                id: band

                required property var modelData

                color: Theme.warning
                height: ground.height
                opacity: 0.12
                visible: band.modelData.lastsS > 0
                width: ground.width * band.modelData.lastsS / root.span
                x: ground.width * band.modelData.atS / root.span
            }
        }
        Rectangle {
            color: Theme.borderStrong
            height: 1
            opacity: 0.4
            width: parent.width
            y: Math.round(parent.height * (1 - root.wanted / root.highest))
        }
        Repeater {
            model: root.rates.length

            Rectangle {
                id: bar

                required property int index

                readonly property double slot: ground.width * root.binS / root.span

                anchors.bottom: ground.bottom
                color: Theme.series(0)
                height: Math.round(ground.height * Math.min(1, (root.rates[bar.index] ?? 0) / root.highest))
                radius: 1
                width: Math.max(1, bar.slot - 1)
                x: bar.index * bar.slot
            }
        }
        Repeater {
            model: root.run !== null ? root.run.marks : []

            Item {
                id: happening

                required property var modelData
                required property int index

                readonly property color tint: Theme.severity(happening.modelData.severity)

                height: ground.height
                width: 1
                x: Math.round(ground.width * happening.modelData.atS / root.span)

                Rectangle {
                    color: happening.tint
                    height: parent.height
                    opacity: 0.8
                    width: Theme.line
                }
                Rectangle {
                    color: happening.tint
                    height: Theme.iconSmall + Theme.s1
                    radius: height / 2
                    width: height
                    x: Math.min(-width / 2, ground.width - happening.x - width)
                    y: Theme.s1 + (happening.index % 3) * (height + 2)

                    Icon {
                        anchors.centerIn: parent
                        color: Theme.surface
                        name: happening.modelData.iconName
                        size: Theme.iconSmall - 2
                    }
                    HoverHandler {
                        id: hover
                    }
                    HoverTip {
                        shown: hover.hovered
                        text: happening.modelData.text
                    }
                }
            }
        }
        Label {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: Theme.s4
            horizontalAlignment: Text.AlignHCenter
            kind: "small"
            text: qsTr("Break it to see what the senders notice.")
            visible: root.rates.length === 0 && root.run === null
        }
        Rectangle {
            color: Theme.text
            height: parent.height
            visible: root.run !== null && root.run.phase === LabRun.Running
            width: Theme.line
            x: root.run !== null ? ground.width * Math.min(1, root.run.elapsedS / root.span) : 0
        }
    }
    Row {
        id: axis

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: Theme.iconSmall

        Repeater {
            model: 5

            Label {
                id: tick

                required property int index

                color: Theme.textFaint
                font: Theme.smallFigure
                height: axis.height
                horizontalAlignment: tick.index === 4 ? Text.AlignRight : tick.index === 0 ? Text.AlignLeft : Text.AlignHCenter
                text: qsTr("%1 s").arg(Format.sparse(root.span * tick.index / 4))
                width: tick.index === 0 || tick.index === 4 ? axis.width / 8 : axis.width / 4
            }
        }
    }
}
