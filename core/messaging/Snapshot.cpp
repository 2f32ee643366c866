// SPDX-License-Identifier: GPL-3.0-or-later
//
// A chunk is [version, CRC of the body, body]; the body [after, [segment ...], finished or null, [recipient,
// seq, ...] of the cursors, [rule ...], [first, count ...] of what was removed lately]; a segment [firstSeq,
// count, term, index, [skipped ...], command]; finished [index, term, lastSeq, hash, newestReceive,
// watermark, last delivery, highest delivered, late, reordered, orderHash, first kept, messages kept, bytes
// kept].
#include "core/messaging/Snapshot.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/Cbor.h"
#include "core/messaging/Command.h"

namespace dsmsg::messaging {

namespace {

constexpr std::uint64_t chunkVersion = 3;
constexpr std::uint64_t stateFields = 14;

Error invalid(const std::string& what)
{
    return {Error::Kind::Invalid, "A piece of a snapshot " + what};
}

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

/// What holds for any chunk, whatever store it is for.
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

struct UnpackedSegment
{
    BatchRecord record;
    std::vector<HeldMessage> times; ///< of each message that is no duplicate
    KeptMessages kept;              ///< but for `first`
    std::optional<Seq> firstKept;
};

/// Views into the segment.
Result<UnpackedSegment> unpack(const StateSegment& segment)
{
    const auto split = splitBatch(segment.command);
    if (!split)
        return invalid("holds a batch that cannot be read");
    UnpackedSegment unpacked;
    BatchRecord& record = unpacked.record;
    record.firstSeq = segment.firstSeq;
    record.term = segment.term;
    record.index = segment.index;
    record.command = segment.command;
    record.skipped = segment.skipped;
    auto nextSkipped = segment.skipped.begin();
    for (std::size_t position = 0; position < split->size(); ++position) {
        if (nextSkipped != segment.skipped.end() && *nextSkipped == position) {
            ++nextSkipped;
            continue;
        }
        const auto message = decodeMessage((*split)[position]);
        if (!message)
            return invalid("holds a message that cannot be read");
        const Seq seq = segment.firstSeq + record.ids.size();
        unpacked.times.push_back({message->orderTs(), seq});
        if (const auto expiry = message->expiry())
            record.expiries.push_back({seq, *expiry});
        if (!message->remnantOf) {
            ++unpacked.kept.messages;
            unpacked.kept.bytes += contentBytes(*message);
            if (!unpacked.firstKept)
                unpacked.firstKept = seq;
            record.senders.push_back(message->sender);
            record.recipients.push_back(message->recipient);
        }
        record.ids.push_back(message->id());
    }
    record.count = static_cast<std::uint32_t>(record.ids.size());
    if (nextSkipped != segment.skipped.end() || record.count != segment.count)
        return invalid("holds a batch with another number of messages than it says");
    return unpacked;
}

Result<void> checkIdsAreNew(Store& store, const std::vector<IdHash>& ids)
{
    std::set<IdHash> seen;
    for (const IdHash& id : ids) {
        auto known = store.findId(id);
        if (!known)
            return known.error();
        if (known->has_value() || !seen.insert(id).second)
            return invalid("repeats the id of a message");
    }
    return {};
}

} // namespace

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
        return invalid("is damaged");
    const std::uint64_t version = outer.unsignedInteger();
    if (outer.ok() && version != chunkVersion)
        return invalid("has version " + std::to_string(version) +
                       ", which this program does not know: upgrade it");
    const std::uint64_t crc = outer.unsignedInteger();
    const std::string_view body = outer.bytes();
    if (!outer.finished() || crc != crc32(body))
        return invalid("is damaged");

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
        return invalid("is damaged");
    if (!isOrdered(chunk))
        return invalid("is not in order");
    return chunk;
}

Result<void> SnapshotBuilder::add(const StateChunk& chunk)
{
    AppliedState state = store_.applied();
    if (chunk.after != state.lastSeq || !isOrdered(chunk))
        return invalid("does not continue what is there");
    if (!std::exchange(loaded_, false)) { // true again once the store agrees
        auto held = store_.undelivered();
        if (!held)
            return held.error();
        order_.load(std::move(*held));
    }
    if (auto begun = store_.begin(); !begun)
        return begun;
    if (auto added = addAll(chunk, state); !added) {
        store_.rollback();
        return added;
    }
    auto committed = store_.commit(state);
    loaded_ = committed.ok();
    return committed;
}

Result<void> SnapshotBuilder::addAll(const StateChunk& chunk, AppliedState& state)
{
    for (const StateSegment& segment : chunk.segments) {
        if (auto added = addSegment(segment, state); !added)
            return added;
    }
    return chunk.finished ? finish(chunk, state) : Result<void>();
}

Result<void> SnapshotBuilder::addSegment(const StateSegment& segment, AppliedState& state)
{
    if (segment.index <= state.index || segment.term < state.term)
        return invalid("does not follow the piece before it");
    auto unpacked = unpack(segment);
    if (!unpacked)
        return unpacked.error();
    if (auto checked = checkIdsAreNew(store_, unpacked->record.ids); !checked)
        return checked;
    state.index = segment.index;
    state.term = segment.term;
    if (state.kept.messages == 0)
        state.kept.first = unpacked->firstKept.value_or(segment.endSeq());
    state.kept.messages += unpacked->kept.messages;
    state.kept.bytes += unpacked->kept.bytes;
    state.lastSeq = segment.endSeq().previous();
    state.hash = {};
    if (auto added = store_.addBatch(unpacked->record); !added)
        return added;
    order_.advance(watermarkOf(segment.command), state.delivery);
    for (const HeldMessage& message : unpacked->times)
        order_.add(message, state.delivery);
    return store_.addDeliveries(order_.takeRuns());
}

/// What was removed after its piece was read.
Result<void> SnapshotBuilder::catchUpRemovals(const StateChunk& chunk, AppliedState& state)
{
    const auto remove = [&](const SeqRange& range) -> Result<void> {
        for (Seq next = range.first; next < range.end(); next = next + removalsMax) {
            const SeqRange step{next, std::min(removalsMax, range.end() - next)};
            const auto removed = store_.remove({&step, 1});
            if (!removed)
                return removed.error();
            state.kept.subtract(*removed);
        }
        return {};
    };
    const Seq first = chunk.finished->kept.first;
    if (state.kept.first < first) {
        if (auto removed = remove({state.kept.first, first - state.kept.first}); !removed)
            return removed;
    }
    for (const SeqRange& range : chunk.removed) {
        if (auto removed = remove(range); !removed)
            return removed;
    }
    const auto kept = store_.nextKept(state.kept.first);
    if (!kept)
        return kept.error();
    state.kept.first = *kept;
    return {};
}

Result<void> SnapshotBuilder::finish(const StateChunk& chunk, AppliedState& state)
{
    const AppliedState& finished = *chunk.finished;
    if (finished.index < state.index || finished.term < state.term)
        return invalid("ends before the pieces that came earlier");
    // Watermarks that came without a message are in no segment; the last of them is here.
    order_.advance(finished.delivery.watermark, state.delivery);
    if (state.delivery != finished.delivery)
        return invalid("says another order of delivery than follows from its messages");
    if (auto removed = catchUpRemovals(chunk, state); !removed)
        return removed;
    if (state.kept != finished.kept)
        return invalid("says that other messages are kept than it holds");
    for (const InboxCursor& cursor : chunk.cursors) {
        if (auto set = store_.setCursor(cursor); !set)
            return set;
    }
    for (const RetentionRule& rule : chunk.rules) {
        if (auto set = store_.setRule(rule); !set)
            return set;
    }
    state = finished;
    return store_.addDeliveries(order_.takeRuns());
}

} // namespace dsmsg::messaging
