// SPDX-License-Identifier: GPL-3.0-or-later
//
// The newest ids, in memory: entries in the order they came and an open-addressed table of positions into
// them. The order of arrival is what makes a rollback exact: truncate() forgets everything added since.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/storage/index/IndexEntry.h"

namespace dsmsg::storage {

class Memtable
{
public:
    Memtable();

    void add(const IndexEntry& entry);
    std::optional<Seq> find(const IndexKey& key) const;
    std::size_t size() const { return entries_.size(); }
    /// Keeps the first `size` entries; at most size().
    void truncate(std::size_t size);
    std::vector<IndexEntry> sorted() const;

private:
    struct Slot
    {
        std::uint32_t
            tag; ///< some bits of the key, so that a new id is told from others without touching them
        std::uint32_t position; ///< in entries_
    };

    void place(std::uint32_t position);
    void rebuild(std::size_t slots);

    std::vector<IndexEntry> entries_;
    std::vector<Slot> table_; ///< a power of two, at most half full
};

} // namespace dsmsg::storage
