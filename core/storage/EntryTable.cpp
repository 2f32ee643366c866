// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/EntryTable.h"

#include <algorithm>
#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

// One step of deleting compacted entries: about a millisecond.
constexpr qint64 sweepRows = 256;
constexpr std::size_t sweepBytes = 1u << 20;

std::uint32_t checksum(const raft::Entry& entry)
{
    std::array<char, 17> fields{};
    storeLittle(&fields[0], entry.index.value);
    storeLittle(&fields[8], entry.term.value);
    fields[16] = static_cast<char>(entry.kind);
    return crc32(entry.data, crc32({fields.data(), fields.size()}));
}

bool knownKind(std::int64_t kind)
{
    return kind >= 0 && kind <= static_cast<std::int64_t>(raft::EntryKind::Configuration);
}

} // namespace

EntryTable::EntryTable(Database& database)
    : database_(database)
    , insert_(database,
              QLatin1String("INSERT INTO entry (log_index, term, kind, crc, data) VALUES (?, ?, ?, ?, ?)"))
    , insertRun_(database, QLatin1String("INSERT INTO term_run (first_index, term) VALUES (?, ?)"))
    , truncate_(database, QLatin1String("DELETE FROM entry WHERE log_index >= ?"))
    , truncateRuns_(database, QLatin1String("DELETE FROM term_run WHERE first_index >= ?"))
    , ascending_(database, QLatin1String("SELECT log_index, term, kind, crc, data FROM entry"
                                         " WHERE log_index BETWEEN ? AND ? ORDER BY log_index"))
    , descending_(database, QLatin1String("SELECT log_index, term, kind, crc, data FROM entry"
                                          " WHERE log_index <= ? ORDER BY log_index DESC"))
    , configurations_(database, QLatin1String("SELECT log_index, term, kind, crc, data FROM entry"
                                              " WHERE kind >= 2 AND log_index > ? ORDER BY log_index"))
    , runs_(database, QLatin1String("SELECT first_index, term FROM term_run ORDER BY first_index"))
    , sizes_(database, QLatin1String("SELECT log_index, length(data) FROM entry WHERE log_index <= ?"
                                     " ORDER BY log_index LIMIT ?"))
    , removeThrough_(database, QLatin1String("DELETE FROM entry WHERE log_index <= ?"))
    , removeRunsThrough_(database, QLatin1String("DELETE FROM term_run WHERE first_index <= ?"))
{
}

Result<void> EntryTable::insert(const raft::Entry& entry)
{
    return insert_.run(qint64(toSql(entry.index.value)), qint64(toSql(entry.term.value)), int(entry.kind),
                       qint64(checksum(entry)), rawBlob(entry.data));
}

Result<void> EntryTable::insertTermRun(const raft::TermRun& run)
{
    return insertRun_.run(qint64(toSql(run.first.value)), qint64(toSql(run.term.value)));
}

Result<void> EntryTable::truncate(LogIndex from)
{
    if (auto done = truncate_.run(qint64(toSql(from.value))); !done)
        return done;
    return truncateRuns_.run(qint64(toSql(from.value)));
}

Result<void> EntryTable::compact(LogIndex base)
{
    auto next = entry(base.next());
    if (!next && next.error().kind != Error::Kind::NotFound)
        return next.error();
    if (auto done = removeRunsThrough_.run(qint64(toSql(base.next().value))); !done || !next)
        return done;
    return insertTermRun({base.next(), (*next)->term});
}

Result<void> EntryTable::reset(LogIndex base)
{
    if (auto done = truncate_.run(qint64(toSql(base.next().value))); !done)
        return done;
    return truncateRuns_.run(qint64(0));
}

Result<EntryTable::Swept> EntryTable::sweep(LogIndex base)
{
    Swept swept;
    LogIndex through;
    {
        const Finisher finisher(sizes_);
        if (auto started = sizes_.start(qint64(toSql(base.value)), sweepRows + 1); !started)
            return started.error();
        while (true) {
            auto row = sizes_.next();
            if (!row)
                return row.error();
            if (!*row)
                break;
            swept.more = swept.rows == sweepRows || swept.bytes > sweepBytes;
            if (swept.more)
                break;
            ++swept.rows;
            swept.bytes += static_cast<std::size_t>(sizes_.integer(1));
            through = LogIndex(fromSql(sizes_.integer(0)));
        }
    }
    if (through) {
        if (auto removed = removeThrough_.run(qint64(toSql(through.value))); !removed)
            return removed.error();
    }
    return swept;
}

Result<raft::EntryPtr> EntryTable::take(const Statement& row) const
{
    raft::Entry entry;
    entry.index = LogIndex(fromSql(row.integer(0)));
    entry.term = Term(fromSql(row.integer(1)));
    const std::int64_t kind = row.integer(2);
    const QByteArray data = row.bytes(4);
    entry.data.assign(data.constData(), static_cast<std::size_t>(data.size()));
    entry.kind = static_cast<raft::EntryKind>(kind);
    if (!knownKind(kind) || row.integer(3) != std::int64_t{checksum(entry)})
        return damaged(entry.index);
    return std::make_shared<const raft::Entry>(std::move(entry));
}

Error EntryTable::damaged(LogIndex index) const
{
    return {Error::Kind::Corrupt, database_.path().toStdString() + ": entry " + std::to_string(index.value) +
                                      " of the log is damaged or missing"};
}

Result<raft::EntryPtr> EntryTable::entry(LogIndex index)
{
    const Finisher finisher(ascending_);
    auto found = ascending_.first(qint64(toSql(index.value)), qint64(toSql(index.value)));
    if (!found)
        return found.error();
    if (!*found)
        return Error{Error::Kind::NotFound, "The log has no entry " + std::to_string(index.value)};
    return take(ascending_);
}

Result<std::vector<raft::EntryPtr>> EntryTable::range(LogIndex first, LogIndex last, std::size_t bytesMax)
{
    std::vector<raft::EntryPtr> entries;
    std::size_t bytes = 0;
    const Finisher finisher(ascending_);
    if (auto started = ascending_.start(qint64(toSql(first.value)), qint64(toSql(last.value))); !started)
        return started.error();
    for (LogIndex expected = first; expected <= last; ++expected) {
        auto row = ascending_.next();
        if (!row)
            return row.error();
        if (!*row)
            return damaged(expected);
        auto entry = take(ascending_);
        if (!entry)
            return entry.error();
        if ((*entry)->index != expected)
            return damaged(expected);
        bytes += (*entry)->data.size();
        if (bytes > bytesMax && !entries.empty())
            break;
        entries.push_back(std::move(*entry));
    }
    return entries;
}

Result<std::vector<raft::EntryPtr>> EntryTable::tail(LogIndex base, LogIndex lastIndex, std::size_t bytesMax)
{
    std::vector<raft::EntryPtr> entries;
    std::size_t bytes = 0;
    const Finisher finisher(descending_);
    if (auto started = descending_.start(qint64(toSql(lastIndex.value))); !started)
        return started.error();
    for (LogIndex expected = lastIndex; expected > base; expected = expected.previous()) {
        auto row = descending_.next();
        if (!row)
            return row.error();
        if (!*row)
            break;
        auto entry = take(descending_);
        if (!entry)
            return entry.error();
        if ((*entry)->index != expected)
            return damaged(expected);
        bytes += (*entry)->data.size();
        if (bytes > bytesMax && !entries.empty())
            break;
        entries.push_back(std::move(*entry));
    }
    std::reverse(entries.begin(), entries.end());
    return entries;
}

Result<std::vector<raft::EntryPtr>> EntryTable::configurations(LogIndex base)
{
    std::vector<raft::EntryPtr> entries;
    const Finisher finisher(configurations_);
    if (auto started = configurations_.start(qint64(toSql(base.value))); !started)
        return started.error();
    while (true) {
        auto row = configurations_.next();
        if (!row)
            return row.error();
        if (!*row)
            return entries;
        auto entry = take(configurations_);
        if (!entry)
            return entry.error();
        entries.push_back(std::move(*entry));
    }
}

Result<EntryTable::Extent> EntryTable::extent(LogIndex base)
{
    // One query each: SQLite answers min, max and count(*) from the tree's shape, but only when asked for
    // alone. Garbage is counted row by row, but there is seldom much.
    const QString after = QStringLiteral(" > %1").arg(toSql(base.value));
    const auto first =
        database_.integer(QStringLiteral("SELECT min(log_index) FROM entry WHERE log_index") + after);
    const auto last = database_.integer(QStringLiteral("SELECT max(log_index) FROM entry"));
    const auto rows = database_.integer(QStringLiteral("SELECT count(*) FROM entry"));
    const auto garbage = database_.integer(
        QStringLiteral("SELECT count(*) FROM entry WHERE log_index <= %1").arg(toSql(base.value)));
    for (const auto* part : {&first, &last, &rows, &garbage}) {
        if (!part->ok())
            return part->error();
    }
    return Extent{LogIndex(fromSql(*first)), std::max(LogIndex(fromSql(*last)), base),
                  fromSql(*rows - *garbage), fromSql(*garbage)};
}

Result<std::vector<raft::TermRun>> EntryTable::termRuns()
{
    std::vector<raft::TermRun> runs;
    const Finisher finisher(runs_);
    if (auto started = runs_.start(); !started)
        return started.error();
    while (true) {
        auto row = runs_.next();
        if (!row)
            return row.error();
        if (!*row)
            return runs;
        runs.push_back({LogIndex(fromSql(runs_.integer(0))), Term(fromSql(runs_.integer(1)))});
    }
}

} // namespace dsmsg::storage
