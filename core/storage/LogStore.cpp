// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/LogStore.h"

#include <algorithm>

#include <QFile>

#include "core/storage/Database.h"
#include "core/storage/EntryTable.h"
#include "core/storage/HardStateRow.h"
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
    return {Error::Kind::Corrupt,
            error.text +
                ". A node must never vote or truncate with such a log: move the data directory away and "
                "start the node with an empty one, it comes back as a new member"};
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
    struct Position
    {
        LogIndex last;
        Term lastTerm;
        raft::HardState hardState;
    };

    Result<void> lowerMark(std::span<const raft::Write> writes);
    Result<void> transact(std::span<const raft::Write> writes, Position& position);
    Result<void> perform(const raft::Write& write, Position& position);
    Result<Term> termAt(LogIndex index);
    Result<void> checkpoint();
    /// Remembers the first failure and returns it; DiskFull passes.
    Error fail(const Error& error);

    std::unique_ptr<Database> database_;
    EntryTable entries_;
    HardStateRow hardState_;
    MarkFile mark_;
    Options options_;
    raft::Restored restored_;
    Position position_;          ///< as committed
    std::uint64_t walBytes_ = 0; ///< estimate
    LogIndex scrubbed_;
    std::optional<Error> failure_;
};

Result<void> SqliteLogStore::recover()
{
    auto restored = recoverLog(entries_, hardState_, mark_.mark(), options_.tailBytesMax);
    if (!restored)
        return forbidVoting(restored.error());
    restored_ = std::move(*restored);
    position_.last = restored_.lastIndex;
    position_.lastTerm = restored_.termRuns.empty() ? Term() : restored_.termRuns.back().term;
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
    Position position = position_;
    if (auto done = transact(writes, position); !done) {
        database_->rollback();
        return fail(done.error());
    }
    position_ = position;
    const Mark mark{position.hardState.term, position.hardState.votedFor, position.last, position.lastTerm};
    if (auto marked = mark_.write(mark);
        !marked) // the commit stands, so this must never look like a DiskFull
        return fail({Error::Kind::Io, marked.error().text});
    return {};
}

/// See MarkFile.h: before the log may get shorter, the mark must be durably below.
Result<void> SqliteLogStore::lowerMark(std::span<const raft::Write> writes)
{
    LogIndex keep = position_.last;
    for (const raft::Write& write : writes) {
        if (write.truncateFrom)
            keep = std::min(keep, write.truncateFrom.previous());
    }
    Mark mark = mark_.mark();
    if (keep >= mark.lastIndex)
        return {};
    auto term = termAt(keep);
    if (!term)
        return term.error();
    mark.lastIndex = keep;
    mark.lastTerm = *term;
    if (auto written = mark_.write(mark); !written)
        return written;
    return mark_.sync();
}

Result<void> SqliteLogStore::transact(std::span<const raft::Write> writes, Position& position)
{
    if (auto begun = database_->begin(); !begun)
        return begun;
    walBytes_ += transactionOverheadBytes;
    for (const raft::Write& write : writes) {
        if (auto done = perform(write, position); !done)
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

Result<void> SqliteLogStore::perform(const raft::Write& write, Position& position)
{
    if (write.hardState)
        position.hardState = *write.hardState;
    if (write.truncateFrom && write.truncateFrom <= position.last) {
        if (auto done = entries_.truncate(write.truncateFrom); !done)
            return done;
        position.last = write.truncateFrom.previous();
        auto term = termAt(position.last);
        if (!term)
            return term.error();
        position.lastTerm = *term;
    }
    for (const raft::EntryPtr& entry : write.entries) {
        DSMSG_ASSERT(entry->index == position.last.next(), "a log entry must follow the one before it");
        DSMSG_ASSERT(entry->term >= position.lastTerm, "terms never fall along a log");
        if (entry->term != position.lastTerm) {
            if (auto done = entries_.insertTermRun({entry->index, entry->term}); !done)
                return done;
        }
        if (auto done = entries_.insert(*entry); !done)
            return done;
        position.last = entry->index;
        position.lastTerm = entry->term;
        walBytes_ += entry->data.size();
    }
    return {};
}

Result<Term> SqliteLogStore::termAt(LogIndex index)
{
    if (!index)
        return Term();
    auto entry = entries_.entry(index);
    if (!entry)
        return entry.error();
    return (*entry)->term;
}

Result<std::vector<raft::EntryPtr>> SqliteLogStore::read(LogIndex first, LogIndex last, std::size_t bytesMax)
{
    if (!first || first > last || last > position_.last)
        return Error{Error::Kind::NotFound,
                     "The log holds entries 1 to " + std::to_string(position_.last.value) + ", not " +
                         std::to_string(first.value) + " to " + std::to_string(last.value)};
    auto entries = entries_.range(first, last, bytesMax);
    if (!entries)
        return fail(forbidVoting(entries.error()));
    return entries;
}

Result<void> SqliteLogStore::maintain()
{
    if (failure_)
        return *failure_;
    return walBytes_ > checkpointBytes ? checkpoint() : Result<void>();
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
    if (scrubbed_ >= position_.last) { // also after a truncation
        scrubbed_ = LogIndex();
        if (!position_.last)
            return false;
    }
    auto entries = entries_.range(scrubbed_.next(), position_.last, scrubBytes);
    if (!entries)
        return fail(forbidVoting(entries.error()));
    scrubbed_ = entries->back()->index;
    return scrubbed_ < position_.last;
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
