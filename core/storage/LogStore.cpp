// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/LogStore.h"

#include <algorithm>

#include <QFile>

#include "core/storage/BaseRow.h"
#include "core/storage/Database.h"
#include "core/storage/EntryTable.h"
#include "core/storage/HardStateRow.h"
#include "core/storage/LogChanges.h"
#include "core/storage/LogRecovery.h"
#include "core/storage/MarkFile.h"
#include "core/storage/Migrations.h"

namespace dsmsg::storage {

namespace {

// Below the first the WAL is left alone, so that one checkpoint serves many commits; at the second write()
// does not wait for maintain() any longer, so that the WAL is bounded whatever the host does.
constexpr std::uint64_t checkpointBytes = 4u << 20;
constexpr std::uint64_t checkpointBytesForced = 64u << 20;
constexpr std::uint64_t transactionOverheadBytes = 8192; // the pages that every commit rewrites
constexpr std::uint64_t frameBytes = 4096;
constexpr std::size_t scrubBytes = 1u << 20;

Error forbidVoting(const Error& error)
{
    if (error.kind != Error::Kind::Corrupt)
        return error;
    return {
        Error::Kind::Corrupt,
        error.text +
            ". A node must never vote or truncate with such a log. One of several begins anew and is filled by the "
            "others; one that is alone needs a backup (dsmsg restore)"};
}

/// Makes the mark file before the database, so that a database without one has lost it.
Result<MarkFile> openMark(const DataDirectory& directory)
{
    if (!QFile::exists(directory.markFile())) {
        if (QFile::exists(directory.raftDatabase()))
            return Error{Error::Kind::Corrupt,
                         "The mark file " + directory.markFile().toStdString() + " is missing"};
        if (auto created = MarkFile::create(directory.markFile()); !created)
            return created.error();
    }
    return MarkFile::open(directory.markFile());
}

class SqliteLogStore final : public LogStore
{
public:
    SqliteLogStore(std::unique_ptr<Database> database, MarkFile mark, Options options)
        : database_(std::move(database))
        , entries_(*database_)
        , baseRow_(*database_)
        , changes_(entries_, baseRow_)
        , hardState_(*database_)
        , mark_(std::move(mark))
        , options_(std::move(options))
    {
    }

    Result<void> recover();
    raft::Restored takeRestored() override { return std::move(restored_); }
    Result<void> write(std::span<const raft::Write> writes) override;
    Result<std::vector<raft::EntryPtr>> read(LogIndex first, LogIndex last, std::size_t bytesMax) override;
    Result<void> maintain() override;
    Result<bool> scrub() override;

private:
    Result<void> lowerMark(std::span<const raft::Write> writes);
    Result<void> transact(std::span<const raft::Write> writes, LogPosition& position);
    Result<void> sweep();
    Result<void> checkpoint();
    /// Remembers the first failure and returns it; DiskFull passes.
    Error fail(const Error& error);

    std::unique_ptr<Database> database_;
    EntryTable entries_;
    BaseRow baseRow_;
    LogChanges changes_;
    HardStateRow hardState_;
    MarkFile mark_;
    Options options_;
    raft::Restored restored_;
    LogPosition position_;       ///< as committed
    bool garbage_ = false;       ///< rows up to the base may be left
    std::uint64_t walBytes_ = 0; ///< estimate
    LogIndex scrubbed_;
    std::optional<Error> failure_;
};

Result<void> SqliteLogStore::recover()
{
    auto restored = recoverLog(entries_, baseRow_, hardState_, mark_.mark(), options_.tailBytesMax);
    if (!restored)
        return forbidVoting(restored.error());
    restored_ = std::move(*restored);
    position_.base = restored_.base.index;
    position_.baseTerm = restored_.base.term;
    position_.last = restored_.lastIndex;
    position_.lastTerm = restored_.termRuns.empty() ? position_.baseTerm : restored_.termRuns.back().term;
    garbage_ = static_cast<bool>(position_.base);
    position_.hardState = restored_.hardState;
    return {};
}

Result<void> SqliteLogStore::write(std::span<const raft::Write> writes)
{
    if (failure_)
        return *failure_;
    if (walBytes_ > checkpointBytesForced) {
        if (auto done = checkpoint(); !done)
            return done;
    }
    if (auto lowered = lowerMark(writes); !lowered)
        return fail(lowered.error());
    LogPosition position = position_;
    if (auto done = transact(writes, position); !done) {
        database_->rollback();
        return fail(done.error());
    }
    garbage_ = garbage_ || position.base != position_.base;
    walBytes_ += position.bytesWritten - position_.bytesWritten;
    position_ = position;
    const Mark mark{position.hardState.term, position.hardState.votedFor, position.last, position.lastTerm};
    if (auto marked = mark_.write(mark);
        !marked) // the commit stands, so this must never look like a DiskFull
        return fail({Error::Kind::Io, marked.error().text});
    return {};
}

/// See MarkFile.h: before the log may get shorter, or begin anew at or below the mark, the mark must be
/// durably below.
Result<void> SqliteLogStore::lowerMark(std::span<const raft::Write> writes)
{
    LogIndex keep = position_.last;
    for (const raft::Write& write : writes) {
        if (write.reset)
            keep = std::min(keep, write.reset->index.previous());
        if (write.truncateFrom)
            keep = std::min(keep, write.truncateFrom.previous());
    }
    Mark mark = mark_.mark();
    if (keep >= mark.lastIndex)
        return {};
    if (keep < position_.base) // its term is not known any more; no claim is always right
        keep = LogIndex();
    auto term = changes_.termAt(keep, position_);
    if (!term)
        return term.error();
    mark.lastIndex = keep;
    mark.lastTerm = *term;
    if (auto written = mark_.write(mark); !written)
        return written;
    return mark_.sync();
}

Result<void> SqliteLogStore::transact(std::span<const raft::Write> writes, LogPosition& position)
{
    if (auto begun = database_->begin(); !begun)
        return begun;
    walBytes_ += transactionOverheadBytes;
    for (const raft::Write& write : writes) {
        if (auto done = changes_.perform(write, position); !done)
            return done;
    }
    if (position.hardState != position_.hardState) {
        if (auto stored = hardState_.store(position.hardState); !stored)
            return stored;
    }
    if (options_.beforeCommit) {
        if (auto hooked = options_.beforeCommit(); !hooked)
            return hooked;
    }
    return database_->commit();
}

Result<std::vector<raft::EntryPtr>> SqliteLogStore::read(LogIndex first, LogIndex last, std::size_t bytesMax)
{
    if (first <= position_.base || first > last || last > position_.last)
        return Error{Error::Kind::NotFound,
                     "The log holds entries " + std::to_string(position_.base.value + 1) + " to " +
                         std::to_string(position_.last.value) + ", not " + std::to_string(first.value) +
                         " to " + std::to_string(last.value)};
    auto entries = entries_.range(first, last, bytesMax);
    if (!entries)
        return fail(forbidVoting(entries.error()));
    return entries;
}

Result<void> SqliteLogStore::maintain()
{
    if (failure_)
        return *failure_;
    if (garbage_) {
        if (auto done = sweep(); !done)
            return fail(done.error());
    }
    return walBytes_ > checkpointBytes ? checkpoint() : Result<void>();
}

Result<void> SqliteLogStore::sweep()
{
    if (auto begun = database_->begin(); !begun)
        return begun;
    auto swept = entries_.sweep(position_.base);
    Result<void> done = swept ? database_->commit() : Result<void>(swept.error());
    if (!done) {
        database_->rollback();
        return done;
    }
    garbage_ = swept->more;
    walBytes_ += transactionOverheadBytes + swept->bytes;
    return {};
}

Result<void> SqliteLogStore::checkpoint()
{
    auto done = database_->checkpoint();
    if (!done) {
        // A full disk only postpones it. Anything else may be a failed sync, which is never tried again.
        walBytes_ = 0;
        return fail(done.error());
    }
    walBytes_ = static_cast<std::uint64_t>(done->frames - done->backfilled) * frameBytes;
    return {};
}

Result<bool> SqliteLogStore::scrub()
{
    if (scrubbed_ < position_.base || scrubbed_ >= position_.last) // also after a truncation
        scrubbed_ = position_.base;
    if (position_.last == position_.base)
        return false;
    auto entries = entries_.range(scrubbed_.next(), position_.last, scrubBytes);
    if (!entries)
        return fail(forbidVoting(entries.error()));
    const LogIndex through = entries->back()->index;
    const bool more = through < position_.last;
    // The end of the pass is noticed here: by the next call there may be new entries, and it would never
    // begin anew.
    scrubbed_ = more ? through : position_.base;
    return more;
}

Error SqliteLogStore::fail(const Error& error)
{
    if (error.kind != Error::Kind::DiskFull && !failure_)
        failure_ = error;
    return error;
}

} // namespace

Result<std::unique_ptr<LogStore>> LogStore::open(const DataDirectory& directory, Options options)
{
    auto mark = openMark(directory);
    if (!mark)
        return forbidVoting(mark.error());
    auto database = Database::open(directory.raftDatabase(), {.sharing = Database::Sharing::Alone,
                                                              .synchronous = Database::Synchronous::Full,
                                                              .pageBytes = static_cast<int>(frameBytes)});
    if (!database)
        return forbidVoting(database.error());
    if (auto migrated = migrate(**database, raftMigrations()); !migrated)
        return forbidVoting(migrated.error());
    // SQLite syncs the name of a new WAL but leaves that of the database file to us.
    if (auto synced = syncDirectory(directory.path()); !synced)
        return synced.error();
    auto store = std::make_unique<SqliteLogStore>(std::move(*database), std::move(*mark), std::move(options));
    if (auto recovered = store->recover(); !recovered)
        return recovered.error();
    return std::unique_ptr<LogStore>(std::move(store));
}

} // namespace dsmsg::storage
