// SPDX-License-Identifier: GPL-3.0-or-later
//
// How fast two clocks run apart: what is assumed of it at most, on which every bound rests, and what is
// measured of it, on which only the best guess inside a bound rests. A crystal drifts by up to 100 ppm and
// wanders with its temperature, so a measured slope of the past promises nothing of the next second.
#pragma once

#include <optional>
#include <span>

#include "core/base/Clock.h"

namespace dsmsg::timesync {

/// Measured. In parts per million of the own clock; positive: the other clock runs fast.
struct Drift
{
    double partsPerMillion = 0;
    double deviation = 0; ///< standard deviation of it, in the same unit
    bool operator==(const Drift&) const = default;

    /// How much the other clock gains in `elapsed` of the own one.
    Duration gain(Duration elapsed) const;
};

/// By how much the offset of two clocks changes at most while the own one advances by `elapsed` (not
/// negative), when their rates differ by at most `driftMaxPpm` parts per million of true time: rounded up,
/// and with room for an own clock that is the slow one.
Duration driftAllowance(Duration elapsed, double driftMaxPpm);

/// A measured offset: where on the own clock, how great, and half of the width of its interval.
struct OffsetPoint
{
    Instant at;
    Duration offset{};
    Duration halfWidth{};
};

/// The slope of the least squares line through the points, each weighed by the inverse square of its half
/// width, so that what came over a slow and lopsided path bends it little. Limited to +-driftMaxPpm. None of
/// fewer than 8 points or of less than 5 s: noise would be all that it shows.
std::optional<Drift> fitDrift(std::span<const OffsetPoint> points, double driftMaxPpm);

/// How often a clock with this drift is to be looked at (API.md, Time): the faster it drifts the more often,
/// from 300 s down to 30 s.
std::chrono::seconds recommendedSyncInterval(double partsPerMillion);

} // namespace dsmsg::timesync
