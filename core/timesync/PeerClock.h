// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node knows of one peer's clock. The offset of the boot-time clocks is measured (SampleWindow); that
// of the clocks that count, which follow the wall clocks (LocalClock), is that plus the difference of the
// anchors, which each node tells. So a jump of a wall clock is known exactly as soon as it is told, and costs
// no sample.
//
// The true offset lies inside the estimate's interval always, while the rates of the two boot-time clocks
// differ by less than Assumptions::driftMaxPpm and the peer's anchor is the one it told last.
#pragma once

#include <cstdint>
#include <optional>

#include "core/timesync/Drift.h"
#include "core/timesync/Exchange.h"
#include "core/timesync/OffsetHistory.h"
#include "core/timesync/SampleWindow.h"

namespace dsmsg::timesync {

/// Peer minus own, of the clocks that follow the wall clocks.
struct Estimate
{
    Duration offset{}; ///< the likeliest, inside the interval
    Interval interval; ///< holds the truth
    std::optional<Drift> drift;

    /// The truth is within offset +- bound.
    Duration bound() const { return std::max(interval.upper - offset, offset - interval.lower); }
};

class PeerClock
{
public:
    enum class Verdict : std::uint8_t
    {
        Accepted,
        NegativeDelay, ///< a clock went back
        TooSlow,
        OfAnotherTime, ///< a clock jumped or its node was started anew while the exchange was under way
        Outlier,
    };

    struct Counters
    {
        std::uint64_t attempts = 0;
        std::uint64_t accepted = 0;
        std::uint64_t rejected = 0; ///< of every other verdict but Outlier
        std::uint64_t outliers = 0;
        std::optional<Instant> lastAccepted;
        Duration lastDelay{}; ///< of the last accepted one
    };

    explicit PeerClock(Assumptions assumptions)
        : assumptions_(assumptions)
        , window_(assumptions)
    {
    }

    /// A question was sent.
    void asked() { ++counters_.attempts; }
    /// An answer arrived. `ownAnchor`: of the own clock.
    Verdict take(const Exchange& exchange, Duration ownAnchor);
    /// The own wall clock jumped at `now`: what is under way counts no more.
    void ownJumped(Instant now);

    /// At `now`, which is not before the last exchange. None before the first accepted sample of the peer's
    /// present run. An absent peer's stays, and grows wider.
    std::optional<Estimate> estimate(Instant now, Duration ownAnchor) const;
    /// What the peer told last of its clock.
    const std::optional<ClockState>& peer() const { return peer_; }
    const Counters& counters() const { return counters_; }
    std::optional<OffsetFigures> figures() const { return history_.figures(); }
    /// Forgets figures and counters, but nothing that an estimate rests on.
    void resetStatistics();

private:
    /// Whether the exchange belongs to what is known of the peer's clock, once that is brought up to date.
    bool follow(const ClockState& told);

    const Assumptions assumptions_;
    SampleWindow window_;
    std::optional<ClockState> peer_;     ///< as told last
    Instant validFrom_ = Instant::min(); ///< exchanges that began earlier met a jump of the own clock
    OffsetHistory history_;
    Counters counters_;
};

} // namespace dsmsg::timesync
