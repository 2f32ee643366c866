// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/BackwardPages.h"

#include <algorithm>

#include "core/messaging/Command.h"
#include "core/storage/Bytes.h"
#include "core/storage/PageBounds.h"
#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

namespace {

using messaging::DeliveryPage;
using messaging::DeliveryQuery;
using messaging::Page;
using messaging::PageQuery;

std::vector<NameHash> namesOf(const PageQuery& query)
{
    std::vector<NameHash> names;
    if (query.sender)
        names.push_back(hashName(NameRole::Sender, *query.sender));
    if (query.recipient)
        names.push_back(hashName(NameRole::Recipient, *query.recipient));
    return names;
}

/// Appends matches from `at` down to the first of the batch, as far as there is room. The greatest seq that
/// was not looked at.
Result<Seq> collectDown(const PageQuery& query, const UnpackedBatch& batch, Seq at, Room& room, Page& page)
{
    for (; at >= batch.firstSeq && !room.full(); at = at.previous()) {
        const auto& item = batch.items[at - batch.firstSeq];
        const auto view = messaging::decodeMessage(item.encoded);
        if (!view)
            return view.error();
        if (view->remnantOf || !passes(query, *view))
            continue;
        page.messages.push_back({view->toMessage(), at, item.term, item.index, {}, false});
        room.take(page.messages.back());
    }
    return at;
}

/// The seqs at `at` and before, newest first, at most `count`; and what is before them.
struct Places
{
    std::vector<std::pair<Seq, bool>> seqs; ///< and whether they came late
    DeliverySeq next;
};

Result<Places> placesDown(DeliveryTable& deliveries, DeliverySeq at, std::size_t count)
{
    Places places;
    while (at && places.seqs.size() < count) {
        const auto row = deliveries.containing(at);
        if (!row)
            return row.error();
        if (!*row)
            return Error{Error::Kind::Corrupt,
                         "state.db: the order of delivery at " + std::to_string(at.value) + " is missing"};
        DeliverySeq end = (*row)->end();
        for (auto run = (*row)->runs.rbegin(); run != (*row)->runs.rend(); ++run) {
            const DeliverySeq first(end.value - run->count);
            for (; at >= first && at && places.seqs.size() < count; at = at.previous())
                places.seqs.emplace_back(run->firstSeq + (at - first), run->late);
            end = first;
        }
    }
    places.next = at;
    return places;
}

} // namespace

Result<Page> pageBefore(BatchTable& batches, BatchCache& cache, const PageQuery& query,
                        const messaging::AppliedState& state)
{
    const std::vector<NameHash> wanted = namesOf(query);
    const auto missing = [](Seq seq) {
        return Error{Error::Kind::Corrupt,
                     "state.db: the batch with seq " + std::to_string(seq.value) + " is missing"};
    };
    Page page;
    Room room(query);
    Seq at = std::min(query.before->previous(), state.lastSeq);
    int unpacked = 0;
    for (int rows = 0; at >= state.kept.first && !page.more; ++rows) {
        page.more = room.full() || unpacked == batchesPerPage || rows == seeksPerPage;
        if (page.more)
            break;
        if (!wanted.empty()) {
            const auto row = batches.namesContaining(at);
            if (!row)
                return row.error();
            if (!*row)
                return missing(at);
            const auto names = decodeNames(viewOf((*row)->names));
            if (!names)
                return names.error();
            if (!std::ranges::all_of(
                    wanted, [&](NameHash name) { return std::ranges::binary_search(*names, name); })) {
                at = (*row)->firstSeq.previous();
                continue;
            }
        }
        ++unpacked;
        const auto batch = cache.containing(at);
        if (!batch)
            return batch.error();
        if (!*batch)
            return missing(at);
        const auto next = collectDown(query, **batch, at, room, page);
        if (!next)
            return next.error();
        at = *next;
    }
    // What is older has all been removed.
    page.scannedThrough = page.more ? at.next() : Seq(1);
    return page;
}

Result<DeliveryPage> deliveriesBefore(DeliveryTable& deliveries, const DeliveryQuery& query,
                                      std::size_t wanted,
                                      const std::function<Result<messaging::StoredMessage>(Seq)>& messageOf)
{
    const auto last = deliveries.last();
    if (!last)
        return last.error();
    DeliverySeq at = query.before->previous();
    at = *last ? std::min(at, (*last)->end().previous()) : DeliverySeq();
    const auto places = placesDown(deliveries, at, wanted);
    if (!places)
        return places.error();
    DeliveryPage page;
    Room room(query);
    for (const auto& [seq, late] : places->seqs) {
        page.more = room.full();
        if (page.more)
            break;
        auto message = messageOf(seq);
        if (!message)
            return message.error();
        const DeliverySeq delivery = at;
        at = at.previous();
        if (message->expired || !passes(query, message->message))
            continue;
        message->delivery = delivery;
        message->late = late;
        room.take(*message);
        page.messages.push_back(std::move(*message));
    }
    page.more = page.more || places->next;
    page.scannedThrough = at.next();
    return page;
}

} // namespace dsmsg::storage
