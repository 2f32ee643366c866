// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/SqliteStateStore.h"

#include <algorithm>

#include <QFileInfo>

#include "core/storage/Bytes.h"
#include "core/storage/ChunkReader.h"
#include "core/storage/CountKept.h"
#include "core/storage/Migrations.h"
#include "core/storage/SystemFiles.h"
#include "core/storage/Undelivered.h"

namespace dsmsg::storage {

namespace {

constexpr std::uint64_t transactionOverheadBytes = 4 * statePageBytes;
constexpr std::uint64_t rowOverheadBytes = 64; // of a small table, and the part of a page that it makes dirty

} // namespace

Result<void> SqliteStateStore::load()
{
    auto applied = appliedRow_.load();
    if (!applied)
        return applied.error();
    applied_ = *applied;
    if (auto loaded = indexes_.load(applied_, batches_); !loaded)
        return loaded;
    if (auto loaded = merger_.load(); !loaded)
        return loaded;
    if (auto loaded = cursors_.load(); !loaded)
        return loaded;
    return AppliedRow::isCounted(applied_.kept) ? Result<void>() : countWhatIsKept();
}

/// Of a state that an earlier layout has written.
Result<void> SqliteStateStore::countWhatIsKept()
{
    messaging::AppliedState state = applied_;
    auto kept = countKept(batches_);
    if (!kept)
        return kept.error();
    state.kept = *kept;
    if (auto begun = beginTransaction(); !begun)
        return begun;
    return commit(state);
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
    cursors_.begin();
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
    DSMSG_ASSERT(batch.count > 0 && batch.ids.size() == batch.count && batch.senders.size() <= batch.count &&
                     batch.recipients.size() == batch.senders.size(),
                 "a batch names every message it keeps");
    std::string segments;
    appendSegment(segments, batch);
    const std::vector<NameHash> names = distinctNames(batch.senders, batch.recipients);
    const std::string encodedNames = encodeNames(names);
    if (auto inserted =
            batches_.insert({batch.firstSeq, batch.count, rawBlob(encodedNames), rawBlob(segments)});
        !inserted)
        return fail(inserted.error());
    walBytes_ += segments.size() + encodedNames.size() + statePageBytes;
    indexes_.add(batch.firstSeq, batch.ids, names);
    lastSeq_ = lastSeq_ + batch.count;
    merger_.added({batch.firstSeq, batch.count, segments.size(), !names.empty()});
    for (const messaging::Expiry& expiry : batch.expiries) {
        walBytes_ += rowOverheadBytes;
        if (auto added = expiries_.add(expiry); !added)
            return fail(added.error());
    }
    if (auto flushed = flushIndexes(); !flushed)
        return fail(flushed.error());
    return {};
}

Result<void> SqliteStateStore::addDeliveries(std::span<const messaging::DeliveryRun> runs)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    if (runs.empty())
        return {};
    walBytes_ += statePageBytes;
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
    recentRemovals_.committed();
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
    cursors_.rolledBack();
    recentRemovals_.rolledBack();
}

Result<messaging::StateChunk> SqliteStateStore::readChunk(Seq after, std::size_t bytesMax)
{
    DSMSG_ASSERT(!inTransaction_, "a snapshot is read between transactions");
    if (failure_)
        return *failure_;
    auto chunk = readChunkFrom(batches_, applied_, after, bytesMax);
    if (chunk && chunk->finished) {
        if (auto added = addTheRest(*chunk); !added)
            return fail(added.error());
    }
    const bool isRefusal =
        !chunk && (chunk.error().kind == Error::Kind::Invalid || chunk.error().kind == Error::Kind::NotFound);
    if (chunk || isRefusal)
        return chunk;
    return fail(chunk.error());
}

/// What belongs to no message, in the last chunk.
Result<void> SqliteStateStore::addTheRest(messaging::StateChunk& chunk)
{
    auto rules = rules_.all();
    if (!rules)
        return rules.error();
    chunk.rules = std::move(*rules);
    chunk.removed = recentRemovals_.from(applied_.kept.first);
    return cursors_.table().forEach({}, [&](const messaging::InboxCursor& cursor) {
        chunk.cursors.push_back(cursor);
        return true;
    });
}

Error SqliteStateStore::fail(const Error& error)
{
    if (error.kind != Error::Kind::DiskFull && !failure_)
        failure_ = error;
    return error;
}

namespace {

Error adviseRebuild(const Error& error)
{
    if (error.kind != Error::Kind::Corrupt)
        return error;
    return {
        Error::Kind::Corrupt,
        error.text +
            ". One of several nodes begins anew and is filled by the others. At one that is alone, move that file and its "
            "-wal and -shm away and start it again: it rebuilds them from its log, or says that the log does not reach "
            "back far enough"};
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
                                          .pageBytes = static_cast<int>(statePageBytes)});
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
