// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/Memtable.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::storage {

namespace {
constexpr std::size_t slotsAtStart = 1024;
constexpr std::uint32_t empty = UINT32_MAX;

/// Other bits than those that choose the slot.
std::uint32_t tagOf(std::uint64_t low)
{
    return static_cast<std::uint32_t>(low >> 32);
}
} // namespace

Memtable::Memtable()
    : table_(slotsAtStart, Slot{0, empty})
{
}

void Memtable::place(std::uint32_t position)
{
    const std::size_t mask = table_.size() - 1;
    const std::uint64_t low = entries_[position].key.low;
    std::size_t slot = low & mask;
    while (table_[slot].position != empty)
        slot = (slot + 1) & mask;
    table_[slot] = {tagOf(low), position};
}

void Memtable::rebuild(std::size_t slots)
{
    table_.assign(slots, Slot{0, empty});
    for (std::size_t position = 0; position < entries_.size(); ++position)
        place(static_cast<std::uint32_t>(position));
}

void Memtable::add(const IndexEntry& entry)
{
    if ((entries_.size() + 1) * 2 > table_.size())
        rebuild(table_.size() * 2);
    entries_.push_back(entry);
    place(static_cast<std::uint32_t>(entries_.size() - 1));
}

std::optional<Seq> Memtable::find(const IndexKey& key) const
{
    const std::size_t mask = table_.size() - 1;
    const std::uint32_t tag = tagOf(key.low);
    for (std::size_t slot = key.low & mask; table_[slot].position != empty; slot = (slot + 1) & mask) {
        if (table_[slot].tag == tag && entries_[table_[slot].position].key == key)
            return entries_[table_[slot].position].seq;
    }
    return std::nullopt;
}

void Memtable::truncate(std::size_t size)
{
    DSMSG_ASSERT(size <= entries_.size(), "a rollback cannot bring back entries");
    if (size == entries_.size())
        return;
    entries_.resize(size);
    rebuild(table_.size());
}

std::vector<IndexEntry> Memtable::sorted() const
{
    std::vector<IndexEntry> entries = entries_;
    std::sort(entries.begin(), entries.end(), sortsBefore);
    return entries;
}

} // namespace dsmsg::storage
