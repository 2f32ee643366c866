// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading = anchor + elapsed * (1 + ppm/1e6). Sixty-four bits hold a year of microseconds times a million.
#include "tests/support/sim/SimClock.h"

namespace dsmsg::sim {

namespace {
constexpr std::int64_t million = 1000000;
}

Instant SimClock::at(SimTime t) const
{
    return Instant(local_ + Duration((t - since_).count() * (million + ppm_) / million));
}

SimTime SimClock::when(Instant local) const
{
    const std::int64_t missing = (local.time_since_epoch() - local_).count();
    if (missing <= 0)
        return since_;
    const std::int64_t perMillion = million + ppm_;
    return since_ + Duration((missing * million + perMillion - 1) / perMillion);
}

void SimClock::anchor(SimTime t)
{
    local_ = at(t).time_since_epoch();
    since_ = t;
}

void SimClock::setRate(SimTime t, std::int64_t ppm)
{
    anchor(t);
    ppm_ = ppm;
}

void SimClock::leap(SimTime t, Duration forward)
{
    anchor(t);
    local_ += forward;
}

} // namespace dsmsg::sim
