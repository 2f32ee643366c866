// SPDX-License-Identifier: GPL-3.0-or-later
//
// Play, step, speed and live: what the scrub bar is moved with.
import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Ui

RowLayout {
    id: root

    required property ScopePlayer player

    readonly property var speeds: [1, 0.25, 0.05]

    spacing: Theme.s1

    IconButton {
        iconName: "skip-back"
        text: qsTr("To what happened before")
        shortcut: "Ctrl+←"
        enabled: !root.player.empty
        onClicked: root.player.stepEvent(-1)
    }

    IconButton {
        iconName: root.player.playing ? "pause" : "play"
        text: root.player.playing ? qsTr("Pause") : qsTr("Play")
        shortcut: qsTr("Space")
        enabled: !root.player.empty
        onClicked: root.player.toggle()
    }

    IconButton {
        iconName: "skip-forward"
        text: qsTr("To what happened next")
        shortcut: "Ctrl+→"
        enabled: !root.player.empty && !root.player.live
        onClicked: root.player.stepEvent(1)
    }

    Segmented {
        id: speed

        Layout.leftMargin: Theme.s2
        name: qsTr("Speed")
        model: [qsTr("1×"), qsTr("1/4"), qsTr("1/20")]
        enabled: !root.player.empty
        onActivated: index => root.player.speed = root.speeds[index]

        Binding on currentIndex {
            value: Math.max(0, root.speeds.indexOf(root.player.speed))
        }
    }

    Label {
        Layout.leftMargin: Theme.s3
        font: Theme.figure
        text: root.player.empty ? Format.dash() : Format.timeMs(root.player.position)
    }

    Label {
        Layout.fillWidth: true
        kind: "faint"
        text: {
            if (root.player.empty)
                return "";
            if (root.player.live)
                return qsTr("live, half a second behind");
            return root.player.playing ? qsTr("%1 before the end").arg(Format.seconds(root.player.behindS)) : qsTr("paused, %1 before the end").arg(Format.seconds(root.player.behindS));
        }
    }

    ActionButton {
        iconName: "radio"
        kind: root.player.live ? "quiet" : "plain"
        text: root.player.live ? qsTr("Live") : root.player.fileName === "" ? qsTr("Go live") : qsTr("Close the file")
        enabled: !root.player.live
        onClicked: root.player.goLive()
    }
}
