// SPDX-License-Identifier: GPL-3.0-or-later
//
// A segment: term u64, index u64, length of the command u32, number of skipped positions u32, those positions
// u32 each, the command. Little-endian.
#include "core/storage/BatchSegments.h"

#include <deque>
#include <optional>
#include <span>

#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

constexpr std::size_t headerBytes = 24;

Error damaged(Seq firstSeq)
{
    return {Error::Kind::Corrupt, "The batch at seq " + std::to_string(firstSeq.value) + " is damaged"};
}

/// One segment as it lies in the row, nothing decoded.
struct RawSegment
{
    Term term;
    LogIndex index;
    std::string_view skipped; ///< u32 each
    std::string_view command;
    std::string_view whole; ///< with its head

    std::size_t skippedCount() const { return skipped.size() / sizeof(std::uint32_t); }
    std::uint32_t skippedAt(std::size_t n) const
    {
        return loadLittle<std::uint32_t>(skipped.data() + n * sizeof(std::uint32_t));
    }
};

/// Takes one segment off `rest`; none when it is malformed.
std::optional<RawSegment> takeSegment(std::string_view& rest)
{
    if (rest.size() < headerBytes)
        return std::nullopt;
    const std::string_view begin = rest;
    RawSegment segment;
    segment.term = Term(loadLittle<std::uint64_t>(rest.data()));
    segment.index = LogIndex(loadLittle<std::uint64_t>(rest.data() + 8));
    const std::size_t commandBytes = loadLittle<std::uint32_t>(rest.data() + 16);
    const std::size_t skippedBytes =
        std::size_t{loadLittle<std::uint32_t>(rest.data() + 20)} * sizeof(std::uint32_t);
    rest.remove_prefix(headerBytes);
    if (rest.size() < skippedBytes || rest.size() - skippedBytes < commandBytes)
        return std::nullopt;
    segment.skipped = rest.substr(0, skippedBytes);
    segment.command = rest.substr(skippedBytes, commandBytes);
    rest.remove_prefix(skippedBytes + commandBytes);
    segment.whole = begin.substr(0, begin.size() - rest.size());
    return segment;
}

void append(std::string& out, Term term, LogIndex index, std::span<const std::uint32_t> skipped,
            std::string_view command)
{
    out.reserve(out.size() + headerBytes + skipped.size_bytes() + command.size());
    appendLittle(out, term.value);
    appendLittle(out, index.value);
    appendLittle(out, static_cast<std::uint32_t>(command.size()));
    appendLittle(out, static_cast<std::uint32_t>(skipped.size()));
    for (const std::uint32_t position : skipped)
        appendLittle(out, position);
    out.append(command);
}

/// Calls `keep` for each message of the segment that is no duplicate; false when it is malformed.
template <class Keep>
bool forEachKept(const RawSegment& segment, const Keep& keep)
{
    const auto split = messaging::splitBatch(segment.command);
    if (!split)
        return false;
    std::size_t nextSkipped = 0;
    for (std::size_t position = 0; position < split->size(); ++position) {
        if (nextSkipped < segment.skippedCount() && segment.skippedAt(nextSkipped) == position)
            ++nextSkipped;
        else
            keep((*split)[position]);
    }
    return nextSkipped == segment.skippedCount();
}

} // namespace

void appendSegment(std::string& out, const messaging::BatchRecord& batch)
{
    append(out, batch.term, batch.index, batch.skipped, batch.command);
}

Result<std::string> leaveRemnants(Seq firstSeq, std::string_view segments, const RemovalChoice& goes)
{
    std::string out;
    out.reserve(segments.size());
    Seq seq = firstSeq;
    while (!segments.empty()) {
        const auto segment = takeSegment(segments);
        std::vector<std::string_view> left;
        std::deque<std::string> remnants; // which `left` has views into
        bool readable = true;
        const auto keep = [&](std::string_view encoded) {
            left.push_back(encoded);
            const auto message = messaging::decodeMessage(encoded);
            readable = readable && message.ok();
            if (readable && !message->remnantOf && goes(seq, *message))
                left.back() = remnants.emplace_back(messaging::encodeRemnant(*message));
            ++seq;
        };
        if (!segment || !forEachKept(*segment, keep) || !readable)
            return damaged(firstSeq);
        if (remnants.empty())
            out.append(segment->whole);
        else
            append(out, segment->term, segment->index, {},
                   messaging::joinBatch(left, messaging::watermarkOf(segment->command)));
    }
    return out;
}

Result<UnpackedBatch> unpackBatch(Seq firstSeq, std::size_t count, QByteArray segments)
{
    UnpackedBatch batch;
    batch.firstSeq = firstSeq;
    batch.bytes = std::move(segments);
    batch.items.reserve(std::min<std::size_t>(count, 4096));
    std::string_view rest = viewOf(batch.bytes);
    while (!rest.empty()) {
        const auto segment = takeSegment(rest);
        const auto keep = [&](std::string_view encoded) {
            batch.items.push_back({encoded, segment->term, segment->index});
        };
        if (!segment || !forEachKept(*segment, keep))
            return damaged(firstSeq);
    }
    if (batch.items.size() != count)
        return damaged(firstSeq);
    return batch;
}

Result<std::vector<messaging::StateSegment>> unpackSegments(Seq firstSeq, std::size_t count,
                                                            std::string_view segments)
{
    std::vector<messaging::StateSegment> unpacked;
    Seq next = firstSeq;
    while (!segments.empty()) {
        const auto raw = takeSegment(segments);
        messaging::StateSegment segment;
        if (!raw || !forEachKept(*raw, [&](std::string_view) { ++segment.count; }) || segment.count == 0)
            return damaged(firstSeq);
        segment.firstSeq = next;
        segment.term = raw->term;
        segment.index = raw->index;
        segment.command = raw->command;
        for (std::size_t n = 0; n < raw->skippedCount(); ++n)
            segment.skipped.push_back(raw->skippedAt(n));
        next = segment.endSeq();
        unpacked.push_back(std::move(segment));
    }
    if (next != firstSeq + count)
        return damaged(firstSeq);
    return unpacked;
}

Result<messaging::StoredMessage> UnpackedBatch::message(Seq seq) const
{
    DSMSG_ASSERT(contains(seq), "a batch is asked only for its own messages");
    const Item& item = items[static_cast<std::size_t>(seq - firstSeq)];
    const auto view = messaging::decodeMessage(item.encoded);
    if (!view)
        return damaged(firstSeq);
    return messaging::StoredMessage{view->toMessage(),          seq, item.term, item.index, {}, false,
                                    view->remnantOf.has_value()};
}

} // namespace dsmsg::storage
