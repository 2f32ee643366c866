// SPDX-License-Identifier: GPL-3.0-or-later
//
// A segment: term u64, index u64, length of the command u32, number of skipped positions u32, those positions
// u32 each, the command. Little-endian.
#include "core/storage/BatchSegments.h"

#include "core/messaging/Command.h"
#include "core/storage/Bytes.h"

namespace dsmsg::storage {

namespace {

constexpr std::size_t headerBytes = 24;

Error damaged(Seq firstSeq)
{
    return {Error::Kind::Corrupt, "The batch at seq " + std::to_string(firstSeq.value) + " is damaged"};
}

/// Takes one segment off `rest` and appends its kept messages; false when it is malformed.
bool takeSegment(std::string_view& rest, std::vector<UnpackedBatch::Item>& items)
{
    if (rest.size() < headerBytes)
        return false;
    const Term term(loadLittle<std::uint64_t>(rest.data()));
    const LogIndex index(loadLittle<std::uint64_t>(rest.data() + 8));
    const std::size_t commandBytes = loadLittle<std::uint32_t>(rest.data() + 16);
    const std::size_t skippedCount = loadLittle<std::uint32_t>(rest.data() + 20);
    const std::size_t skippedBytes = skippedCount * sizeof(std::uint32_t);
    if (rest.size() - headerBytes < skippedBytes || rest.size() - headerBytes - skippedBytes < commandBytes)
        return false;
    const char* skipped = rest.data() + headerBytes;
    const auto split = messaging::splitBatch(rest.substr(headerBytes + skippedBytes, commandBytes));
    if (!split)
        return false;
    std::size_t nextSkipped = 0;
    for (std::size_t position = 0; position < split->size(); ++position) {
        if (nextSkipped < skippedCount &&
            loadLittle<std::uint32_t>(skipped + nextSkipped * sizeof(std::uint32_t)) == position)
            ++nextSkipped;
        else
            items.push_back({(*split)[position], term, index});
    }
    rest.remove_prefix(headerBytes + skippedBytes + commandBytes);
    return nextSkipped == skippedCount;
}

} // namespace

void appendSegment(std::string& out, const messaging::BatchRecord& batch)
{
    out.reserve(out.size() + headerBytes + batch.skipped.size() * sizeof(std::uint32_t) +
                batch.command.size());
    appendLittle(out, batch.term.value);
    appendLittle(out, batch.index.value);
    appendLittle(out, static_cast<std::uint32_t>(batch.command.size()));
    appendLittle(out, static_cast<std::uint32_t>(batch.skipped.size()));
    for (const std::uint32_t position : batch.skipped)
        appendLittle(out, position);
    out.append(batch.command);
}

Result<UnpackedBatch> unpackBatch(Seq firstSeq, std::size_t count, QByteArray segments)
{
    UnpackedBatch batch;
    batch.firstSeq = firstSeq;
    batch.bytes = std::move(segments);
    batch.items.reserve(std::min<std::size_t>(count, 4096));
    std::string_view rest = viewOf(batch.bytes);
    while (!rest.empty()) {
        if (!takeSegment(rest, batch.items))
            return damaged(firstSeq);
    }
    if (batch.items.size() != count)
        return damaged(firstSeq);
    return batch;
}

Result<messaging::StoredMessage> UnpackedBatch::message(Seq seq) const
{
    DSMSG_ASSERT(contains(seq), "a batch is asked only for its own messages");
    const Item& item = items[static_cast<std::size_t>(seq - firstSeq)];
    const auto view = messaging::decodeMessage(item.encoded);
    if (!view)
        return damaged(firstSeq);
    return messaging::StoredMessage{view->toMessage(), seq, item.term, item.index};
}

} // namespace dsmsg::storage
