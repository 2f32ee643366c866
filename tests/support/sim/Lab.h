// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every part of one simulated world shares: time, chance, the trace, the counters, the judge.
#pragma once

#include <map>
#include <memory>

#include "core/base/Random.h"
#include "tests/support/sim/Coverage.h"
#include "tests/support/sim/EventQueue.h"
#include "tests/support/sim/Judge.h"
#include "tests/support/sim/SimClock.h"
#include "tests/support/sim/Trace.h"
#include "tests/support/sim/View.h"

namespace dsmsg::sim {

struct Lab
{
    Lab(std::uint64_t seed, std::ostream* sink)
        : random(seed)
        , trace(events, sink)
        , judge(cluster)
    {
    }
    Lab(const Lab&) = delete;
    Lab& operator=(const Lab&) = delete;

    /// A stream of its own for one part, so that a change in one does not shift the dice of all others.
    Random dice() { return Random(random.next()); }
    Duration between(Duration low, Duration high)
    {
        return Duration(random.between(low.count(), high.count() + 1));
    }

    EventQueue events;
    Random random;
    Trace trace;
    Coverage coverage;
    ClusterView cluster;
    Judge judge;
    std::uint32_t runs = 0; ///< processes started so far
    /// Every run's clock by the name it tells others; that of a machine without power goes on as it went.
    std::map<std::uint64_t, std::shared_ptr<const SimClock>> clocks;
    bool progressDue = true; ///< false once more was destroyed than the cluster can go on without
};

} // namespace dsmsg::sim
