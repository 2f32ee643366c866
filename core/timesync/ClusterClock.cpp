// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/ClusterClock.h"

#include <algorithm>

namespace dsmsg::timesync {

namespace {

/// Farther than any clock is, and far from the end of the type's range.
constexpr Duration endless = std::chrono::hours(24 * 366 * 20'000LL);

/// The k-th smallest, k counted so that it is the lower median.
template <class Value, class Projection>
const Value& lowerMedian(std::vector<Value>& values, Projection projection)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle, {}, projection);
    return *middle;
}

} // namespace

ClusterClock::ClusterClock(ServerId self, double driftMaxPpm, Instant now, Duration ownAnchor)
    : self_(self)
    , driftMaxPpm_(driftMaxPpm)
    , updatedAt_(now)
    , ownAnchor_(ownAnchor)
    , steer_(ownAnchor)
    , steeredAt_(now)
    , target_(ownAnchor)
{
}

std::optional<ClusterClock::Median> ClusterClock::medianOf(const EstimateOf& estimateOf)
{
    std::vector<Estimate> known;
    std::vector<Interval> intervals;
    for (ServerId voter : voters_) {
        const auto estimate = voter == self_ ? Estimate{{}, {}, Drift{}}
                              : voter        ? estimateOf(voter)
                                             : std::nullopt;
        intervals.push_back(estimate ? estimate->interval : Interval{-endless, endless});
        if (estimate)
            known.push_back(*estimate);
    }
    drift_.reset();
    allKnown_ = known.size() == voters_.size();
    if (known.empty())
        return std::nullopt;
    const Interval interval{lowerMedian(intervals, &Interval::lower).lower,
                            lowerMedian(intervals, &Interval::upper).upper};
    if (interval.lower == -endless || interval.upper == endless)
        return std::nullopt;
    if (!allKnown_)
        return Median{interval.middle(), interval};
    const Estimate& middle = lowerMedian(known, &Estimate::offset);
    drift_ = middle.drift;
    return Median{middle.offset, interval};
}

void ClusterClock::update(Instant now, Duration ownAnchor, const EstimateOf& estimateOf)
{
    slewUntil(now);
    updatedAt_ = now;
    ownAnchor_ = ownAnchor;
    median_ = medianOf(estimateOf);
    if (median_)
        target_ = ownAnchor_ + median_->likeliest;
    if (stepped_)
        return;
    if (!median_)
        medianSince_.reset();
    else if (!medianSince_)
        medianSince_ = now;
    stepped_ = median_ && (allKnown_ || now - *medianSince_ >= stepPatience);
    steer_ = stepped_ ? target_ : ownAnchor_;
}

/// Cluster time minus boot-time clock at `now`.
Duration ClusterClock::slewed(Instant now) const
{
    if (!stepped_)
        return steer_;
    const Duration most = (now - steeredAt_) / slewPart;
    return steer_ + std::clamp(target_ - steer_, -most, most);
}

void ClusterClock::slewUntil(Instant now)
{
    steer_ = slewed(now);
    // What is left of the division counts for the next time.
    steeredAt_ += (now - steeredAt_) / slewPart * slewPart;
}

UnixTime ClusterClock::at(Instant now) const
{
    return UnixTime(now.time_since_epoch() + slewed(now));
}

Duration ClusterClock::offset(Instant now) const
{
    return slewed(now) - ownAnchor_;
}

std::optional<Duration> ClusterClock::bound(Instant now) const
{
    if (!synchronized())
        return std::nullopt;
    const Interval truth = median_->interval.widenedBy(driftAllowance(now - updatedAt_, driftMaxPpm_));
    const Duration at = offset(now);
    return std::max({truth.upper - at, at - truth.lower, Duration::zero()});
}

} // namespace dsmsg::timesync
