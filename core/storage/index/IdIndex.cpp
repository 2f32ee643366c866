// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/IdIndex.h"

#include <utility>

namespace dsmsg::storage {

namespace {
constexpr std::size_t memtableEntries = 32768;
}

Result<std::optional<Seq>> IdIndex::find(const IndexKey& key)
{
    if (auto found = memtable_.find(key))
        return found;
    const auto& runs = runs_.runs();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (!(*run)->filter.mayContain(key))
            continue;
        auto found = findInRun(**run, key);
        if (!found || found->has_value())
            return found;
    }
    return std::optional<Seq>();
}

Result<std::optional<Seq>> IdIndex::findInRun(const Run& run, const IndexKey& key)
{
    const IndexEntry wanted{key, Seq()};
    const std::size_t first = run.pageOf(wanted);
    for (std::size_t number = first; number < run.fences.size() && number <= first + 1; ++number) {
        auto page = table_.page(run, number);
        if (!page)
            return page.error();
        const std::size_t position = page->lowerBound(wanted);
        if (position == page->size())
            continue; // the entry sought would be the next page's first
        const IndexEntry entry = page->at(position);
        return entry.key == key ? std::optional<Seq>(entry.seq) : std::nullopt;
    }
    return std::optional<Seq>();
}

bool IdIndex::isFull() const
{
    return memtable_.size() >= memtableEntries;
}

Result<void> IdIndex::flush(std::uint64_t runId, Seq throughSeq)
{
    if (auto flushed = runs_.flush(runId, memtable_.sorted(), throughSeq); !flushed)
        return flushed;
    Memtable full = std::exchange(memtable_, Memtable());
    if (!flushed_)
        flushed_ = std::move(full);
    return {};
}

void IdIndex::begin()
{
    runs_.begin();
    committedSize_ = memtable_.size();
    flushed_.reset();
}

void IdIndex::committed()
{
    runs_.committed();
    flushed_.reset();
}

void IdIndex::rolledBack()
{
    runs_.rolledBack();
    if (flushed_)
        memtable_ = std::move(*flushed_);
    flushed_.reset();
    memtable_.truncate(committedSize_);
}

} // namespace dsmsg::storage
