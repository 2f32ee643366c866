// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question and answer between two nodes, and what it proves. Four timestamps as in NTP (RFC 5905, section
// 8), but all of them on the boot-time clocks, which nobody sets: a step of a wall clock spoils no sample.
//
// The peer read T2 after we read T1, so its offset then was at most T2 - T1; it read T3 before we read T4, so
// its offset then was at least T3 - T4. Between these moments and T4 the offset moved by no more than the
// clocks drift apart during the exchange. No symmetry of the path is assumed.
//
// Everywhere here an offset is the other clock minus the own clock: positive, the other one is ahead.
#pragma once

#include "core/timesync/Interval.h"
#include "core/timesync/LocalClock.h"

namespace dsmsg::timesync {

/// What the bounds rest on.
struct Assumptions
{
    double driftMaxPpm = 500;   ///< greatest difference of the rates of two nodes' clocks; 1 to 100 000
    Duration resolution{1};     ///< of a stamp, which is rounded down
    Duration delayMax{1000000}; ///< a slower exchange says too little to be kept
};

struct Exchange
{
    Instant sent;         ///< T1, own clock
    Instant peerReceived; ///< T2, the peer's clock
    Instant peerSent;     ///< T3, the peer's clock
    Instant received;     ///< T4, own clock
    ClockState peer;      ///< when it sent T3

    /// On the way there and back; negative only when a clock went wrong.
    Duration delay() const { return (received - sent) - (peerSent - peerReceived); }
};

struct Sample
{
    Instant at;        ///< own clock: when the answer arrived
    Interval interval; ///< of the boot-time clocks' offset, at that moment
    Duration delay{};

    /// The interval at another time.
    Interval intervalAt(Instant now, const Assumptions& assumptions) const;
};

/// `exchange.delay()` is not negative.
Sample sampleOf(const Exchange& exchange, const Assumptions& assumptions);

} // namespace dsmsg::timesync
