// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts durations in buckets whose width grows with the duration, so that a percentile is right to 1/32 of
// itself from a microsecond to two minutes, in 6 kB, whatever is recorded (the layout is that of Gil Tene's
// HdrHistogram). It only ever grows: the figures of a stretch of time are the difference of two copies, so
// that whoever looks disturbs nobody else who does.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/base/Clock.h"

namespace dsmsg {

/// A value; not thread-safe.
class Histogram
{
public:
    /// Constant time, no allocation. A negative duration counts as zero, one beyond max() as max().
    void record(Duration duration);

    std::uint64_t count() const { return count_; }
    Duration sum() const { return sum_; }
    /// What was recorded here and not in `earlier`, which is a former copy of this.
    Histogram since(const Histogram& earlier) const;
    /// The duration that a share `share` (0 to 1) of all does not exceed, rounded up by less than 1/32; none
    /// when nothing is recorded.
    std::optional<Duration> percentile(double share) const;
    /// How many took less than 2^exponent microseconds; exact, unlike other limits.
    std::uint64_t countBelowPowerOfTwo(unsigned exponent) const;

    static constexpr unsigned exponentMax = 27;
    static constexpr Duration max() { return Duration((std::int64_t{1} << exponentMax) - 1); }

private:
    static constexpr unsigned precisionBits = 5;
    static constexpr std::size_t linear = std::size_t{1} << precisionBits; ///< buckets of an octave
    static constexpr std::size_t buckets = (exponentMax - precisionBits + 1) * linear;

    static std::size_t bucketOf(std::uint64_t micros);
    static std::uint64_t lastIn(std::size_t bucket);

    std::array<std::uint64_t, buckets> counts_{};
    std::uint64_t count_ = 0;
    Duration sum_{};
};

} // namespace dsmsg
