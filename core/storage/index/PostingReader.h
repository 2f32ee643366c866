// SPDX-License-Identifier: GPL-3.0-or-later
//
// The readers' side of PostingIndex, on a reader's own connection. What the writer has not flushed yet is
// taken from the names in the batch rows; runs never change, so what was read of them stays valid as long as
// they are live.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/Result.h"
#include "core/storage/BatchTable.h"
#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

class PostingReader
{
public:
    PostingReader(Database& database, BatchTable& batches);

    /// Sees what the current read transaction sees. Call it first in each.
    Result<void> refresh();
    /// The least posting of `name` not below `from`. The batch it names may turn out to hold no such message.
    Result<std::optional<Seq>> seek(NameHash name, Seq from);

private:
    Result<void> refreshRuns();
    Result<void> refreshRecent();
    Result<std::optional<Seq>> seekRun(const Run& run, const IndexEntry& wanted);
    Result<const RunPage*> page(const Run& run, std::size_t number);

    BatchTable& batches_;
    RunTable table_;
    Statement stamp_;
    qint64 liveCount_ = 0; ///< together with the sum of ids this tells one set of runs from another
    qint64 liveIdSum_ = 0;
    std::vector<RunPtr> runs_;
    Seq runsThrough_;
    std::map<std::pair<std::uint64_t, std::size_t>, RunPage> pages_; ///< by run and number
    std::unordered_map<NameHash, std::vector<Seq>> recent_; ///< postings after runsThrough_, ascending
    Seq recentThrough_;                                     ///< batches up to here are in recent_
};

} // namespace dsmsg::storage
