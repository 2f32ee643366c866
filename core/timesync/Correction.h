// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client's timestamp as cluster time (API.md, Time). Of a client that says nothing about its clock the
// contract assumes that it goes like the clock of the node that took the message: an assumption, so the
// result is marked unverified. One that measured its clock against the cluster and says so gets a bound that
// holds as far as its own statement does.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/timesync/Drift.h"

namespace dsmsg::timesync {

enum class CorrectionMethod : std::uint8_t
{
    Offset,           ///< the offset as it is now
    DriftCompensated, ///< the offset as it was when the timestamp was taken, by the measured drift
    Hybrid,           ///< both, weighed by their errors
};

/// What the node knows when a timestamp comes in.
struct CorrectionBasis
{
    UnixTime ownClock;             ///< now
    Duration offset{};             ///< cluster time minus own clock, now
    std::optional<Duration> bound; ///< of the offset; none while the node is not synchronised
    std::optional<Drift> drift;    ///< of cluster time against the own clock
    double driftMaxPpm = 500;      ///< assumed at most
};

/// What a client says about its clock: cluster time minus its clock is within offset +- error.
struct StatedClock
{
    Duration offset{};
    Duration error{};
};

struct CorrectedTime
{
    UnixTime original;
    Duration applied{};                ///< corrected minus original
    std::optional<Duration> halfWidth; ///< of the confidence interval; none: not known
    CorrectionMethod method = CorrectionMethod::Hybrid;
    bool verified = false; ///< the client stated its clock

    UnixTime corrected() const { return original + applied; }
};

/// A drift is reckoned back over so long at most: older timestamps are corrected like one of this age.
inline constexpr Duration correctionAgeMax = std::chrono::seconds(60);

CorrectedTime correct(UnixTime timestamp, CorrectionMethod method, const CorrectionBasis& basis,
                      const std::optional<StatedClock>& stated = std::nullopt);

/// Invalid, in words: a negative error or one of more than an hour, an offset of more than 100 years.
Result<void> checkStated(const StatedClock& stated);
/// Invalid, in words: over 5 s ahead of the node's clock, or over 60 s old (POST /time/correct; a message is
/// refused for neither).
Result<void> checkTimestamp(UnixTime timestamp, UnixTime ownClock);

class CorrectionStatistics
{
public:
    void add(Duration applied);
    void reset() { *this = {}; }
    std::uint64_t count() const { return count_; }
    Duration averageMagnitude() const; ///< zero before the first
    Duration greatestMagnitude() const { return greatest_; }

private:
    std::uint64_t count_ = 0;
    double sum_ = 0; ///< microseconds; of any number of corrections, so not an integer
    Duration greatest_{};
};

} // namespace dsmsg::timesync
