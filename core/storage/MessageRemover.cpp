// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/MessageRemover.h"

#include <algorithm>

#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

namespace {

/// What the messages of a row come to.
struct Sorted
{
    std::vector<messaging::RemovedMessage> removed;
    std::vector<messaging::Expiry> expiries; ///< of the removed
    std::vector<std::string_view> senders;   ///< of the kept; views into the row
    std::vector<std::string_view> recipients;
};

} // namespace

Result<BatchRow> MessageRemover::rowWith(Seq seq)
{
    auto row = batches_.containing(seq);
    if (!row)
        return row.error();
    if (!row->has_value())
        return Error{Error::Kind::Corrupt, "The batch with seq " + std::to_string(seq.value) + " is missing"};
    return std::move(**row);
}

Result<MessageRemover::Removed> MessageRemover::remove(std::span<const messaging::SeqRange> ranges)
{
    Removed out;
    Seq next;
    for (auto range = ranges.begin(); range != ranges.end();) {
        next = std::max(next, range->first);
        const auto row = rowWith(next);
        if (!row)
            return row.error();
        std::vector<bool> goes(row->count);
        for (; range != ranges.end() && range->first < row->endSeq(); ++range) {
            const Seq end = std::min(range->end(), row->endSeq());
            for (Seq seq = std::max(range->first, row->firstSeq); seq < end; ++seq)
                goes[seq - row->firstSeq] = true;
            if (range->end() > row->endSeq())
                break;
        }
        next = row->endSeq();
        if (!row->anyKept())
            continue;
        if (auto rewritten = rewrite(*row, goes, out); !rewritten)
            return rewritten.error();
    }
    return out;
}

Result<void> MessageRemover::rewrite(const BatchRow& row, const std::vector<bool>& goes, Removed& out)
{
    Sorted sorted;
    const auto sort = [&](Seq seq, const messaging::MessageView& message) {
        if (!goes[seq - row.firstSeq]) {
            sorted.senders.push_back(message.sender);
            sorted.recipients.push_back(message.recipient);
            return false;
        }
        sorted.removed.push_back({seq, std::string(message.recipient), messaging::contentBytes(message)});
        if (const auto expiry = message.expiry())
            sorted.expiries.push_back({seq, *expiry});
        return true;
    };
    const auto segments = leaveRemnants(row.firstSeq, viewOf(row.segments), sort);
    if (!segments)
        return segments.error();
    if (sorted.removed.empty())
        return {};
    const std::string names = encodeNames(distinctNames(sorted.senders, sorted.recipients));
    if (auto replaced = batches_.replace({row.firstSeq, row.count, rawBlob(names), rawBlob(*segments)});
        !replaced)
        return replaced;
    for (const messaging::Expiry& expiry : sorted.expiries) {
        if (auto removed = expiries_.remove(expiry); !removed)
            return removed;
    }
    merger_.shrunk(row.firstSeq, static_cast<std::uint64_t>(row.segments.size()), segments->size());
    std::ranges::move(sorted.removed, std::back_inserter(out.messages));
    out.bytes += segments->size() + names.size();
    ++out.rows;
    return {};
}

Result<Seq> MessageRemover::nextKept(Seq from, Seq end)
{
    while (from < end) {
        const auto row = rowWith(from);
        if (!row)
            return row.error();
        if (row->anyKept()) {
            const auto batch = unpackBatch(row->firstSeq, row->count, row->segments);
            if (!batch)
                return batch.error();
            for (; from < batch->endSeq(); ++from) {
                const auto message = messaging::decodeMessage(batch->items[from - batch->firstSeq].encoded);
                if (!message)
                    return message.error();
                if (!message->remnantOf)
                    return from;
            }
        }
        const auto next = batches_.nextWithKept(row->endSeq(), end);
        if (!next)
            return next.error();
        from = next->value_or(end);
    }
    return end;
}

} // namespace dsmsg::storage
