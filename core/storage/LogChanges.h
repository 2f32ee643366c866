// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one raft::Write does to the rows of the log, inside a transaction of the caller, who keeps the
// position that comes of it only once it has committed.
#pragma once

#include "core/base/Result.h"
#include "core/raft/Raft.h"
#include "core/storage/BaseRow.h"
#include "core/storage/EntryTable.h"

namespace dsmsg::storage {

struct LogPosition
{
    LogIndex base; ///< the last entry before the log
    Term baseTerm;
    LogIndex last;
    Term lastTerm;
    raft::HardState hardState;
    std::uint64_t bytesWritten = 0; ///< of entries' data, since open
};

class LogChanges
{
public:
    LogChanges(EntryTable& entries, BaseRow& base)
        : entries_(entries)
        , baseRow_(base)
    {
    }

    /// The hard state is only noted in `position`; its row is the caller's.
    Result<void> perform(const raft::Write& write, LogPosition& position);
    /// Of an entry in the log, or right before it.
    Result<Term> termAt(LogIndex index, const LogPosition& position);

private:
    Result<void> truncate(LogIndex from, LogPosition& position);
    Result<void> append(const raft::Entry& entry, LogPosition& position);
    Result<void> compact(const raft::LogBase& base, LogPosition& position);
    Result<void> reset(const raft::LogBase& base, LogPosition& position);

    EntryTable& entries_;
    BaseRow& baseRow_;
};

} // namespace dsmsg::storage
