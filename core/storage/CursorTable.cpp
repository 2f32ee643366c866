// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/CursorTable.h"

#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

std::uint32_t checksum(std::string_view recipient, Seq seq)
{
    std::array<char, 8> field{};
    storeLittle(field.data(), seq.value);
    return crc32(recipient, crc32({field.data(), field.size()}));
}

} // namespace

CursorTable::CursorTable(Database& database)
    : database_(database)
    , select_(database, QLatin1String("SELECT recipient, seq, crc FROM inbox_cursor WHERE recipient = ?"))
    , replace_(database,
               QLatin1String("INSERT OR REPLACE INTO inbox_cursor (recipient, seq, crc) VALUES (?, ?, ?)"))
    , count_(database, QLatin1String("SELECT count(*) FROM inbox_cursor"))
    , all_(database, QLatin1String("SELECT recipient, seq, crc FROM inbox_cursor ORDER BY recipient"))
    , after_(database, QLatin1String("SELECT recipient, seq, crc FROM inbox_cursor WHERE recipient > ?"
                                     " ORDER BY recipient"))
    , behind_(database, QLatin1String("SELECT recipient, seq, crc FROM inbox_cursor ORDER BY seq LIMIT ?"))
{
}

Result<messaging::InboxCursor> CursorTable::take(const Statement& row) const
{
    const QByteArray recipient = row.bytes(0);
    messaging::InboxCursor cursor{std::string(viewOf(recipient)), Seq(fromSql(row.integer(1)))};
    if (row.integer(2) != std::int64_t{checksum(cursor.recipient, cursor.seq)})
        return Error{Error::Kind::Corrupt,
                     database_.path().toStdString() + ": the cursor of an inbox is damaged"};
    return cursor;
}

Result<std::optional<Seq>> CursorTable::find(const std::string& recipient)
{
    const Finisher finisher(select_);
    auto found = select_.first(rawBlob(recipient));
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<Seq>();
    const auto cursor = take(select_);
    if (!cursor)
        return cursor.error();
    return std::optional(cursor->seq);
}

Result<void> CursorTable::store(const messaging::InboxCursor& cursor)
{
    return replace_.run(rawBlob(cursor.recipient), qint64(toSql(cursor.seq.value)),
                        qint64(checksum(cursor.recipient, cursor.seq)));
}

Result<std::size_t> CursorTable::count()
{
    const Finisher finisher(count_);
    if (auto counted = count_.first(); !counted)
        return counted.error();
    return static_cast<std::size_t>(count_.integer(0));
}

Result<void> CursorTable::forEach(const std::optional<std::string>& after,
                                  const std::function<bool(const messaging::InboxCursor&)>& visit)
{
    Statement& rows = after ? after_ : all_;
    const Finisher finisher(rows);
    if (auto started = after ? rows.start(rawBlob(*after)) : rows.start(); !started)
        return started;
    while (true) {
        const auto more = rows.next();
        if (!more)
            return more.error();
        if (!*more)
            return {};
        const auto cursor = take(rows);
        if (!cursor)
            return cursor.error();
        if (!visit(*cursor))
            return {};
    }
}

Result<std::vector<messaging::InboxCursor>> CursorTable::furthestBehind(std::size_t limit)
{
    std::vector<messaging::InboxCursor> cursors;
    const Finisher finisher(behind_);
    if (auto started = behind_.start(qint64(limit)); !started)
        return started.error();
    while (true) {
        const auto more = behind_.next();
        if (!more)
            return more.error();
        if (!*more)
            return cursors;
        auto cursor = take(behind_);
        if (!cursor)
            return cursor.error();
        cursors.push_back(std::move(*cursor));
    }
}

Result<void> CursorWriter::load()
{
    const auto count = table_.count();
    if (!count)
        return count.error();
    count_ = *count;
    return {};
}

Result<void> CursorWriter::set(const messaging::InboxCursor& cursor)
{
    const auto known = table_.find(cursor.recipient);
    if (!known)
        return known.error();
    if (auto stored = table_.store(cursor); !stored)
        return stored;
    if (!*known)
        ++count_;
    return {};
}

} // namespace dsmsg::storage
