// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/StateMachine.h"

#include <unordered_map>

#include "core/base/Cbor.h"
#include "core/messaging/Command.h"

namespace dsmsg::messaging {

namespace {

/// The hash covers what was applied (index, term, kind, data) and what came of it (every seq and verdict), so
/// that two nodes with one hash agree on both.
Bits128 nextHash(const Bits128& previous, const raft::Entry& entry, const AppliedEntry& outcome)
{
    CborWriter writer(32 + 10 * outcome.messages.size());
    writer.unsignedInteger(entry.index.value);
    writer.unsignedInteger(entry.term.value);
    writer.unsignedInteger(static_cast<std::uint64_t>(entry.kind));
    for (const AppliedMessage& message : outcome.messages) {
        writer.unsignedInteger(message.seq.value);
        writer.boolean(message.duplicate);
    }
    return blake2s128({previous.view(), writer.buffer(), entry.data});
}

} // namespace

StateMachine::StateMachine(Store& store)
    : store_(store)
{
}

Result<std::vector<AppliedEntry>> StateMachine::apply(std::span<const raft::EntryPtr> entries)
{
    std::vector<AppliedEntry> outcomes;
    outcomes.reserve(entries.size());
    AppliedState state = store_.applied();
    if (auto begun = store_.begin(); !begun)
        return begun.error();
    for (const raft::EntryPtr& entry : entries) {
        DSMSG_ASSERT(entry->index == state.index.next(), "entries must be applied one after another");
        auto outcome = applyOne(*entry, state);
        if (!outcome) {
            store_.rollback();
            return outcome.error();
        }
        outcomes.push_back(std::move(*outcome));
    }
    if (auto committed = store_.commit(state); !committed)
        return committed.error();
    return outcomes;
}

Result<AppliedEntry> StateMachine::applyOne(const raft::Entry& entry, AppliedState& state)
{
    AppliedEntry outcome;
    outcome.index = entry.index;
    outcome.term = entry.term;
    if (entry.kind == raft::EntryKind::Command) {
        if (auto applied = applyBatch(entry, state, outcome); !applied)
            return applied.error();
    }
    state.index = entry.index;
    state.term = entry.term;
    state.hash = nextHash(state.hash, entry, outcome);
    outcome.stateHash = state.hash;
    return outcome;
}

Result<void> StateMachine::applyBatch(const raft::Entry& entry, AppliedState& state, AppliedEntry& out)
{
    auto split = splitBatch(entry.data);
    if (!split)
        return split.error();
    BatchRecord record;
    record.firstSeq = state.lastSeq.next();
    record.term = entry.term;
    record.index = entry.index;
    record.command = entry.data;
    out.messages.reserve(split->size());

    struct HashOfId
    {
        std::size_t operator()(const IdHash& id) const noexcept
        {
            return std::hash<std::string_view>{}(id.view());
        }
    };
    std::unordered_map<IdHash, Seq, HashOfId> inThisBatch;
    inThisBatch.reserve(split->size());

    for (std::uint32_t position = 0; position < split->size(); ++position) {
        auto message = decodeMessage((*split)[position]);
        if (!message)
            return message.error();
        const IdHash id = hashMessageId(message->msgId);
        auto known = store_.findId(id);
        if (!known)
            return known.error();
        if (const auto twin = inThisBatch.find(id); twin != inThisBatch.end())
            *known = twin->second;
        if (known->has_value()) {
            out.messages.push_back({**known, true});
            record.skipped.push_back(position);
            continue;
        }
        ++state.lastSeq;
        inThisBatch.emplace(id, state.lastSeq);
        out.messages.push_back({state.lastSeq, false});
        record.ids.push_back(id);
        record.senders.push_back(message->sender);
        record.recipients.push_back(message->recipient);
        ++record.count;
    }
    return record.count > 0 ? store_.addBatch(record) : Result<void>{};
}

} // namespace dsmsg::messaging
