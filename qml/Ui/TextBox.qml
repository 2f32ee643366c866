// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several lines of text, monospaced: payloads, answers.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

ColumnLayout {
    id: root

    property string label
    property string placeholder
    property string error
    property string hint
    property string name: root.label !== "" ? root.label : root.placeholder
    property int lines: 4
    property alias text: input.text
    property alias readOnly: input.readOnly
    property alias wrapMode: input.wrapMode
    readonly property alias input: input

    /// The person changed the text.
    signal edited

    spacing: Theme.s1

    Label {
        Layout.fillWidth: true
        kind: "small"
        text: root.label
        visible: text !== ""
    }
    Rectangle {
        Layout.fillHeight: true
        Layout.fillWidth: true
        border.color: root.error !== "" ? Theme.critical : input.activeFocus ? Theme.focus : root.readOnly ? Theme.border : Theme.borderStrong
        border.width: input.activeFocus ? Theme.focusLine : Theme.line
        color: root.readOnly ? Theme.sunken : Theme.surface
        implicitHeight: root.lines * metrics.lineSpacing + 2 * Theme.s2
        implicitWidth: 200
        radius: Theme.radiusSmall

        FontMetrics {
            id: metrics

            font: input.font
        }
        Flickable {
            id: flick

            anchors.fill: parent
            anchors.margins: Theme.focusLine
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            T.ScrollBar.horizontal: SlimScrollBar {
            }
            T.ScrollBar.vertical: SlimScrollBar {
            }
            T.TextArea.flickable: T.TextArea {
                id: input

                Accessible.description: root.error !== "" ? root.error : root.hint
                Accessible.multiLine: true
                Accessible.name: root.name
                Accessible.role: Accessible.EditableText
                Keys.priority: Keys.BeforeItem
                activeFocusOnTab: true
                bottomPadding: Theme.s2
                color: root.enabled ? Theme.text : Theme.textFaint
                font: Theme.mono
                implicitHeight: contentHeight + topPadding + bottomPadding
                implicitWidth: contentWidth + leftPadding + rightPadding
                leftPadding: Theme.s2
                rightPadding: Theme.s2
                selectByMouse: true
                selectedTextColor: Theme.onAccent
                selectionColor: Theme.accent
                textFormat: TextEdit.PlainText
                topPadding: Theme.s2
                wrapMode: TextEdit.Wrap

                // Tab leaves, as everywhere; what comes next is asked when it is pressed, because it changes.
                Keys.onBacktabPressed: input.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                Keys.onTabPressed: input.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                onTextChanged: {
                    if (activeFocus)
                        root.edited();
                }
            }
        }
        Text {
            anchors.left: parent.left
            anchors.margins: Theme.s2 + Theme.focusLine
            anchors.right: parent.right
            anchors.top: parent.top
            color: Theme.textFaint
            elide: Text.ElideRight
            font: Theme.mono
            text: root.placeholder
            textFormat: Text.PlainText
            visible: input.text === ""
        }
    }
    Label {
        Layout.fillWidth: true
        color: root.error !== "" ? Theme.critical : Theme.textFaint
        kind: "faint"
        text: root.error !== "" ? root.error : root.hint
        visible: text !== ""
        wrapMode: Text.WordWrap
    }
}
