// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/BatchMerger.h"

#include <algorithm>

#include "core/base/Assert.h"
#include "core/storage/Bytes.h"
#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

namespace {

constexpr std::uint64_t messagesMax = 256;
constexpr std::uint64_t bytesMax = 64 * 1024;

/// A row at least half full stays as it is: joining it would gain little and write much.
bool isSmall(const BatchBounds& row)
{
    return row.count < messagesMax / 2 && row.bytes < bytesMax / 2;
}

} // namespace

BatchMerger::BatchMerger(Database& database, BatchTable& batches)
    : batches_(batches)
    , selectCursor_(database, QLatin1String("SELECT first_seq FROM merge_cursor WHERE id = 1"))
    , storeCursor_(database,
                   QLatin1String("INSERT OR REPLACE INTO merge_cursor (id, first_seq) VALUES (1, ?)"))
    , sums_(database,
            QLatin1String("SELECT sum(count), sum(length(segments)) FROM batch WHERE first_seq >= ?"))
{
}

Result<void> BatchMerger::load()
{
    const Finisher cursorFinisher(selectCursor_);
    auto found = selectCursor_.first();
    if (!found)
        return found.error();
    if (*found)
        state_.cursor = Seq(fromSql(selectCursor_.integer(0)));
    const Finisher sumsFinisher(sums_);
    auto summed = sums_.first(qint64(toSql(state_.cursor.value)));
    if (!summed)
        return summed.error();
    state_.messages = fromSql(sums_.integer(0));
    state_.bytes = fromSql(sums_.integer(1));
    return {};
}

void BatchMerger::added(const BatchBounds& row)
{
    if (state_.messages == 0 && !isSmall(row)) {
        state_.cursor = row.endSeq();
        return;
    }
    state_.messages += row.count;
    state_.bytes += row.bytes;
}

void BatchMerger::shrunk(Seq firstSeq, std::uint64_t before, std::uint64_t after)
{
    if (firstSeq >= state_.cursor)
        state_.bytes = state_.bytes - before + after;
}

Result<void> BatchMerger::storeCursor()
{
    return storeCursor_.run(qint64(toSql(state_.cursor.value)));
}

bool BatchMerger::hasWork() const
{
    return state_.messages >= messagesMax || state_.bytes >= bytesMax;
}

void BatchMerger::pass(const BatchBounds& row)
{
    DSMSG_ASSERT(row.firstSeq == state_.cursor, "rows are passed one after another");
    state_.cursor = row.endSeq();
    state_.messages -= row.count;
    state_.bytes -= row.bytes;
}

Result<void> BatchMerger::step()
{
    auto rows = batches_.boundsFrom(state_.cursor, messagesMax + 1);
    if (!rows)
        return rows.error();
    auto row = rows->begin();
    while (row != rows->end() && !isSmall(*row))
        pass(*row++);
    const Seq first = state_.cursor;
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
    std::size_t joined = 0;
    while (row != rows->end() && isSmall(*row) && messages + row->count <= messagesMax &&
           bytes + row->bytes <= bytesMax) {
        messages += row->count;
        bytes += row->bytes;
        ++joined;
        pass(*row++);
    }
    if (joined > 1) {
        if (auto done = join(first, state_.cursor); !done)
            return done;
    }
    return storeCursor();
}

Result<void> BatchMerger::join(Seq first, Seq end)
{
    std::string segments;
    std::vector<NameHash> names;
    std::uint64_t count = 0;
    auto read = batches_.forEach(first, [&](const BatchRow& row) -> Result<bool> {
        if (row.firstSeq >= end)
            return false;
        auto decoded = decodeNames(viewOf(row.names));
        if (!decoded)
            return decoded.error();
        names.insert(names.end(), decoded->begin(), decoded->end());
        segments.append(viewOf(row.segments));
        count += row.count;
        return true;
    });
    if (!read)
        return read;
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (auto removed = batches_.remove(first, end); !removed)
        return removed;
    const std::string encodedNames = encodeNames(names);
    return batches_.insert({first, count, rawBlob(encodedNames), rawBlob(segments)});
}

} // namespace dsmsg::storage
