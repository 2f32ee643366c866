// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cluster as a ring of cards, or of discs where there are too many or too little room. Entries fly between
// them; heartbeats are left to the Raft page, so that a quiet cluster is a still picture.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Item {
    id: root

    required property Session session
    required property Shell shell

    readonly property NodeModel nodes: root.session.cluster.nodes
    readonly property size cardWanted: Qt.size(Math.round(196 * Theme.textScale), Theme.row * 3)
    readonly property bool cards: root.nodes.count <= 6 && root.width >= root.cardWanted.width * 2.2 && root.height >= root.cardWanted.height * (root.nodes.count > 3 ? 3.2 : 2.4)
    readonly property int heartbeat: 1 << PulseGlyph.Heartbeat

    function chooseNode(nodeId: string) {
        const node = root.nodes.byId(nodeId);
        if (node)
            root.shell.select("node", node);
    }

    ScopeRing {
        id: ring

        anchors.fill: parent
        player: root.session.scope
        members: root.nodes
        card: root.cards ? root.cardWanted : Qt.size(0, 0)
        kinds: ~root.heartbeat
        timers: false
        onNodeChosen: nodeId => root.chooseNode(nodeId)
        onLinkChosen: (fromId, toId) => {
            const node = root.nodes.byId(fromId);
            const peer = node ? node.peer(toId) : null;
            if (peer)
                root.shell.select("peer", peer);
        }
    }

    Repeater {
        model: root.cards ? root.nodes : null

        delegate: NodeCard {
            id: card

            required property int index
            readonly property var place: ring.places[card.index] ?? null

            visible: card.place !== null
            x: Math.round((card.place ? card.place.x : 0) - width / 2)
            y: Math.round((card.place ? card.place.y : 0) - height / 2)
            width: root.cardWanted.width
            height: root.cardWanted.height
            onChosen: root.shell.select("node", card.node)
        }
    }
}
