// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's picture of itself, and the sentence that says why things stand still.
#include "core/node/RaftDriver.h"

#include <cmath>

namespace dsmsg::node {

namespace {

constexpr Duration worthExplaining = std::chrono::milliseconds(500);

std::string seconds(Duration d)
{
    const auto tenths = d.count() / 100'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

} // namespace

const raft::Member* RaftDriver::leaderMember() const
{
    return raft_.configuration().find(raft_.leader());
}

std::string RaftDriver::explain(const raft::Status& status) const
{
    if (!failure_.empty())
        return "This node stopped writing: " + failure_ +
               ". It serves reads only until it is started again; see to its disk first.";
    if (!status.explain.empty())
        return status.explain;
    if (raft_.serving() && !status.serving)
        return "This leader has just started and compares its clock with the others before it takes messages.";
    if (!disk_.sufficient)
        return "The disk is below its reserve: this node takes no writes until there is space.";
    const auto since = proposals_.oldestSince();
    if (!since || clock_.now() - *since < worthExplaining)
        return {};
    std::string text = "The oldest write has waited " + seconds(clock_.now() - *since) + ": ";
    const LogIndex index = proposals_.oldestIndex();
    if (!index)
        return text + "it is not in the log yet, because earlier entries wait for a quorum.";
    std::string holders;
    for (const std::string& id : raft_.holders(index))
        holders += (holders.empty() ? "" : ", ") + id;
    const std::size_t voters = status.configuration.voterSlots();
    text += "entry " + std::to_string(index.value) + " is on disk at " +
            (holders.empty() ? "no node" : holders) + " and needs " +
            std::to_string(raft::effectiveQuorum(voters, options_.quorum)) + " of " + std::to_string(voters) +
            " nodes.";
    for (const net::PeerLinkStatus& peer : hub_.status()) {
        if (!peer.problem.empty())
            text += " No link to " + peer.url + ": " + peer.problem + ".";
    }
    return text;
}

NodeStatus RaftDriver::status()
{
    NodeStatus status;
    status.nodeId = options_.id;
    status.incarnation = identity_.server;
    status.host = options_.host;
    status.port = options_.port;
    status.version = DSMSG_VERSION;
    for (net::PeerLinkStatus& peer : hub_.status())
        status.peers.push_back({peer.url, peer.id, peer.alive, peer.lastOk, peer.problem});
    status.mode = options_.mode;
    status.quorum = options_.quorum;
    status.raft = raft_.status(clock_.now());
    status.raft.serving = status.raft.serving && timekeeper_.mayStamp();
    status.effectiveQuorum = static_cast<std::uint32_t>(
        raft::effectiveQuorum(status.raft.configuration.voterSlots(), options_.quorum));
    status.committedSeq = appliedState_.lastSeq;
    status.deliveredSeq = appliedState_.delivery.last;
    status.kept = appliedState_.kept;
    status.stateHash = appliedState_.hash;
    if (const raft::Member* leader = leaderMember()) {
        status.leaderId = leader->id;
        status.leaderUrl = leader->url;
    }
    status.averageStoreLatency = proposals_.averageLatency();
    status.lastRecoveryTime = recovery_.lastRecovery();
    status.recentDeliveries = recent_;
    status.disk = disk_;
    status.faults = faults_;
    status.time = timekeeper_.status();
    status.pendingSubmissions = proposals_.size();
    if (const auto since = proposals_.oldestSince())
        status.oldestPending = clock_.now() - *since;
    status.explain = diverged_.empty() ? explain(status.raft) : diverged_;
    return status;
}

} // namespace dsmsg::node
