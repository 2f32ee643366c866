// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/BaseRow.h"

#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

std::uint32_t checksum(LogIndex index, Term term, std::string_view configuration)
{
    std::array<char, 16> fields{};
    storeLittle(&fields[0], index.value);
    storeLittle(&fields[8], term.value);
    return crc32(configuration, crc32({fields.data(), fields.size()}));
}

} // namespace

BaseRow::BaseRow(Database& database)
    : database_(database)
    , select_(database,
              QLatin1String("SELECT log_index, term, configuration, crc FROM log_base WHERE id = 1"))
    , replace_(database,
               QLatin1String("INSERT OR REPLACE INTO log_base (id, log_index, term, configuration, crc)"
                             " VALUES (1, ?, ?, ?, ?)"))
{
}

Result<raft::LogBase> BaseRow::load()
{
    const Finisher finisher(select_);
    auto found = select_.first();
    if (!found)
        return found.error();
    raft::LogBase base;
    if (!*found)
        return base;
    base.index = LogIndex(fromSql(select_.integer(0)));
    base.term = Term(fromSql(select_.integer(1)));
    const QByteArray encoded = select_.bytes(2);
    auto configuration = raft::decodeConfiguration(viewOf(encoded));
    if (!configuration ||
        select_.integer(3) != std::int64_t{checksum(base.index, base.term, viewOf(encoded))})
        return Error{Error::Kind::Corrupt,
                     database_.path().toStdString() + ": the row of the log's beginning is damaged"};
    base.configuration = std::move(*configuration);
    return base;
}

Result<void> BaseRow::store(const raft::LogBase& base)
{
    const std::string encoded = raft::encodeConfiguration(base.configuration);
    return replace_.run(qint64(toSql(base.index.value)), qint64(toSql(base.term.value)), rawBlob(encoded),
                        qint64(checksum(base.index, base.term, encoded)));
}

} // namespace dsmsg::storage
