// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small panel above the page, beside what opened it.
import QtQuick
import QtQuick.Templates as T

T.Popup {
    id: root

    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    focus: true
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    margins: Theme.s2
    padding: Theme.s3

    enter: Transition {
        NumberAnimation {
            duration: Theme.quick
            from: 0
            property: "opacity"
            to: 1
        }
    }
    exit: Transition {
        NumberAnimation {
            duration: Theme.quick
            from: 1
            property: "opacity"
            to: 0
        }
    }

    T.Overlay.modal: Rectangle {
        color: Theme.shade
    }
    background: Rectangle {
        border.color: Theme.scheme === Theme.Light ? Theme.border : Theme.borderStrong
        border.width: Theme.line
        color: Theme.raised
        radius: Theme.radius

        Rectangle {
            anchors.fill: parent
            anchors.margins: -1
            anchors.topMargin: 2
            anchors.bottomMargin: -3
            color: Theme.alpha(Theme.shade, 0.2)
            radius: parent.radius
            visible: Theme.scheme === Theme.Light
            z: -1
        }
    }
}
