// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/CountKept.h"

namespace dsmsg::storage {

namespace {

Result<void> countRow(const BatchRow& row, messaging::KeptMessages& kept)
{
    const auto batch = unpackBatch(row.firstSeq, row.count, row.segments);
    if (!batch)
        return batch.error();
    for (const UnpackedBatch::Item& item : batch->items) {
        const auto message = messaging::decodeMessage(item.encoded);
        if (!message)
            return message.error();
        if (message->remnantOf) {
            kept.first = kept.messages == 0 ? kept.first.next() : kept.first;
            continue;
        }
        ++kept.messages;
        kept.bytes += messaging::contentBytes(*message);
    }
    return {};
}

} // namespace

Result<messaging::KeptMessages> countKept(BatchTable& batches)
{
    messaging::KeptMessages kept;
    const auto read = batches.forEach(Seq(1), [&](const BatchRow& row) -> Result<bool> {
        if (auto counted = countRow(row, kept); !counted)
            return counted.error();
        return true;
    });
    if (!read)
        return read.error();
    return kept;
}

} // namespace dsmsg::storage
