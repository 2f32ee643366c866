// SPDX-License-Identifier: GPL-3.0-or-later
//
// A timestamp before and after its correction, on a line, with the band in which the true one lies.
import QtQuick
import Dsmsg.Ui

Item {
    id: root

    // Seconds since 1970
    required property double original
    required property double corrected
    required property double lower
    required property double upper

    readonly property double from: Math.min(root.lower, root.original) - root.margin
    readonly property double to: Math.max(root.upper, root.original) + root.margin
    readonly property double margin: Math.max(1e-6, (Math.max(root.upper, root.original) - Math.min(root.lower, root.original)) * 0.12)

    function at(time: double): real {
        return root.to > root.from ? (time - root.from) / (root.to - root.from) * root.width : 0;
    }

    function ms(time: double): string {
        return Format.signedMs((time - root.original) * 1000);
    }

    Accessible.name: qsTr("Corrected by %1, certain between %2 and %3 of the original").arg(root.ms(root.corrected)).arg(root.ms(root.lower)).arg(root.ms(root.upper))
    Accessible.role: Accessible.Graphic
    implicitHeight: Theme.row + Theme.s5

    Rectangle {
        id: axis

        anchors.left: parent.left
        anchors.right: parent.right
        color: Theme.border
        height: Theme.line
        y: Theme.row / 2
    }
    Rectangle {
        border.color: Theme.accent
        border.width: Theme.line
        color: Theme.accentSoft
        height: Theme.s4
        radius: Theme.radiusSmall / 2
        width: Math.max(2 * Theme.line, root.at(root.upper) - root.at(root.lower))
        x: root.at(root.lower)
        y: axis.y - height / 2
    }
    Rectangle {
        color: Theme.accent
        height: Theme.s5
        width: Theme.focusLine
        x: root.at(root.corrected) - width / 2
        y: axis.y - height / 2
    }
    Rectangle {
        border.color: Theme.text
        border.width: Theme.focusLine
        color: Theme.surface
        height: Theme.s3
        radius: height / 2
        width: height
        x: root.at(root.original) - width / 2
        y: axis.y - height / 2
    }
    Label {
        kind: "faint"
        text: root.ms(root.lower)
        x: Math.max(0, Math.min(root.at(root.lower) - width / 2, root.at(root.upper) - width - Theme.s5))
        y: Theme.row + Theme.s1
    }
    Label {
        kind: "faint"
        text: root.ms(root.upper)
        x: Math.min(root.width - width, root.at(root.upper) - width / 2)
        y: Theme.row + Theme.s1
    }
}
