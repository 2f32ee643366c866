// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/Assert.h"

namespace dsmsg {

/// The first 32 buckets are a microsecond wide each; every octave above them has 32 of equal width.
std::size_t Histogram::bucketOf(std::uint64_t micros)
{
    if (micros < linear)
        return static_cast<std::size_t>(micros);
    const auto octave = static_cast<unsigned>(std::bit_width(micros)) - 1;
    const unsigned shift = octave - precisionBits;
    return (shift + 1) * linear + static_cast<std::size_t>((micros >> shift) - linear);
}

std::uint64_t Histogram::lastIn(std::size_t bucket)
{
    if (bucket < linear)
        return bucket;
    const std::size_t shift = bucket / linear - 1;
    return ((bucket % linear + linear + 1) << shift) - 1;
}

void Histogram::record(Duration duration)
{
    const Duration held = std::clamp(duration, Duration::zero(), max());
    ++counts_[bucketOf(static_cast<std::uint64_t>(held.count()))];
    ++count_;
    sum_ += held;
}

Histogram Histogram::since(const Histogram& earlier) const
{
    DSMSG_ASSERT(count_ >= earlier.count_, "a histogram never shrinks");
    Histogram difference;
    for (std::size_t i = 0; i < buckets; ++i)
        difference.counts_[i] = counts_[i] - earlier.counts_[i];
    difference.count_ = count_ - earlier.count_;
    difference.sum_ = sum_ - earlier.sum_;
    return difference;
}

std::optional<Duration> Histogram::percentile(double share) const
{
    if (count_ == 0)
        return std::nullopt;
    const double rank = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_));
    const auto wanted = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rank));
    std::uint64_t seen = 0;
    std::size_t bucket = 0;
    while (bucket + 1 < buckets && (seen += counts_[bucket]) < wanted)
        ++bucket;
    return Duration(static_cast<Duration::rep>(lastIn(bucket)));
}

std::uint64_t Histogram::countBelowPowerOfTwo(unsigned exponent) const
{
    // Durations are cut to whole microseconds, so that "below 2^n" ends exactly where a bucket does.
    const std::uint64_t end = std::uint64_t{1} << std::min(exponent, exponentMax);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < buckets && lastIn(i) < end; ++i)
        below += counts_[i];
    return below;
}

} // namespace dsmsg
