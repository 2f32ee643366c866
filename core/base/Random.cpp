// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"

#include <bit>
#include <random>

#include "core/base/Assert.h"

namespace dsmsg {

namespace {

std::uint64_t splitmix(std::uint64_t& state)
{
    state += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

} // namespace

Random::Random(std::uint64_t seed)
    : state_{}
{
    for (std::uint64_t& word : state_)
        word = splitmix(seed);
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound)
{
    DSMSG_ASSERT(bound > 0, "an empty range has no random member");
    // The bias of the remainder is below bound / 2^64: irrelevant for timeouts and fault plans.
    return next() % bound;
}

std::int64_t Random::between(std::int64_t low, std::int64_t high)
{
    DSMSG_ASSERT(low < high, "an empty range has no random member");
    // Unsigned, because the width of a range may exceed what the signed type holds.
    const auto from = static_cast<std::uint64_t>(low);
    return static_cast<std::int64_t>(from + below(static_cast<std::uint64_t>(high) - from));
}

Bits128 Random::bits128()
{
    Bits128 bits;
    for (std::size_t i = 0; i < 16; i += 8) {
        const std::uint64_t word = next();
        for (std::size_t b = 0; b < 8; ++b)
            bits.bytes[i + b] = static_cast<std::uint8_t>(word >> (8 * b));
    }
    return bits;
}

std::uint64_t systemSeed()
{
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) | device();
}

} // namespace dsmsg
