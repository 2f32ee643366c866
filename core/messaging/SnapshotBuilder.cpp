// SPDX-License-Identifier: GPL-3.0-or-later
//
// Filling a store with the pieces of a snapshot. Nothing in them is believed that can be worked out again.
#include <algorithm>
#include <set>
#include <utility>

#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/messaging/SnapshotPieces.h"

namespace dsmsg::messaging {

namespace {

struct UnpackedSegment
{
    BatchRecord record;
    std::vector<HeldMessage> times; ///< of each message that is no duplicate
    KeptMessages kept;              ///< but for `first`
    std::optional<Seq> firstKept;
};

/// Views into the segment.
Result<UnpackedSegment> unpack(const StateSegment& segment)
{
    const auto split = splitBatch(segment.command);
    if (!split)
        return invalidPiece("holds a batch that cannot be read");
    UnpackedSegment unpacked;
    BatchRecord& record = unpacked.record;
    record.firstSeq = segment.firstSeq;
    record.term = segment.term;
    record.index = segment.index;
    record.command = segment.command;
    record.skipped = segment.skipped;
    auto nextSkipped = segment.skipped.begin();
    for (std::size_t position = 0; position < split->size(); ++position) {
        if (nextSkipped != segment.skipped.end() && *nextSkipped == position) {
            ++nextSkipped;
            continue;
        }
        const auto message = decodeMessage((*split)[position]);
        if (!message)
            return invalidPiece("holds a message that cannot be read");
        const Seq seq = segment.firstSeq + record.ids.size();
        unpacked.times.push_back({message->orderTs(), seq});
        if (const auto expiry = message->expiry())
            record.expiries.push_back({seq, *expiry});
        if (!message->remnantOf) {
            ++unpacked.kept.messages;
            unpacked.kept.bytes += contentBytes(*message);
            if (!unpacked.firstKept)
                unpacked.firstKept = seq;
            record.senders.push_back(message->sender);
            record.recipients.push_back(message->recipient);
        }
        record.ids.push_back(message->id());
    }
    record.count = static_cast<std::uint32_t>(record.ids.size());
    if (nextSkipped != segment.skipped.end() || record.count != segment.count)
        return invalidPiece("holds a batch with another number of messages than it says");
    return unpacked;
}

Result<void> checkIdsAreNew(Store& store, const std::vector<IdHash>& ids)
{
    std::set<IdHash> seen;
    for (const IdHash& id : ids) {
        auto known = store.findId(id);
        if (!known)
            return known.error();
        if (known->has_value() || !seen.insert(id).second)
            return invalidPiece("repeats the id of a message");
    }
    return {};
}

} // namespace

Result<void> SnapshotBuilder::add(const StateChunk& chunk)
{
    AppliedState state = store_.applied();
    if (chunk.after != state.lastSeq || !isOrdered(chunk))
        return invalidPiece("does not continue what is there");
    if (!std::exchange(loaded_, false)) { // true again once the store agrees
        auto held = store_.undelivered();
        if (!held)
            return held.error();
        order_.load(std::move(*held));
    }
    if (auto begun = store_.begin(); !begun)
        return begun;
    if (auto added = addAll(chunk, state); !added) {
        store_.rollback();
        return added;
    }
    auto committed = store_.commit(state);
    loaded_ = committed.ok();
    return committed;
}

Result<void> SnapshotBuilder::addAll(const StateChunk& chunk, AppliedState& state)
{
    for (const StateSegment& segment : chunk.segments) {
        if (auto added = addSegment(segment, state); !added)
            return added;
    }
    return chunk.finished ? finish(chunk, state) : Result<void>();
}

Result<void> SnapshotBuilder::addSegment(const StateSegment& segment, AppliedState& state)
{
    if (segment.index <= state.index || segment.term < state.term)
        return invalidPiece("does not follow the piece before it");
    auto unpacked = unpack(segment);
    if (!unpacked)
        return unpacked.error();
    if (auto checked = checkIdsAreNew(store_, unpacked->record.ids); !checked)
        return checked;
    state.index = segment.index;
    state.term = segment.term;
    if (state.kept.messages == 0)
        state.kept.first = unpacked->firstKept.value_or(segment.endSeq());
    state.kept.messages += unpacked->kept.messages;
    state.kept.bytes += unpacked->kept.bytes;
    state.lastSeq = segment.endSeq().previous();
    state.hash = {};
    if (auto added = store_.addBatch(unpacked->record); !added)
        return added;
    order_.advance(watermarkOf(segment.command), state.delivery);
    for (const HeldMessage& message : unpacked->times)
        order_.add(message, state.delivery);
    return store_.addDeliveries(order_.takeRuns());
}

/// What was removed after its piece was read.
Result<void> SnapshotBuilder::catchUpRemovals(const StateChunk& chunk, AppliedState& state)
{
    const auto remove = [&](const SeqRange& range) -> Result<void> {
        for (Seq next = range.first; next < range.end(); next = next + removalsMax) {
            const SeqRange step{next, std::min(removalsMax, range.end() - next)};
            const auto removed = store_.remove({&step, 1});
            if (!removed)
                return removed.error();
            state.kept.subtract(*removed);
        }
        return {};
    };
    const Seq first = chunk.finished->kept.first;
    if (state.kept.first < first) {
        if (auto removed = remove({state.kept.first, first - state.kept.first}); !removed)
            return removed;
    }
    for (const SeqRange& range : chunk.removed) {
        if (auto removed = remove(range); !removed)
            return removed;
    }
    const auto kept = store_.nextKept(state.kept.first);
    if (!kept)
        return kept.error();
    state.kept.first = *kept;
    return {};
}

/// A transfer that was at its end once and goes on may have brought rules that are gone by now.
Result<void> SnapshotBuilder::replaceRules(const std::vector<RetentionRule>& rules)
{
    const auto before = store_.rules();
    if (!before)
        return before.error();
    for (const RetentionRule& rule : *before) {
        if (auto cleared = store_.setRule({rule.recipient, {}}); !cleared)
            return cleared;
    }
    for (const RetentionRule& rule : rules) {
        if (auto set = store_.setRule(rule); !set)
            return set;
    }
    return {};
}

Result<void> SnapshotBuilder::finish(const StateChunk& chunk, AppliedState& state)
{
    const AppliedState& finished = *chunk.finished;
    if (finished.index < state.index || finished.term < state.term)
        return invalidPiece("ends before the pieces that came earlier");
    // Watermarks that came without a message are in no segment; the last of them is here.
    order_.advance(finished.delivery.watermark, state.delivery);
    if (state.delivery != finished.delivery)
        return invalidPiece("says another order of delivery than follows from its messages");
    if (auto removed = catchUpRemovals(chunk, state); !removed)
        return removed;
    if (state.kept != finished.kept)
        return invalidPiece("says that other messages are kept than it holds");
    for (const InboxCursor& cursor : chunk.cursors) {
        if (auto set = store_.setCursor(cursor); !set)
            return set;
    }
    if (auto replaced = replaceRules(chunk.rules); !replaced)
        return replaced;
    state = finished;
    return store_.addDeliveries(order_.takeRuns());
}

} // namespace dsmsg::messaging
