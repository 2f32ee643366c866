// SPDX-License-Identifier: GPL-3.0-or-later
//
// The names of a chart's lines with their values where the cross-hair is, or the newest ones. A click takes a
// line out of the picture.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

Flow {
    id: root

    required property Chart chart

    Layout.fillWidth: true
    spacing: Theme.s1

    Repeater {
        model: root.chart.series

        T.AbstractButton {
            id: entry

            required property ChartSeries modelData

            readonly property double shownValue: {
                entry.modelData.revision;
                return root.chart.cursor.hovering ? entry.modelData.valueAt(root.chart.cursor.hover) : entry.modelData.latest;
            }
            readonly property double shownBound: {
                entry.modelData.revision;
                return entry.modelData.boundAt(root.chart.cursor.hovering ? root.chart.cursor.hover : root.chart.cursor.now);
            }
            readonly property string valueText: root.chart.textOf(entry.shownValue) + (isNaN(entry.shownBound) || isNaN(entry.shownValue) ? "" : " ± " + Format.ms(entry.shownBound))

            Accessible.checked: entry.modelData.shown
            Accessible.name: entry.modelData.name + ": " + entry.valueText
            Accessible.role: Accessible.CheckBox
            focusPolicy: Qt.StrongFocus
            implicitHeight: Theme.row - Theme.s1
            implicitWidth: implicitContentWidth + leftPadding + rightPadding
            leftPadding: Theme.s2
            rightPadding: Theme.s2

            onClicked: entry.modelData.shown = !entry.modelData.shown

            background: Rectangle {
                color: entry.down ? Theme.pressed : entry.hovered ? Theme.hover : "transparent"
                radius: Theme.radiusSmall

                FocusRing {
                    gap: 0
                    shown: entry.visualFocus
                }
            }
            contentItem: RowLayout {
                opacity: entry.modelData.shown ? 1 : 0.5
                spacing: Theme.s1 + 2

                Icon {
                    color: Theme.textFaint
                    name: "eye-off"
                    size: Theme.iconSmall
                    visible: !entry.modelData.shown
                }
                Rectangle {
                    color: root.chart.colorOf(entry.modelData)
                    implicitHeight: 3
                    implicitWidth: Theme.s3
                    radius: 1.5
                }
                Label {
                    Accessible.ignored: true
                    kind: "small"
                    text: entry.modelData.name
                }
                Text {
                    Accessible.ignored: true
                    color: Theme.text
                    font: Theme.smallFigure
                    text: entry.valueText
                    textFormat: Text.PlainText
                }
            }
        }
    }
}
