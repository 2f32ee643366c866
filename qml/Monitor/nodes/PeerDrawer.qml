// SPDX-License-Identifier: GPL-3.0-or-later
//
// One link, as the node at its one end sees the other, and beside it how the other sees it back.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

DrawerColumn {
    id: root

    required property Session session
    required property Shell shell
    property PeerState subject: null

    readonly property NodeState from: root.subject?.node ?? null
    readonly property NodeState to: root.subject ? root.session.cluster.nodes.byId(root.subject.id) : null
    readonly property PeerState back: {
        // Bound to the list, so that it follows when peers come and go.
        for (const peer of root.to?.peers ?? [])
            if (peer.id === root.from?.id)
                return peer;
        return null;
    }
    readonly property int staleness: root.from ? root.from.freshness : NodeState.Never
    readonly property string words: {
        if (!root.subject || !root.from)
            return "";
        const there = root.subject.alive;
        const back = root.back ? root.back.alive : there;
        if (there && back)
            return qsTr("They hear each other.");
        if (!there && !back)
            return qsTr("%1 and %2 cannot reach each other.").arg(root.from.id).arg(root.subject.id);
        return there ? qsTr("%1 hears %2, but is not heard by it.").arg(root.from.id).arg(root.subject.id) : qsTr("%1 does not hear %2, but is heard by it.").arg(root.from.id).arg(root.subject.id);
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        Label {
            Accessible.role: Accessible.Heading
            font: Theme.display
            text: root.from?.name ?? ""
        }
        Icon {
            color: root.subject?.alive ? Theme.good : Theme.critical
            name: root.subject?.alive ? "arrow-right" : "unlink"
            size: Theme.icon
        }
        Label {
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
            font: Theme.display
            text: root.subject?.id ?? ""
        }
    }
    Notice {
        severity: root.subject?.alive && (root.back?.alive ?? true) ? "good" : "critical"
        text: root.subject?.problem ? root.words + " " + root.subject.problem : root.words
    }
    Panel {
        Layout.fillWidth: true
        padding: Theme.s3
        spacing: 0
        title: qsTr("What %1 sees").arg(root.from?.name ?? "")

        FactRow {
            label: qsTr("Heard")
            severity: root.subject?.alive ? "good" : "critical"
            staleness: root.staleness
            value: root.subject?.alive ? qsTr("yes") : qsTr("no")
        }
        FactRow {
            label: qsTr("Last heard")
            staleness: root.staleness
            value: (root.subject?.lastHeardS ?? -1) < 0 ? "" : Format.age(root.subject.lastHeardS * 1000)
        }
        FactRow {
            label: qsTr("Round trip")
            staleness: root.staleness
            value: (root.subject?.rttMs ?? -1) < 0 ? "" : Format.ms(root.subject.rttMs)
        }
        FactRow {
            label: qsTr("Clock offset")
            staleness: root.staleness
            tip: qsTr("Its clock minus that of %1").arg(root.from?.name ?? "")
            value: Format.signedMs(root.subject?.offsetMs ?? NaN) + " ± " + Format.ms(root.subject?.boundMs ?? NaN)
        }
        FactRow {
            label: qsTr("Delay of the clock exchange")
            staleness: root.staleness
            value: Format.ms(root.subject?.delayMs ?? NaN)
        }
        FactRow {
            label: qsTr("Votes")
            value: root.subject?.voter ? qsTr("yes") : qsTr("no, a learner")
        }
    }
    Panel {
        Layout.fillWidth: true
        hint: root.from?.leads ? "" : qsTr("known to the leader only")
        padding: Theme.s3
        spacing: 0
        title: qsTr("Replication")

        FactRow {
            label: qsTr("State")
            staleness: root.staleness
            value: root.subject?.state ?? ""
        }
        FactRow {
            label: qsTr("Has, next")
            staleness: root.staleness
            tip: qsTr("The last entry it is known to have (match), and the next to be sent")
            value: (root.subject?.match ?? -1) < 0 ? "" : Format.count(root.subject.match) + ", " + Format.count(root.subject.next)
        }
        FactRow {
            label: qsTr("Behind")
            staleness: root.staleness
            value: (root.subject?.lag ?? -1) < 0 ? "" : qsTr("%1 entries").arg(Format.count(root.subject.lag))
        }
        FactRow {
            label: qsTr("Under way")
            staleness: root.staleness
            value: (root.subject?.inflight ?? -1) < 0 ? "" : Format.count(root.subject.inflight)
        }
        FactRow {
            label: qsTr("Last answer")
            staleness: root.staleness
            value: (root.subject?.lastAckMs ?? -1) < 0 ? "" : Format.age(root.subject.lastAckMs)
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s2

        ActionButton {
            Layout.fillWidth: true
            iconName: "server"
            text: root.from?.name ?? ""
            tip: qsTr("Show this node")
            visible: root.from !== null

            onClicked: root.shell.select("node", root.from)
        }
        ActionButton {
            Layout.fillWidth: true
            iconName: "server"
            text: root.to?.name ?? ""
            tip: qsTr("Show this node")
            visible: root.to !== null

            onClicked: root.shell.select("node", root.to)
        }
        ActionButton {
            Layout.fillWidth: true
            iconName: "arrow-right-left"
            text: qsTr("The way back")
            visible: root.back !== null

            onClicked: root.shell.select("peer", root.back)
        }
    }
    CurlLine {
        text: "curl --noproxy '*' " + (root.from ? root.from.url : "") + "/status"
    }
}
