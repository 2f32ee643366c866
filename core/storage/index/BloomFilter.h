// SPDX-License-Identifier: GPL-3.0-or-later
//
// Says of a key that a run certainly lacks it, so that almost every new id is known as new without a read.
// Blocked: all bits of one key lie in one cache line (Putze, Sanders, Singler, "Cache-, Hash- and
// Space-Efficient Bloom Filters", 2007), because a new id asks the filter of every run. 16 bits a key give
// one false hit in about a thousand; fewer bits would cost more in reads than they save in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/storage/index/IndexEntry.h"

namespace dsmsg::storage {

class BloomFilter
{
public:
    BloomFilter() = default;
    explicit BloomFilter(std::uint64_t keysExpected);

    void add(const IndexKey& key);
    bool mayContain(const IndexKey& key) const;

    std::size_t byteCount() const { return words_.size() * 8; }
    /// Little-endian bytes [from, from + count) of the filter, for storing; multiples of 8.
    std::string bytes(std::size_t from, std::size_t count) const;
    /// The inverse, appended; call with consecutive pieces.
    void appendBytes(std::string_view bytes);

private:
    static constexpr std::size_t wordsPerBlock = 8;

    std::size_t blockOf(const IndexKey& key) const;

    std::vector<std::uint64_t> words_;
};

} // namespace dsmsg::storage
