// SPDX-License-Identifier: GPL-3.0-or-later
//
// Only the newest entry of a commit is looked for on the disks: Log Matching, checked on its own, vouches for
// those before it.
#include "tests/support/sim/checkers/Durability.h"

#include <algorithm>

namespace dsmsg::sim {

void DurableCommit::onStart(const ClusterView&, const NodeView& node)
{
    inForce_[node.slot] = node.disk->durable.configuration().second;
}

void DurableCommit::onStep(const ClusterView& cluster, const NodeView& node)
{
    const auto known = inForce_.find(node.slot);
    const raft::Configuration decided = known == inForce_.end() ? node.configuration : known->second;
    inForce_[node.slot] = node.configuration;
    if (node.commit <= checked_ || committed_.last() < node.commit)
        return;
    checked_ = node.commit;
    const Term term = committed_.termAt(checked_);
    const raft::Configuration& configuration = decided.formed() ? decided : node.configuration;
    const std::size_t copies = cluster.copies(configuration, checked_, term);
    const std::size_t majority = raft::majorityOf(configuration.voterSlots());
    if (copies < majority)
        fail(nameOfSlot(node.slot), " commits entry ", checked_, " of term ", term, " with ", copies,
             " copies on disk, a majority is ", majority);
    if (!configuration.joint())
        return;
    const auto outgoing = static_cast<std::size_t>(std::ranges::count_if(
        configuration.oldVoters, [&](ServerId voter) { return cluster.holds(voter, checked_, term); }));
    if (outgoing < raft::majorityOf(configuration.oldVoters.size()))
        fail(nameOfSlot(node.slot), " commits entry ", checked_, " of term ", term, " with ", outgoing,
             " copies among ", configuration.oldVoters.size(), " outgoing voters");
}

void DurableCommit::onAcknowledge(const ClusterView& cluster, const NodeView& node,
                                  const Acknowledgement& told)
{
    const Placed* placed = committed_.find(told.msgId);
    if (!placed) {
        fail(nameOfSlot(node.slot), " acknowledges ", told.msgId, ", which is not in the committed log");
        return;
    }
    if (committed_.termAt(told.index) != told.term) {
        fail(nameOfSlot(node.slot), " acknowledges ", told.msgId, " by entry ", told.index, " of term ",
             told.term, ", but committed there is one of term ", committed_.termAt(told.index));
        return;
    }
    const std::size_t copies = cluster.copies(node.configuration, told.index, told.term);
    if (copies < told.copies)
        fail(nameOfSlot(node.slot), " acknowledges ", told.msgId, " at index ", told.index, " with ", copies,
             " copies on disk, promised are ", told.copies);
}

void ExactlyOnce::onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                          const std::vector<messaging::AppliedEntry>& outcomes,
                          const messaging::AppliedState&)
{
    for (const messaging::AppliedEntry& outcome : outcomes) {
        if (outcome.index > committed_.last())
            return fail(nameOfSlot(node.slot), " applied entry ", outcome.index, ", which is not committed");
        const std::vector<Seq>& expected = committed_.seqsAt(outcome.index);
        bool same = expected.size() == outcome.messages.size();
        for (std::size_t i = 0; same && i < expected.size(); ++i)
            same = expected[i] == outcome.messages[i].seq;
        if (!same)
            return fail(nameOfSlot(node.slot), " gave other seqs to the messages of entry ", outcome.index,
                        " than counting the committed log gives");
    }
}

void ExactlyOnce::onAcknowledge(const ClusterView&, const NodeView& node, const Acknowledgement& told)
{
    const auto [first, isNew] = told_.try_emplace(told.msgId, told.seq);
    if (!isNew && first->second != told.seq)
        fail(nameOfSlot(node.slot), " says ", told.msgId, " has seq ", told.seq, ", a client was told ",
             first->second);
    const Placed* placed = committed_.find(told.msgId);
    if (placed && placed->seq != told.seq)
        fail(nameOfSlot(node.slot), " says ", told.msgId, " has seq ", told.seq,
             ", in the committed log it is ", placed->seq);
    if (placed && placed->index != told.index)
        fail(nameOfSlot(node.slot), " says that ", told.msgId, " is in entry ", told.index,
             ", but its first copy is in entry ", placed->index);
}

void StateMachineSafety::catchUp()
{
    while (LogIndex(states_.size()) < committed_.last()) {
        const raft::EntryPtr& entry = committed_.at(LogIndex(states_.size()).next()).entry;
        if (const auto outcome = machine_.apply({&entry, 1}); !outcome)
            return fail("the committed entry ", entry->index, " does not apply: ", outcome.error().text);
        states_.push_back(machine_.applied());
    }
}

void StateMachineSafety::onApply(const ClusterView&, const NodeView& node,
                                 std::span<const raft::EntryPtr> entries,
                                 const std::vector<messaging::AppliedEntry>&,
                                 const messaging::AppliedState& state)
{
    catchUp();
    for (const raft::EntryPtr& entry : entries) {
        if (committed_.termAt(entry->index) != entry->term)
            return fail(nameOfSlot(node.slot), " applied at index ", entry->index, " an entry of term ",
                        entry->term, ", committed there is one of term ", committed_.termAt(entry->index));
    }
    if (state != node.state.applied)
        fail(nameOfSlot(node.slot), " reports another state than it has");
    compare(node);
}

void StateMachineSafety::compare(const NodeView& node)
{
    catchUp();
    const messaging::AppliedState& state = node.state.applied;
    if (!state.index)
        return;
    if (LogIndex(states_.size()) < state.index)
        return fail(nameOfSlot(node.slot), " has applied entry ", state.index, ", which is not committed");
    const messaging::AppliedState& expected = states_[state.index.value - 1];
    if (state != expected)
        fail(nameOfSlot(node.slot), " at applied index ", state.index, " has hash ", toHex(state.hash),
             " and last seq ", state.lastSeq, ", expected are ", toHex(expected.hash), " and ",
             expected.lastSeq);
}

} // namespace dsmsg::sim
