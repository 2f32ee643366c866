// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/ExpiryTable.h"

#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

qint64 timeToSql(UnixTime time)
{
    return qint64(time.time_since_epoch().count());
}

std::uint32_t checksum(const messaging::Expiry& expiry)
{
    std::array<char, 16> fields{};
    storeLittle(&fields[0], expiry.at.time_since_epoch().count());
    storeLittle(&fields[8], expiry.seq.value);
    return crc32({fields.data(), fields.size()});
}

} // namespace

ExpiryTable::ExpiryTable(Database& database)
    : database_(database)
    , insert_(database, QLatin1String("INSERT INTO expiry (expires, seq, crc) VALUES (?, ?, ?)"))
    , remove_(database, QLatin1String("DELETE FROM expiry WHERE expires = ? AND seq = ?"))
    , ended_(database, QLatin1String("SELECT expires, seq, crc FROM expiry WHERE expires <= ?"
                                     " ORDER BY expires, seq LIMIT ?"))
    , contains_(database, QLatin1String("SELECT expires, seq, crc FROM expiry WHERE expires = ? AND seq = ?"))
    , count_(database, QLatin1String("SELECT count(*) FROM expiry"))
    , after_(database, QLatin1String("SELECT expires, seq, crc FROM expiry WHERE (expires, seq) > (?, ?)"
                                     " ORDER BY expires, seq"))
{
}

Result<void> ExpiryTable::add(const messaging::Expiry& expiry)
{
    return insert_.run(timeToSql(expiry.at), qint64(toSql(expiry.seq.value)), qint64(checksum(expiry)));
}

Result<void> ExpiryTable::remove(const messaging::Expiry& expiry)
{
    return remove_.run(timeToSql(expiry.at), qint64(toSql(expiry.seq.value)));
}

Result<messaging::Expiry> ExpiryTable::take(const Statement& row) const
{
    const messaging::Expiry expiry{Seq(fromSql(row.integer(1))), UnixTime(Duration(row.integer(0)))};
    if (row.integer(2) != std::int64_t{checksum(expiry)})
        return Error{Error::Kind::Corrupt,
                     database_.path().toStdString() + ": the time when a message is to go is damaged"};
    return expiry;
}

Result<std::vector<Seq>> ExpiryTable::ended(UnixTime now, std::size_t limit)
{
    std::vector<Seq> seqs;
    const Finisher finisher(ended_);
    if (auto started = ended_.start(timeToSql(now), qint64(limit)); !started)
        return started.error();
    while (true) {
        const auto more = ended_.next();
        if (!more)
            return more.error();
        if (!*more)
            return seqs;
        const auto expiry = take(ended_);
        if (!expiry)
            return expiry.error();
        seqs.push_back(expiry->seq);
    }
}

Result<bool> ExpiryTable::contains(const messaging::Expiry& expiry)
{
    const Finisher finisher(contains_);
    const auto found = contains_.first(timeToSql(expiry.at), qint64(toSql(expiry.seq.value)));
    if (!found || !*found)
        return found;
    if (const auto taken = take(contains_); !taken)
        return taken.error();
    return true;
}

Result<std::uint64_t> ExpiryTable::count()
{
    const Finisher finisher(count_);
    if (auto counted = count_.first(); !counted)
        return counted.error();
    return fromSql(count_.integer(0));
}

Result<void> ExpiryTable::forEach(const std::optional<messaging::Expiry>& after,
                                  const std::function<bool(const messaging::Expiry&)>& visit)
{
    const messaging::Expiry first{Seq(), UnixTime(Duration::min())};
    const messaging::Expiry& from = after ? *after : first;
    const Finisher finisher(after_);
    if (auto started = after_.start(timeToSql(from.at), qint64(toSql(from.seq.value))); !started)
        return started;
    while (true) {
        const auto more = after_.next();
        if (!more)
            return more.error();
        if (!*more)
            return {};
        const auto expiry = take(after_);
        if (!expiry)
            return expiry.error();
        if (!visit(*expiry))
            return {};
    }
}

} // namespace dsmsg::storage
