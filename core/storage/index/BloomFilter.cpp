// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/BloomFilter.h"

#include <algorithm>

namespace dsmsg::storage {

namespace {

constexpr std::uint64_t keysPerBlock = 32; // 512 bits at 16 bits a key
constexpr int probes = 7;                  // 9 bits each, out of one 64-bit value

/// The finaliser of splitmix64: the block was chosen by `high`, so the bits in it need other bits, and names
/// have no `low`.
std::uint64_t probeBits(const IndexKey& key)
{
    std::uint64_t z = (key.high ^ key.low) + 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/// floor(value * bound / 2^64) without 128-bit arithmetic, exact enough to choose a block.
std::uint64_t scale(std::uint64_t value, std::uint64_t bound)
{
    const std::uint64_t upper = value >> 32;
    const std::uint64_t lower = value & 0xffffffff;
    return (upper * bound + ((lower * bound) >> 32)) >> 32;
}

} // namespace

BloomFilter::BloomFilter(std::uint64_t keysExpected)
    : words_((std::max<std::uint64_t>(keysExpected, 1) + keysPerBlock - 1) / keysPerBlock * wordsPerBlock)
{
}

std::size_t BloomFilter::blockOf(const IndexKey& key) const
{
    return scale(key.high, words_.size() / wordsPerBlock) * wordsPerBlock;
}

void BloomFilter::add(const IndexKey& key)
{
    std::uint64_t* block = words_.data() + blockOf(key);
    std::uint64_t bits = probeBits(key);
    for (int i = 0; i < probes; ++i, bits >>= 9)
        block[(bits >> 6) & 7] |= std::uint64_t{1} << (bits & 63);
}

bool BloomFilter::mayContain(const IndexKey& key) const
{
    const std::uint64_t* block = words_.data() + blockOf(key);
    std::uint64_t bits = probeBits(key);
    std::uint64_t missing = 0;
    for (int i = 0; i < probes; ++i, bits >>= 9)
        missing |= ~(block[(bits >> 6) & 7] >> (bits & 63)) & 1;
    return missing == 0;
}

std::string BloomFilter::bytes(std::size_t from, std::size_t count) const
{
    std::string out;
    out.reserve(count);
    const std::size_t end = std::min((from + count) / 8, words_.size());
    for (std::size_t word = from / 8; word < end; ++word)
        appendLittle(out, words_[word]);
    return out;
}

void BloomFilter::appendBytes(std::string_view bytes)
{
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8)
        words_.push_back(loadLittle<std::uint64_t>(bytes.data() + at));
}

} // namespace dsmsg::storage
