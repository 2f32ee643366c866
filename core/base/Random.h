// SPDX-License-Identifier: GPL-3.0-or-later
//
// Seeded pseudo-random numbers, equal on every platform for one seed (std distributions are not), because a
// failing simulation must replay. xoshiro256**: Blackman and Vigna, "Scrambled Linear Pseudorandom Number
// Generators", 2018; seeded by splitmix64 as its authors advise. Not for secrets.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/Ids.h"

namespace dsmsg {

class Random
{
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    /// Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Uniform in [low, high); low < high.
    std::int64_t between(std::int64_t low, std::int64_t high);
    /// True with probability numerator/denominator.
    bool chance(std::uint64_t numerator, std::uint64_t denominator) { return below(denominator) < numerator; }
    Bits128 bits128();

private:
    std::array<std::uint64_t, 4> state_;
};

/// A seed from the operating system's entropy source, for programs; never used inside the core.
std::uint64_t systemSeed();

} // namespace dsmsg
