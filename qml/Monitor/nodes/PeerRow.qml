// SPDX-License-Identifier: GPL-3.0-or-later
//
// One link of a node, in a line: whom, whether it is heard, and how far or how near it is.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Dsmsg.Model
import Dsmsg.Ui

T.AbstractButton {
    id: root

    required property PeerState peer
    /// What its node said is not of now.
    property bool stale: false

    signal chosen

    readonly property string detail: {
        if (!root.peer.alive)
            return root.peer.lastHeardS < 0 ? qsTr("never heard") : qsTr("no sign for %1").arg(Format.seconds(root.peer.lastHeardS));
        if (root.peer.lag >= 0)
            return qsTr("%1 behind, %2").arg(Format.count(root.peer.lag)).arg(root.peer.rttMs < 0 ? Format.dash() : Format.ms(root.peer.rttMs));
        return root.peer.rttMs < 0 ? "" : Format.ms(root.peer.rttMs);
    }

    Accessible.name: qsTr("Link to %1: %2, %3").arg(root.peer.id).arg(root.peer.alive ? qsTr("heard") : qsTr("not heard")).arg(root.detail)
    Accessible.role: Accessible.Button
    focusPolicy: Qt.StrongFocus
    implicitHeight: Theme.row
    leftPadding: Theme.s1
    rightPadding: Theme.s1

    Keys.onReturnPressed: root.chosen()
    onClicked: root.chosen()

    background: Rectangle {
        color: root.hovered ? Theme.hover : "transparent"
        radius: Theme.radiusSmall

        FocusRing {
            gap: -Theme.focusLine
            shown: root.visualFocus
        }
    }
    contentItem: RowLayout {
        spacing: Theme.s2

        Icon {
            color: root.stale ? Theme.textFaint : root.peer.alive ? Theme.good : Theme.critical
            name: root.stale ? "history" : root.peer.alive ? "link" : "unlink"
            size: Theme.iconSmall
        }
        Label {
            Accessible.ignored: true
            Layout.fillWidth: true
            color: root.stale ? Theme.textDim : Theme.text
            text: root.peer.voter ? root.peer.id : qsTr("%1 (learner)").arg(root.peer.id)
        }
        Label {
            Accessible.ignored: true
            color: root.peer.alive || root.stale ? Theme.textDim : Theme.critical
            opacity: root.stale ? 0.6 : 1
            kind: "figure"
            text: root.detail
        }
        Icon {
            color: Theme.textFaint
            name: "chevron-right"
            size: Theme.iconSmall
        }
    }
}
