// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/IndexRecovery.h"

#include <algorithm>

#include "core/messaging/Command.h"

namespace dsmsg::storage {

namespace {

Result<void> checkExtent(const messaging::AppliedState& applied, BatchTable& batches, Seq indexed)
{
    auto end = batches.endSeq();
    if (!end)
        return end.error();
    if (*end == applied.lastSeq.next() && indexed < *end)
        return {};
    return Error{Error::Kind::Corrupt, "The batches of the applied state end at seq " +
                                           std::to_string(end->previous().value) + ", not at " +
                                           std::to_string(std::max(applied.lastSeq, indexed).value)};
}

Result<void> recoverIds(BatchTable& batches, IdIndex& ids)
{
    const Seq first = ids.throughSeq().next();
    return batches.forEach(first, [&](const BatchRow& row) -> Result<bool> {
        auto batch = unpackBatch(row.firstSeq, row.count, row.segments);
        if (!batch)
            return batch.error();
        for (Seq seq = std::max(batch->firstSeq, first); seq < batch->endSeq(); ++seq) {
            const auto message = messaging::decodeMessage(batch->items[seq - batch->firstSeq].encoded);
            if (!message)
                return message.error();
            ids.add(IndexKey::ofHash(message->id()), seq);
        }
        return true;
    });
}

Result<void> recoverPostings(BatchTable& batches, PostingIndex& postings)
{
    const Seq first = postings.throughSeq().next();
    auto rows = batches.namesFrom(first);
    if (!rows)
        return rows.error();
    for (const BatchTable::Names& row : *rows) {
        auto names = decodeNames(viewOf(row.names));
        if (!names)
            return names.error();
        if (row.firstSeq + row.count > first) // rows may have been joined across the last flush
            postings.add(*names, std::max(row.firstSeq, first));
    }
    return {};
}

} // namespace

Result<void> recoverIndexes(const messaging::AppliedState& applied, BatchTable& batches, IdIndex& ids,
                            PostingIndex& postings)
{
    const Seq indexed = std::max(ids.throughSeq(), postings.throughSeq());
    if (auto checked = checkExtent(applied, batches, indexed); !checked)
        return checked;
    if (auto recovered = recoverIds(batches, ids); !recovered)
        return recovered;
    return recoverPostings(batches, postings);
}

} // namespace dsmsg::storage
