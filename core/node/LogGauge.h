// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far the log may be compacted: at least so many bytes or so many messages of it stay, whichever is less,
// so that a follower that returns rarely needs a snapshot (CORE.md, Storage). Keeps a mark every so often
// instead of a size per entry, and assumes even sizes between two marks.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "core/base/Ids.h"

namespace dsmsg::node {

class LogGauge
{
public:
    struct Keep
    {
        std::uint64_t bytes = 1u << 30;
        std::uint64_t messages = 1'000'000;
    };

    explicit LogGauge(Keep keep)
        : keep_(keep)
    {
    }

    /// The log found at start holds the entries after `base` up to `last`: `bytes` and `messages` together.
    void restored(LogIndex base, LogIndex last, std::uint64_t bytes, std::uint64_t messages);
    /// The log begins anew after `base`.
    void reset(LogIndex base);
    /// Entries up to `last` have been applied: so much more.
    void applied(LogIndex last, std::uint64_t bytes, std::uint64_t messages);
    /// Entries up to `index` are gone.
    void compacted(LogIndex index);
    /// Up to where the log should be compacted now; none while too little would go to be worth it.
    std::optional<LogIndex> target() const;

private:
    struct Mark
    {
        LogIndex index;
        std::uint64_t bytes = 0; ///< of all entries up to `index`, since the gauge began
        std::uint64_t messages = 0;
    };

    const Keep keep_;
    std::deque<Mark> marks_{Mark{}}; ///< ascending; the first is the log's base, the last what is applied
};

} // namespace dsmsg::node
