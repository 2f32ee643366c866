// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/StateMachine.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "core/base/Cbor.h"
#include "core/messaging/Command.h"

namespace dsmsg::messaging {

namespace {

/// The hash covers what was applied (index, term, kind, data) and what came of it (every seq and verdict, the
/// order of delivery, the outcome of orders, what removals left), so that two nodes with one hash agree on
/// all of it.
Bits128 nextHash(const AppliedState& state, const raft::Entry& entry, const AppliedEntry& outcome)
{
    CborWriter writer(64 + 10 * outcome.messages.size());
    writer.unsignedInteger(entry.index.value);
    writer.unsignedInteger(entry.term.value);
    writer.unsignedInteger(static_cast<std::uint64_t>(entry.kind));
    for (const AppliedMessage& message : outcome.messages) {
        writer.unsignedInteger(message.seq.value);
        writer.boolean(message.duplicate);
    }
    writer.unsignedInteger(state.delivery.last.value);
    writer.unsignedInteger(state.delivery.orderHash);
    writer.unsignedInteger(state.delivery.late);
    for (const OrderOutcome& order : outcome.orders) {
        writer.boolean(order.done);
        writer.unsignedInteger(order.cursor.value);
    }
    if (!outcome.removed.empty()) {
        writer.unsignedInteger(state.kept.first.value);
        writer.unsignedInteger(state.kept.messages);
        writer.unsignedInteger(state.kept.bytes);
    }
    return blake2s128({state.hash.view(), writer.buffer(), entry.data});
}

} // namespace

StateMachine::StateMachine(Store& store)
    : store_(store)
{
}

Result<void> StateMachine::load()
{
    auto held = store_.undelivered();
    if (!held)
        return held.error();
    order_.load(std::move(*held));
    loaded_ = true;
    return {};
}

Result<std::vector<AppliedEntry>> StateMachine::apply(std::span<const raft::EntryPtr> entries)
{
    if (!loaded_) {
        if (auto loaded = load(); !loaded)
            return loaded.error();
    }
    loaded_ = false; // until the store agrees
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
    loaded_ = true;
    return outcomes;
}

Result<AppliedEntry> StateMachine::applyOne(const raft::Entry& entry, AppliedState& state)
{
    AppliedEntry outcome;
    outcome.index = entry.index;
    outcome.term = entry.term;
    const DeliverySeq before = state.delivery.last;
    if (entry.kind == raft::EntryKind::Command) {
        if (auto applied = applyBatch(entry, state, outcome); !applied)
            return applied.error();
    }
    state.index = entry.index;
    state.term = entry.term;
    outcome.lastDelivery = state.delivery.last;
    outcome.delivered = state.delivery.last - before;
    state.hash = nextHash(state, entry, outcome);
    outcome.stateHash = state.hash;
    return outcome;
}

Result<void> StateMachine::applyBatch(const raft::Entry& entry, AppliedState& state, AppliedEntry& out)
{
    auto split = splitBatch(entry.data);
    if (!split)
        return split.error();
    order_.advance(watermarkOf(entry.data), state.delivery);
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
        if (message->remnantOf)
            return Error{Error::Kind::Corrupt, "The log holds the remnant of a message."};
        state.newestReceive = std::max(state.newestReceive, message->receiveTs);
        const IdHash id = message->id();
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
        order_.add({message->orderTs(), state.lastSeq}, state.delivery);
        ++state.kept.messages;
        state.kept.bytes += contentBytes(*message);
        if (const auto expiry = message->expiry())
            record.expiries.push_back({state.lastSeq, *expiry});
        record.ids.push_back(id);
        record.senders.push_back(message->sender);
        record.recipients.push_back(message->recipient);
        ++record.count;
    }
    if (record.count > 0) {
        if (auto added = store_.addBatch(record); !added)
            return added;
    }
    if (auto delivered = store_.addDeliveries(order_.takeRuns()); !delivered)
        return delivered;
    return applyOrders(entry.data, state, out);
}

Result<void> StateMachine::applyOrders(std::string_view command, AppliedState& state, AppliedEntry& out)
{
    for (const Order& order : ordersOf(command)) {
        auto outcome = std::visit([&](const auto& one) { return carryOut(one, state, out); }, order);
        if (!outcome)
            return outcome.error();
        out.orders.push_back(*outcome);
    }
    return {};
}

Result<OrderOutcome> StateMachine::carryOut(const MoveCursor& order, AppliedState& state, AppliedEntry&)
{
    auto cursor = store_.findCursor(order.recipient);
    if (!cursor)
        return cursor.error();
    const Seq before = cursor->value_or(Seq());
    if (order.seq > state.lastSeq)
        return OrderOutcome{false, before};
    if (*cursor && order.seq <= before)
        return OrderOutcome{true, before};
    if (!*cursor) {
        const auto count = store_.cursorCount();
        if (!count)
            return count.error();
        if (*count >= cursorsMax)
            return OrderOutcome{false, before, true};
    }
    if (auto set = store_.setCursor({order.recipient, order.seq}); !set)
        return set.error();
    return OrderOutcome{true, order.seq};
}

Result<OrderOutcome> StateMachine::carryOut(const RetentionRule& order, AppliedState&, AppliedEntry&)
{
    const auto rules = store_.rules();
    if (!rules)
        return rules.error();
    const bool known = std::ranges::any_of(
        *rules, [&](const RetentionRule& rule) { return rule.recipient == order.recipient; });
    if (!known && !order.limits.none() && rules->size() >= retentionRulesMax)
        return OrderOutcome{false, {}, true};
    if (auto set = store_.setRule(order); !set)
        return set.error();
    return OrderOutcome{true, {}};
}

Result<OrderOutcome> StateMachine::carryOut(const Removal& order, AppliedState& state, AppliedEntry& out)
{
    if (!order.ranges.empty() && order.ranges.back().end() > state.lastSeq.next())
        return OrderOutcome{false, {}};
    auto removed = store_.remove(order.ranges);
    if (!removed)
        return removed.error();
    state.kept.subtract(*removed);
    auto first = store_.nextKept(state.kept.first);
    if (!first)
        return first.error();
    state.kept.first = *first;
    std::ranges::move(*removed, std::back_inserter(out.removed));
    return OrderOutcome{true, {}};
}

} // namespace dsmsg::messaging
