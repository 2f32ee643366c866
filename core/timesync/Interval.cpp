// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/Interval.h"

#include <algorithm>
#include <vector>

namespace dsmsg::timesync {

std::optional<Agreement> greatestAgreement(std::span<const Interval> intervals)
{
    enum Edge
    {
        Begins, // before Ends, so that intervals that only touch share a point
        Ends
    };
    std::vector<std::pair<Duration, Edge>> edges;
    edges.reserve(2 * intervals.size());
    for (const Interval& interval : intervals) {
        edges.emplace_back(interval.lower, Begins);
        edges.emplace_back(interval.upper, Ends);
    }
    std::ranges::sort(edges);

    std::optional<Agreement> best;
    std::size_t open = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (edges[i].second == Ends) {
            --open;
        } else if (++open > (best ? best->count : 0)) {
            // The sweep ends with an end, so there is a next edge; it is an end, or the count rises again.
            best = Agreement{{edges[i].first, edges[i + 1].first}, open};
        }
    }
    return best;
}

} // namespace dsmsg::timesync
