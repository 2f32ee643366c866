// SPDX-License-Identifier: GPL-3.0-or-later
//
// One direction between two nodes.
import QtQuick
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

T.AbstractButton {
    id: root

    required property int index
    required property string from
    required property string to
    required property int linkState
    required property string linkText

    readonly property bool pointed: root.hovered || root.visualFocus
    readonly property bool self: root.linkState === LinkMatrix.Self
    readonly property string severity: {
        switch (root.linkState) {
        case LinkMatrix.Cut:
        case LinkMatrix.Silent:
            return "critical";
        case LinkMatrix.Slow:
        case LinkMatrix.Lossy:
            return "warning";
        case LinkMatrix.Unknown:
            return "";
        default:
            return "good";
        }
    }
    readonly property string sign: {
        switch (root.linkState) {
        case LinkMatrix.Cut:
            return "scissors";
        case LinkMatrix.Silent:
            return "circle-slash";
        case LinkMatrix.Slow:
            return "turtle";
        case LinkMatrix.Lossy:
            return "wifi-off";
        case LinkMatrix.Unknown:
            return "circle-help";
        case LinkMatrix.Open:
            return "check";
        default:
            return "";
        }
    }

    Accessible.name: root.linkText
    Accessible.role: root.self ? Accessible.StaticText : Accessible.Button
    focusPolicy: root.self ? Qt.NoFocus : Qt.StrongFocus

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        border.color: root.pointed && !root.self ? Theme.borderStrong : root.linkState === LinkMatrix.Silent ? Theme.critical : Theme.scheme === Theme.Contrast && !root.self ? Theme.border : "transparent"
        border.width: Theme.line
        color: root.self ? "transparent" : root.severity === "" ? Theme.sunken : Theme.severitySoft(root.severity)
        radius: Theme.radiusSmall

        Behavior on color {
            ColorAnimation {
                duration: Theme.slow
            }
        }

        FocusRing {
            gap: 0
            shown: root.visualFocus
        }
        Rectangle {
            anchors.centerIn: parent
            color: Theme.border
            height: Theme.s1
            radius: height / 2
            visible: root.self
            width: height
        }
    }
    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            color: root.severity === "" ? Theme.textFaint : Theme.severity(root.severity)
            name: root.pointed && root.linkState === LinkMatrix.Open ? "scissors" : root.sign
            size: Theme.iconSmall + 2
            visible: !root.self
        }
    }
}
