// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cluster time: the median of the voters' clocks, as one node estimates it. A median, because a minority of
// wrong clocks cannot move it beyond the right ones; of the voters, because they are who the nodes agree on.
// Every node computes it alone: no node is the master of time, and a new leader goes on with the time of the
// old one.
//
// The k-th smallest of values that each lie in an interval lies between the k-th smallest lower end and the
// k-th smallest upper end. A voter of whom nothing is known yet has an endless interval, so the median is
// known once a majority is, and not before. What for such an interval is: Corbett et al., "Spanner", 2012,
// section 3.
//
// The time a node goes by follows its estimate slowly (slewing), and so never goes back; the interval tells
// how far it may be off meanwhile. Two nodes with the same voters differ by no more than the sum of their
// bounds, because each bound holds against the one true median.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/Ids.h"
#include "core/timesync/PeerClock.h"

namespace dsmsg::timesync {

/// Of the clock of a voter other than this node.
using EstimateOf = std::function<std::optional<Estimate>(ServerId voter)>;

class ClusterClock
{
public:
    /// Cluster time advances by 1/100 more or less than the boot-time clock at most. Enough to make up for 20
    /// times the drift that is assumed, and too little to upset what measures intervals with it.
    static constexpr int slewPart = 100;
    /// The first step waits so long for voters that are not heard yet once a majority is: a step to the
    /// median of a few would be followed by a long slew to that of all.
    static constexpr Duration stepPatience = std::chrono::seconds(3);

    /// `ownAnchor` of the node's LocalClock.
    ClusterClock(ServerId self, double driftMaxPpm, Instant now, Duration ownAnchor);

    /// Who counts from now on; slots that no node fills yet are 0. Takes effect with the next update().
    void setVoters(std::vector<ServerId> voters) { voters_ = std::move(voters); }
    /// Looks at the clocks again. `now` never goes back, here and below.
    void update(Instant now, Duration ownAnchor, const EstimateOf& estimateOf);

    /// Until the first step the node's own clock; then never less than it was.
    UnixTime at(Instant now) const;
    /// The true median is within at(now) +- bound. None: it is not known, because nothing is heard of a
    /// majority, or the first step is still to come.
    std::optional<Duration> bound(Instant now) const;
    /// Cluster time minus own clock.
    Duration offset(Instant now) const;
    /// How fast cluster time gains on the own clock; none while that is not measured.
    std::optional<Drift> drift() const { return drift_; }
    bool synchronized() const { return stepped_ && median_.has_value(); }
    /// Synchronised once: at() is not the own clock any more.
    bool stepped() const { return stepped_; }

private:
    struct Median
    {
        Duration likeliest{};
        Interval interval;
    };
    std::optional<Median> medianOf(const EstimateOf& estimateOf);
    void slewUntil(Instant now);
    Duration slewed(Instant now) const;

    const ServerId self_;
    const double driftMaxPpm_;
    std::vector<ServerId> voters_;
    std::optional<Instant> medianSince_; ///< known since then without a break, and not stepped yet
    bool stepped_ = false;
    bool allKnown_ = false;        ///< every voter's clock, at the last update
    std::optional<Median> median_; ///< minus the own clock, at the last update
    std::optional<Drift> drift_;
    Instant updatedAt_;
    Duration ownAnchor_;

    // Cluster time minus boot-time clock: as it is, since when that is accounted for, and where it goes.
    Duration steer_;
    Instant steeredAt_;
    Duration target_;
};

} // namespace dsmsg::timesync
