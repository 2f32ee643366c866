// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Clock.h"

#include <ctime>

namespace dsmsg {

Instant SystemClock::now() const
{
#ifdef CLOCK_BOOTTIME
    timespec ts{};
    clock_gettime(CLOCK_BOOTTIME, &ts);
    return Instant(std::chrono::seconds(ts.tv_sec) + std::chrono::microseconds(ts.tv_nsec / 1000));
#else
    return Instant(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
#endif
}

UnixTime SystemClock::wall() const
{
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

double toSeconds(UnixTime t)
{
    return toSeconds(t.time_since_epoch());
}

double toSeconds(Duration d)
{
    return static_cast<double>(d.count()) / 1e6;
}

} // namespace dsmsg
