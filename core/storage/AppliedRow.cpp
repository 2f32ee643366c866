// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/AppliedRow.h"

#include <algorithm>
#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

std::uint32_t checksum(const messaging::AppliedState& state)
{
    std::array<char, 24> fields{};
    storeLittle(&fields[0], state.index.value);
    storeLittle(&fields[8], state.term.value);
    storeLittle(&fields[16], state.lastSeq.value);
    return crc32(state.hash.view(), crc32({fields.data(), fields.size()}));
}

} // namespace

AppliedRow::AppliedRow(Database& database)
    : database_(database)
    , select_(database,
              QLatin1String("SELECT log_index, term, last_seq, hash, crc FROM applied WHERE id = 1"))
    , replace_(database,
               QLatin1String("INSERT OR REPLACE INTO applied (id, log_index, term, last_seq, hash, crc)"
                             " VALUES (1, ?, ?, ?, ?, ?)"))
{
}

Result<messaging::AppliedState> AppliedRow::load()
{
    const Finisher finisher(select_);
    auto found = select_.first();
    if (!found)
        return found.error();
    messaging::AppliedState state;
    if (!*found)
        return state;
    state.index = LogIndex(fromSql(select_.integer(0)));
    state.term = Term(fromSql(select_.integer(1)));
    state.lastSeq = Seq(fromSql(select_.integer(2)));
    const QByteArray hash = select_.bytes(3);
    if (static_cast<std::size_t>(hash.size()) == state.hash.bytes.size())
        std::copy(hash.begin(), hash.end(), reinterpret_cast<char*>(state.hash.bytes.data()));
    if (select_.integer(4) != std::int64_t{checksum(state)})
        return Error{Error::Kind::Corrupt,
                     database_.path().toStdString() + ": the row of the applied state is damaged"};
    return state;
}

Result<void> AppliedRow::store(const messaging::AppliedState& state)
{
    return replace_.run(qint64(toSql(state.index.value)), qint64(toSql(state.term.value)),
                        qint64(toSql(state.lastSeq.value)), rawBlob(state.hash.view()),
                        qint64(checksum(state)));
}

} // namespace dsmsg::storage
