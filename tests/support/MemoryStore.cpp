// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/MemoryStore.h"

#include <algorithm>
#include <cstring>

#include "core/base/Assert.h"
#include "core/messaging/Command.h"

namespace dsmsg::testing {

namespace {
constexpr std::uint32_t limitMax = 1000;
constexpr std::size_t scannedPerPage = 16384; // messages a filtered page looks at before it ends
} // namespace

std::size_t MemoryStore::HashOfId::operator()(const messaging::IdHash& id) const noexcept
{
    std::size_t bits = 0; // the id is a hash already
    std::memcpy(&bits, id.bytes.data(), sizeof bits);
    return bits;
}

Result<void> MemoryStore::begin()
{
    DSMSG_ASSERT(!inTransaction_, "one transaction at a time");
    inTransaction_ = true;
    lastSeq_ = committed_.state.lastSeq;
    return {};
}

Result<std::optional<Seq>> MemoryStore::findId(const messaging::IdHash& id)
{
    const auto found = ids_.find(id);
    return found == ids_.end() ? std::optional<Seq>() : found->second;
}

Result<void> MemoryStore::addBatch(const messaging::BatchRecord& batch)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    DSMSG_ASSERT(batch.firstSeq == lastSeq_.next(), "seqs have no gap");
    DSMSG_ASSERT(batch.count > 0 && batch.ids.size() == batch.count && batch.senders.size() <= batch.count &&
                     batch.recipients.size() == batch.senders.size(),
                 "a batch names every message it keeps");
    for (const messaging::IdHash& id : batch.ids) {
        ++lastSeq_;
        const bool isNew = ids_.emplace(id, lastSeq_).second;
        DSMSG_ASSERT(isNew, "an id gets one seq");
    }
    auto kept = std::make_shared<Batch>();
    kept->firstSeq = batch.firstSeq;
    kept->term = batch.term;
    kept->index = batch.index;
    kept->command = batch.command;
    kept->skipped = batch.skipped;
    kept->ids = batch.ids;
    const auto split = messaging::splitBatch(kept->command);
    DSMSG_ASSERT(split.ok(), "only decodable commands are applied");
    for (std::uint32_t position = 0; position < split->size(); ++position) {
        if (!std::binary_search(batch.skipped.begin(), batch.skipped.end(), position))
            kept->kept.push_back((*split)[position]);
    }
    DSMSG_ASSERT(kept->kept.size() == batch.count, "a batch holds as many messages as it counts");
    batches_.push_back(std::move(kept));
    for (const messaging::Expiry& expiry : batch.expiries)
        change().expiries.emplace(expiry.at, expiry.seq);
    for (Seq seq = batch.firstSeq; seq <= lastSeq_; ++seq) {
        if (whole(seq).remnantOf) // of a snapshot
            change().removed.insert(seq);
    }
    return {};
}

MemoryStore::Mutable& MemoryStore::change()
{
    if (now_.use_count() > 1)
        now_ = std::make_shared<Mutable>(*now_);
    return *now_;
}

Result<std::vector<messaging::RemovedMessage>>
MemoryStore::remove(std::span<const messaging::SeqRange> ranges)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    std::vector<messaging::RemovedMessage> removed;
    for (const messaging::SeqRange& range : ranges) {
        DSMSG_ASSERT(range.first && range.end() <= lastSeq_.next(), "only messages are removed");
        for (Seq seq = range.first; seq < range.end(); ++seq) {
            if (isRemoved(seq))
                continue;
            const messaging::MessageView message = whole(seq);
            removed.push_back({seq, std::string(message.recipient), messaging::contentBytes(message)});
            if (const auto expiry = message.expiry())
                change().expiries.erase({*expiry, seq});
            change().removed.insert(seq);
        }
    }
    return removed;
}

Result<Seq> MemoryStore::nextKept(Seq from)
{
    while (from <= lastSeq_ && isRemoved(from))
        ++from;
    return std::min(from, lastSeq_.next());
}

Result<std::optional<Seq>> MemoryStore::findCursor(const std::string& recipient)
{
    const auto found = now_->cursors.find(recipient);
    return found == now_->cursors.end() ? std::optional<Seq>() : found->second;
}

std::optional<Seq> MemoryStore::cursor(const std::string& recipient) const
{
    const auto& cursors = committed_.rest->cursors;
    const auto found = cursors.find(recipient);
    return found == cursors.end() ? std::optional<Seq>() : found->second;
}

std::vector<messaging::InboxCursor> MemoryStore::cursors() const
{
    std::vector<messaging::InboxCursor> all;
    for (const auto& [recipient, seq] : committed_.rest->cursors)
        all.push_back({recipient, seq});
    return all;
}

Result<void> MemoryStore::setCursor(const messaging::InboxCursor& cursor)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    change().cursors.insert_or_assign(cursor.recipient, cursor.seq);
    return {};
}

Result<void> MemoryStore::setRule(const messaging::RetentionRule& rule)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    change().rules.erase(rule.recipient);
    if (!rule.limits.none())
        change().rules.emplace(rule.recipient, rule.limits);
    return {};
}

Result<std::vector<messaging::RetentionRule>> MemoryStore::rules()
{
    std::vector<messaging::RetentionRule> rules;
    for (const auto& [recipient, limits] : now_->rules)
        rules.push_back({recipient, limits});
    return rules;
}

Result<std::vector<Seq>> MemoryStore::expired(UnixTime now, std::size_t limit)
{
    std::vector<Seq> seqs;
    for (const auto& [at, seq] : now_->expiries) {
        if (at > now || seqs.size() == limit)
            break;
        seqs.push_back(seq);
    }
    return seqs;
}

Result<void> MemoryStore::addDeliveries(std::span<const messaging::DeliveryRun> runs)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    for (const messaging::DeliveryRun& run : runs)
        DSMSG_ASSERT(run.count > 0 && run.firstSeq && run.endSeq() <= lastSeq_.next(),
                     "only messages are delivered");
    runs_.insert(runs_.end(), runs.begin(), runs.end());
    return {};
}

Result<void> MemoryStore::commit(const messaging::AppliedState& state)
{
    DSMSG_ASSERT(inTransaction_, "begin() comes first");
    DSMSG_ASSERT(state.lastSeq == lastSeq_,
                 "the applied state counts exactly the batches of its transaction");
    inTransaction_ = false;
    committed_ = {state, batches_.size(), runs_.size(), now_};
    std::uint64_t delivered = 0;
    for (const messaging::DeliveryRun& run : runs_)
        delivered += run.count;
    DSMSG_ASSERT(state.delivery.last == DeliverySeq(delivered),
                 "the applied state counts exactly what is delivered");
    DSMSG_ASSERT(state.kept.messages + now_->removed.size() == state.lastSeq.value,
                 "the applied state counts exactly what is kept");
    return {};
}

void MemoryStore::rollback()
{
    if (!inTransaction_)
        return;
    inTransaction_ = false;
    revertTo(committed_);
}

void MemoryStore::checkpoint()
{
    DSMSG_ASSERT(!inTransaction_, "a checkpoint covers whole transactions");
    durable_ = committed_;
}

void MemoryStore::cutPower()
{
    inTransaction_ = false;
    revertTo(durable_);
    committed_ = durable_;
}

void MemoryStore::revertTo(const Position& position)
{
    while (batches_.size() > position.batches) {
        for (const messaging::IdHash& id : batches_.back()->ids)
            ids_.erase(id);
        batches_.pop_back();
    }
    runs_.resize(position.runs);
    now_ = position.rest;
}

std::vector<Seq> MemoryStore::deliveryOrder() const
{
    std::vector<Seq> order;
    for (std::size_t i = 0; i < committed_.runs; ++i) {
        for (Seq seq = runs_[i].firstSeq; seq < runs_[i].endSeq(); ++seq)
            order.push_back(seq);
    }
    return order;
}

Result<std::vector<messaging::HeldMessage>> MemoryStore::undelivered()
{
    DSMSG_ASSERT(!inTransaction_, "what waits is read between transactions");
    std::vector<bool> delivered(committed_.state.lastSeq.value + 1);
    for (const Seq seq : deliveryOrder())
        delivered[seq.value] = true;
    std::vector<messaging::HeldMessage> held;
    for (Seq seq(1); seq <= committed_.state.lastSeq; ++seq) {
        if (!delivered[seq.value])
            held.push_back({whole(seq).orderTs(), seq});
    }
    return held;
}

Result<messaging::StateChunk> MemoryStore::readChunk(Seq after, std::size_t bytesMax)
{
    DSMSG_ASSERT(!inTransaction_, "a snapshot is read between transactions");
    if (after > committed_.state.lastSeq)
        return Error{Error::Kind::NotFound, "The state does not reach seq " + std::to_string(after.value)};
    const auto starts = [](const auto& batch, Seq seq) { return batch->firstSeq < seq; };
    auto next = std::lower_bound(batches_.begin(), batches_.end(), after.next(), starts);
    const Seq reached = next == batches_.end() ? committed_.state.lastSeq : (*next)->firstSeq.previous();
    if (reached != after)
        return Error{Error::Kind::Invalid, "Seq " + std::to_string(after.value) + " ends no batch"};
    messaging::StateChunk chunk;
    chunk.after = after;
    for (std::size_t bytes = 0; next != batches_.end(); ++next) {
        const Batch& batch = **next;
        bytes += batch.command.size();
        if (bytes > bytesMax && !chunk.segments.empty())
            return chunk;
        chunk.segments.push_back(segmentOf(batch));
    }
    chunk.finished = committed_.state;
    chunk.cursors = cursors();
    chunk.rules = *rules();
    for (auto seq = now_->removed.lower_bound(chunk.finished->kept.first); seq != now_->removed.end();
         ++seq) {
        if (chunk.removed.empty() || chunk.removed.back().end() != *seq)
            chunk.removed.push_back({*seq, 0});
        ++chunk.removed.back().count;
    }
    return chunk;
}

messaging::StateSegment MemoryStore::segmentOf(const Batch& batch) const
{
    messaging::StateSegment segment{batch.firstSeq, static_cast<std::uint32_t>(batch.kept.size()),
                                    batch.term,     batch.index,
                                    batch.skipped,  batch.command};
    const auto removed = now_->removed.lower_bound(segment.firstSeq);
    if (removed == now_->removed.end() || *removed >= segment.endSeq())
        return segment;
    std::vector<std::string> remnants; // reserved, so that the views stay
    remnants.reserve(batch.kept.size());
    std::vector<std::string_view> messages = batch.kept;
    for (std::size_t n = 0; n < messages.size(); ++n) {
        if (isRemoved(segment.firstSeq + n))
            messages[n] = remnants.emplace_back(messaging::encodeRemnant(whole(segment.firstSeq + n)));
    }
    segment.skipped.clear();
    segment.command = messaging::joinBatch(messages, messaging::watermarkOf(batch.command));
    return segment;
}

const MemoryStore::Batch& MemoryStore::batchOf(Seq seq) const
{
    const auto after = std::upper_bound(batches_.begin(), batches_.end(), seq,
                                        [](Seq value, const auto& batch) { return value < batch->firstSeq; });
    return **std::prev(after);
}

messaging::MessageView MemoryStore::whole(Seq seq) const
{
    const Batch& batch = batchOf(seq);
    const auto view = messaging::decodeMessage(batch.kept[seq - batch.firstSeq]);
    DSMSG_ASSERT(view.ok(), "only decodable messages are applied");
    return *view;
}

std::optional<messaging::StoredMessage> MemoryStore::message(Seq seq) const
{
    if (!seq || seq > committed_.state.lastSeq)
        return std::nullopt;
    const Batch& batch = batchOf(seq);
    messaging::StoredMessage stored{whole(seq).toMessage(), seq, batch.term, batch.index, {}, false};
    stored.expired = committed_.rest->removed.contains(seq);
    if (stored.expired) {
        for (std::string* gone : {&stored.message.msgId, &stored.message.sender, &stored.message.recipient,
                                  &stored.message.payload})
            gone->clear();
        stored.message.ttl.reset();
    }
    DeliverySeq next(1);
    for (std::size_t i = 0; i < committed_.runs; next = next + runs_[i++].count) {
        if (seq >= runs_[i].firstSeq && seq < runs_[i].endSeq()) {
            stored.delivery = next + (seq - runs_[i].firstSeq);
            stored.late = runs_[i].late;
        }
    }
    return stored;
}

std::vector<messaging::StoredMessage> MemoryStore::messages(Seq after, std::size_t limit) const
{
    std::vector<messaging::StoredMessage> found;
    for (Seq seq = after.next(); seq <= committed_.state.lastSeq && found.size() < limit; ++seq)
        if (!committed_.rest->removed.contains(seq))
            found.push_back(*message(seq));
    return found;
}

namespace {

/// A page of the positions 1 to `last`, in either direction; `at` gives the message of one.
template <class Answer, class Query, class At>
Result<Answer> pageOf(const Query& query, decltype(Answer::scannedThrough) last, Seq firstKept, const At& at)
{
    using Position = decltype(Answer::scannedThrough);
    if (query.limit == 0 || query.limit > limitMax)
        return Error{Error::Kind::Invalid, "limit must be between 1 and " + std::to_string(limitMax)};
    Answer page;
    const bool down = query.before.has_value();
    Position next = down ? std::min(query.before->previous(), last) : query.after.value_or(Position()).next();
    std::size_t bytes = 0;
    for (std::size_t scanned = 0; next && next <= last; next = down ? next.previous() : next.next()) {
        messaging::StoredMessage stored = at(next);
        if (stored.seq < firstKept)
            continue; // what is gone from the beginning is passed at no cost
        page.more =
            page.messages.size() == query.limit || bytes >= query.bytesMax || scanned++ == scannedPerPage;
        if (page.more)
            break;
        if (stored.expired || !passes(query, stored.message))
            continue;
        bytes += stored.message.payload.size();
        page.messages.push_back(std::move(stored));
    }
    page.scannedThrough = down ? next.next() : std::min(next.previous(), last);
    return page;
}

} // namespace

Result<messaging::Page> MemoryReader::page(const messaging::PageQuery& query)
{
    return pageOf<messaging::Page>(query, store_.applied().lastSeq, store_.applied().kept.first,
                                   [this](Seq seq) { return *store_.message(seq); });
}

Result<messaging::DeliveryPage> MemoryReader::deliveries(const messaging::DeliveryQuery& query)
{
    const std::vector<Seq> order = store_.deliveryOrder();
    return pageOf<messaging::DeliveryPage>(
        query, DeliverySeq(order.size()), store_.applied().kept.first,
        [&](DeliverySeq delivery) { return *store_.message(order[delivery.value - 1]); });
}

Result<std::optional<Seq>> MemoryReader::cursor(const std::string& recipient)
{
    return store_.cursor(recipient);
}

Result<messaging::InboxSummary> MemoryReader::inboxes(std::size_t limit)
{
    messaging::InboxSummary summary;
    summary.behind = store_.cursors();
    summary.count = summary.behind.size();
    std::ranges::stable_sort(summary.behind, {}, &messaging::InboxCursor::seq);
    summary.behind.resize(std::min(summary.behind.size(), limit));
    return summary;
}

} // namespace dsmsg::testing
