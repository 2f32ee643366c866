// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/StateScrub.h"

namespace dsmsg::storage {

namespace {
constexpr std::size_t bytesAtOnce = 1u << 20; // of batches
constexpr std::size_t rowsAtOnce = 16384;     // of the small tables
} // namespace

Result<bool> StateScrub::step()
{
    // Each part does a bounded amount, and there are few of them.
    while (true) {
        auto more = checkPart();
        if (!more || *more)
            return more;
        if (part_ == Part::Rules) {
            part_ = Part::Batches;
            return false;
        }
        part_ = static_cast<Part>(static_cast<int>(part_) + 1);
    }
}

Result<bool> StateScrub::checkPart()
{
    switch (part_) {
    case Part::Batches:
        return checkBatches();
    case Part::Expiries:
        return checkExpiries();
    case Part::Cursors:
        return checkCursors();
    case Part::Rules:
        break;
    }
    const auto rules = rules_.all();
    return rules ? Result<bool>(false) : rules.error();
}

Result<bool> StateScrub::checkBatches()
{
    std::size_t bytes = 0;
    bool more = false;
    auto read = batches_.forEach(batch_.next(), [&](const BatchRow& row) -> Result<bool> {
        more = bytes > bytesAtOnce;
        if (more)
            return false;
        bytes += static_cast<std::size_t>(row.segments.size());
        batch_ = row.endSeq().previous();
        return true;
    });
    if (!read)
        return read.error();
    if (!more)
        batch_ = Seq();
    return more;
}

Result<bool> StateScrub::checkExpiries()
{
    std::size_t rows = 0;
    const auto read = expiries_.forEach(std::exchange(expiry_, {}), [&](const messaging::Expiry& expiry) {
        if (++rows == rowsAtOnce)
            expiry_ = expiry;
        return rows < rowsAtOnce;
    });
    if (!read)
        return read.error();
    return expiry_.has_value();
}

Result<bool> StateScrub::checkCursors()
{
    std::size_t rows = 0;
    const auto read = cursors_.forEach(std::exchange(cursor_, {}), [&](const messaging::InboxCursor& cursor) {
        if (++rows == rowsAtOnce)
            cursor_ = cursor.recipient;
        return rows < rowsAtOnce;
    });
    if (!read)
        return read.error();
    return cursor_.has_value();
}

} // namespace dsmsg::storage
