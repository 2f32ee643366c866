// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value between two ends, with a mark where it begins to matter.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Ui

Item {
    id: root

    property real value: NaN
    property real from: 0
    property real to: 1
    /// Where it turns into a warning; NaN: nowhere.
    property real mark: NaN
    property color color: root.value >= root.mark ? Theme.warning : Theme.accent
    property string name

    function share(value: real): real {
        if (isNaN(value) || root.to <= root.from)
            return 0;
        return Math.min(1, Math.max(0, (value - root.from) / (root.to - root.from)));
    }

    Accessible.name: root.name + ": " + Format.percent(root.share(root.value))
    Accessible.role: Accessible.ProgressBar
    Layout.fillWidth: true
    implicitHeight: Theme.s2
    implicitWidth: 80

    Rectangle {
        anchors.fill: parent
        border.color: Theme.borderStrong
        border.width: Theme.scheme === Theme.Contrast ? 1 : 0
        color: Theme.sunken
        radius: height / 2

        Rectangle {
            color: root.color
            height: parent.height
            radius: parent.radius
            visible: width > 0
            width: root.share(root.value) > 0 ? Math.max(height, parent.width * root.share(root.value)) : 0

            Behavior on width {
                NumberAnimation {
                    duration: Theme.slow
                }
            }
        }
        Rectangle {
            color: Theme.textDim
            height: parent.height + Theme.s1
            visible: !isNaN(root.mark)
            width: 2
            x: parent.width * root.share(root.mark) - 1
            y: -2
        }
    }
}
