// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the core says about itself, and why there is no leader, in words.
#include "core/raft/Core.h"

#include <algorithm>

namespace dsmsg::raft {

std::string Raft::Impl::explain() const
{
    if (leaderId)
        return {};
    if (!config().formed() && !mayForm())
        return formationProblem();
    if (removed)
        return "This node was removed from the cluster and takes no part any more. To bring it back, add it again "
               "(dsmsg cluster add).";
    if (!durability.idle())
        return "No leader is known, and this node does not campaign while a write to its own disk is "
               "unfinished.";
    if (!mayCampaign())
        return "No leader is known, and this node is not a voter: it waits to hear from one.";
    std::string silent;
    std::string refused;
    for (const Member& member : config().members) {
        if (member.server == identity.server || member.role != MemberRole::Voter)
            continue;
        const auto vote = votes.find(member.server);
        const std::string name = member.id.empty() ? member.url : member.id;
        if (vote == votes.end())
            silent += (silent.empty() ? "" : ", ") + name;
        else if (!vote->second)
            refused += (refused.empty() ? "" : ", ") + name;
    }
    std::string text = "No leader: ";
    text += role == Role::Follower ? "waiting for one to be heard until the election timeout."
                                   : "this node asks for votes.";
    if (role != Role::Follower && !silent.empty())
        text += " No answer from " + silent + ".";
    if (!refused.empty())
        text += " Refused by " + refused + ".";
    return text;
}

Status Raft::Impl::status(Instant at) const
{
    const auto positive = [](Duration d) { return std::max(d, Duration::zero()); };
    Status s;
    s.role = role;
    s.term = term();
    s.votedFor = hardState.votedFor;
    s.leader = leaderId;
    s.serving = leads() && applied >= termStart;
    s.first = log.first();
    s.last = log.last();
    s.durable = durability.durableIndex();
    s.commit = commit;
    s.applied = applied;
    s.configuration = config();
    for (const auto& [server, peer] : progress) {
        s.peers.push_back({server, peer.state(), peer.next(), peer.match(), peer.inflightMessages(),
                           peer.inflightBytes(), positive(at - peer.lastContact()), peer.noSpace,
                           config().isVoter(server)});
    }
    s.electionTimeout = electionTimeoutArmed;
    s.electionRemaining = leads() ? Duration::zero() : positive(electionDeadline - at);
    s.sinceLeaderContact = leads() || !leaderContact ? Duration::zero() : positive(at - *leaderContact);
    s.pendingWrites = durability.pendingWrites();
    s.pendingReads = reads.size();
    s.waitingToForm = !config().formed();
    s.removed = removed;
    s.transferTo = transferTo;
    s.explain = explain();
    return s;
}

} // namespace dsmsg::raft
