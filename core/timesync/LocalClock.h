// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's own clock: the boot-time clock plus an anchor that was read from the wall clock once. So it goes
// on smoothly, counts suspend, and follows the host's frequency corrections, which move both clocks alike;
// when somebody sets the wall clock, that is noticed as a jump, told, and the anchor moves. The host clock is
// never set.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/Clock.h"

namespace dsmsg::timesync {

/// Which clock the stamps of a node are read on, as it tells others.
struct ClockState
{
    std::uint64_t run = 0; ///< random, drawn at each start of the node: another run, another boot-time clock
    std::uint64_t epoch = 0; ///< jumps of its wall clock in this run
    Duration anchor{}; ///< what to add to its boot-time clock to get its wall clock (since the Unix epoch)
    bool operator==(const ClockState&) const = default;
};

/// The wall clock, and the boot-time clock right before and after it was read.
struct ClockReading
{
    Instant before;
    UnixTime wall;
    Instant after;
};

class LocalClock
{
public:
    /// Off by more than this against boot-time clock and anchor, the wall clock has jumped.
    static constexpr Duration jumpMin = std::chrono::milliseconds(1);

    LocalClock(std::uint64_t run, const ClockReading& reading);

    /// Looks at the wall clock again. How far it jumped (positive: ahead), or none. A reading during which
    /// the process was held up says little, and is believed only as far as its width allows.
    std::optional<Duration> check(const ClockReading& reading);

    const ClockState& state() const { return state_; }
    UnixTime at(Instant now) const { return UnixTime(now.time_since_epoch() + state_.anchor); }

private:
    ClockState state_;
};

} // namespace dsmsg::timesync
