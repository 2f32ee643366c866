// SPDX-License-Identifier: GPL-3.0-or-later
//
// Applies committed entries: decides duplicates, gives out seq (CORE.md, Seq and dedup), delivers in order of
// time, and carries out orders. Reads nothing but the entry and the store, so every node comes to the same
// state.
#pragma once

#include <span>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/raft/Entry.h"

namespace dsmsg::messaging {

struct AppliedMessage
{
    Seq seq;
    bool duplicate = false; ///< `seq` is the first copy's
};

struct AppliedEntry
{
    LogIndex index;
    Term term;
    std::vector<AppliedMessage> messages; ///< one per message of a Command entry, in order; else empty
    Bits128 stateHash{};                  ///< AppliedState::hash once this is applied
    DeliverySeq lastDelivery{};           ///< given out by then
    std::uint64_t delivered = 0;          ///< by this entry: the delivery seqs up to `lastDelivery`
    std::vector<OrderOutcome> orders;     ///< one per order of a Command entry
    std::vector<RemovedMessage> removed;  ///< by this entry
};

class StateMachine
{
public:
    /// `store` must outlive the state machine.
    explicit StateMachine(Store& store);

    /// Applies consecutive entries, the first right after applied().index, in one transaction. On failure
    /// nothing of them is applied and the caller must stop applying.
    Result<std::vector<AppliedEntry>> apply(std::span<const raft::EntryPtr> entries);
    AppliedState applied() const { return store_.applied(); }

    /// What is applied and waits for its time; to be asked after load() or apply() succeeded.
    const DeliveryOrder& order() const { return order_; }
    /// Reads from the store what waits. apply() does it by itself where it is needed.
    Result<void> load();

private:
    Result<AppliedEntry> applyOne(const raft::Entry& entry, AppliedState& state);
    Result<void> applyBatch(const raft::Entry& entry, AppliedState& state, AppliedEntry& out);
    Result<void> applyOrders(std::string_view command, AppliedState& state, AppliedEntry& out);
    Result<OrderOutcome> carryOut(const MoveCursor& order, AppliedState& state, AppliedEntry& out);
    Result<OrderOutcome> carryOut(const RetentionRule& order, AppliedState& state, AppliedEntry& out);
    Result<OrderOutcome> carryOut(const Removal& order, AppliedState& state, AppliedEntry& out);

    Store& store_;
    DeliveryOrder order_;
    bool loaded_ = false; ///< `order_` is that of the store
};

} // namespace dsmsg::messaging
