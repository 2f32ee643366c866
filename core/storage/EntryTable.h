// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log's rows: one an entry, each with a CRC over all its fields, and one row a run of entries with the
// same term. The runs let open() know every entry's term without reading a million rows. Rows up to the log's
// base are garbage: they take no part in anything and are deleted a few at a time.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/Result.h"
#include "core/raft/Raft.h"
#include "core/storage/Database.h"

namespace dsmsg::storage {

class EntryTable
{
public:
    explicit EntryTable(Database& database);

    Result<void> insert(const raft::Entry& entry);
    Result<void> insertTermRun(const raft::TermRun& run);
    /// Removes the entries from `from` on.
    Result<void> truncate(LogIndex from);
    /// Makes the term runs begin after `base`; the rows up to it become garbage.
    Result<void> compact(LogIndex base);
    /// Removes the entries after `base` and every term run.
    Result<void> reset(LogIndex base);
    struct Swept
    {
        std::size_t rows = 0;
        std::size_t bytes = 0;
        bool more = false;
    };
    /// Deletes a bounded number of the rows up to `base`, inside a transaction.
    Result<Swept> sweep(LogIndex base);

    /// NotFound when there is no such entry; Corrupt when its CRC is wrong.
    Result<raft::EntryPtr> entry(LogIndex index);
    /// Entries [first, last] until their data exceeds `bytesMax`, at least one. Corrupt: a CRC, or one is
    /// missing.
    Result<std::vector<raft::EntryPtr>> range(LogIndex first, LogIndex last, std::size_t bytesMax);
    /// The newest entries in (base, lastIndex] that fit `bytesMax`, at least one unless there is none;
    /// ascending.
    Result<std::vector<raft::EntryPtr>> tail(LogIndex base, LogIndex lastIndex, std::size_t bytesMax);
    /// After `base`.
    Result<std::vector<raft::EntryPtr>> configurations(LogIndex base);

    struct Extent
    {
        LogIndex first; ///< 0 when there are no entries
        LogIndex last;  ///< `base` when there are no entries
        std::uint64_t count = 0;
        std::uint64_t garbage = 0; ///< rows up to `base`
    };
    /// Of the entries after `base`.
    Result<Extent> extent(LogIndex base);
    Result<std::vector<raft::TermRun>> termRuns();

private:
    /// The current row, checked.
    Result<raft::EntryPtr> take(const Statement& row) const;
    Error damaged(LogIndex index) const;

    Database& database_;
    Statement insert_;
    Statement insertRun_;
    Statement truncate_;
    Statement truncateRuns_;
    Statement ascending_;
    Statement descending_;
    Statement configurations_;
    Statement runs_;
    Statement sizes_;
    Statement removeThrough_;
    Statement removeRunsThrough_;
};

} // namespace dsmsg::storage
