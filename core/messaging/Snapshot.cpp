// SPDX-License-Identifier: GPL-3.0-or-later
//
// A chunk is [version, CRC of the body, body]; the body [after, [segment ...], finished or null, [recipient,
// seq, ...] of the cursors, [rule ...], [first, count ...] of what was removed lately]; a segment [firstSeq,
// count, term, index, [skipped ...], command]; finished [index, term, lastSeq, hash, newestReceive,
// watermark, last delivery, highest delivered, late, reordered, orderHash, first kept, messages kept, bytes
// kept].
#include "core/messaging/Snapshot.h"

#include <algorithm>
#include <utility>

#include "core/base/Cbor.h"
#include "core/messaging/SnapshotPieces.h"

namespace dsmsg::messaging {

namespace {

constexpr std::uint64_t chunkVersion = 3;
constexpr std::uint64_t stateFields = 14;

void write(CborWriter& writer, const StateSegment& segment)
{
    writer.array(6);
    writer.unsignedInteger(segment.firstSeq.value);
    writer.unsignedInteger(segment.count);
    writer.unsignedInteger(segment.term.value);
    writer.unsignedInteger(segment.index.value);
    writer.array(segment.skipped.size());
    for (const std::uint32_t position : segment.skipped)
        writer.unsignedInteger(position);
    writer.bytes(segment.command);
}

void write(CborWriter& writer, const AppliedState& state)
{
    writer.array(stateFields);
    writer.unsignedInteger(state.index.value);
    writer.unsignedInteger(state.term.value);
    writer.unsignedInteger(state.lastSeq.value);
    writer.bytes(state.hash.view());
    writer.integer(state.newestReceive.time_since_epoch().count());
    writer.integer(state.delivery.watermark.time_since_epoch().count());
    writer.unsignedInteger(state.delivery.last.value);
    writer.unsignedInteger(state.delivery.highest.value);
    writer.unsignedInteger(state.delivery.late);
    writer.unsignedInteger(state.delivery.reordered);
    writer.unsignedInteger(state.delivery.orderHash);
    writer.unsignedInteger(state.kept.first.value);
    writer.unsignedInteger(state.kept.messages);
    writer.unsignedInteger(state.kept.bytes);
}

std::uint32_t readWord(CborReader& reader)
{
    const std::uint64_t value = reader.unsignedInteger();
    if (value > UINT32_MAX)
        reader.fail();
    return static_cast<std::uint32_t>(value);
}

StateSegment readSegment(CborReader& reader)
{
    StateSegment segment;
    if (reader.array() != 6)
        reader.fail();
    segment.firstSeq = Seq(reader.unsignedInteger());
    segment.count = readWord(reader);
    segment.term = Term(reader.unsignedInteger());
    segment.index = LogIndex(reader.unsignedInteger());
    for (std::uint64_t n = reader.array(); n > 0 && reader.ok(); --n)
        segment.skipped.push_back(readWord(reader));
    segment.command = reader.bytes();
    return segment;
}

AppliedState readState(CborReader& reader)
{
    AppliedState state;
    if (reader.array() != stateFields)
        reader.fail();
    state.index = LogIndex(reader.unsignedInteger());
    state.term = Term(reader.unsignedInteger());
    state.lastSeq = Seq(reader.unsignedInteger());
    const std::string_view hash = reader.bytes();
    if (hash.size() == state.hash.bytes.size())
        std::ranges::copy(hash, reinterpret_cast<char*>(state.hash.bytes.data()));
    else
        reader.fail();
    state.newestReceive = UnixTime(Duration(reader.integer()));
    state.delivery.watermark = UnixTime(Duration(reader.integer()));
    state.delivery.last = DeliverySeq(reader.unsignedInteger());
    state.delivery.highest = Seq(reader.unsignedInteger());
    state.delivery.late = reader.unsignedInteger();
    state.delivery.reordered = reader.unsignedInteger();
    state.delivery.orderHash = reader.unsignedInteger();
    state.kept.first = Seq(reader.unsignedInteger());
    state.kept.messages = reader.unsignedInteger();
    state.kept.bytes = reader.unsignedInteger();
    return state;
}

void write(CborWriter& writer, const std::vector<InboxCursor>& cursors)
{
    writer.array(2 * cursors.size());
    for (const InboxCursor& cursor : cursors) {
        writer.text(cursor.recipient);
        writer.unsignedInteger(cursor.seq.value);
    }
}

std::vector<InboxCursor> readCursors(CborReader& reader)
{
    std::vector<InboxCursor> cursors;
    const std::uint64_t values = reader.array();
    if (values % 2 != 0 || values / 2 > cursorsMax)
        reader.fail();
    for (std::uint64_t n = 0; n < values && reader.ok(); n += 2) {
        std::string recipient(reader.text());
        cursors.push_back({std::move(recipient), Seq(reader.unsignedInteger())});
    }
    return cursors;
}

std::vector<RetentionRule> readRules(CborReader& reader)
{
    std::vector<RetentionRule> rules;
    const std::uint64_t count = reader.array();
    if (count > retentionRulesMax)
        reader.fail();
    for (std::uint64_t n = 0; n < count && reader.ok(); ++n)
        rules.push_back(readRule(reader));
    return rules;
}

} // namespace

Error invalidPiece(const std::string& what)
{
    return {Error::Kind::Invalid, "A piece of a snapshot " + what};
}

bool isOrdered(const StateChunk& chunk)
{
    Seq next = chunk.after.next();
    LogIndex index;
    Term term;
    for (const StateSegment& segment : chunk.segments) {
        if (segment.firstSeq != next || segment.count == 0 || segment.index <= index || segment.term < term)
            return false;
        next = segment.endSeq();
        index = segment.index;
        term = segment.term;
    }
    const auto& finished = chunk.finished;
    if (!finished)
        return chunk.cursors.empty() && chunk.rules.empty() && chunk.removed.empty();
    if (finished->kept.first > finished->lastSeq.next() ||
        (!chunk.removed.empty() && chunk.removed.back().end() > finished->lastSeq.next()))
        return false;
    const auto beyond = [&](const InboxCursor& cursor) { return cursor.seq > finished->lastSeq; };
    return std::ranges::none_of(chunk.cursors, beyond) &&
           (finished->lastSeq == chunk.through() && finished->index >= index && finished->term >= term);
}

std::string encodeChunk(const StateChunk& chunk)
{
    std::size_t bytes = 128;
    for (const StateSegment& segment : chunk.segments)
        bytes += 64 + segment.command.size() + 5 * segment.skipped.size();
    CborWriter body(bytes);
    body.array(6);
    body.unsignedInteger(chunk.after.value);
    body.array(chunk.segments.size());
    for (const StateSegment& segment : chunk.segments)
        write(body, segment);
    if (chunk.finished)
        write(body, *chunk.finished);
    else
        body.null();
    write(body, chunk.cursors);
    body.array(chunk.rules.size());
    for (const RetentionRule& rule : chunk.rules)
        writeRule(body, rule);
    writeRanges(body, chunk.removed);

    CborWriter writer(body.buffer().size() + 32);
    writer.array(3);
    writer.unsignedInteger(chunkVersion);
    writer.unsignedInteger(crc32(body.buffer()));
    writer.bytes(body.buffer());
    return writer.take();
}

Result<StateChunk> decodeChunk(std::string_view encoded)
{
    CborReader outer(encoded);
    if (outer.array() != 3)
        return invalidPiece("is damaged");
    const std::uint64_t version = outer.unsignedInteger();
    if (outer.ok() && version != chunkVersion)
        return invalidPiece("has version " + std::to_string(version) +
                            ", which this program does not know: upgrade it");
    const std::uint64_t crc = outer.unsignedInteger();
    const std::string_view body = outer.bytes();
    if (!outer.finished() || crc != crc32(body))
        return invalidPiece("is damaged");

    CborReader reader(body);
    StateChunk chunk;
    if (reader.array() != 6)
        reader.fail();
    chunk.after = Seq(reader.unsignedInteger());
    for (std::uint64_t n = reader.array(); n > 0 && reader.ok(); --n)
        chunk.segments.push_back(readSegment(reader));
    if (!reader.skipNull())
        chunk.finished = readState(reader);
    chunk.cursors = readCursors(reader);
    chunk.rules = readRules(reader);
    chunk.removed = readRanges(reader, UINT64_MAX);
    if (!reader.finished())
        return invalidPiece("is damaged");
    if (!isOrdered(chunk))
        return invalidPiece("is not in order");
    return chunk;
}

} // namespace dsmsg::messaging
