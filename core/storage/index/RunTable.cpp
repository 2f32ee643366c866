// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/index/RunTable.h"

#include <algorithm>

#include "core/base/Assert.h"
#include "core/base/Hash.h"

namespace dsmsg::storage {

namespace {

constexpr int numberBits = 24; // Migrations.cpp: ids of run_page and run_part
constexpr std::size_t fencesPerPart = 2048;
constexpr std::size_t filterBytesPerPart = 64 * 1024;
constexpr qint64 pagesPerSweep = 256;
constexpr qint64 partsPerSweep = 16; // each has a chain of pages of its own to free

qint64 rowId(std::uint64_t run, std::size_t number)
{
    DSMSG_ASSERT(number < (std::size_t{1} << numberBits), "a run has at most 2^24 pages");
    return static_cast<qint64>((run << numberBits) | number);
}

std::size_t fenceParts(std::size_t fences)
{
    return (fences + fencesPerPart - 1) / fencesPerPart;
}

std::size_t filterParts(std::size_t bytes)
{
    return (bytes + filterBytesPerPart - 1) / filterBytesPerPart;
}

std::string partBytes(const Run& run, std::size_t number)
{
    const std::size_t fenceEnd = fenceParts(run.fences.size());
    if (number >= fenceEnd)
        return run.filter.bytes((number - fenceEnd) * filterBytesPerPart, filterBytesPerPart);
    std::string bytes;
    const std::size_t end = std::min((number + 1) * fencesPerPart, run.fences.size());
    for (std::size_t i = number * fencesPerPart; i < end; ++i)
        appendEntry(bytes, run.fences[i]);
    return bytes;
}

} // namespace

RunTable::RunTable(Database& database)
    : database_(database)
    , list_(database, QLatin1String("SELECT id, kind, state FROM run ORDER BY id"))
    , select_(database,
              QLatin1String("SELECT kind, level, entries, keys, pages, filter_bytes, through_seq FROM run"
                            " WHERE id = ? AND state = 1"))
    , insert_(database, QLatin1String("INSERT INTO run (id, kind, state, level, entries, keys, pages,"
                                      " filter_bytes, through_seq) VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0)"))
    , publish_(database,
               QLatin1String("UPDATE run SET state = 1, level = ?, entries = ?, keys = ?, pages = ?,"
                             " filter_bytes = ?, through_seq = ? WHERE id = ?"))
    , retire_(database, QLatin1String("UPDATE run SET state = 2 WHERE id = ?"))
    , remove_(database, QLatin1String("DELETE FROM run WHERE id = ? AND state <> 1"))
    , page_(database, QLatin1String("SELECT crc, data FROM run_page WHERE id = ?"))
    , insertPage_(database, QLatin1String("INSERT INTO run_page (id, crc, data) VALUES (?, ?, ?)"))
    , lowestPage_(database,
                  QLatin1String("SELECT id FROM run_page WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"))
    , removePages_(database, QLatin1String("DELETE FROM run_page WHERE id BETWEEN ? AND ?"))
    , parts_(database, QLatin1String("SELECT crc, data FROM run_part WHERE id BETWEEN ? AND ? ORDER BY id"))
    , insertPart_(database, QLatin1String("INSERT INTO run_part (id, crc, data) VALUES (?, ?, ?)"))
    , lowestPart_(database,
                  QLatin1String("SELECT id FROM run_part WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"))
    , removeParts_(database, QLatin1String("DELETE FROM run_part WHERE id BETWEEN ? AND ?"))
{
}

Result<std::vector<RunTable::Listed>> RunTable::list()
{
    std::vector<Listed> runs;
    const Finisher finisher(list_);
    if (auto started = list_.start(); !started)
        return started.error();
    while (true) {
        auto row = list_.next();
        if (!row)
            return row.error();
        if (!*row)
            return runs;
        runs.push_back({fromSql(list_.integer(0)), static_cast<RunKind>(list_.integer(1)),
                        static_cast<RunState>(list_.integer(2))});
    }
}

Result<RunPtr> RunTable::load(std::uint64_t id)
{
    auto run = std::make_shared<Run>();
    std::size_t pages = 0;
    std::size_t filterBytes = 0;
    {
        const Finisher finisher(select_);
        auto found = select_.first(qint64(id));
        if (!found)
            return found.error();
        if (!*found)
            return damaged(id);
        run->id = id;
        run->kind = static_cast<RunKind>(select_.integer(0));
        run->level = static_cast<std::uint32_t>(select_.integer(1));
        run->entries = fromSql(select_.integer(2));
        run->keys = fromSql(select_.integer(3));
        pages = fromSql(select_.integer(4));
        filterBytes = fromSql(select_.integer(5));
        run->throughSeq = Seq(fromSql(select_.integer(6)));
    }
    if (auto loaded = loadParts(*run, pages, filterBytes); !loaded)
        return loaded.error();
    return RunPtr(std::move(run));
}

Result<void> RunTable::loadParts(Run& run, std::size_t pages, std::size_t filterBytes)
{
    const std::size_t fenceEnd = fenceParts(pages);
    const std::size_t end = fenceEnd + filterParts(filterBytes);
    const Finisher finisher(parts_);
    if (auto started = parts_.start(rowId(run.id, 0), rowId(run.id, end)); !started)
        return started;
    for (std::size_t number = 0; number < end; ++number) {
        auto row = parts_.next();
        if (!row)
            return row.error();
        if (!*row)
            return damaged(run.id);
        const QByteArray bytes = parts_.bytes(1);
        const std::string_view view = viewOf(bytes);
        if (parts_.integer(0) != std::int64_t{crc32(view)})
            return damaged(run.id);
        if (number >= fenceEnd) {
            run.filter.appendBytes(view);
            continue;
        }
        for (std::size_t i = 0; i < view.size() / indexEntryBytes; ++i)
            run.fences.push_back(entryAt(view, i));
    }
    if (run.fences.size() != pages || run.filter.byteCount() != filterBytes || filterBytes == 0)
        return damaged(run.id);
    return {};
}

Result<RunPage> RunTable::page(const Run& run, std::size_t number)
{
    const Finisher finisher(page_);
    auto found = page_.first(rowId(run.id, number));
    if (!found)
        return found.error();
    if (!*found)
        return damaged(run.id);
    QByteArray bytes = page_.bytes(1);
    const std::size_t size = static_cast<std::size_t>(bytes.size());
    if (size == 0 || size % indexEntryBytes != 0 || page_.integer(0) != std::int64_t{crc32(viewOf(bytes))})
        return damaged(run.id);
    return RunPage(std::move(bytes));
}

Result<void> RunTable::insert(std::uint64_t id, RunKind kind)
{
    return insert_.run(qint64(id), int(kind));
}

Result<void> RunTable::insertPage(std::uint64_t id, std::size_t number, std::string_view bytes)
{
    return insertPage_.run(rowId(id, number), qint64(crc32(bytes)), rawBlob(bytes));
}

std::size_t RunTable::partCount(const Run& run)
{
    return fenceParts(run.fences.size()) + filterParts(run.filter.byteCount());
}

Result<void> RunTable::insertPart(const Run& run, std::size_t number)
{
    const std::string bytes = partBytes(run, number);
    return insertPart_.run(rowId(run.id, number), qint64(crc32(bytes)), rawBlob(bytes));
}

Result<void> RunTable::publish(const Run& run)
{
    return publish_.run(qint64(run.level), qint64(run.entries), qint64(run.keys), qint64(run.fences.size()),
                        qint64(run.filter.byteCount()), qint64(toSql(run.throughSeq.value)), qint64(run.id));
}

Result<void> RunTable::retire(std::uint64_t id)
{
    return retire_.run(qint64(id));
}

Result<bool> RunTable::sweep(std::uint64_t id)
{
    auto pagesGone = sweepRows(lowestPage_, removePages_, id, pagesPerSweep);
    if (!pagesGone || !*pagesGone)
        return pagesGone;
    auto partsGone = sweepRows(lowestPart_, removeParts_, id, partsPerSweep);
    if (!partsGone || !*partsGone)
        return partsGone;
    if (auto removed = remove_.run(qint64(id)); !removed)
        return removed.error();
    return true;
}

Result<bool> RunTable::sweepRows(Statement& lowest, Statement& remove, std::uint64_t id, qint64 rows)
{
    const qint64 end = rowId(id + 1, 0) - 1;
    qint64 first = 0;
    {
        const Finisher finisher(lowest);
        auto found = lowest.first(rowId(id, 0), end);
        if (!found)
            return found.error();
        if (!*found)
            return true;
        first = lowest.integer(0);
    }
    if (auto removed = remove.run(first, std::min(first + rows - 1, end)); !removed)
        return removed.error();
    return false;
}

Error RunTable::damaged(std::uint64_t id) const
{
    return {Error::Kind::Corrupt, database_.path().toStdString() + ": run " + std::to_string(id) +
                                      " of an index is damaged or missing"};
}

} // namespace dsmsg::storage
