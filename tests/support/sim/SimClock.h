// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's boot-time clock: runs a little too fast or too slow, may leap forward (a suspended machine) but
// never goes back. Integers only, so that every platform computes the same history.
#pragma once

#include "core/base/Clock.h"
#include "tests/support/sim/EventQueue.h"

namespace dsmsg::sim {

class SimClock
{
public:
    explicit SimClock(Duration reading)
        : local_(reading)
    {
    }

    Instant at(SimTime t) const;
    /// The earliest true time at which the clock shows `local` or more.
    SimTime when(Instant local) const;
    /// From `t` on a second of the clock lasts 1/(1 + ppm/1e6) true seconds. `ppm` > -1 000 000.
    void setRate(SimTime t, std::int64_t ppm);
    void leap(SimTime t, Duration forward);

private:
    void anchor(SimTime t);

    SimTime since_{};
    Duration local_; ///< reading at `since_`
    std::int64_t ppm_ = 0;
};

} // namespace dsmsg::sim
