// SPDX-License-Identifier: GPL-3.0-or-later
//
// The runs of one index as its writer sees them: flushes add runs of level 0, eight runs of a level are
// merged into one of the next (size-tiered: O'Neil et al., "The Log-Structured Merge-Tree", 1996), what is
// replaced is swept away. Every change happens inside a transaction of the caller, who then says whether it
// was committed.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/storage/index/RunMerge.h"

namespace dsmsg::storage {

class RunSet
{
public:
    RunSet(RunTable& table, RunKind kind)
        : table_(table)
        , kind_(kind)
    {
    }

    /// Loads the live runs; unfinished and obsolete ones are noted for sweeping.
    Result<void> load(const std::vector<RunTable::Listed>& listed);

    const std::vector<RunPtr>& runs() const { return runs_; } ///< newest last
    /// Everything up to here is in runs; what is newer is in memory only.
    Seq throughSeq() const;

    /// Writes one run of level 0. `sorted` is ascending and not empty. Inside a transaction.
    Result<void> flush(std::uint64_t runId, const std::vector<IndexEntry>& sorted, Seq throughSeq);

    /// True when a merge or a sweep is due.
    bool hasWork() const;
    /// True when merging has fallen so far behind that lookups suffer: work before the next flush.
    bool isBehind() const;
    /// One bounded step inside a transaction. `newRunId` is used when a merge begins.
    Result<void> step(std::uint64_t newRunId);

    /// Brackets every transaction that may call flush() or step().
    void begin();
    void committed();
    void rolledBack();

private:
    struct Contents
    {
        std::vector<RunPtr> runs;
        std::vector<std::uint64_t> garbage;
    };

    /// The lowest level with enough runs that no merge has taken yet; fewer levels first keeps lookups short.
    std::optional<std::uint32_t> dueLevel() const;
    std::vector<RunPtr> freeRuns(std::uint32_t level) const;
    RunMerge* mergeBelow(std::uint32_t level) const;
    RunMerge& startMerge(std::uint32_t level, std::uint64_t outputId);
    Result<void> stepMerge(RunMerge& merge);
    Result<void> sweepOne();
    void replaceInputs(const RunMerge& merge, RunPtr output);
    void drop(const RunMerge* merge);

    RunTable& table_;
    RunKind kind_;
    std::vector<RunPtr> runs_;
    std::vector<std::uint64_t> garbage_;            ///< runs to sweep
    std::vector<std::unique_ptr<RunMerge>> merges_; ///< at most one a level
    std::optional<Contents> before_;                ///< inside a transaction: as it was committed last
    RunMerge* stepped_ = nullptr;                   ///< the merge this transaction moved on
    bool finished_ = false;                         ///< it has done its last step
};

} // namespace dsmsg::storage
