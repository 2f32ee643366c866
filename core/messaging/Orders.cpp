// SPDX-License-Identifier: GPL-3.0-or-later
//
// An order is [kind, ...]: [1, recipient, seq], [2, recipient or null, age in microseconds, messages, bytes],
// [3, [first, count, first, count ...]].
#include "core/messaging/Orders.h"

namespace dsmsg::messaging {

namespace {

enum Kind : std::uint64_t
{
    Cursor = 1,
    Retention = 2,
    Remove = 3
};

void write(CborWriter& writer, const MoveCursor& order)
{
    writer.array(3);
    writer.unsignedInteger(Cursor);
    writer.text(order.recipient);
    writer.unsignedInteger(order.seq.value);
}

void write(CborWriter& writer, const RetentionRule& order)
{
    writer.array(2);
    writer.unsignedInteger(Retention);
    writeRule(writer, order);
}

void write(CborWriter& writer, const Removal& order)
{
    writer.array(2);
    writer.unsignedInteger(Remove);
    writeRanges(writer, order.ranges);
}

} // namespace

void writeRanges(CborWriter& writer, const std::vector<SeqRange>& ranges)
{
    writer.array(2 * ranges.size());
    for (const SeqRange& range : ranges) {
        writer.unsignedInteger(range.first.value);
        writer.unsignedInteger(range.count);
    }
}

std::vector<SeqRange> readRanges(CborReader& reader, std::uint64_t messagesMax)
{
    std::vector<SeqRange> ranges;
    std::uint64_t total = 0;
    Seq end;
    for (std::uint64_t values = reader.array(); values > 0 && reader.ok(); values -= 2) {
        const SeqRange range{Seq(reader.unsignedInteger()), values > 1 ? reader.unsignedInteger() : 0};
        const bool sound = values > 1 && range.first && range.first >= end && range.count > 0 &&
                           range.count <= messagesMax - total &&
                           range.first.value <= UINT64_MAX - range.count;
        if (!sound) {
            reader.fail();
            break;
        }
        total += range.count;
        end = range.end();
        ranges.push_back(range);
    }
    return ranges;
}

void writeRule(CborWriter& writer, const RetentionRule& rule)
{
    writer.array(4);
    if (rule.recipient)
        writer.text(*rule.recipient);
    else
        writer.null();
    writer.unsignedInteger(static_cast<std::uint64_t>(rule.limits.age.count()));
    writer.unsignedInteger(rule.limits.messages);
    writer.unsignedInteger(rule.limits.bytes);
}

RetentionRule readRule(CborReader& reader)
{
    constexpr std::uint64_t ageMax = std::uint64_t{1} << 61;
    RetentionRule rule;
    if (reader.array() != 4)
        reader.fail();
    if (!reader.skipNull())
        rule.recipient = reader.text();
    const std::uint64_t age = reader.unsignedInteger();
    if (age > ageMax)
        reader.fail();
    rule.limits = {Duration(static_cast<std::int64_t>(age)), reader.unsignedInteger(),
                   reader.unsignedInteger()};
    return rule;
}

void writeOrder(CborWriter& writer, const Order& order)
{
    std::visit([&](const auto& one) { write(writer, one); }, order);
}

Order readOrder(CborReader& reader)
{
    const std::uint64_t fields = reader.array();
    const std::uint64_t kind = reader.unsignedInteger();
    if (kind == Cursor && fields == 3) {
        std::string recipient(reader.text());
        return MoveCursor{std::move(recipient), Seq(reader.unsignedInteger())};
    }
    if (kind == Retention && fields == 2)
        return readRule(reader);
    if (kind != Remove || fields != 2)
        reader.fail();
    return Removal{readRanges(reader, removalsMax)};
}

} // namespace dsmsg::messaging
