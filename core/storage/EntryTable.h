// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log's rows: one an entry, each with a CRC over all its fields, and one row a run of entries with the
// same term. The runs let open() know every entry's term without reading a million rows.
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

    /// NotFound when there is no such entry; Corrupt when its CRC is wrong.
    Result<raft::EntryPtr> entry(LogIndex index);
    /// Entries [first, last] until their data exceeds `bytesMax`, at least one. Corrupt: a CRC, or one is
    /// missing.
    Result<std::vector<raft::EntryPtr>> range(LogIndex first, LogIndex last, std::size_t bytesMax);
    /// The newest entries up to `lastIndex` that fit `bytesMax`, at least one unless the log is empty;
    /// ascending.
    Result<std::vector<raft::EntryPtr>> tail(LogIndex lastIndex, std::size_t bytesMax);
    Result<std::vector<raft::EntryPtr>> configurations();

    struct Extent
    {
        LogIndex first; ///< 0 when there are no entries
        LogIndex last;
        std::uint64_t count = 0;
    };
    Result<Extent> extent();
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
};

} // namespace dsmsg::storage
