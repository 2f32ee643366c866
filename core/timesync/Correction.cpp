// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/timesync/Correction.h"

#include <algorithm>
#include <cmath>

namespace dsmsg::timesync {

namespace {

constexpr Duration statedErrorMax = std::chrono::hours(1);
constexpr Duration statedOffsetMax = std::chrono::hours(24 * 366 * 100);
constexpr Duration aheadMax = std::chrono::seconds(5);

Duration portion(Duration of, double partsPerMillion)
{
    return Duration(std::llround(static_cast<double>(of.count()) * partsPerMillion / 1e6));
}

/// The weight of the drift-compensated one of the two, 0 to 1: by the inverse squares of what each may have
/// got wrong. The one ignores the measured drift, the other trusts it as far as its deviation.
double weightOfCompensated(const Drift& drift)
{
    const double ignored = drift.partsPerMillion * drift.partsPerMillion;
    const double trusted = drift.deviation * drift.deviation;
    return ignored + trusted > 0 ? ignored / (ignored + trusted) : 0;
}

std::string seconds(Duration d)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(d).count()) + " s";
}

} // namespace

CorrectedTime correct(UnixTime timestamp, CorrectionMethod method, const CorrectionBasis& basis,
                      const std::optional<StatedClock>& stated)
{
    // Compared before it is subtracted: a timestamp may be anything.
    const bool old = timestamp < basis.ownClock - correctionAgeMax;
    const Duration age =
        old ? correctionAgeMax
            : std::max(Duration::zero(), basis.ownClock - std::min(timestamp, basis.ownClock));
    CorrectedTime result{timestamp, {}, {}, method, stated.has_value()};
    const Duration drifted = driftAllowance(age, basis.driftMaxPpm);
    if (stated) {
        result.applied = stated->offset;
        if (basis.bound)
            result.halfWidth = *basis.bound + drifted + stated->error;
        return result;
    }
    Duration compensation{};
    if (basis.drift && method != CorrectionMethod::Offset) {
        const double share = method == CorrectionMethod::Hybrid ? weightOfCompensated(*basis.drift) : 1;
        compensation = portion(age, basis.drift->partsPerMillion * share);
    }
    result.applied = basis.offset - compensation;
    // A guess inside the interval does not make it narrower: it makes the way to its far end longer.
    if (basis.bound)
        result.halfWidth = *basis.bound + drifted + std::chrono::abs(compensation);
    return result;
}

Result<void> checkStated(const StatedClock& stated)
{
    if (stated.error < Duration::zero() || stated.error > statedErrorMax)
        return Error{Error::Kind::Invalid,
                     "The error of the client's clock must be from 0 to " + seconds(statedErrorMax) + "."};
    if (stated.offset < -statedOffsetMax || stated.offset > statedOffsetMax)
        return Error{Error::Kind::Invalid, "The offset of the client's clock must be less than 100 years."};
    return {};
}

Result<void> checkTimestamp(UnixTime timestamp, UnixTime ownClock)
{
    if (timestamp > ownClock + aheadMax)
        return Error{Error::Kind::Invalid,
                     "The timestamp is more than " + seconds(aheadMax) +
                         " ahead of this node's clock. Send seconds since the Unix epoch."};
    if (timestamp < ownClock - correctionAgeMax)
        return Error{Error::Kind::Invalid, "The timestamp is more than " + seconds(correctionAgeMax) +
                                               " old: its correction would be a guess. Send a newer one."};
    return {};
}

void CorrectionStatistics::add(Duration applied)
{
    const Duration magnitude = std::chrono::abs(applied);
    ++count_;
    sum_ += static_cast<double>(magnitude.count());
    greatest_ = std::max(greatest_, magnitude);
}

Duration CorrectionStatistics::averageMagnitude() const
{
    return count_ == 0 ? Duration::zero() : Duration(std::llround(sum_ / static_cast<double>(count_)));
}

} // namespace dsmsg::timesync
