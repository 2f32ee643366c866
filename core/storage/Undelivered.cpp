// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/Undelivered.h"

#include <algorithm>

#include "core/messaging/Command.h"

namespace dsmsg::storage {

namespace {

constexpr std::uint64_t seqsAtOnce = 4096;

/// Appends those of first ... last that are not delivered.
Result<void> collect(BatchTable& batches, DeliveryTable& deliveries, Seq first, Seq last,
                     std::vector<messaging::HeldMessage>& held)
{
    const auto places = deliveries.places(first, last);
    if (!places)
        return places.error();
    return batches.forEach(first, [&](const BatchRow& row) -> Result<bool> {
        const auto batch = unpackBatch(row.firstSeq, row.count, row.segments);
        if (!batch)
            return batch.error();
        const Seq end = std::min(batch->endSeq(), last.next());
        for (Seq seq = std::max(first, row.firstSeq); seq < end; ++seq) {
            if ((*places)[seq - first].delivery)
                continue;
            const auto message = messaging::decodeMessage(batch->items[seq - row.firstSeq].encoded);
            if (!message)
                return message.error();
            held.push_back({message->orderTs(), seq});
        }
        return row.endSeq() <= last;
    });
}

} // namespace

Result<std::vector<messaging::HeldMessage>> readUndelivered(BatchTable& batches, DeliveryTable& deliveries,
                                                            const messaging::AppliedState& applied)
{
    const std::uint64_t delivered = applied.delivery.last.value;
    std::vector<messaging::HeldMessage> held;
    Seq last = applied.lastSeq;
    while (last && held.size() + delivered < applied.lastSeq.value) {
        const Seq first(last - Seq(std::min(last.value, seqsAtOnce)) + 1);
        if (auto collected = collect(batches, deliveries, first, last, held); !collected)
            return collected.error();
        last = first.previous();
    }
    if (held.size() + delivered != applied.lastSeq.value)
        return Error{Error::Kind::Corrupt, "The state has " + std::to_string(applied.lastSeq.value) +
                                               " messages, " + std::to_string(delivered) +
                                               " of them delivered and " + std::to_string(held.size()) +
                                               " waiting for it"};
    return held;
}

} // namespace dsmsg::storage
