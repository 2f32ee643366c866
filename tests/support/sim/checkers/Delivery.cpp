// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Delivery.h"

#include "core/messaging/Command.h"

namespace dsmsg::sim {

void DeliveryByTime::deliver(Seq seq)
{
    ++now_.delivered;
    now_.orderHash = messaging::extendOrderHash(now_.orderHash, seq);
}

void DeliveryByTime::applyCommand(const raft::EntryPtr& entry)
{
    const UnixTime watermark = messaging::watermarkOf(entry->data);
    if (watermark < watermark_)
        return fail("the watermark of entry ", entry->index, " lies ", (watermark_ - watermark).count(),
                    " us before one that is committed");
    watermark_ = watermark;
    while (!waiting_.empty() && waiting_.begin()->first <= watermark_) {
        deliver(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
    }
    const auto messages = messaging::splitBatch(entry->data);
    const std::vector<Seq>& seqs = committed_.seqsAt(entry->index);
    for (std::size_t i = 0; messages && i < messages->size(); ++i) {
        if (seqs[i] <= seen_)
            continue; // a duplicate
        seen_ = seqs[i];
        const messaging::Message message = messaging::decodeMessage((*messages)[i])->toMessage();
        const UnixTime latest = message.receiveTs + std::chrono::seconds(5);
        const UnixTime time = std::min(message.correctedTs(), latest);
        if (time > watermark_) {
            waiting_.emplace(time, seqs[i]);
        } else {
            ++now_.late;
            deliver(seqs[i]);
        }
    }
}

void DeliveryByTime::catchUp()
{
    while (LogIndex(reached_.size()) < committed_.last()) {
        const raft::EntryPtr& entry = committed_.at(LogIndex(reached_.size()).next()).entry;
        if (entry->kind == raft::EntryKind::Command)
            applyCommand(entry);
        reached_.push_back(now_);
    }
}

void DeliveryByTime::onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                             const std::vector<messaging::AppliedEntry>& outcomes,
                             const messaging::AppliedState& state)
{
    compare(node, state);
    for (const messaging::AppliedEntry& outcome : outcomes) {
        if (outcome.index > LogIndex(reached_.size()))
            return; // not committed: another checker's concern
        const std::uint64_t expected = reached_[outcome.index.value - 1].delivered;
        if (outcome.lastDelivery != DeliverySeq(expected))
            return fail(nameOfSlot(node.slot), " has delivered ", outcome.lastDelivery, " messages by entry ",
                        outcome.index, ", by their time it should be ", expected);
    }
}

void DeliveryByTime::compare(const NodeView& node, const messaging::AppliedState& state)
{
    catchUp();
    if (!state.index || state.index > LogIndex(reached_.size()))
        return;
    const Reached& expected = reached_[state.index.value - 1];
    const messaging::DeliveryState& is = state.delivery;
    if (is.last != DeliverySeq(expected.delivered) || is.late != expected.late ||
        is.orderHash != expected.orderHash)
        fail(nameOfSlot(node.slot), " has delivered ", is.last, " messages up to entry ", state.index, ", ",
             is.late, " of them late; in order of time it is ", expected.delivered, " and ", expected.late,
             is.last == DeliverySeq(expected.delivered) ? ", in another order" : "");
}

} // namespace dsmsg::sim
