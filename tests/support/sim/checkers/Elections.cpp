// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disk wiped before its cluster was formed may leave a Form entry behind that can never commit, in a term
// that the others use again. That is harmless as long as the two never mix; hence the cluster in the key.
#include "tests/support/sim/checkers/Elections.h"

#include <algorithm>
#include <utility>

namespace dsmsg::sim {

void ElectionSafety::onDurable(const ClusterView&, const NodeView& node)
{
    const raft::HardState& hard = node.disk->durable.hardState;
    if (hard.votedFor)
        votes_[{hard.term, hard.votedFor}].insert(node.server);
}

void ElectionSafety::onStep(const ClusterView& cluster, const NodeView& node)
{
    if (node.role != raft::Role::Leader)
        return;
    const auto [leader, isNew] = leaders_.try_emplace({node.configuration.cluster, node.term}, node.server);
    if (isNew)
        elected(cluster, node);
    else if (leader->second != node.server)
        fail("term ", node.term, " has two leaders: ", cluster.nameOf(leader->second), " and ",
             nameOfSlot(node.slot));
}

void ElectionSafety::elected(const ClusterView& cluster, const NodeView& node)
{
    const raft::Configuration& configuration = node.configuration;
    const std::set<ServerId>& votes = votes_[{node.term, node.server}];
    const auto check = [&](std::size_t slots, const auto& counts) {
        const auto given = static_cast<std::size_t>(std::ranges::count_if(votes, counts));
        if (given < raft::majorityOf(slots))
            fail(nameOfSlot(node.slot), " leads term ", node.term, " with ", given, " durable votes of ",
                 slots, " voters, its own included");
    };
    if (!configuration.formed())
        return check(cluster.initialSlots, [](ServerId) { return true; });
    check(configuration.voterSlots(), [&](ServerId voter) {
        const raft::Member* member = configuration.find(voter);
        return member && member->role == raft::MemberRole::Voter;
    });
    if (configuration.joint())
        check(configuration.oldVoters.size(),
              [&](ServerId voter) { return std::ranges::count(configuration.oldVoters, voter) > 0; });
}

void VoteOnce::onDurable(const ClusterView& cluster, const NodeView& node)
{
    const raft::HardState& hard = node.disk->durable.hardState;
    if (hard.votedFor)
        cast(cluster, node, hard.term, hard.votedFor);
}

void VoteOnce::onSend(const ClusterView& cluster, const NodeView& node, const raft::Envelope& envelope)
{
    const auto* reply = std::get_if<raft::RequestVoteReply>(&envelope.message);
    if (!reply || reply->ballot != raft::Ballot::Vote || !reply->granted)
        return;
    cast(cluster, node, reply->term, envelope.to);
    const raft::HardState& hard = node.disk->durable.hardState;
    const bool durable =
        hard.term > reply->term || (hard.term == reply->term && hard.votedFor == envelope.to);
    if (!durable)
        fail(nameOfSlot(node.slot), " tells ", cluster.nameOf(envelope.to), " its vote of term ", reply->term,
             " while its disk holds term ", hard.term, " and vote ", cluster.nameOf(hard.votedFor));
}

void VoteOnce::cast(const ClusterView& cluster, const NodeView& voter, Term term, ServerId candidate)
{
    const auto [vote, isNew] = votes_.try_emplace({voter.server, term}, candidate);
    if (!isNew && vote->second != candidate)
        fail(nameOfSlot(voter.slot), " voted twice in term ", term, ": for ", cluster.nameOf(vote->second),
             " and for ", cluster.nameOf(candidate));
}

void CommitRule::onStart(const ClusterView&, const NodeView& node)
{
    commits_[node.slot] = node.commit;
}

void CommitRule::onStep(const ClusterView&, const NodeView& node)
{
    const LogIndex before = std::exchange(commits_[node.slot], node.commit);
    if (node.role == raft::Role::Leader && node.commit > before &&
        node.disk->written.termAt(node.commit) != node.term)
        fail(nameOfSlot(node.slot), " leads term ", node.term, " and commits entry ", node.commit,
             " of term ", node.disk->written.termAt(node.commit), " by counting");
}

void NoStalledLeader::onCensus(const ClusterView&, const NodeView& node, const Census& census)
{
    const bool alone = node.configuration.voterSlots() == 1 && !node.configuration.joint();
    const bool leads = node.role == raft::Role::Leader && !alone;
    if (leads && census.oldestWrite > 2 * census.settings.electionTimeoutMax)
        fail(nameOfSlot(node.slot), " leads term ", node.term, " while a write of its own is unfinished for ",
             census.oldestWrite.count() / 1000, " ms");
}

void LeaderCompleteness::onStep(const ClusterView&, const NodeView& node)
{
    if (node.role != raft::Role::Leader)
        return;
    auto& looked = checked_[node.slot];
    if (looked == std::pair(node.run, node.term))
        return;
    looked = {node.run, node.term};
    const DiskImage& log = node.disk->written;
    // What a log has compacted it had; the checks of compaction and of snapshots see to that.
    for (LogIndex index = std::max(log.base.index, LogIndex(1)); index <= committed_.last(); ++index) {
        if (committed_.at(index).by >= node.term)
            return;
        if (log.termAt(index) != committed_.termAt(index)) {
            fail(nameOfSlot(node.slot), " leads term ", node.term, " without the entry ", index, " of term ",
                 committed_.termAt(index), " that was committed in term ", committed_.at(index).by);
            return;
        }
    }
}

void Monotone::onStart(const ClusterView&, const NodeView& node)
{
    seen_[node.slot] = Seen{};
    onStep({}, node);
    const Term spoken = spokenTerm_[node.server];
    if (node.term < spoken)
        fail(nameOfSlot(node.slot), " starts in term ", node.term, " but has spoken in term ", spoken);
}

void Monotone::onStep(const ClusterView&, const NodeView& node)
{
    Seen& seen = seen_[node.slot];
    const std::string who = nameOfSlot(node.slot);
    if (node.term < seen.term)
        fail(who, " goes back from term ", seen.term, " to ", node.term);
    if (node.commit < seen.commit)
        fail(who, " takes its commit index back from ", seen.commit, " to ", node.commit);
    if (node.applyThrough < seen.applyThrough)
        fail(who, " takes applyThrough back from ", seen.applyThrough, " to ", node.applyThrough);
    if (node.applyThrough > node.commit)
        fail(who, " would apply through ", node.applyThrough, " beyond its commit index ", node.commit);
    if (node.disk && node.applyThrough > node.disk->durable.lastIndex())
        fail(who, " would apply through ", node.applyThrough, " but its disk ends at ",
             node.disk->durable.lastIndex());
    seen = {node.term, node.commit, node.applyThrough};
}

void Monotone::onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope)
{
    // Only what others build on: leading, acknowledging, voting. A refusal or a request may be forgotten.
    const auto* appended = std::get_if<raft::AppendEntriesReply>(&envelope.message);
    const auto* voted = std::get_if<raft::RequestVoteReply>(&envelope.message);
    const bool promise = std::holds_alternative<raft::AppendEntries>(envelope.message) ||
                         std::holds_alternative<raft::Heartbeat>(envelope.message) ||
                         (appended && appended->success) ||
                         (voted && voted->granted && voted->ballot == raft::Ballot::Vote);
    if (!promise)
        return;
    Term& spoken = spokenTerm_[node.server];
    spoken = std::max(spoken, raft::termOf(envelope.message));
}

} // namespace dsmsg::sim
