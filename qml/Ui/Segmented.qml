// SPDX-License-Identifier: GPL-3.0-or-later
//
// A few choices side by side, one of them taken. Arrow keys move; Tab leaves.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Rectangle {
    id: root

    /// Words, or {text, iconName, tip}.
    property var model: []
    property int currentIndex: 0
    property string name

    /// The person chose.
    signal activated(int index)

    function choose(index: int): void {
        if (index < 0 || index >= choices.count || !root.enabled)
            return;
        if (index !== root.currentIndex) {
            root.currentIndex = index;
            root.activated(index);
        }
    }

    Accessible.name: root.name
    Accessible.role: Accessible.PageTabList
    activeFocusOnTab: true
    border.color: Theme.scheme === Theme.Contrast ? Theme.borderStrong : Theme.border
    border.width: Theme.line
    color: Theme.sunken
    implicitHeight: Theme.control
    implicitWidth: row.implicitWidth + 2 * row.anchors.margins
    opacity: root.enabled ? 1 : 0.6
    radius: Theme.radiusSmall + 1

    Keys.onLeftPressed: root.choose(root.currentIndex - 1)
    Keys.onRightPressed: root.choose(root.currentIndex + 1)

    FocusRing {
        gap: 0
        shown: root.activeFocus
    }
    Row {
        id: row

        anchors.fill: parent
        anchors.margins: 3
        spacing: 2

        Repeater {
            id: choices

            model: root.model

            Rectangle {
                id: choice

                required property int index
                required property var modelData

                readonly property bool chosen: choice.index === root.currentIndex
                readonly property string words: typeof choice.modelData === "string" ? choice.modelData : choice.modelData.text ?? ""
                readonly property string iconName: typeof choice.modelData === "string" ? "" : choice.modelData.iconName ?? ""

                Accessible.checked: choice.chosen
                Accessible.name: choice.words
                Accessible.onPressAction: root.choose(choice.index)
                Accessible.role: Accessible.PageTab
                border.color: choice.chosen ? (Theme.scheme === Theme.Contrast ? Theme.accent : Theme.border) : "transparent"
                border.width: Theme.line
                color: choice.chosen ? (Theme.scheme === Theme.Dark ? Theme.pressed : Theme.raised) : hover.hovered ? Theme.hover : "transparent"
                height: row.height
                implicitWidth: words.implicitWidth + 2 * Theme.s3
                radius: Theme.radiusSmall - 1

                RowLayout {
                    id: words

                    anchors.centerIn: parent
                    spacing: Theme.s1 + 2

                    Icon {
                        color: choice.chosen ? Theme.text : Theme.textDim
                        name: choice.iconName
                        size: Theme.iconSmall
                        visible: choice.iconName !== ""
                    }
                    Text {
                        color: choice.chosen ? Theme.text : Theme.textDim
                        font: choice.chosen ? Theme.smallStrong : Theme.small
                        text: choice.words
                        textFormat: Text.PlainText
                        visible: text !== ""
                    }
                }
                HoverHandler {
                    id: hover
                }
                TapHandler {
                    onTapped: root.choose(choice.index)
                }
            }
        }
    }
}
