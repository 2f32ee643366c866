// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last ten minutes, or a file, to move through: how busy the cluster was, marks where something happened,
// and the moment that is shown. Arrows move by a quarter of a second, with Ctrl from event to event.
import QtQuick
import Dsmsg.Model
import Dsmsg.Ui

FocusScope {
    id: root

    required property ScopePlayer player
    required property var style

    readonly property real span: Math.max(0.001, root.player.to - root.player.axisFrom)
    readonly property real fraction: Math.max(0, Math.min(1, (root.player.position - root.player.axisFrom) / root.span))

    function seekTo(x: real) {
        root.player.seek(root.player.axisFrom + Math.max(0, Math.min(1, x / root.width)) * root.span);
    }

    implicitHeight: Theme.control + Theme.s3
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Shown moment: %1, %2 before the end").arg(Format.timeMs(root.player.position)).arg(Format.seconds(root.player.behindS))
    Keys.onLeftPressed: event => event.modifiers & Qt.ControlModifier ? root.player.stepEvent(-1) : root.player.stepBy(-0.25)
    Keys.onRightPressed: event => event.modifiers & Qt.ControlModifier ? root.player.stepEvent(1) : root.player.stepBy(0.25)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Home)
            root.player.seek(root.player.from);
        else if (event.key === Qt.Key_End)
            root.player.fileName === "" ? root.player.goLive() : root.player.seek(root.player.to);
        else if (event.key === Qt.Key_PageUp)
            root.player.stepBy(-10);
        else if (event.key === Qt.Key_PageDown)
            root.player.stepBy(10);
        else
            return;
        event.accepted = true;
    }

    ScopeTrack {
        anchors.fill: parent
        player: root.player
        style: root.style
    }

    // What is still to come, seen from the shown moment
    Rectangle {
        anchors.right: parent.right
        width: root.width - handle.x
        height: root.height
        color: Theme.alpha(Theme.surface, 0.55)
        visible: !root.player.live
    }

    Rectangle {
        id: handle

        x: Math.round(root.fraction * root.width - width / 2)
        width: Theme.focusLine
        height: root.height
        color: Theme.accent
        visible: !root.player.empty

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            width: Theme.s3
            height: Theme.s3
            radius: width / 2
            color: Theme.accent
            border.color: Theme.surface
            border.width: Theme.focusLine
        }
    }

    HoverHandler {
        id: hover

        cursorShape: Qt.PointingHandCursor
    }

    DragHandler {
        target: null
        xAxis.enabled: true
        yAxis.enabled: false
        dragThreshold: 0
        onCentroidChanged: {
            if (active)
                root.seekTo(centroid.position.x);
        }
    }

    TapHandler {
        onTapped: eventPoint => root.seekTo(eventPoint.position.x)
    }

    ScopeTip {
        visible: hover.hovered && !root.player.empty
        title: Format.time(root.player.axisFrom + hover.point.position.x / Math.max(1, root.width) * root.span)
        at: Qt.point(hover.point.position.x, -height - Theme.s4)
        y: -height - Theme.s1
    }

    FocusRing {
        shown: root.activeFocus
    }
}
