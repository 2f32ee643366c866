// SPDX-License-Identifier: GPL-3.0-or-later
//
// One of several, from a list that opens.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

ColumnLayout {
    id: root

    property string label
    property string hint
    property string name: root.label
    property alias model: box.model
    property alias currentIndex: box.currentIndex
    property alias textRole: box.textRole
    property alias valueRole: box.valueRole
    readonly property alias currentText: box.currentText
    readonly property alias currentValue: box.currentValue
    readonly property alias count: box.count
    readonly property alias box: box

    /// The person chose.
    signal activated(int index)

    function indexOfValue(value: var): int {
        return box.indexOfValue(value);
    }

    Layout.alignment: Qt.AlignTop
    spacing: Theme.s1

    Label {
        Layout.fillWidth: true
        kind: "small"
        text: root.label
        visible: text !== ""
    }
    T.ComboBox {
        id: box

        Accessible.name: root.name
        Accessible.role: Accessible.ComboBox
        Layout.fillWidth: true
        focusPolicy: Qt.StrongFocus
        font: Theme.body
        implicitContentWidthPolicy: T.ComboBox.WidestText
        implicitHeight: Theme.control
        implicitWidth: Math.max(96, implicitContentWidth + leftPadding + rightPadding)
        leftPadding: Theme.s3
        rightPadding: Theme.s2 + Theme.iconSmall + Theme.s2

        onActivated: index => root.activated(index)

        background: Rectangle {
            border.color: box.visualFocus || box.popup.visible ? Theme.focus : box.enabled ? Theme.borderStrong : Theme.border
            border.width: Theme.line
            color: !box.enabled ? Theme.sunken : box.down ? Theme.pressed : box.hovered ? Theme.hover : Theme.surface
            radius: Theme.radiusSmall

            FocusRing {
                gap: 0
                shown: box.visualFocus
            }
        }
        contentItem: Text {
            color: box.enabled ? Theme.text : Theme.textFaint
            elide: Text.ElideRight
            font: box.font
            text: box.displayText
            textFormat: Text.PlainText
            verticalAlignment: Text.AlignVCenter
        }
        delegate: T.ItemDelegate {
            id: row

            required property var model
            required property int index

            Accessible.name: row.text
            Accessible.role: Accessible.ListItem
            font: Theme.body
            height: Theme.row + 2
            highlighted: box.highlightedIndex === row.index
            leftPadding: Theme.s2
            rightPadding: Theme.s2
            text: box.textAt(row.index)
            width: ListView.view ? ListView.view.width : 0

            background: Rectangle {
                color: row.highlighted ? Theme.accentSoft : "transparent"
                radius: Theme.radiusSmall
            }
            contentItem: RowLayout {
                spacing: Theme.s2

                Icon {
                    color: Theme.accent
                    name: "check"
                    opacity: box.currentIndex === row.index ? 1 : 0
                    size: Theme.iconSmall
                }
                Text {
                    Layout.fillWidth: true
                    color: Theme.text
                    elide: Text.ElideRight
                    font: row.font
                    text: row.text
                    textFormat: Text.PlainText
                }
            }
        }
        indicator: Icon {
            color: box.enabled ? Theme.textDim : Theme.textFaint
            name: "chevrons-up-down"
            size: Theme.iconSmall
            x: box.width - width - Theme.s2
            y: (box.height - height) / 2
        }
        popup: T.Popup {
            implicitHeight: Math.min(contentItem.implicitHeight + 2 * padding, 320)
            margins: Theme.s2
            padding: Theme.s1
            width: Math.max(box.width, 120)
            y: box.height + Theme.s1

            background: Rectangle {
                border.color: Theme.border
                border.width: Theme.line
                color: Theme.raised
                radius: Theme.radius
            }
            contentItem: ListView {
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                currentIndex: box.highlightedIndex
                implicitHeight: contentHeight
                model: box.delegateModel

                T.ScrollBar.vertical: SlimScrollBar {
                }
            }
        }
    }
    Label {
        Layout.fillWidth: true
        kind: "faint"
        text: root.hint
        visible: text !== ""
        wrapMode: Text.WordWrap
    }
}
