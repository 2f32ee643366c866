// SPDX-License-Identifier: GPL-3.0-or-later
//
// The newest removals of a store, for the last piece of a snapshot. A snapshot is read piece by piece while
// the state goes on, so that messages may be removed that an earlier piece still held; with its end the
// receiver is told which. Kept in memory and bounded: a transfer that outlasts it, or its sender, is told
// apart by the number of messages kept, and begins again.
#pragma once

#include <algorithm>
#include <deque>
#include <span>
#include <vector>

#include "core/messaging/Orders.h"

namespace dsmsg::messaging {

class RecentRemovals
{
public:
    static constexpr std::size_t rangesMax = 100'000;

    // Within a transaction, and at its end.
    void add(std::span<const SeqRange> ranges)
    {
        pending_.insert(pending_.end(), ranges.begin(), ranges.end());
    }
    void rolledBack() { pending_.clear(); }
    void committed()
    {
        for (const SeqRange& range : pending_) {
            if (!ranges_.empty() && ranges_.back().end() == range.first)
                ranges_.back().count += range.count;
            else
                ranges_.push_back(range);
        }
        pending_.clear();
        while (ranges_.size() > rangesMax)
            ranges_.pop_front();
    }

    /// What lies at `first` or after it, ascending, not overlapping.
    std::vector<SeqRange> from(Seq first) const
    {
        std::vector<SeqRange> sorted(ranges_.begin(), ranges_.end());
        std::ranges::sort(sorted, {}, &SeqRange::first);
        std::vector<SeqRange> merged;
        for (SeqRange range : sorted) {
            const Seq begin = std::max({range.first, first, merged.empty() ? Seq(1) : merged.back().end()});
            if (range.end() <= begin)
                continue;
            range = {begin, range.end() - begin};
            if (!merged.empty() && merged.back().end() == begin)
                merged.back().count += range.count;
            else
                merged.push_back(range);
        }
        return merged;
    }

private:
    std::deque<SeqRange> ranges_;
    std::vector<SeqRange> pending_;
};

} // namespace dsmsg::messaging
