// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last measured offsets of a peer as figures for people: none of them bears on any decision.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "core/base/Clock.h"

namespace dsmsg::timesync {

/// Peer minus own. At least one offset was measured.
struct OffsetFigures
{
    Duration current{};
    Duration mean{};
    Duration median{};
    Duration least{};
    Duration greatest{};
    Duration deviation{}; ///< standard deviation of the sample; zero of one
    std::size_t measurements = 0;
};

class OffsetHistory
{
public:
    static constexpr std::size_t offsetsMax = 256;

    void add(Duration offset);
    void clear() { offsets_.clear(); }
    std::size_t size() const { return offsets_.size(); }
    std::optional<OffsetFigures> figures() const;

private:
    std::deque<Duration> offsets_; ///< oldest first
};

} // namespace dsmsg::timesync
