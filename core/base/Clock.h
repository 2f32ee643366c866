// SPDX-License-Identifier: GPL-3.0-or-later
//
// Three clocks, never mixed: one for intervals inside a process, one for Raft that goes on while the machine
// sleeps, and the wall clock, which may jump and is only ever a figure to store or to show.
#pragma once

#include <chrono>
#include <cstdint>

namespace dsmsg {

using Duration = std::chrono::microseconds;
using Milliseconds = std::chrono::milliseconds;

/// A point on a node's boot-time clock: counts suspend, never jumps, comparable only within one boot.
struct BootClock
{
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};
using Instant = BootClock::time_point;

/// Microseconds since the Unix epoch, UTC.
using UnixTime = std::chrono::sys_time<std::chrono::microseconds>;

/// Where a node reads the time. Handed in, so that tests and the fault lab can bend it per node.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;   ///< CLOCK_BOOTTIME or the platform's nearest
    virtual UnixTime wall() const = 0; ///< the host's wall clock; may step
};

/// The machine's own clocks. Stateless and thread-safe.
class SystemClock final : public Clock
{
public:
    Instant now() const override;
    UnixTime wall() const override;
};

/// Seconds since the epoch as the HTTP interface writes them.
double toSeconds(UnixTime t);
double toSeconds(Duration d);

} // namespace dsmsg
