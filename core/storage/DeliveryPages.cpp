// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages in order of delivery.
#include "core/storage/BackwardPages.h"
#include "core/storage/SqliteMessageReader.h"

namespace dsmsg::storage {

Result<messaging::DeliveryPage> SqliteMessageReader::deliveries(const messaging::DeliveryQuery& query)
{
    if (query.limit == 0 || query.limit > pageMessagesMax)
        return Error{Error::Kind::Invalid, "limit must be between 1 and " + std::to_string(pageMessagesMax)};
    // First where they are, then the messages: the rows of both may not be read at once.
    const auto state = begin();
    if (!state)
        return state.error();
    const bool hasGaps = state->kept.first + state->kept.messages != state->lastSeq.next();
    const std::size_t wanted = isFiltered(query) || hasGaps ? scannedPerPage : query.limit;
    if (query.before)
        return deliveriesBefore(deliveries_, query, wanted, [this](Seq seq) { return messageOf(seq); });
    const auto first = firstDelivery(query.after.value_or(DeliverySeq()).next(), *state);
    if (!first)
        return first.error();
    const DeliverySeq after = first->previous();
    std::vector<messaging::StoredMessage> places; // but for the messages
    bool more = false;
    DeliverySeq end(1);
    auto read = deliveries_.forEach(after.next(), [&](const DeliveryRow& row) {
        DeliverySeq next = row.first;
        for (const messaging::DeliveryRun& run : row.runs) {
            // What lies before the oldest kept message is not even counted.
            const std::uint64_t skipped = std::max(after.next() - next, state->kept.first - run.firstSeq);
            for (std::uint64_t n = skipped; n < run.count && !more; ++n) {
                more = places.size() == wanted;
                if (!more)
                    places.push_back({{}, run.firstSeq + n, {}, {}, next + n, run.late});
            }
            next = next + run.count;
        }
        end = row.end();
        return !more;
    });
    if (!read)
        return read.error();
    messaging::DeliveryPage page;
    page.scannedThrough = std::min(after, end.previous());
    Room room(query);
    for (const messaging::StoredMessage& place : places) {
        page.more = room.full();
        if (page.more)
            return page;
        auto message = messageOf(place.seq);
        if (!message)
            return message.error();
        page.scannedThrough = place.delivery;
        if (message->expired || !passes(query, message->message))
            continue;
        message->delivery = place.delivery;
        message->late = place.late;
        room.take(*message);
        page.messages.push_back(std::move(*message));
    }
    page.more = more;
    if (!more)
        page.scannedThrough = std::max(page.scannedThrough, end.previous());
    return page;
}

Result<DeliverySeq> SqliteMessageReader::firstDelivery(DeliverySeq wanted,
                                                       const messaging::AppliedState& state)
{
    // A page that begins further on than the oldest kept message was sent has little to pass.
    if (wanted.value >= state.kept.first.value)
        return wanted;
    const auto reaching = deliveries_.firstReaching(state.kept.first);
    if (!reaching)
        return reaching.error();
    return std::max(wanted, reaching->value_or(state.delivery.last.next()));
}

} // namespace dsmsg::storage
