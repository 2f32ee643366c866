// SPDX-License-Identifier: GPL-3.0-or-later
//
// A button with words. One "primary" a page at most; "danger" for what could hurt.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Ui

T.Button {
    id: root

    property string iconName
    /// "primary", "plain", "danger", "quiet"
    property string kind: "plain"
    property bool busy: false
    property string tip

    readonly property bool filled: root.kind === "primary" || (root.kind === "danger" && root.highlighted)
    readonly property color ink: {
        if (!root.enabled)
            return Theme.textFaint;
        if (root.kind === "primary")
            return Theme.onAccent;
        if (root.kind === "danger")
            return root.highlighted ? Theme.onCritical : Theme.critical;
        return Theme.text;
    }
    readonly property color paper: {
        if (!root.enabled)
            return root.kind === "quiet" ? "transparent" : Theme.sunken;
        if (root.kind === "primary")
            return root.down || root.hovered ? Theme.accentHover : Theme.accent;
        if (root.kind === "danger" && root.highlighted)
            return root.down ? Qt.darker(Theme.critical, 1.15) : Theme.critical;
        if (root.kind === "danger")
            return root.down || root.hovered ? Theme.criticalSoft : Theme.surface;
        if (root.down || root.checked)
            return Theme.pressed;
        if (root.hovered)
            return Theme.hover;
        return root.kind === "quiet" ? "transparent" : Theme.surface;
    }

    Accessible.description: root.tip
    Accessible.name: root.text
    Accessible.role: Accessible.Button
    focusPolicy: Qt.StrongFocus
    font: Theme.bodyStrong
    implicitHeight: Theme.control
    implicitWidth: Math.max(Theme.control, implicitContentWidth + leftPadding + rightPadding)
    leftPadding: Theme.s3
    rightPadding: Theme.s3
    spacing: Theme.s2

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        border.color: root.kind === "danger" ? (root.enabled ? Theme.critical : Theme.border) : root.enabled ? Theme.borderStrong : Theme.border
        border.width: root.filled || root.kind === "quiet" ? (Theme.scheme === Theme.Contrast && !root.filled && root.hovered ? Theme.line : 0) : Theme.line
        color: root.paper
        radius: Theme.radiusSmall

        FocusRing {
            shown: root.visualFocus
        }
    }
    contentItem: Item {
        implicitHeight: children[0].implicitHeight
        implicitWidth: children[0].implicitWidth

        RowLayout {
            anchors.centerIn: parent
            spacing: root.spacing
            width: Math.min(implicitWidth, parent.width)

            BusyDot {
                color: root.ink
                running: root.busy
                size: Theme.iconSmall
                visible: root.busy
            }
            Icon {
                color: root.ink
                name: root.iconName
                size: Theme.iconSmall + 2
                visible: root.iconName !== "" && !root.busy
            }
            Text {
                Layout.fillWidth: true
                color: root.ink
                elide: Text.ElideRight
                font: root.font
                text: root.text
                textFormat: Text.PlainText
                verticalAlignment: Text.AlignVCenter
                visible: text !== ""
            }
        }
    }

    HoverTip {
        shown: root.hovered && root.tip !== ""
        text: root.tip
    }
}
