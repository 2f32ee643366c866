// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/AppliedRow.h"

#include <algorithm>
#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

constexpr std::size_t bytesWithoutKept = 56; ///< before anything could be removed
constexpr std::size_t bytesNow = 80;

std::string encodeRest(const messaging::AppliedState& state)
{
    const messaging::DeliveryState& delivery = state.delivery;
    std::string out;
    appendLittle(out, state.newestReceive.time_since_epoch().count());
    appendLittle(out, delivery.watermark.time_since_epoch().count());
    appendLittle(out, delivery.last.value);
    appendLittle(out, delivery.highest.value);
    appendLittle(out, delivery.late);
    appendLittle(out, delivery.reordered);
    appendLittle(out, delivery.orderHash);
    appendLittle(out, state.kept.first.value);
    appendLittle(out, state.kept.messages);
    appendLittle(out, state.kept.bytes);
    return out;
}

/// Empty: a row of before there was an order of delivery.
void decodeRest(std::string_view bytes, messaging::AppliedState& state)
{
    state.kept = {Seq(1), state.lastSeq.value, 0};
    if (bytes.size() != bytesNow && bytes.size() != bytesWithoutKept)
        return;
    const auto field = [&](std::size_t n) { return loadLittle<std::uint64_t>(bytes.data() + 8 * n); };
    state.newestReceive = UnixTime(Duration(toSql(field(0))));
    state.delivery.watermark = UnixTime(Duration(toSql(field(1))));
    state.delivery.last = DeliverySeq(field(2));
    state.delivery.highest = Seq(field(3));
    state.delivery.late = field(4);
    state.delivery.reordered = field(5);
    state.delivery.orderHash = field(6);
    if (bytes.size() == bytesNow)
        state.kept = {Seq(field(7)), field(8), field(9)};
}

std::uint32_t checksum(const messaging::AppliedState& state, std::string_view delivery)
{
    std::array<char, 24> fields{};
    storeLittle(&fields[0], state.index.value);
    storeLittle(&fields[8], state.term.value);
    storeLittle(&fields[16], state.lastSeq.value);
    return crc32(delivery, crc32(state.hash.view(), crc32({fields.data(), fields.size()})));
}

} // namespace

AppliedRow::AppliedRow(Database& database)
    : database_(database)
    , select_(
          database,
          QLatin1String("SELECT log_index, term, last_seq, hash, crc, delivery FROM applied WHERE id = 1"))
    , replace_(
          database,
          QLatin1String("INSERT OR REPLACE INTO applied (id, log_index, term, last_seq, hash, crc, delivery)"
                        " VALUES (1, ?, ?, ?, ?, ?, ?)"))
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
    const QByteArray delivery = select_.bytes(5);
    decodeRest(viewOf(delivery), state);
    if (select_.integer(4) != std::int64_t{checksum(state, viewOf(delivery))})
        return Error{Error::Kind::Corrupt,
                     database_.path().toStdString() + ": the row of the applied state is damaged"};
    return state;
}

Result<void> AppliedRow::store(const messaging::AppliedState& state)
{
    const std::string delivery = encodeRest(state);
    return replace_.run(qint64(toSql(state.index.value)), qint64(toSql(state.term.value)),
                        qint64(toSql(state.lastSeq.value)), rawBlob(state.hash.view()),
                        qint64(checksum(state, delivery)), rawBlob(delivery));
}

} // namespace dsmsg::storage
