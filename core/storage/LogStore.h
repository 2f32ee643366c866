// SPDX-License-Identifier: GPL-3.0-or-later
//
// raft.db: hard state and log, WAL with synchronous=FULL, one row an entry. All writes of one event-loop turn
// share one transaction (group commit); after each commit the mark file records what the database must still
// hold, because SQLite hides a damaged WAL by dropping its tail (CORE.md, Trust nothing read back).
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/Result.h"
#include "core/raft/Raft.h"
#include "core/storage/DataDirectory.h"

namespace dsmsg::storage {

/// All calls from the thread that opened it. After any error but DiskFull it refuses every further write.
class LogStore
{
public:
    struct Options
    {
        std::size_t tailBytesMax = 32u << 20; ///< how much of the log's end open() reads into memory
        /// For tests: called before each COMMIT; its failure is taken as COMMIT's own.
        std::function<Result<void>()> beforeCommit;
    };

    /// Corrupt: the log or the term is behind the mark, a CRC is wrong, or entries are missing. Then this
    /// incarnation must never vote or truncate again; the text says what to do.
    static Result<std::unique_ptr<LogStore>> open(const DataDirectory& directory, Options options);
    static Result<std::unique_ptr<LogStore>> open(const DataDirectory& directory)
    {
        return open(directory, {});
    }
    virtual ~LogStore() = default;

    /// What was found at open, but for `applied`, which the state store knows. Moves the contents out.
    virtual raft::Restored takeRestored() = 0;
    /// Performs the writes in order in one transaction, synced when it returns. DiskFull: nothing was
    /// written, the same call may be repeated. Any other error is final (fail-stop).
    virtual Result<void> write(std::span<const raft::Write> writes) = 0;
    /// Entries [first, last] up to `bytesMax` (at least one), each CRC checked. NotFound: some of them are
    /// compacted, or not there yet.
    virtual Result<std::vector<raft::EntryPtr>> read(LogIndex first, LogIndex last, std::size_t bytesMax) = 0;

    /// Deletes some compacted entries, and copies the WAL into the database once it is worth it (some
    /// milliseconds). Call it after the durable writes have been reported, and now and then when there are
    /// none; write() itself only bounds the WAL.
    virtual Result<void> maintain() = 0;
    /// Checks the CRC of the next stretch of entries, about a megabyte. True when the pass over the log is
    /// not done.
    virtual Result<bool> scrub() = 0;
};

} // namespace dsmsg::storage
