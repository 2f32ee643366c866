// SPDX-License-Identifier: GPL-3.0-or-later
//
// Something that is on or off, with its words before the switch.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.Switch {
    id: root

    property string hint

    readonly property int trackHeight: Math.round(Theme.control * 0.625)

    Accessible.description: root.hint
    Accessible.name: root.text
    Accessible.role: Accessible.CheckBox
    focusPolicy: Qt.StrongFocus
    font: Theme.body
    implicitHeight: Math.max(Theme.control, implicitContentHeight)
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    rightPadding: Math.round(root.trackHeight * 1.8) + Theme.s3

    contentItem: ColumnLayout {
        spacing: 0

        Label {
            Layout.fillWidth: true
            color: root.enabled ? Theme.text : Theme.textFaint
            text: root.text
        }
        Label {
            Layout.fillWidth: true
            kind: "faint"
            text: root.hint
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
    }
    indicator: Rectangle {
        border.color: root.checked ? Theme.accent : Theme.borderStrong
        border.width: Theme.line
        color: root.checked ? (root.enabled ? Theme.accent : Theme.borderStrong) : Theme.sunken
        height: root.trackHeight
        opacity: root.enabled ? 1 : 0.5
        radius: height / 2
        width: Math.round(height * 1.8)
        x: root.width - width
        y: (root.height - height) / 2

        Rectangle {
            color: root.checked ? Theme.onAccent : Theme.borderStrong
            height: parent.height - Theme.s2 + 2
            radius: height / 2
            width: height
            x: root.checked ? parent.width - width - 3 : 3
            y: 3

            Behavior on x {
                NumberAnimation {
                    duration: Theme.quick
                }
            }
        }
        FocusRing {
            corner: root.trackHeight / 2
            shown: root.visualFocus
        }
    }
}
