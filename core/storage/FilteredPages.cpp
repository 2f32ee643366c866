// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages with filters: the postings say which rows may hold a match, and must fit the rows, so that a page
// runs in one short read transaction.
#include "core/messaging/Command.h"
#include "core/storage/SqliteMessageReader.h"

namespace dsmsg::storage {

using messaging::Page;
using messaging::PageQuery;

Result<Page> SqliteMessageReader::filteredPage(const PageQuery& query)
{
    Filter filter{query, {}};
    if (query.sender)
        filter.names.push_back(hashName(NameRole::Sender, *query.sender));
    if (query.recipient)
        filter.names.push_back(hashName(NameRole::Recipient, *query.recipient));
    if (auto begun = database_->beginRead(); !begun)
        return begun.error();
    auto page = search(filter);
    database_->rollback(); // nothing was written: this only ends the snapshot
    return page;
}

Result<Page> SqliteMessageReader::search(const Filter& filter)
{
    const auto state = begin();
    if (!state)
        return state.error();
    if (auto refreshed = postings_.refresh(); !refreshed)
        return refreshed.error();
    Page page;
    Room room(filter.query);
    Seq from = std::max(filter.query.after.value_or(Seq()).next(), state->kept.first);
    int batches = 0;
    for (int seeks = 0; from <= state->lastSeq; ++seeks) {
        if (room.full() || batches == batchesPerPage || seeks == seeksPerPage) {
            page.more = true;
            page.scannedThrough = from.previous();
            return page;
        }
        auto candidate = nextCandidate(filter, from);
        if (!candidate)
            return candidate.error();
        if (candidate->exhausted)
            break;
        from = std::max(from, candidate->batch.firstSeq);
        if (!candidate->batch.anyKept) { // the postings of removed messages stay
            ++batches;
            const Seq end = candidate->batch.endSeq();
            auto next =
                passRemoved(end, std::min<std::uint64_t>(scannedPerPage, state->lastSeq.next() - end));
            if (!next)
                return next.error();
            from = *next;
            continue;
        }
        if (!candidate->matches)
            continue;
        ++batches;
        auto batch = cache_.containing(from);
        if (!batch)
            return batch.error();
        if (!*batch)
            return missing(from);
        auto end = collect(filter, **batch, from, room, page);
        if (!end)
            return end.error();
        from = *end;
    }
    page.scannedThrough = state->lastSeq;
    return page;
}

Result<SqliteMessageReader::Candidate> SqliteMessageReader::nextCandidate(const Filter& filter, Seq from)
{
    Candidate candidate;
    auto here = batches_.boundsContaining(from);
    if (!here)
        return here.error();
    if (!here->has_value())
        return missing(from);
    if (filter.names.empty()) {
        candidate.batch = **here;
        candidate.matches = true;
        return candidate;
    }
    // A posting names the first seq of the batch as it was applied, which may lie before `from`, but never
    // before the row that holds `from` now.
    Seq least;
    Seq greatest;
    for (const NameHash name : filter.names) {
        auto posting = postings_.seek(name, (*here)->firstSeq);
        if (!posting)
            return posting.error();
        if (!posting->has_value()) {
            candidate.exhausted = true;
            return candidate;
        }
        least = least ? std::min(least, **posting) : **posting;
        greatest = std::max(greatest, **posting);
    }
    auto there = batches_.boundsContaining(greatest);
    if (!there)
        return there.error();
    if (!there->has_value())
        return missing(greatest);
    candidate.batch = **there;
    candidate.matches = least >= candidate.batch.firstSeq;
    return candidate;
}

Result<Seq> SqliteMessageReader::collect(const Filter& filter, const UnpackedBatch& batch, Seq from,
                                         Room& room, Page& page)
{
    Seq seq = from;
    for (; seq < batch.endSeq() && !room.full(); ++seq) {
        const auto& item = batch.items[seq - batch.firstSeq];
        const auto view = messaging::decodeMessage(item.encoded);
        if (!view)
            return view.error();
        if (view->remnantOf || !filter.matches(*view))
            continue;
        page.messages.push_back({view->toMessage(), seq, item.term, item.index, {}, false});
        room.take(page.messages.back());
    }
    return seq;
}

} // namespace dsmsg::storage
