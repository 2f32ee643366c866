// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one record that both indexes of state.db are made of: a uniformly distributed key and the seq it leads
// to, 24 bytes on disk. Ids use all 128 bits of their hash; names use 64, because a false hit there costs
// only a look at a batch, while a false hit on an id would swallow a message.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "core/base/Ids.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

struct IndexKey
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    auto operator<=>(const IndexKey&) const = default;

    static IndexKey ofHash(const Bits128& hash)
    {
        return {loadBig64(hash.bytes.data()), loadBig64(hash.bytes.data() + 8)};
    }
};

struct IndexEntry
{
    IndexKey key;
    Seq seq;

    auto operator<=>(const IndexEntry&) const = default;
};

/// The same order as <, for sorting: the first 64 bits nearly always decide.
inline bool sortsBefore(const IndexEntry& a, const IndexEntry& b)
{
    return a.key.high != b.key.high ? a.key.high < b.key.high : a < b;
}

inline constexpr std::size_t indexEntryBytes = 24;
/// As many as fit one 4 KiB database page with its row and page headers, so that a page of a run has no
/// overflow.
inline constexpr std::size_t entriesPerPage = 168;

inline void appendEntry(std::string& out, const IndexEntry& entry)
{
    char bytes[indexEntryBytes];
    storeLittle(bytes, entry.key.high);
    storeLittle(bytes + 8, entry.key.low);
    storeLittle(bytes + 16, entry.seq.value);
    out.append(bytes, sizeof bytes);
}

/// `position` in entries; must lie inside `bytes`.
inline IndexEntry entryAt(std::string_view bytes, std::size_t position)
{
    const char* at = bytes.data() + position * indexEntryBytes;
    return {{loadLittle<std::uint64_t>(at), loadLittle<std::uint64_t>(at + 8)},
            Seq(loadLittle<std::uint64_t>(at + 16))};
}

} // namespace dsmsg::storage
