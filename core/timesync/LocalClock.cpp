// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/LocalClock.h"

#include "core/timesync/Interval.h"

namespace dsmsg::timesync {

namespace {

/// Where the anchor lies by this reading.
Interval anchorsOf(const ClockReading& reading)
{
    const Duration wall = reading.wall.time_since_epoch();
    return {wall - reading.after.time_since_epoch(), wall - reading.before.time_since_epoch()};
}

} // namespace

LocalClock::LocalClock(std::uint64_t run, const ClockReading& reading)
    : state_{run, 0, anchorsOf(reading).middle()}
{
}

std::optional<Duration> LocalClock::check(const ClockReading& reading)
{
    const Interval anchors = anchorsOf(reading);
    if (anchors.widenedBy(jumpMin).holds(state_.anchor))
        return std::nullopt;
    const Duration jump = anchors.middle() - state_.anchor;
    state_.anchor = anchors.middle();
    ++state_.epoch;
    return jump;
}

} // namespace dsmsg::timesync
