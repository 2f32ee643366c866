// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/Drift.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::timesync {

namespace {

constexpr std::size_t pointsMin = 8;
constexpr Duration spanMin = std::chrono::seconds(5);

double microseconds(Duration d)
{
    return static_cast<double>(d.count());
}

struct WeighedSums
{
    double weight = 0;
    double at = 0;
    double offset = 0;
};

} // namespace

Duration Drift::gain(Duration elapsed) const
{
    return Duration(std::llround(microseconds(elapsed) * partsPerMillion / 1e6));
}

Duration driftAllowance(Duration elapsed, double driftMaxPpm)
{
    const double rate = driftMaxPpm / 1e6;
    // The own clock may run slow by all of `rate` itself.
    return Duration(static_cast<Duration::rep>(std::ceil(microseconds(elapsed) * rate / (1 - rate))));
}

std::optional<Drift> fitDrift(std::span<const OffsetPoint> points, double driftMaxPpm)
{
    if (points.size() < pointsMin)
        return std::nullopt;
    const auto [first, last] = std::ranges::minmax_element(points, {}, &OffsetPoint::at);
    if (last->at - first->at < spanMin)
        return std::nullopt;

    // Relative to one of the points, so that the squares keep their digits.
    const OffsetPoint& origin = points.front();
    const auto x = [&](const OffsetPoint& p) { return microseconds(p.at - origin.at); };
    const auto y = [&](const OffsetPoint& p) { return microseconds(p.offset - origin.offset); };
    const auto weight = [](const OffsetPoint& p) {
        const double width = std::max(1.0, microseconds(p.halfWidth));
        return 1 / (width * width);
    };
    WeighedSums sums;
    for (const OffsetPoint& p : points) {
        sums.weight += weight(p);
        sums.at += weight(p) * x(p);
        sums.offset += weight(p) * y(p);
    }
    const double meanAt = sums.at / sums.weight;
    const double meanOffset = sums.offset / sums.weight;
    double spread = 0;
    double common = 0;
    for (const OffsetPoint& p : points) {
        spread += weight(p) * (x(p) - meanAt) * (x(p) - meanAt);
        common += weight(p) * (x(p) - meanAt) * (y(p) - meanOffset);
    }
    const double slope = common / spread;
    double residues = 0;
    for (const OffsetPoint& p : points) {
        const double residue = y(p) - meanOffset - slope * (x(p) - meanAt);
        residues += weight(p) * residue * residue;
    }
    const double freedom = static_cast<double>(points.size() - 2);
    const double deviation = std::sqrt(residues / freedom / spread);
    return Drift{std::clamp(slope * 1e6, -driftMaxPpm, driftMaxPpm), deviation * 1e6};
}

std::chrono::seconds recommendedSyncInterval(double partsPerMillion)
{
    using std::chrono::seconds;
    const double rate = std::abs(partsPerMillion) / 1e6;
    if (rate < 1e-9)
        return seconds(300);
    if (rate < 1e-7)
        return seconds(120);
    return rate < 1e-6 ? seconds(60) : seconds(30);
}

} // namespace dsmsg::timesync
