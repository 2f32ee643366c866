// SPDX-License-Identifier: GPL-3.0-or-later
//
// Log Matching needs no comparison of whole logs: if every appended entry has the predecessor that its twin
// had elsewhere, equality spreads backwards by induction.
#include "tests/support/sim/checkers/Logs.h"

#include <algorithm>
#include <utility>

namespace dsmsg::sim {

void LogMatching::onWrite(const ClusterView&, const NodeView& node, const raft::Write& write)
{
    if (write.entries.empty())
        return;
    Term before = node.disk->written.termAt(write.entries.front()->index.previous());
    if (write.reset && write.entries.front()->index == write.reset->index.next())
        before = write.reset->term;
    for (const raft::EntryPtr& entry : write.entries) {
        const auto [twin, isNew] =
            known_.try_emplace({node.configuration.cluster, entry->index, entry->term}, Known{entry, before});
        if (!isNew && twin->second.before != before) {
            fail(nameOfSlot(node.slot), " has entry ", entry->index, " of term ", entry->term,
                 " after one of term ", before, ", another log has it after one of term ",
                 twin->second.before);
        }
        if (!isNew && twin->second.entry != entry && *twin->second.entry != *entry) {
            fail(nameOfSlot(node.slot), " has at index ", entry->index, " and term ", entry->term,
                 " an entry with other content than another log");
        }
        before = entry->term;
    }
}

void WriteDiscipline::onStart(const ClusterView&, const NodeView& node)
{
    lastWrite_[node.slot] = WriteId{};
}

void WriteDiscipline::onWrite(const ClusterView&, const NodeView& node, const raft::Write& write)
{
    WriteId& lastWrite = lastWrite_[node.slot];
    if (write.id <= lastWrite)
        fail(nameOfSlot(node.slot), " hands out write ", write.id, " after write ", lastWrite);
    lastWrite = write.id;

    const raft::HardState& old = node.disk->written.hardState;
    if (write.hardState && write.hardState->term < old.term)
        fail(nameOfSlot(node.slot), " writes term ", write.hardState->term, " over term ", old.term);
    if (write.hardState && write.hardState->term == old.term && old.votedFor &&
        write.hardState->votedFor != old.votedFor)
        fail(nameOfSlot(node.slot), " overwrites its vote of term ", old.term);
    if (write.truncateFrom)
        checkTruncation(node, write);
    checkEntries(node, write);
}

void WriteDiscipline::checkTruncation(const NodeView& node, const raft::Write& write)
{
    const DiskImage& log = node.disk->written;
    const LogIndex from = write.truncateFrom;
    if (from <= log.base.index)
        return fail(nameOfSlot(node.slot), " truncates from ", from, " but its log begins after ",
                    log.base.index);
    if (from > log.lastIndex())
        fail(nameOfSlot(node.slot), " truncates from ", from, " but its log ends at ", log.lastIndex());
    if (node.role == raft::Role::Leader)
        fail(nameOfSlot(node.slot), " truncates from ", from, " as the leader of term ", node.term);
    for (LogIndex index = from; index <= log.lastIndex() && index <= committed_.last(); ++index) {
        if (log.termAt(index) == committed_.termAt(index))
            return fail(nameOfSlot(node.slot), " truncates the committed entry ", index, " of term ",
                        log.termAt(index));
    }
    const auto told = acknowledged_.find(node.server);
    const Term term = std::max(node.term, write.hardState ? write.hardState->term : Term{});
    if (told != acknowledged_.end() && told->second.term == term && from <= told->second.match)
        fail(nameOfSlot(node.slot), " truncates from ", from, " but acknowledged ", told->second.match,
             " to the leader of this term ", term);
}

void WriteDiscipline::checkEntries(const NodeView& node, const raft::Write& write)
{
    const DiskImage log = write.reset ? DiskImage{{}, *write.reset, {}} : node.disk->written;
    LogIndex last = log.lastIndex();
    if (write.truncateFrom && write.truncateFrom <= last)
        last = write.truncateFrom.previous();
    Term before = log.termAt(last);
    for (const raft::EntryPtr& entry : write.entries) {
        if (entry->index != last.next())
            return fail(nameOfSlot(node.slot), " writes entry ", entry->index, " after entry ", last);
        if (entry->term < before)
            return fail(nameOfSlot(node.slot), " writes entry ", entry->index, " of term ", entry->term,
                        " after one of term ", before);
        last = entry->index;
        before = entry->term;
    }
}

void WriteDiscipline::onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope)
{
    const auto* reply = std::get_if<raft::AppendEntriesReply>(&envelope.message);
    if (!reply || !reply->success)
        return;
    Acknowledged& told = acknowledged_[node.server];
    if (reply->term > told.term)
        told = {reply->term, reply->match};
    else if (reply->term == told.term)
        told.match = std::max(told.match, reply->match);
}

void ConfigurationInForce::onStart(const ClusterView&, const NodeView& node)
{
    changed_[node.slot] = true;
}

void ConfigurationInForce::onWrite(const ClusterView&, const NodeView& node, const raft::Write& write)
{
    if (write.truncateFrom || write.reset || !write.entries.empty())
        changed_[node.slot] = true;
}

void ConfigurationInForce::onStep(const ClusterView&, const NodeView& node)
{
    if (!std::exchange(changed_[node.slot], false))
        return;
    const auto [index, expected] = node.disk->written.configuration();
    if (expected != node.configuration && (expected.formed() || node.configuration.formed()))
        fail(nameOfSlot(node.slot), " does not act on the configuration of its entry ", index);
}

void HonestAcknowledgement::onSend(const ClusterView& cluster, const NodeView& node,
                                   const raft::Envelope& envelope)
{
    const auto* reply = std::get_if<raft::AppendEntriesReply>(&envelope.message);
    if (!reply || !reply->success)
        return;
    const DiskImage& disk = node.disk->durable;
    if (reply->match > disk.lastIndex()) {
        fail(nameOfSlot(node.slot), " acknowledges ", reply->match, " but its disk ends at ",
             disk.lastIndex());
        return;
    }
    if (disk.hardState.term < reply->term)
        fail(nameOfSlot(node.slot), " acknowledges in term ", reply->term, " but its disk holds term ",
             disk.hardState.term);
    const NodeView* leader = cluster.find(envelope.to);
    const bool leads =
        leader && leader->up && leader->role == raft::Role::Leader && leader->term == reply->term;
    const bool compacted =
        leads && (reply->match < leader->disk->written.base.index || reply->match < disk.base.index);
    if (leads && !compacted && leader->disk->written.termAt(reply->match) != disk.termAt(reply->match))
        fail(nameOfSlot(node.slot), " acknowledges ", reply->match, " in term ", reply->term,
             " but holds there an entry of term ", disk.termAt(reply->match), ", its leader one of term ",
             leader->disk->written.termAt(reply->match));
}

} // namespace dsmsg::sim
