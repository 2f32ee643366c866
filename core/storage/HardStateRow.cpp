// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/HardStateRow.h"

#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

std::uint32_t checksum(const raft::HardState& state)
{
    std::array<char, 16> fields{};
    storeLittle(&fields[0], state.term.value);
    storeLittle(&fields[8], state.votedFor.value);
    return crc32({fields.data(), fields.size()});
}

} // namespace

HardStateRow::HardStateRow(Database& database)
    : database_(database)
    , select_(database, QLatin1String("SELECT term, voted_for, crc FROM hard_state WHERE id = 1"))
    , replace_(database, QLatin1String("INSERT OR REPLACE INTO hard_state (id, term, voted_for, crc)"
                                       " VALUES (1, ?, ?, ?)"))
{
}

Result<raft::HardState> HardStateRow::load()
{
    const Finisher finisher(select_);
    auto found = select_.first();
    if (!found)
        return found.error();
    if (!*found)
        return raft::HardState{};
    const raft::HardState state{Term(fromSql(select_.integer(0))), ServerId(fromSql(select_.integer(1)))};
    if (select_.integer(2) != std::int64_t{checksum(state)})
        return Error{Error::Kind::Corrupt,
                     database_.path().toStdString() + ": the row of term and vote is damaged"};
    return state;
}

Result<void> HardStateRow::store(const raft::HardState& state)
{
    return replace_.run(qint64(toSql(state.term.value)), qint64(toSql(state.votedFor.value)),
                        qint64(checksum(state)));
}

} // namespace dsmsg::storage
