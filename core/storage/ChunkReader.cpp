// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/ChunkReader.h"

#include "core/storage/Bytes.h"

namespace dsmsg::storage {

Result<messaging::StateChunk> readChunkFrom(BatchTable& batches, const messaging::AppliedState& applied,
                                            Seq after, std::size_t bytesMax)
{
    if (after > applied.lastSeq)
        return Error{Error::Kind::NotFound, "The state does not reach seq " + std::to_string(after.value)};
    messaging::StateChunk chunk;
    chunk.after = after;
    std::size_t bytes = 0;
    bool full = false;
    auto read = batches.forEach(after.next(), [&](const BatchRow& row) -> Result<bool> {
        auto segments = unpackSegments(row.firstSeq, row.count, viewOf(row.segments));
        if (!segments)
            return segments.error();
        for (messaging::StateSegment& segment : *segments) {
            if (segment.endSeq() <= after.next())
                continue;
            if (segment.firstSeq <= after)
                return Error{Error::Kind::Invalid, "Seq " + std::to_string(after.value) + " ends no batch"};
            bytes += segment.command.size();
            full = bytes > bytesMax && !chunk.segments.empty();
            if (full)
                return false;
            chunk.segments.push_back(std::move(segment));
        }
        return true;
    });
    if (!read)
        return read.error();
    if (!full)
        chunk.finished = applied;
    return chunk;
}

} // namespace dsmsg::storage
