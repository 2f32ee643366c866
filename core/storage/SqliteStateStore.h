// SPDX-License-Identifier: GPL-3.0-or-later
//
// The StateStore as this folder knows it: the tables of state.db, each in a class of its own, and what they
// share, which is the transaction, the failure that ends all use and the size of the WAL. Its transactions
// are in StateStore.cpp, what orders need in StateOrders.cpp, its background work in StateMaintenance.cpp.
#pragma once

#include "core/messaging/RecentRemovals.h"
#include "core/storage/AppliedRow.h"
#include "core/storage/BatchMerger.h"
#include "core/storage/BatchTable.h"
#include "core/storage/CursorTable.h"
#include "core/storage/Database.h"
#include "core/storage/DeliveryTable.h"
#include "core/storage/ExpiryTable.h"
#include "core/storage/MessageRemover.h"
#include "core/storage/RetentionTable.h"
#include "core/storage/StateIndexes.h"
#include "core/storage/StateScrub.h"
#include "core/storage/StateStore.h"

namespace dsmsg::storage {

inline constexpr std::uint64_t statePageBytes = 4096;          ///< entriesPerPage depends on it
inline constexpr std::uint64_t stepOverheadBytes = 256 * 1024; ///< written by one step of a merge, at most

/// The one StateStore.
class SqliteStateStore final : public StateStore
{
public:
    explicit SqliteStateStore(std::unique_ptr<Database> database)
        : database_(std::move(database))
        , appliedRow_(*database_)
        , batches_(*database_)
        , deliveries_(*database_)
        , indexes_(*database_)
        , merger_(*database_, batches_)
        , expiries_(*database_)
        , cursors_(*database_)
        , rules_(*database_)
        , remover_(batches_, expiries_, merger_)
        , scrub_(batches_, expiries_, cursors_.table(), rules_)
    {
    }
    ~SqliteStateStore() override { rollback(); }

    Result<void> load();

    messaging::AppliedState applied() const override { return applied_; }
    Result<void> begin() override;
    Result<std::optional<Seq>> findId(const messaging::IdHash& id) override;
    Result<void> addBatch(const messaging::BatchRecord& batch) override;
    Result<void> addDeliveries(std::span<const messaging::DeliveryRun> runs) override;
    Result<std::vector<messaging::RemovedMessage>>
    remove(std::span<const messaging::SeqRange> ranges) override;
    Result<Seq> nextKept(Seq from) override;
    Result<std::optional<Seq>> findCursor(const std::string& recipient) override;
    Result<std::size_t> cursorCount() override;
    Result<void> setCursor(const messaging::InboxCursor& cursor) override;
    Result<void> setRule(const messaging::RetentionRule& rule) override;
    Result<std::vector<messaging::RetentionRule>> rules() override;
    Result<std::vector<Seq>> expired(UnixTime now, std::size_t limit) override;
    Result<void> commit(const messaging::AppliedState& state) override;
    void rollback() override;
    Result<messaging::StateChunk> readChunk(Seq after, std::size_t bytesMax) override;
    Result<std::vector<messaging::HeldMessage>> undelivered() override;
    LogIndex durableIndex() const override { return durable_; }
    Result<LogIndex> sync() override;
    Result<bool> maintain() override;
    Result<bool> scrub() override;

private:
    Result<void> beginTransaction();
    Result<void> commitTransaction();
    Result<void> flushIndexes();
    Result<void> countWhatIsKept();
    Result<void> addTheRest(messaging::StateChunk& chunk);
    Result<void> maintainStep();
    Result<void> checkpoint();
    bool hasWork() const;
    bool isBehind() const;
    /// Remembers the first failure and returns it; DiskFull passes.
    Error fail(const Error& error);
    template <class Value>
    Result<Value> passOn(Result<Value> result)
    {
        if (!result)
            fail(result.error());
        return result;
    }

    std::unique_ptr<Database> database_;
    AppliedRow appliedRow_;
    BatchTable batches_;
    DeliveryWriter deliveries_;
    StateIndexes indexes_;
    BatchMerger merger_;
    ExpiryTable expiries_;
    CursorWriter cursors_;
    RetentionTable rules_;
    MessageRemover remover_;
    StateScrub scrub_;
    messaging::RecentRemovals recentRemovals_;

    messaging::AppliedState applied_;
    LogIndex durable_;
    Seq lastSeq_;                ///< with the running transaction's messages
    std::uint64_t walBytes_ = 0; ///< estimate
    bool inTransaction_ = false;
    std::optional<Error> failure_;
};

} // namespace dsmsg::storage
