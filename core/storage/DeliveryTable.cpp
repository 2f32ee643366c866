// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs are encoded as two numbers of variable length (LEB128) each: how far the first seq lies from the end
// of the run before (zigzag; in the first run of a row from 0), then the count times two, plus one when they
// are late.
#include "core/storage/DeliveryTable.h"

#include <algorithm>
#include <array>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

constexpr std::size_t rowBytesMax = 2000; // two rows a page

void appendNumber(std::string& out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<char>(value | 0x80));
    out.push_back(static_cast<char>(value));
}

/// Takes one number off `rest`; none when it is malformed.
std::optional<std::uint64_t> takeNumber(std::string_view& rest)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(rest.front());
        rest.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80)
            return value;
    }
    return std::nullopt;
}

std::uint64_t zigzag(std::uint64_t from, std::uint64_t to)
{
    const auto difference = static_cast<std::int64_t>(to - from);
    return (static_cast<std::uint64_t>(difference) << 1) ^ static_cast<std::uint64_t>(difference >> 63);
}

std::uint64_t unzigzag(std::uint64_t from, std::uint64_t value)
{
    return from + ((value >> 1) ^ (~(value & 1) + 1));
}

std::string encode(const std::vector<messaging::DeliveryRun>& runs)
{
    std::string out;
    Seq end;
    for (const messaging::DeliveryRun& run : runs) {
        appendNumber(out, zigzag(end.value, run.firstSeq.value));
        appendNumber(out, run.count << 1 | (run.late ? 1u : 0u));
        end = run.endSeq();
    }
    return out;
}

/// None when it is malformed, or not `count` messages.
std::optional<std::vector<messaging::DeliveryRun>> decode(std::string_view bytes, std::uint64_t count)
{
    std::vector<messaging::DeliveryRun> runs;
    Seq end;
    while (!bytes.empty()) {
        const auto distance = takeNumber(bytes);
        const auto length = takeNumber(bytes);
        if (!distance || !length || *length >> 1 == 0 || *length >> 1 > count)
            return std::nullopt;
        count -= *length >> 1;
        runs.push_back({Seq(unzigzag(end.value, *distance)), *length >> 1, (*length & 1) != 0});
        end = runs.back().endSeq();
    }
    return count == 0 ? std::optional(std::move(runs)) : std::nullopt;
}

std::uint32_t checksum(DeliverySeq first, std::uint64_t count, Seq reach, std::string_view runs)
{
    std::array<char, 24> fields{};
    storeLittle(&fields[0], first.value);
    storeLittle(&fields[8], count);
    storeLittle(&fields[16], reach.value);
    return crc32(runs, crc32({fields.data(), fields.size()}));
}

} // namespace

DeliveryTable::DeliveryTable(Database& database)
    : database_(database)
    , replace_(database, QLatin1String("INSERT OR REPLACE INTO delivery (first, count, reach, crc, runs)"
                                       " VALUES (?, ?, ?, ?, ?)"))
    , last_(database, QLatin1String("SELECT first, count, reach, crc, runs FROM delivery"
                                    " ORDER BY first DESC LIMIT 1"))
    , rows_(database, QLatin1String("SELECT first, count, reach, crc, runs FROM delivery WHERE first >="
                                    " coalesce((SELECT max(first) FROM delivery WHERE first <= ?), 0)"
                                    " ORDER BY first"))
    , reach_(database,
             QLatin1String("SELECT first, reach FROM delivery WHERE first <= ? ORDER BY first DESC LIMIT 1"))
    , nextReach_(database,
                 QLatin1String("SELECT first, reach FROM delivery WHERE first > ? ORDER BY first LIMIT 1"))
{
}

Result<void> DeliveryTable::store(const DeliveryRow& row)
{
    const std::string runs = encode(row.runs);
    return replace_.run(qint64(toSql(row.first.value)), qint64(row.count), qint64(toSql(row.reach.value)),
                        qint64(checksum(row.first, row.count, row.reach, runs)), rawBlob(runs));
}

Result<DeliveryRow> DeliveryTable::take(const Statement& row) const
{
    DeliveryRow taken{
        DeliverySeq(fromSql(row.integer(0))), fromSql(row.integer(1)), Seq(fromSql(row.integer(2))), {}};
    const QByteArray bytes = row.bytes(4);
    const bool intact =
        row.integer(3) == std::int64_t{checksum(taken.first, taken.count, taken.reach, viewOf(bytes))};
    auto runs = intact ? decode(viewOf(bytes), taken.count) : std::nullopt;
    if (!runs)
        return Error{Error::Kind::Corrupt, database_.path().toStdString() + ": the order of delivery from " +
                                               std::to_string(taken.first.value) + " on is damaged"};
    taken.runs = std::move(*runs);
    return taken;
}

Result<std::optional<DeliveryRow>> DeliveryTable::last()
{
    const Finisher finisher(last_);
    auto found = last_.first();
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<DeliveryRow>();
    auto row = take(last_);
    if (!row)
        return row.error();
    return std::optional(std::move(*row));
}

Result<void> DeliveryTable::forEach(DeliverySeq delivery,
                                    const std::function<bool(const DeliveryRow&)>& visit)
{
    const Finisher finisher(rows_);
    if (auto started = rows_.start(qint64(toSql(delivery.value))); !started)
        return started;
    std::optional<DeliverySeq> expected;
    while (true) {
        auto more = rows_.next();
        if (!more)
            return more.error();
        if (!*more)
            return {};
        auto row = take(rows_);
        if (!row)
            return row.error();
        if (expected && row->first != *expected)
            return Error{Error::Kind::Corrupt, database_.path().toStdString() +
                                                   ": the order of delivery from " +
                                                   std::to_string(expected->value) + " on is missing"};
        expected = row->end();
        if (!visit(*row))
            return {};
    }
}

Result<std::optional<DeliverySeq>> DeliveryTable::firstReaching(Seq seq)
{
    // Back while the row before reaches it as well, then on while this one does not.
    DeliverySeq at(seq.value);
    std::optional<DeliverySeq> reaching;
    while (at) {
        const Finisher finisher(reach_);
        auto found = reach_.first(qint64(toSql(at.value)));
        if (!found)
            return found.error();
        if (!*found)
            return reaching;
        const DeliverySeq first(fromSql(reach_.integer(0)));
        if (Seq(fromSql(reach_.integer(1))) < seq) {
            at = first;
            break;
        }
        reaching = first;
        at = first.previous();
    }
    while (!reaching) {
        const Finisher finisher(nextReach_);
        auto found = nextReach_.first(qint64(toSql(at.value)));
        if (!found)
            return found.error();
        if (!*found)
            break;
        at = DeliverySeq(fromSql(nextReach_.integer(0)));
        if (Seq(fromSql(nextReach_.integer(1))) >= seq)
            reaching = at;
    }
    return reaching;
}

Result<std::vector<DeliveryPlace>> DeliveryTable::places(Seq first, Seq last)
{
    std::vector<DeliveryPlace> places(last.next() - first);
    auto begin = firstReaching(first);
    if (!begin)
        return begin.error();
    if (!*begin)
        return places;
    std::size_t missing = places.size();
    auto read = forEach(**begin, [&](const DeliveryRow& row) {
        DeliverySeq next = row.first;
        for (const messaging::DeliveryRun& run : row.runs) {
            const Seq from = std::max(first, run.firstSeq);
            const Seq end = std::min(last.next(), run.endSeq());
            for (Seq seq = from; seq < end; ++seq, --missing)
                places[seq - first] = {next + (seq - run.firstSeq), run.late};
            next = next + run.count;
        }
        return missing > 0;
    });
    if (!read)
        return read.error();
    return places;
}

Result<void> DeliveryWriter::load()
{
    auto last = table_.last();
    if (!last)
        return last.error();
    tail_ = last->value_or(DeliveryRow{DeliverySeq(1), 0, {}, {}});
    tailBytes_ = encode(tail_.runs).size();
    dirty_ = false;
    loaded_ = true;
    return {};
}

Result<void> DeliveryWriter::add(std::span<const messaging::DeliveryRun> runs)
{
    if (!loaded_) {
        if (auto loaded = load(); !loaded)
            return loaded;
    }
    for (const messaging::DeliveryRun& run : runs) {
        if (tailBytes_ > rowBytesMax) {
            if (auto stored = table_.store(tail_); !stored)
                return stored;
            tail_ = {tail_.end(), 0, tail_.reach, {}};
            tailBytes_ = 0;
        }
        dirty_ = true;
        tail_.count += run.count;
        tail_.reach = std::max(tail_.reach, run.endSeq().previous());
        auto& kept = tail_.runs;
        if (!kept.empty() && kept.back().endSeq() == run.firstSeq && kept.back().late == run.late) {
            kept.back().count += run.count;
            continue;
        }
        const Seq end = kept.empty() ? Seq() : kept.back().endSeq();
        std::string encoded;
        appendNumber(encoded, zigzag(end.value, run.firstSeq.value));
        tailBytes_ += encoded.size() + 4; // the count may still grow
        kept.push_back(run);
    }
    return {};
}

Result<void> DeliveryWriter::flush()
{
    if (!std::exchange(dirty_, false))
        return {};
    return table_.store(tail_);
}

} // namespace dsmsg::storage
