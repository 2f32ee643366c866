// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raft/RaftLog.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft {

RaftLog::RaftLog(const Restored& restored)
    : first_(restored.base.index.next())
    , compactedTerm_(restored.base.term)
    , last_(restored.lastIndex)
    , runs_(restored.termRuns)
    , cache_(restored.tail.begin(), restored.tail.end())
    , cacheFirst_(restored.tail.empty() ? restored.lastIndex.next() : restored.tail.front()->index)
{
    DSMSG_ASSERT(first_.value >= 1 && last_.next() >= first_, "the restored log has no valid range");
    DSMSG_ASSERT(cache_.empty() || cache_.back()->index == last_, "the restored tail does not end the log");
    for (const EntryPtr& entry : cache_)
        cacheBytes_ += costOf(*entry);
}

std::size_t RaftLog::costOf(const Entry& entry)
{
    constexpr std::size_t overhead = 64;
    return entry.data.size() + overhead;
}

Term RaftLog::termAt(LogIndex index) const
{
    if (index.next() == first_)
        return compactedTerm_;
    if (index < first_ || index > last_)
        return Term{};
    const auto after = std::ranges::upper_bound(runs_, index, {}, &TermRun::first);
    DSMSG_ASSERT(after != runs_.begin(), "an entry of the log has no term");
    return std::prev(after)->term;
}

bool RaftLog::matches(LogIndex index, Term term) const
{
    if (!index)
        return true;
    return index.next() >= first_ && index <= last_ && termAt(index) == term;
}

void RaftLog::append(EntryPtr entry)
{
    DSMSG_ASSERT(entry->index == last_.next(), "an appended entry must follow the last one");
    DSMSG_ASSERT(entry->term >= lastTerm(), "terms in the log never go back");
    if (runs_.empty() || runs_.back().term != entry->term)
        runs_.push_back({entry->index, entry->term});
    last_ = entry->index;
    cacheBytes_ += costOf(*entry);
    cache_.push_back(std::move(entry));
}

void RaftLog::truncateFrom(LogIndex from)
{
    DSMSG_ASSERT(from >= first_, "compacted entries cannot be truncated");
    while (last_ >= from) {
        if (!cache_.empty()) {
            cacheBytes_ -= costOf(*cache_.back());
            cache_.pop_back();
        }
        last_ = last_.previous();
    }
    cacheFirst_ = std::min(cacheFirst_, last_.next());
    while (!runs_.empty() && runs_.back().first > last_)
        runs_.pop_back();
}

void RaftLog::compact(LogIndex through)
{
    DSMSG_ASSERT(through >= first_ && through <= last_, "only entries of the log can be compacted");
    compactedTerm_ = termAt(through);
    first_ = through.next();
    while (runs_.size() > 1 && runs_[1].first <= first_)
        runs_.erase(runs_.begin());
    if (through == last_)
        runs_.clear();
    else
        runs_.front().first = first_;
    trimCache(through, 0);
}

void RaftLog::reset(const LogBase& base)
{
    first_ = base.index.next();
    last_ = base.index;
    compactedTerm_ = base.term;
    runs_.clear();
    cache_.clear();
    cacheFirst_ = first_;
    cacheBytes_ = 0;
}

std::vector<EntryPtr> RaftLog::read(LogIndex from, LogIndex through, std::size_t bytesMax) const
{
    std::vector<EntryPtr> entries;
    if (!inMemory(from))
        return entries;
    std::size_t bytes = 0;
    for (LogIndex index = from; index <= std::min(through, last_); ++index) {
        const EntryPtr& entry = cache_[index - cacheFirst_];
        bytes += costOf(*entry);
        if (!entries.empty() && bytes > bytesMax)
            break;
        entries.push_back(entry);
    }
    return entries;
}

void RaftLog::trimCache(LogIndex through, std::size_t bytesKept)
{
    while (!cache_.empty() && cacheFirst_ <= through && cacheBytes_ > bytesKept) {
        cacheBytes_ -= costOf(*cache_.front());
        cache_.pop_front();
        ++cacheFirst_;
    }
}

LogIndex RaftLog::lastNotAfter(LogIndex index, Term term) const
{
    LogIndex candidate = std::min(index, last_);
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        if (run->first <= candidate && run->term <= term)
            return candidate;
        if (run->first <= candidate)
            candidate = run->first.previous();
    }
    return std::min(candidate, first_.previous());
}

} // namespace dsmsg::raft
