// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/BatchTable.h"

#include <array>
#include <limits>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"
#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

namespace {

std::uint32_t checksum(const BatchRow& row)
{
    std::array<char, 24> fields{};
    storeLittle(&fields[0], row.firstSeq.value);
    storeLittle(&fields[8], row.count);
    storeLittle(&fields[16], static_cast<std::uint64_t>(row.names.size()));
    const std::uint32_t head = crc32({fields.data(), fields.size()});
    return crc32(viewOf(row.segments), crc32(viewOf(row.names), head));
}

} // namespace

bool BatchRow::anyKept() const
{
    return viewOf(names) != noNames;
}

BatchTable::BatchTable(Database& database)
    : database_(database)
    , insert_(database, QLatin1String("INSERT INTO batch (first_seq, count, crc, names, segments)"
                                      " VALUES (?, ?, ?, ?, ?)"))
    , replace_(database,
               QLatin1String("UPDATE batch SET crc = ?, names = ?, segments = ? WHERE first_seq = ?"))
    , remove_(database, QLatin1String("DELETE FROM batch WHERE first_seq >= ? AND first_seq < ?"))
    , containing_(database, QLatin1String("SELECT first_seq, count, crc, names, segments FROM batch"
                                          " WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1"))
    , bounds_(database,
              QLatin1String("SELECT first_seq, count, length(segments), names <> x'00000000' FROM batch"
                            " WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1"))
    , boundsFrom_(database,
                  QLatin1String("SELECT first_seq, count, length(segments), names <> x'00000000' FROM batch"
                                " WHERE first_seq >= ? ORDER BY first_seq LIMIT ?"))
    , nextWithKept_(database,
                    QLatin1String("SELECT first_seq FROM batch WHERE first_seq >= ? AND first_seq < ?"
                                  " AND names <> x'00000000' ORDER BY first_seq LIMIT 1"))
    , rows_(database,
            QLatin1String("SELECT first_seq, count, crc, names, segments FROM batch WHERE first_seq >="
                          " coalesce((SELECT max(first_seq) FROM batch WHERE first_seq <= ?), 0)"
                          " ORDER BY first_seq"))
    , names_(database, QLatin1String("SELECT first_seq, count, names FROM batch WHERE first_seq >= coalesce("
                                     "(SELECT max(first_seq) FROM batch WHERE first_seq <= ?), 0)"
                                     " ORDER BY first_seq"))
    , namesContaining_(database, QLatin1String("SELECT first_seq, count, names FROM batch"
                                               " WHERE first_seq <= ? ORDER BY first_seq DESC LIMIT 1"))
{
}

Result<void> BatchTable::insert(const BatchRow& row)
{
    return insert_.run(qint64(toSql(row.firstSeq.value)), qint64(row.count), qint64(checksum(row)), row.names,
                       row.segments);
}

Result<void> BatchTable::replace(const BatchRow& row)
{
    return replace_.run(qint64(checksum(row)), row.names, row.segments, qint64(toSql(row.firstSeq.value)));
}

Result<void> BatchTable::remove(Seq first, Seq end)
{
    return remove_.run(qint64(toSql(first.value)), qint64(toSql(end.value)));
}

Result<BatchRow> BatchTable::take(const Statement& row) const
{
    BatchRow batch{Seq(fromSql(row.integer(0))), fromSql(row.integer(1)), row.bytes(3), row.bytes(4)};
    if (row.integer(2) != std::int64_t{checksum(batch)})
        return Error{Error::Kind::Corrupt, database_.path().toStdString() + ": the batch at seq " +
                                               std::to_string(batch.firstSeq.value) + " is damaged"};
    return batch;
}

Result<void> BatchTable::forEach(Seq seq, const std::function<Result<bool>(const BatchRow&)>& visit)
{
    const Finisher finisher(rows_);
    if (auto started = rows_.start(qint64(toSql(seq.value))); !started)
        return started;
    std::optional<Seq> expected;
    while (true) {
        auto more = rows_.next();
        if (!more)
            return more.error();
        if (!*more)
            return {};
        auto row = take(rows_);
        if (!row)
            return row.error();
        if (expected ? row->firstSeq != *expected : row->firstSeq > seq)
            return Error{Error::Kind::Corrupt, database_.path().toStdString() + ": batches before seq " +
                                                   std::to_string(row->firstSeq.value) + " are missing"};
        expected = row->endSeq();
        auto goOn = visit(*row);
        if (!goOn)
            return goOn.error();
        if (!*goOn)
            return {};
    }
}

Result<std::optional<BatchRow>> BatchTable::containing(Seq seq)
{
    const Finisher finisher(containing_);
    auto found = containing_.first(qint64(toSql(seq.value)));
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<BatchRow>();
    auto row = take(containing_);
    if (!row)
        return row.error();
    return seq < row->endSeq() ? std::optional<BatchRow>(std::move(*row)) : std::nullopt;
}

BatchBounds BatchTable::takeBounds(const Statement& row)
{
    return {Seq(fromSql(row.integer(0))), fromSql(row.integer(1)), fromSql(row.integer(2)),
            row.integer(3) != 0};
}

Result<std::optional<Seq>> BatchTable::nextWithKept(Seq first, Seq end)
{
    const Finisher finisher(nextWithKept_);
    auto found = nextWithKept_.first(qint64(toSql(first.value)), qint64(toSql(end.value)));
    if (!found)
        return found.error();
    return *found ? std::optional(Seq(fromSql(nextWithKept_.integer(0)))) : std::nullopt;
}

Result<std::optional<BatchBounds>> BatchTable::boundsContaining(Seq seq)
{
    const Finisher finisher(bounds_);
    auto found = bounds_.first(qint64(toSql(seq.value)));
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<BatchBounds>();
    const BatchBounds bounds = takeBounds(bounds_);
    return seq < bounds.endSeq() ? std::optional<BatchBounds>(bounds) : std::nullopt;
}

Result<Seq> BatchTable::endSeq()
{
    const Finisher finisher(bounds_);
    auto found = bounds_.first(std::numeric_limits<qint64>::max());
    if (!found)
        return found.error();
    return *found ? Seq(fromSql(bounds_.integer(0)) + fromSql(bounds_.integer(1))) : Seq(1);
}

Result<std::vector<BatchBounds>> BatchTable::boundsFrom(Seq first, std::size_t limit)
{
    std::vector<BatchBounds> rows;
    const Finisher finisher(boundsFrom_);
    if (auto started = boundsFrom_.start(qint64(toSql(first.value)), qint64(limit)); !started)
        return started.error();
    while (true) {
        auto row = boundsFrom_.next();
        if (!row)
            return row.error();
        if (!*row)
            return rows;
        rows.push_back(takeBounds(boundsFrom_));
    }
}

Result<std::vector<BatchTable::Names>> BatchTable::namesFrom(Seq seq)
{
    std::vector<Names> rows;
    const Finisher finisher(names_);
    if (auto started = names_.start(qint64(toSql(seq.value))); !started)
        return started.error();
    while (true) {
        auto row = names_.next();
        if (!row)
            return row.error();
        if (!*row)
            return rows;
        rows.push_back({Seq(fromSql(names_.integer(0))), fromSql(names_.integer(1)), names_.bytes(2)});
    }
}

Result<std::optional<BatchTable::Names>> BatchTable::namesContaining(Seq seq)
{
    const Finisher finisher(namesContaining_);
    auto found = namesContaining_.first(qint64(toSql(seq.value)));
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<Names>();
    Names names{Seq(fromSql(namesContaining_.integer(0))), fromSql(namesContaining_.integer(1)),
                namesContaining_.bytes(2)};
    return seq < names.firstSeq + names.count ? std::optional(std::move(names)) : std::nullopt;
}

} // namespace dsmsg::storage
