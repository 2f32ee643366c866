// SPDX-License-Identifier: GPL-3.0-or-later
//
// messaging::Store in memory, for the simulator: what a power cut takes away, and nothing else of a disk.
// Commits are visible at once and survive the process; only what a checkpoint() has covered survives
// cutPower(), as with state.db in WAL mode with synchronous=NORMAL. Deterministic and cheap to copy: batches
// are shared, not copied.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/messaging/Command.h"
#include "core/messaging/Store.h"

namespace dsmsg::testing {

class MemoryStore final : public messaging::Store
{
public:
    messaging::AppliedState applied() const override { return committed_.state; }
    Result<void> begin() override;
    Result<std::optional<Seq>> findId(const messaging::IdHash& id) override;
    Result<void> addBatch(const messaging::BatchRecord& batch) override;
    Result<void> addDeliveries(std::span<const messaging::DeliveryRun> runs) override;
    Result<std::vector<messaging::RemovedMessage>>
    remove(std::span<const messaging::SeqRange> ranges) override;
    Result<Seq> nextKept(Seq from) override;
    Result<std::optional<Seq>> findCursor(const std::string& recipient) override;
    Result<std::size_t> cursorCount() override { return now_->cursors.size(); }
    Result<void> setCursor(const messaging::InboxCursor& cursor) override;
    Result<void> setRule(const messaging::RetentionRule& rule) override;
    Result<std::vector<messaging::RetentionRule>> rules() override;
    Result<std::vector<Seq>> expired(UnixTime now, std::size_t limit) override;
    Result<void> commit(const messaging::AppliedState& state) override;
    void rollback() override;
    Result<messaging::StateChunk> readChunk(Seq after, std::size_t bytesMax) override;
    Result<std::vector<messaging::HeldMessage>> undelivered() override;

    /// Makes what is committed survive cutPower(). Outside a transaction only.
    void checkpoint();
    /// Goes back to the last checkpoint; a running transaction is gone with the rest.
    void cutPower();
    /// What cutPower() would leave.
    const messaging::AppliedState& durable() const { return durable_.state; }

    /// Committed messages after `after`, at most `limit`, ascending, without the removed ones.
    std::vector<messaging::StoredMessage> messages(Seq after, std::size_t limit) const;
    std::optional<messaging::StoredMessage> message(Seq seq) const;
    /// As committed.
    std::optional<Seq> cursor(const std::string& recipient) const;
    /// Same; ascending by recipient.
    std::vector<messaging::InboxCursor> cursors() const;
    /// Seqs in order of their delivery, as committed.
    std::vector<Seq> deliveryOrder() const;

private:
    struct Batch
    {
        Seq firstSeq;
        Term term;
        LogIndex index;
        std::string command;
        std::vector<std::uint32_t> skipped;
        std::vector<std::string_view> kept; ///< the messages that are no duplicates; views into `command`
        std::vector<messaging::IdHash> ids;
    };
    /// What changes in place; shared, and copied on the first change, between the points in history that
    /// agree on it.
    struct Mutable
    {
        std::set<Seq> removed;
        std::set<std::pair<UnixTime, Seq>> expiries;
        std::map<std::string, Seq> cursors;
        std::map<std::optional<std::string>, messaging::RetentionLimits> rules;
    };
    /// A point in the history of this store, which but for `rest` only grows.
    struct Position
    {
        messaging::AppliedState state;
        std::size_t batches = 0;
        std::size_t runs = 0;
        std::shared_ptr<Mutable> rest = std::make_shared<Mutable>();
    };
    struct HashOfId
    {
        std::size_t operator()(const messaging::IdHash& id) const noexcept;
    };

    void revertTo(const Position& position);
    Mutable& change();
    const Batch& batchOf(Seq seq) const;
    messaging::StateSegment segmentOf(const Batch& batch) const;
    messaging::MessageView whole(Seq seq) const;
    bool isRemoved(Seq seq) const { return now_->removed.contains(seq); }

    std::vector<std::shared_ptr<const Batch>> batches_;
    std::vector<messaging::DeliveryRun> runs_;
    std::unordered_map<messaging::IdHash, Seq, HashOfId> ids_;
    Position committed_;
    Position durable_;
    std::shared_ptr<Mutable> now_ = committed_.rest; ///< with the running transaction's changes
    Seq lastSeq_;                                    ///< with the running transaction's messages
    bool inTransaction_ = false;
};

/// Reads what is committed. `store` must outlive the reader.
class MemoryReader final : public messaging::MessageReader
{
public:
    explicit MemoryReader(const MemoryStore& store)
        : store_(store)
    {
    }

    Result<messaging::Page> page(const messaging::PageQuery& query) override;
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override;
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override { return store_.message(seq); }
    Result<messaging::AppliedState> applied() override { return store_.applied(); }
    Result<std::optional<Seq>> cursor(const std::string& recipient) override;
    Result<messaging::InboxSummary> inboxes(std::size_t limit) override;

private:
    const MemoryStore& store_;
};

} // namespace dsmsg::testing
