// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/StateStore.h"

#include <algorithm>

#include <QFileInfo>

#include "core/storage/AppliedRow.h"
#include "core/storage/BatchMerger.h"
#include "core/storage/BatchTable.h"
#include "core/storage/Bytes.h"
#include "core/storage/ChunkReader.h"
#include "core/storage/Database.h"
#include "core/storage/DeliveryTable.h"
#include "core/storage/Migrations.h"
#include "core/storage/StateIndexes.h"
#include "core/storage/SystemFiles.h"
#include "core/storage/Undelivered.h"

namespace dsmsg::storage {

namespace {

constexpr std::uint64_t pageBytes = 4096; // entriesPerPage depends on it
constexpr std::uint64_t checkpointBytes = 4u << 20;
constexpr std::uint64_t checkpointBytesForced = 64u << 20;
constexpr std::uint64_t transactionOverheadBytes = 4 * pageBytes;
constexpr std::uint64_t stepOverheadBytes = 256 * 1024; // of one step of a merge
constexpr std::size_t scrubBytes = 1u << 20;

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
    {
    }
    ~SqliteStateStore() override { rollback(); }

    Result<void> load();

    messaging::AppliedState applied() const override { return applied_; }
    Result<void> begin() override;
    Result<std::optional<Seq>> findId(const messaging::IdHash& id) override;
    Result<void> addBatch(const messaging::BatchRecord& batch) override;
    Result<void> addDeliveries(std::span<const messaging::DeliveryRun> runs) override;
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
    Result<void> maintainStep();
    Result<void> checkpoint();
    bool hasWork() const;
    bool isBehind() const;
    /// Remembers the first failure and returns it; DiskFull passes.
    Error fail(const Error& error);

    std::unique_ptr<Database> database_;
    AppliedRow appliedRow_;
    BatchTable batches_;
    DeliveryWriter deliveries_;
    StateIndexes indexes_;
    BatchMerger merger_;

    messaging::AppliedState applied_;
    LogIndex durable_;
    Seq lastSeq_;                ///< with the running transaction's messages
    std::uint64_t walBytes_ = 0; ///< estimate
    Seq scrubbed_;
    bool inTransaction_ = false;
    std::optional<Error> failure_;
};

Result<void> SqliteStateStore::load()
{
    auto applied = appliedRow_.load();
    if (!applied)
        return applied.error();
    applied_ = *applied;
    if (auto loaded = indexes_.load(applied_, batches_); !loaded)
        return loaded;
    return merger_.load();
}

Result<void> SqliteStateStore::begin()
{
    DSMSG_ASSERT(!inTransaction_, "one transaction at a time");
    if (failure_)
        return *failure_;
    if (isBehind()) {
        if (auto done = maintain(); !done)
            return done.error();
    }
    return beginTransaction();
}

Result<void> SqliteStateStore::beginTransaction()
{
    if (auto begun = database_->begin(); !begun)
        return fail(begun.error());
    inTransaction_ = true;
    lastSeq_ = applied_.lastSeq;
    indexes_.begin();
    merger_.begin();
    return {};
}

Result<std::optional<Seq>> SqliteStateStore::findId(const messaging::IdHash& id)
{
    auto found = indexes_.find(id);
    if (!found)
        return fail(found.error());
    return found;
}

Result<void> SqliteStateStore::addBatch(const messaging::BatchRecord& batch)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    DSMSG_ASSERT(batch.firstSeq == lastSeq_.next(), "seqs have no gap");
    DSMSG_ASSERT(batch.count > 0 && batch.ids.size() == batch.count && batch.senders.size() == batch.count &&
                     batch.recipients.size() == batch.count,
                 "a batch names every message it keeps");
    std::string segments;
    appendSegment(segments, batch);
    const std::vector<NameHash> names = distinctNames(batch.senders, batch.recipients);
    const std::string encodedNames = encodeNames(names);
    if (auto inserted =
            batches_.insert({batch.firstSeq, batch.count, rawBlob(encodedNames), rawBlob(segments)});
        !inserted)
        return fail(inserted.error());
    walBytes_ += segments.size() + encodedNames.size() + pageBytes;
    indexes_.add(batch.firstSeq, batch.ids, names);
    lastSeq_ = lastSeq_ + batch.count;
    merger_.added({batch.firstSeq, batch.count, segments.size()});
    if (auto flushed = flushIndexes(); !flushed)
        return fail(flushed.error());
    return {};
}

Result<void> SqliteStateStore::addDeliveries(std::span<const messaging::DeliveryRun> runs)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    if (runs.empty())
        return {};
    walBytes_ += pageBytes;
    if (auto added = deliveries_.add(runs); !added)
        return fail(added.error());
    return {};
}

Result<std::vector<messaging::HeldMessage>> SqliteStateStore::undelivered()
{
    DSMSG_ASSERT(!inTransaction_, "what waits is read between transactions");
    if (failure_)
        return *failure_;
    auto held = readUndelivered(batches_, deliveries_.table(), applied_);
    if (!held)
        return fail(held.error());
    return held;
}

Result<void> SqliteStateStore::flushIndexes()
{
    auto flushed = indexes_.flushFull(lastSeq_);
    if (!flushed)
        return flushed.error();
    walBytes_ += (flushed->postings ? stepOverheadBytes : 0) + (flushed->ids ? 4 * stepOverheadBytes : 0);
    if (!flushed->ids)
        return {};
    return merger_.storeCursor();
}

Result<void> SqliteStateStore::commit(const messaging::AppliedState& state)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    DSMSG_ASSERT(state.lastSeq == lastSeq_,
                 "the applied state counts exactly the batches of its transaction");
    auto stored = deliveries_.flush();
    if (stored)
        stored = appliedRow_.store(state);
    if (!stored) {
        rollback();
        return fail(stored.error());
    }
    if (auto committed = commitTransaction(); !committed)
        return committed;
    applied_ = state;
    return {};
}

Result<void> SqliteStateStore::commitTransaction()
{
    if (auto committed = database_->commit(); !committed) {
        rollback();
        return fail(committed.error());
    }
    inTransaction_ = false;
    walBytes_ += transactionOverheadBytes;
    indexes_.committed();
    return {};
}

void SqliteStateStore::rollback()
{
    if (!inTransaction_)
        return;
    inTransaction_ = false;
    database_->rollback();
    indexes_.rolledBack();
    deliveries_.rolledBack();
    merger_.rolledBack();
}

bool SqliteStateStore::hasWork() const
{
    return walBytes_ > checkpointBytes || indexes_.hasWork() || merger_.hasWork();
}

bool SqliteStateStore::isBehind() const
{
    return walBytes_ > checkpointBytesForced || indexes_.isBehind();
}

Result<bool> SqliteStateStore::maintain()
{
    DSMSG_ASSERT(!inTransaction_, "maintenance runs between transactions");
    if (failure_)
        return *failure_;
    if (walBytes_ > checkpointBytes) {
        if (auto done = checkpoint(); !done)
            return done.error();
        return hasWork();
    }
    if (!hasWork())
        return false;
    if (auto begun = beginTransaction(); !begun)
        return begun.error();
    if (auto stepped = maintainStep(); !stepped) {
        rollback();
        return fail(stepped.error());
    }
    if (auto committed = commitTransaction(); !committed)
        return committed.error();
    return hasWork();
}

Result<void> SqliteStateStore::maintainStep()
{
    walBytes_ += stepOverheadBytes;
    if (indexes_.hasWork())
        return indexes_.step();
    return merger_.step();
}

Result<void> SqliteStateStore::checkpoint()
{
    auto done = database_->checkpoint();
    if (!done) {
        walBytes_ = 0; // a full disk only postpones it
        return fail(done.error());
    }
    walBytes_ = static_cast<std::uint64_t>(done->frames - done->backfilled) * pageBytes;
    // SQLite says -1 for both when it could not even look; that is no checkpoint.
    if (done->frames >= 0 && done->frames == done->backfilled)
        durable_ = applied_.index;
    return {};
}

Result<LogIndex> SqliteStateStore::sync()
{
    DSMSG_ASSERT(!inTransaction_, "a checkpoint covers whole transactions");
    if (failure_)
        return *failure_;
    if (durable_ != applied_.index) {
        if (auto done = checkpoint(); !done)
            return done.error();
    }
    return durable_;
}

Result<messaging::StateChunk> SqliteStateStore::readChunk(Seq after, std::size_t bytesMax)
{
    DSMSG_ASSERT(!inTransaction_, "a snapshot is read between transactions");
    if (failure_)
        return *failure_;
    auto chunk = readChunkFrom(batches_, applied_, after, bytesMax);
    const bool isRefusal =
        !chunk && (chunk.error().kind == Error::Kind::Invalid || chunk.error().kind == Error::Kind::NotFound);
    if (chunk || isRefusal)
        return chunk;
    return fail(chunk.error());
}

Result<bool> SqliteStateStore::scrub()
{
    DSMSG_ASSERT(!inTransaction_, "the scrub runs between transactions");
    if (failure_)
        return *failure_;
    std::size_t bytes = 0;
    bool more = false;
    auto read = batches_.forEach(scrubbed_.next(), [&](const BatchRow& row) -> Result<bool> {
        more = bytes > scrubBytes;
        if (more)
            return false;
        bytes += static_cast<std::size_t>(row.segments.size());
        scrubbed_ = row.endSeq().previous();
        return true;
    });
    if (!read)
        return fail(read.error());
    if (!more)
        scrubbed_ = Seq();
    return more;
}

Error SqliteStateStore::fail(const Error& error)
{
    if (error.kind != Error::Kind::DiskFull && !failure_)
        failure_ = error;
    return error;
}

Error adviseRebuild(const Error& error)
{
    if (error.kind != Error::Kind::Corrupt)
        return error;
    return {Error::Kind::Corrupt,
            error.text +
                ". Stop the node, move that file and its -wal and -shm away and start it again: it rebuilds "
                "them from its log, or says that the log does not reach back far enough"};
}

} // namespace

Result<std::unique_ptr<StateStore>> StateStore::open(const DataDirectory& directory)
{
    return openFile(directory.stateDatabase());
}

Result<std::unique_ptr<StateStore>> StateStore::openFile(const QString& path)
{
    auto database = Database::open(path, {.sharing = Database::Sharing::Shared,
                                          .synchronous = Database::Synchronous::Normal,
                                          .pageBytes = static_cast<int>(pageBytes)});
    if (!database)
        return adviseRebuild(database.error());
    if (auto migrated = migrate(**database, stateMigrations()); !migrated)
        return adviseRebuild(migrated.error());
    if (auto synced = syncDirectory(QFileInfo(path).absolutePath()); !synced)
        return synced.error();
    auto store = std::make_unique<SqliteStateStore>(std::move(*database));
    if (auto loaded = store->load(); !loaded)
        return adviseRebuild(loaded.error());
    return std::unique_ptr<StateStore>(std::move(store));
}

} // namespace dsmsg::storage
