// SPDX-License-Identifier: GPL-3.0-or-later
//
// One row of the list. It is reused while one scrolls and shows ready-made text: nothing here is worked out
// or repeated by a timer.
import QtQuick
import Dsmsg.Ui

Rectangle {
    id: root

    required property int index
    required property double seq
    required property string delivery
    required property string timeText
    required property string shiftText
    required property string sender
    required property string recipient
    required property string preview
    required property string entry
    required property bool late
    required property bool clamped
    required property bool matched

    required property MessageColumns columns
    required property bool current
    required property bool focused
    required property bool searching

    readonly property color stripe: Theme.alpha(Theme.scheme === Theme.Contrast ? Theme.hover : Theme.sunken, 0.5)

    signal chosen

    height: Theme.row
    color: root.current ? Theme.accentSoft : hover.hovered ? Theme.hover : root.seq % 2 === 0 ? root.stripe : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Message %1 from %2 to %3 at %4: %5").arg(root.seq).arg(root.sender).arg(root.recipient).arg(root.timeText).arg(root.preview)
    Accessible.selected: root.current

    component Cell: Text {
        anchors.verticalCenter: parent ? parent.verticalCenter : undefined
        color: Theme.textDim
        font: Theme.smallFigure
        textFormat: Text.PlainText
    }

    Rectangle {
        color: root.current && root.focused ? Theme.focus : root.matched ? Theme.warning : "transparent"
        height: parent.height
        visible: root.matched || root.current
        width: Theme.focusLine + 1
    }
    Row {
        anchors.fill: parent
        anchors.leftMargin: Theme.s3
        opacity: root.searching && !root.matched ? 0.55 : 1
        spacing: root.columns.gap

        Cell {
            color: Theme.text
            horizontalAlignment: Text.AlignRight
            text: root.seq
            width: root.columns.seq
        }
        Cell {
            horizontalAlignment: Text.AlignRight
            text: root.delivery
            visible: root.columns.showsDelivery
            width: root.columns.delivery
        }
        Cell {
            clip: implicitWidth > width
            text: root.timeText
            width: root.columns.time
        }
        Cell {
            horizontalAlignment: Text.AlignRight
            text: root.shiftText
            visible: root.columns.showsShift
            width: root.columns.shift
        }
        Cell {
            color: Theme.text
            elide: Text.ElideRight
            font: Theme.small
            text: root.sender
            width: root.columns.sender
        }
        Cell {
            color: Theme.text
            elide: Text.ElideRight
            font: Theme.small
            text: root.recipient
            width: root.columns.recipient
        }
        Cell {
            color: Theme.text
            elide: Text.ElideRight
            font: Theme.mono
            text: root.preview
            width: root.columns.preview
        }
        Cell {
            color: Theme.warning
            font: Theme.smallStrong
            text: root.late ? qsTr("late") : root.clamped ? qsTr("future") : ""
            visible: root.columns.showsMarks
            width: root.columns.marks
        }
        Cell {
            color: Theme.textFaint
            horizontalAlignment: Text.AlignRight
            text: root.entry
            visible: root.columns.showsEntry
            width: root.columns.entry
        }
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        onTapped: root.chosen()
    }
}
