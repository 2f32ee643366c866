// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/RunBuilder.h"

#include "core/base/Assert.h"

namespace dsmsg::storage {

RunBuilder::RunBuilder(RunTable& table, std::uint64_t id, RunKind kind, std::uint32_t level,
                       std::uint64_t keysExpected)
    : table_(table)
    , run_(std::make_shared<Run>())
{
    run_->id = id;
    run_->kind = kind;
    run_->level = level;
    run_->keys = keysExpected;
    run_->filter = BloomFilter(keysExpected);
    page_.reserve(entriesPerPage * indexEntryBytes);
}

Result<void> RunBuilder::begin()
{
    return table_.insert(run_->id, run_->kind);
}

Result<void> RunBuilder::append(const IndexEntry& entry)
{
    const bool first = run_->entries == 0;
    DSMSG_ASSERT(first || last_ <= entry, "a run is sorted");
    if (!first && last_ == entry)
        return {};
    if (page_.empty())
        run_->fences.push_back(entry);
    if (first || last_.key != entry.key)
        run_->filter.add(entry.key);
    appendEntry(page_, entry);
    last_ = entry;
    ++run_->entries;
    return page_.size() == entriesPerPage * indexEntryBytes ? flushPage() : Result<void>();
}

Result<void> RunBuilder::flushPage()
{
    if (page_.empty())
        return {};
    auto written = table_.insertPage(run_->id, run_->fences.size() - 1, page_);
    page_.clear();
    return written;
}

Result<bool> RunBuilder::writeParts(std::size_t count)
{
    const std::size_t end = RunTable::partCount(*run_);
    for (; count > 0 && partsWritten_ < end; --count, ++partsWritten_) {
        if (auto written = table_.insertPart(*run_, partsWritten_); !written)
            return written.error();
    }
    return partsWritten_ == end;
}

Result<RunPtr> RunBuilder::publish(Seq throughSeq)
{
    run_->throughSeq = throughSeq;
    if (auto published = table_.publish(*run_); !published)
        return published.error();
    return RunPtr(std::move(run_));
}

} // namespace dsmsg::storage
