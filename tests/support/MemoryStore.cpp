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
    DSMSG_ASSERT(batch.count > 0 && batch.ids.size() == batch.count && batch.senders.size() == batch.count &&
                     batch.recipients.size() == batch.count,
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
    return {};
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
    committed_ = {state, batches_.size(), runs_.size()};
    std::uint64_t delivered = 0;
    for (const messaging::DeliveryRun& run : runs_)
        delivered += run.count;
    DSMSG_ASSERT(state.delivery.last == DeliverySeq(delivered),
                 "the applied state counts exactly what is delivered");
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
            held.push_back({message(seq)->message.orderTs(), seq});
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
        chunk.segments.push_back({batch.firstSeq, static_cast<std::uint32_t>(batch.kept.size()), batch.term,
                                  batch.index, batch.skipped, batch.command});
    }
    chunk.finished = committed_.state;
    return chunk;
}

std::optional<messaging::StoredMessage> MemoryStore::message(Seq seq) const
{
    if (!seq || seq > committed_.state.lastSeq)
        return std::nullopt;
    const auto end = batches_.begin() + static_cast<std::ptrdiff_t>(committed_.batches);
    const auto after = std::upper_bound(batches_.begin(), end, seq,
                                        [](Seq value, const auto& batch) { return value < batch->firstSeq; });
    const Batch& batch = **std::prev(after);
    const auto view = messaging::decodeMessage(batch.kept[seq - batch.firstSeq]);
    DSMSG_ASSERT(view.ok(), "only decodable messages are applied");
    messaging::StoredMessage stored{view->toMessage(), seq, batch.term, batch.index, {}, false};
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
        found.push_back(*message(seq));
    return found;
}

namespace {

/// A page of the positions 1 to `last`, in either direction; `at` gives the message of one.
template <class Answer, class Query, class At>
Result<Answer> pageOf(const Query& query, decltype(Answer::scannedThrough) last, const At& at)
{
    using Position = decltype(Answer::scannedThrough);
    if (query.limit == 0 || query.limit > limitMax)
        return Error{Error::Kind::Invalid, "limit must be between 1 and " + std::to_string(limitMax)};
    Answer page;
    const bool down = query.before.has_value();
    Position next = down ? std::min(query.before->previous(), last) : query.after.value_or(Position()).next();
    std::size_t bytes = 0;
    for (std::size_t scanned = 0; next && next <= last; next = down ? next.previous() : next.next()) {
        page.more =
            page.messages.size() == query.limit || bytes >= query.bytesMax || scanned++ == scannedPerPage;
        if (page.more)
            break;
        messaging::StoredMessage stored = at(next);
        if (!passes(query, stored.message))
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
    return pageOf<messaging::Page>(query, store_.applied().lastSeq,
                                   [this](Seq seq) { return *store_.message(seq); });
}

Result<messaging::DeliveryPage> MemoryReader::deliveries(const messaging::DeliveryQuery& query)
{
    const std::vector<Seq> order = store_.deliveryOrder();
    return pageOf<messaging::DeliveryPage>(query, DeliverySeq(order.size()), [&](DeliverySeq delivery) {
        return *store_.message(order[delivery.value - 1]);
    });
}

} // namespace dsmsg::testing
