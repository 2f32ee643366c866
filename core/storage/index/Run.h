// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run: index entries sorted once and never changed, kept as pages of one row each. In memory stay only the
// first entry of every page, which leads a lookup to its page, and the filter, which spares most lookups.
#pragma once

#include <memory>
#include <vector>

#include <QByteArray>

#include "core/storage/index/BloomFilter.h"
#include "core/storage/index/IndexEntry.h"

namespace dsmsg::storage {

enum class RunKind : std::uint8_t
{
    Ids = 0,
    Postings = 1
};

struct Run
{
    std::uint64_t id = 0; ///< never used again within one database
    RunKind kind = RunKind::Ids;
    std::uint32_t level = 0; ///< 0: flushed from memory; n + 1: merged from runs of level n
    std::uint64_t entries = 0;
    std::uint64_t keys = 0; ///< distinct ones among them, or a little more
    Seq throughSeq;         ///< everything up to here is in this run or in older ones
    std::vector<IndexEntry> fences;
    BloomFilter filter;

    /// The page where entries not less than `entry` begin or, when that page ends before them, the one
    /// before.
    std::size_t pageOf(const IndexEntry& entry) const;
};

using RunPtr = std::shared_ptr<const Run>;

/// One page's entries, checked when it was read.
class RunPage
{
public:
    explicit RunPage(QByteArray bytes)
        : bytes_(std::move(bytes))
    {
    }

    std::size_t size() const { return static_cast<std::size_t>(bytes_.size()) / indexEntryBytes; }
    IndexEntry at(std::size_t position) const { return entryAt(viewOf(bytes_), position); }
    /// The position of the first entry not less than `entry`; size() when there is none.
    std::size_t lowerBound(const IndexEntry& entry) const;

private:
    QByteArray bytes_;
};

} // namespace dsmsg::storage
