// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done with a node, from its column, its drawer or the palette: each asks first where it could
// hurt, and says what came of it.
pragma ComponentBehavior: Bound

import QtQuick
import Dsmsg.Model
import Dsmsg.Monitor
import Dsmsg.Ui

Item {
    id: root

    required property Session session
    required property Shell shell

    /// Whom the menu is about.
    property NodeState node: null

    readonly property ClusterMonitor cluster: root.session.cluster

    function openMenu(node: NodeState, above: Item): void {
        root.node = node;
        menu.popup(above, above.width - menu.width, above.height);
    }

    function transferTo(node: NodeState): void {
        transfer.body = node ? ({
                to: node.id
            }) : ({});
        root.shell.confirmationWanted({
            title: node ? qsTr("Hand leadership to %1?").arg(node.name) : qsTr("Hand leadership over?"),
            text: qsTr("%1 stops taking messages, waits until the other has caught up, and lets it be elected. Messages wait for a moment, none is lost.").arg(root.cluster.leader?.name ?? ""),
            detail: root.cluster.verdict,
            action: qsTr("Hand over"),
            curl: transfer.curl,
            accept: () => transfer.run()
        });
    }

    function takeSnapshot(node: NodeState): void {
        snapshot.node = node;
        snapshot.run();
    }

    function changeRole(node: NodeState, voter: bool): void {
        change.body = ({
                id: node.id,
                url: String(node.url),
                role: voter ? "voter" : "learner"
            });
        root.shell.confirmationWanted({
            title: voter ? qsTr("Let %1 vote?").arg(node.name) : qsTr("Take the vote from %1?").arg(node.name),
            text: voter ? qsTr("One voter more: a majority is counted anew from then on.") : qsTr("It goes on to receive everything, but counts for no majority."),
            detail: voter ? "" : root.cluster.ifRemoved(node),
            action: qsTr("Change it"),
            danger: !voter,
            curl: change.curl,
            accept: () => change.run()
        });
    }

    function removeNode(node: NodeState): void {
        remove.query = ({
                id: node.id
            });
        root.shell.confirmationWanted({
            title: qsTr("Remove %1 from the cluster?").arg(node.name),
            text: qsTr("It takes no part from then on; its data stays on its disk. To bring it back it has to be added again."),
            detail: root.cluster.ifRemoved(node),
            action: qsTr("Remove %1").arg(node.name),
            danger: true,
            curl: remove.curl,
            accept: () => remove.run()
        });
    }

    function tell(call: ApiCall, done: string): void {
        if (call.status === 0 && call.error === "")
            return;
        root.shell.noticeWanted(call.ok ? done : call.error, call.ok ? "good" : "critical");
        root.cluster.refresh();
    }

    visible: false

    ApiCall {
        id: transfer

        cluster: root.cluster
        method: "POST"
        node: root.cluster.leader
        path: "/cluster/transfer"

        onAnswered: root.tell(transfer, qsTr("Leadership is handed over."))
    }
    ApiCall {
        id: snapshot

        cluster: root.cluster
        method: "POST"
        path: "/cluster/snapshot"

        onAnswered: root.tell(snapshot, qsTr("%1 has its state on disk; its log now begins at %2.").arg(snapshot.node?.name ?? "").arg(Format.count(snapshot.answer.first_log_index ?? NaN)))
    }
    ApiCall {
        id: change

        cluster: root.cluster
        method: "POST"
        node: root.cluster.leader
        path: "/cluster/members"

        onAnswered: root.tell(change, qsTr("The members were changed."))
    }
    ApiCall {
        id: remove

        cluster: root.cluster
        method: "DELETE"
        node: root.cluster.leader
        path: "/cluster/members"

        onAnswered: root.tell(remove, qsTr("The node was removed."))
    }
    ActionMenu {
        id: menu

        ActionItem {
            iconName: "refresh-cw"
            text: qsTr("Refresh")

            onTriggered: root.cluster.refresh()
        }
        ActionItem {
            iconName: "panel-right"
            text: qsTr("Show in the drawer")

            onTriggered: root.shell.select("node", root.node)
        }
        ActionItem {
            iconName: "locate-fixed"
            text: root.cluster.selected === root.node ? qsTr("Show the whole cluster") : qsTr("Read all pages from it")

            onTriggered: root.cluster.selected = root.cluster.selected === root.node ? null : root.node
        }
        ActionItem {
            enabled: root.cluster.leader !== null
            iconName: "crown"
            text: root.node && root.node.leads ? qsTr("Hand leadership over") : qsTr("Make it the leader")

            onTriggered: root.transferTo(root.node.leads ? null : root.node)
        }
        ActionItem {
            iconName: "save"
            text: qsTr("Take a snapshot")

            onTriggered: root.takeSnapshot(root.node)
        }
        ActionItem {
            enabled: root.cluster.leader !== null && root.node !== null && !root.node.leads
            iconName: "vote"
            text: root.node && root.node.role === NodeState.Learner ? qsTr("Let it vote") : qsTr("Take its vote")

            onTriggered: root.changeRole(root.node, root.node.role === NodeState.Learner)
        }
        ActionItem {
            danger: true
            enabled: root.cluster.leader !== null
            iconName: "trash-2"
            text: qsTr("Remove from the cluster")

            onTriggered: root.removeNode(root.node)
        }
    }
}
