// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clocks under each other on one axis: how far each is ahead or behind, how sure that is, and what else is known
// of it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

ColumnLayout {
    id: root

    required property ClockRows rows
    /// Cluster time, to show what each clock says; NaN: what is known of the exchanges is shown instead.
    property double now: NaN

    readonly property int nameWidth: Theme.s6 * 3
    readonly property int figureWidth: Theme.s6 * 6

    /// A clock was clicked: its NodeState or PeerState.
    signal chosen(var clock)

    function detailOf(offsetMs: real, agoS: real): string {
        if (!isNaN(root.now))
            return isNaN(offsetMs) ? Format.dash() : Format.timeMs(root.now + offsetMs / 1000);
        return isNaN(agoS) ? "" : Format.age(agoS * 1000);
    }

    spacing: 0

    RowLayout {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.s2
        Layout.rightMargin: Theme.s2
        spacing: Theme.s3

        Label {
            Layout.preferredWidth: root.nameWidth
            kind: "faint"
            text: isNaN(root.now) ? qsTr("Clock, asked") : qsTr("Clock, it says")
        }
        BandAxis {
            reach: root.rows.reachMs
        }
        Label {
            Layout.preferredWidth: root.figureWidth
            horizontalAlignment: Text.AlignRight
            kind: "faint"
            text: qsTr("Ahead by, drift, round trip")
        }
    }
    Rows {
        id: lines

        Repeater {
            model: root.rows

            T.AbstractButton {
                id: row

                required property int index
                required property string name
                required property QtObject clock
                required property double offsetMs
                required property double boundMs
                required property double drift
                required property double delayMs
                required property double agoS
                required property string exchanges
                required property int freshness

                readonly property color tone: Theme.series(row.index)

                Accessible.name: qsTr("%1: ahead by %2, to within %3, drift %4").arg(row.name).arg(Format.signedMs(row.offsetMs)).arg(Format.ms(row.boundMs)).arg(Format.ppm(row.drift))
                Accessible.role: Accessible.Button
                focusPolicy: Qt.StrongFocus
                implicitHeight: Theme.control + Theme.s3
                leftPadding: Theme.s2
                rightPadding: Theme.s2
                width: lines.width

                onClicked: root.chosen(row.clock)

                background: Rectangle {
                    color: row.down ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
                    radius: Theme.radiusSmall

                    FocusRing {
                        gap: -2
                        shown: row.visualFocus
                    }
                }
                contentItem: RowLayout {
                    opacity: row.freshness > 0 ? 0.6 : 1
                    spacing: Theme.s3

                    ColumnLayout {
                        Layout.fillWidth: false
                        Layout.preferredWidth: root.nameWidth
                        spacing: 0

                        RowLayout {
                            Layout.fillWidth: true
                            spacing: Theme.s1 + 2

                            Rectangle {
                                color: row.tone
                                implicitHeight: Theme.s2
                                implicitWidth: Theme.s2
                                radius: Theme.s1
                            }
                            Label {
                                Layout.fillWidth: true
                                kind: "strong"
                                text: row.name
                            }
                        }
                        Label {
                            Layout.fillWidth: true
                            color: Theme.textDim
                            font: Theme.smallFigure
                            text: root.detailOf(row.offsetMs, row.agoS)
                        }
                    }
                    BandTrack {
                        Layout.fillHeight: true
                        bound: row.boundMs
                        color: row.tone
                        faded: row.freshness > 1
                        reach: root.rows.reachMs
                        value: row.offsetMs

                        Hatch {
                            anchors.fill: parent
                            color: Theme.alpha(Theme.textFaint, 0.4)
                            visible: row.freshness >= 2
                        }
                    }
                    ColumnLayout {
                        Layout.fillWidth: false
                        Layout.preferredWidth: root.figureWidth
                        spacing: 0

                        Label {
                            Layout.fillWidth: true
                            horizontalAlignment: Text.AlignRight
                            kind: "figure"
                            text: Format.signedMs(row.offsetMs) + (isNaN(row.boundMs) ? "" : " ± " + Format.ms(row.boundMs))
                        }
                        Label {
                            Layout.fillWidth: true
                            color: Theme.textDim
                            font: Theme.smallFigure
                            horizontalAlignment: Text.AlignRight
                            text: Format.ppm(row.drift) + "   " + Format.ms(row.delayMs)
                        }
                    }
                }
                HoverTip {
                    shown: row.hovered && row.exchanges !== ""
                    text: qsTr("%1 exchanges were good").arg(row.exchanges)
                }
            }
        }
    }
}
