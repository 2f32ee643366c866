// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes one run from entries that come in order, page by page, then fences and filter part by part, so that
// both a flush (all at once) and a merge (a little in each transaction) can use it.
#pragma once

#include "core/storage/index/RunTable.h"

namespace dsmsg::storage {

class RunBuilder
{
public:
    /// `keysExpected`: at least the number of distinct keys to come; sizes the filter.
    RunBuilder(RunTable& table, std::uint64_t id, RunKind kind, std::uint32_t level,
               std::uint64_t keysExpected);

    Result<void> begin();
    /// Not less than the one before; an equal one is dropped.
    Result<void> append(const IndexEntry& entry);
    /// After the last append: writes the unfinished page.
    Result<void> flushPage();
    /// Writes up to `count` parts; true when there are no more.
    Result<bool> writeParts(std::size_t count);
    /// Makes the run live; the builder is spent.
    Result<RunPtr> publish(Seq throughSeq);

    std::uint64_t id() const { return run_->id; }

private:
    RunTable& table_;
    std::shared_ptr<Run> run_;
    std::string page_;
    IndexEntry last_;
    std::size_t partsWritten_ = 0;
};

} // namespace dsmsg::storage
