// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts seqs in the simplest way there is, a map from id to number, so that a fault of the state machine and
// of its stores cannot hide here.
#include "tests/support/sim/checkers/CommittedLog.h"

#include "core/messaging/Command.h"

namespace dsmsg::sim {

void CommittedLog::onStart(const ClusterView&, const NodeView& node)
{
    checked_[node.slot] = LogIndex{};
}

void CommittedLog::onStep(const ClusterView&, const NodeView& node)
{
    LogIndex& checked = checked_[node.slot];
    if (node.commit > node.disk->written.lastIndex()) {
        fail(nameOfSlot(node.slot), " has commit index ", node.commit, " but its log ends at ",
             node.disk->written.lastIndex());
        return;
    }
    const DiskImage& log = node.disk->written;
    if (log.base.index > last() || log.base.term != termAt(log.base.index))
        return fail(nameOfSlot(node.slot), "'s log begins after entry ", log.base.index, " of term ",
                    log.base.term, ", committed there is one of term ", termAt(log.base.index));
    checked = std::max(checked, log.base.index);
    while (checked < node.commit) {
        ++checked;
        const raft::EntryPtr& entry = log.log[checked - log.base.index - 1];
        if (checked > last()) {
            add(node, entry);
        } else if (at(checked).entry != entry && *at(checked).entry != *entry) {
            fail(nameOfSlot(node.slot), " committed at index ", checked, " an entry of term ", entry->term,
                 ", but committed there is one of term ", termAt(checked), " with other content or term");
            return;
        }
    }
}

void CommittedLog::add(const NodeView& node, const raft::EntryPtr& entry)
{
    entries_.push_back({entry, node.term});
    std::vector<Seq>& seqs = seqs_.emplace_back();
    if (entry->kind == raft::EntryKind::Form || entry->kind == raft::EntryKind::Configuration) {
        auto decoded = raft::decodeConfiguration(entry->data);
        if (!decoded)
            return fail("the committed entry ", entry->index, " cannot be decoded: ", decoded.error().text);
        configuration_ = std::move(*decoded);
    }
    if (entry->kind != raft::EntryKind::Command)
        return;
    const auto messages = messaging::splitBatch(entry->data);
    if (!messages)
        return fail("the committed entry ", entry->index, " cannot be decoded: ", messages.error().text);
    for (const std::string_view encoded : *messages) {
        const auto message = messaging::decodeMessage(encoded);
        if (!message)
            return fail("a message of entry ", entry->index, " cannot be decoded: ", message.error().text);
        const auto [place, isNew] =
            places_.try_emplace(std::string(message->msgId), Placed{lastSeq_.next(), entry->index});
        if (isNew) {
            ++lastSeq_;
            ids_.emplace_back(message->msgId);
        }
        seqs.push_back(place->second.seq);
    }
}

const Placed* CommittedLog::find(const std::string& msgId) const
{
    const auto place = places_.find(msgId);
    return place == places_.end() ? nullptr : &place->second;
}

const std::string& CommittedLog::idAt(Seq seq) const
{
    static const std::string none;
    return seq && seq <= lastSeq_ ? ids_[seq.value - 1] : none;
}

} // namespace dsmsg::sim
