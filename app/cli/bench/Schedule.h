// SPDX-License-Identifier: GPL-3.0-or-later
//
// When each message of an open loop is due: evenly, at a rate that rises linearly through the ramp. It is a
// formula, not a queue: a message that could not be sent in time keeps its due time, from which its latency
// counts, so that a stall shows in every message that it delayed ("coordinated omission", Gil Tene, "How NOT
// to Measure Latency").
#pragma once

#include <chrono>
#include <cstdint>

namespace dsmsg::bench {

class Schedule
{
public:
    using Seconds = std::chrono::duration<double>;

    /// `perSecond` > 0 once the ramp is over; `ramp` >= 0.
    Schedule(double perSecond, Seconds ramp);

    /// How many are due in the first `elapsed`.
    std::uint64_t dueAt(Seconds elapsed) const;
    /// When the message of this number, from 0, is due, after the beginning. Ascending.
    Seconds dueTime(std::uint64_t number) const;

private:
    double rate_;
    double ramp_;
};

} // namespace dsmsg::bench
