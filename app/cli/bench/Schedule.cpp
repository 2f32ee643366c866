// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/Schedule.h"

#include <cmath>

#include "core/base/Assert.h"

namespace dsmsg::bench {

Schedule::Schedule(double perSecond, Seconds ramp)
    : rate_(perSecond)
    , ramp_(ramp.count())
{
    DSMSG_ASSERT(rate_ > 0 && ramp_ >= 0, "a schedule needs a rate");
}

std::uint64_t Schedule::dueAt(Seconds elapsed) const
{
    const double t = elapsed.count();
    if (t < 0)
        return 0;
    // The area under the rate; the message of number 0 is due at 0.
    const double area = t < ramp_ ? rate_ * t * t / (2 * ramp_) : rate_ * (t - ramp_ / 2);
    return static_cast<std::uint64_t>(std::floor(area)) + 1;
}

Schedule::Seconds Schedule::dueTime(std::uint64_t number) const
{
    const double area = static_cast<double>(number);
    const double inRamp = rate_ * ramp_ / 2;
    return Seconds(area < inRamp ? std::sqrt(2 * ramp_ * area / rate_) : area / rate_ + ramp_ / 2);
}

} // namespace dsmsg::bench
