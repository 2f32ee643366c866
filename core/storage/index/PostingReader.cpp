// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/PostingReader.h"

#include <algorithm>

namespace dsmsg::storage {

namespace {
constexpr std::size_t pagesMax = 256; // about a megabyte
}

PostingReader::PostingReader(Database& database, BatchTable& batches)
    : batches_(batches)
    , table_(database)
    , stamp_(database,
             QLatin1String("SELECT count(*), coalesce(sum(id), 0) FROM run WHERE kind = 1 AND state = 1"))
{
}

Result<void> PostingReader::refresh()
{
    if (auto done = refreshRuns(); !done)
        return done;
    return refreshRecent();
}

Result<void> PostingReader::refreshRuns()
{
    {
        const Finisher finisher(stamp_);
        if (auto found = stamp_.first(); !found)
            return found.error();
        const qint64 count = stamp_.integer(0);
        const qint64 idSum = stamp_.integer(1);
        if (count == liveCount_ && idSum == liveIdSum_)
            return {};
        liveCount_ = count;
        liveIdSum_ = idSum;
    }
    auto listed = table_.list();
    if (!listed)
        return listed.error();
    const std::vector<RunPtr> before = std::move(runs_);
    runs_.clear();
    for (const RunTable::Listed& item : *listed) {
        if (item.kind != RunKind::Postings || item.state != RunState::Live)
            continue;
        const auto known =
            std::find_if(before.begin(), before.end(), [&](const RunPtr& run) { return run->id == item.id; });
        if (known != before.end()) {
            runs_.push_back(*known);
            continue;
        }
        auto run = table_.load(item.id);
        if (!run) {
            liveCount_ = -1; // the next call starts anew
            return run.error();
        }
        runs_.push_back(std::move(*run));
    }
    Seq through;
    for (const RunPtr& run : runs_)
        through = std::max(through, run->throughSeq);
    if (through != runsThrough_) { // what was recent is in a run now
        recent_.clear();
        runsThrough_ = through;
        recentThrough_ = through;
    }
    return {};
}

Result<void> PostingReader::refreshRecent()
{
    const Seq first = recentThrough_.next();
    auto rows = batches_.namesFrom(first);
    if (!rows)
        return rows.error();
    for (const BatchTable::Names& row : *rows) {
        if (row.firstSeq + row.count <= first)
            continue;
        auto names = decodeNames(viewOf(row.names));
        if (!names)
            return names.error();
        for (const NameHash name : *names)
            recent_[name].push_back(std::max(row.firstSeq, first));
        recentThrough_ = (row.firstSeq + row.count).previous();
    }
    return {};
}

Result<std::optional<Seq>> PostingReader::seek(NameHash name, Seq from)
{
    std::optional<Seq> least;
    const IndexEntry wanted{keyOf(name), from};
    for (const RunPtr& run : runs_) {
        if (run->throughSeq < from || !run->filter.mayContain(wanted.key))
            continue;
        auto found = seekRun(*run, wanted);
        if (!found)
            return found.error();
        if (found->has_value() && (!least || **found < *least))
            least = **found;
    }
    if (const auto recent = recent_.find(name); recent != recent_.end()) {
        const auto next = std::lower_bound(recent->second.begin(), recent->second.end(), from);
        if (next != recent->second.end() && (!least || *next < *least))
            least = *next;
    }
    return least;
}

Result<std::optional<Seq>> PostingReader::seekRun(const Run& run, const IndexEntry& wanted)
{
    const std::size_t first = run.pageOf(wanted);
    for (std::size_t number = first; number < run.fences.size() && number <= first + 1; ++number) {
        auto entries = page(run, number);
        if (!entries)
            return entries.error();
        const std::size_t position = (*entries)->lowerBound(wanted);
        if (position == (*entries)->size())
            continue;
        const IndexEntry entry = (*entries)->at(position);
        return entry.key == wanted.key ? std::optional<Seq>(entry.seq) : std::nullopt;
    }
    return std::optional<Seq>();
}

Result<const RunPage*> PostingReader::page(const Run& run, std::size_t number)
{
    const std::pair key(run.id, number);
    if (const auto cached = pages_.find(key); cached != pages_.end())
        return &cached->second;
    auto read = table_.page(run, number);
    if (!read)
        return read.error();
    if (pages_.size() >= pagesMax)
        pages_.clear();
    return &pages_.emplace(key, std::move(*read)).first->second;
}

} // namespace dsmsg::storage
