// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's two clocks. The boot-time clock runs a little too fast or too slow, may leap forward (a virtual
// machine that was held up) but never goes back. The wall clock goes with it, some way off the true time, and
// may be set. Integers only, so that every platform computes the same history.
#pragma once

#include "core/base/Clock.h"
#include "tests/support/sim/EventQueue.h"

namespace dsmsg::sim {

/// What a perfect wall clock shows.
inline UnixTime trueTime(SimTime t)
{
    return UnixTime(std::chrono::hours(24 * 365 * 50) + t);
}

class SimClock
{
public:
    explicit SimClock(Duration reading)
        : local_(reading)
    {
    }

    Instant at(SimTime t) const;
    UnixTime wallAt(SimTime t) const { return UnixTime(at(t).time_since_epoch() + wallAhead_); }
    /// The earliest true time at which the clock shows `local` or more.
    SimTime when(Instant local) const;
    /// From `t` on a second of the clock lasts 1/(1 + ppm/1e6) true seconds. `ppm` > -1 000 000.
    void setRate(SimTime t, std::int64_t ppm);
    std::int64_t rate() const { return ppm_; }
    /// Both clocks.
    void leap(SimTime t, Duration forward);
    void setWall(SimTime t, UnixTime wall)
    {
        wallAhead_ = wall.time_since_epoch() - at(t).time_since_epoch();
    }

private:
    void anchor(SimTime t);

    SimTime since_{};
    Duration local_; ///< reading at `since_`
    std::int64_t ppm_ = 0;
    Duration wallAhead_{}; ///< of the boot-time clock
};

} // namespace dsmsg::sim
