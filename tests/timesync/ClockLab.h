// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clocks that drift, wander and jump, and a network that delays and loses, in whole nanoseconds of true time,
// so that a test knows the truth and can hold the estimates against it.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/base/Random.h"
#include "core/timesync/ClusterClock.h"

namespace dsmsg::timesync::testing {

using Nanoseconds = std::chrono::nanoseconds;

/// The clocks of one machine.
struct SimulatedClock
{
    Nanoseconds bootTime{};   ///< exactly
    std::int64_t ratePpb = 0; ///< how much it runs fast
    Nanoseconds wallAhead{};  ///< of the boot-time clock

    Instant boot() const { return Instant(std::chrono::floor<Duration>(bootTime)); }
    UnixTime wall() const { return UnixTime(std::chrono::floor<Duration>(bootTime + wallAhead)); }
    ClockReading read() const { return {boot(), wall(), boot()}; }
    void advance(Nanoseconds trueTime);
};

/// How long exchanges take, each way drawn by itself: lopsided, with bursts.
struct Path
{
    Duration least{20};
    Duration usual{2'000};   ///< on top, at most
    Duration burst{400'000}; ///< on top in one of ten
    std::uint64_t lossPercent = 15;
};

class ClockLab
{
public:
    ClockLab(std::uint64_t seed, std::size_t clocks, std::int64_t ratePpbMax);

    SimulatedClock& clock(std::size_t i) { return clocks_[i]; }
    const SimulatedClock& clock(std::size_t i) const { return clocks_[i]; }
    Random& random() { return random_; }
    /// All clocks advance; now and then one changes its rate.
    void advance(Nanoseconds trueTime);
    /// One exchange, during which time goes on; none when it was lost.
    std::optional<Exchange> exchange(std::size_t asker, std::size_t asked, const ClockState& state,
                                     const Path& path);
    /// Of the boot-time clocks: the second minus the first.
    Nanoseconds offset(std::size_t first, std::size_t second) const
    {
        return clocks_[second].bootTime - clocks_[first].bootTime;
    }

private:
    Duration oneWay(const Path& path);

    Random random_;
    const std::int64_t ratePpbMax_;
    std::vector<SimulatedClock> clocks_;
};

/// A node with all that it knows of time.
struct TimeNode
{
    TimeNode(std::size_t number, ServerId self, const SimulatedClock& clock, double driftMaxPpm);

    std::size_t number;
    ServerId self;
    LocalClock local;
    std::map<ServerId, PeerClock> peers;
    ClusterClock cluster;
    bool present = true;

    void update(Instant now);
};

class ClusterLab
{
public:
    ClusterLab(std::uint64_t seed, std::size_t nodes, double driftMaxPpm);

    ClockLab clocks;
    std::vector<std::unique_ptr<TimeNode>> nodes;

    /// Every present node asks every other present one, then looks at its clocks. About a second.
    void round(const Path& path);
    void jump(std::size_t node, Duration by);
    /// The median of all clocks as they are, by the epochs that all know.
    Nanoseconds trueMedian() const;
    /// Whether every present node knows the newest epoch of each that it knows.
    bool epochsKnown() const;

private:
    Assumptions assumptions_;
};

} // namespace dsmsg::timesync::testing
