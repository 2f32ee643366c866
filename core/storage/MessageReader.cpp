// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of messages. Without filters a page needs no transaction, because every seq up to the last has a row
// at any moment, and a message is in it as it was or removed. With filters the postings must fit the rows, so
// a page runs in one short read transaction. Every call begins with the applied state: it says where the kept
// messages begin, and whether what is cached is as good as what is written.
#include "core/messaging/Command.h"
#include "core/storage/AppliedRow.h"
#include "core/storage/BackwardPages.h"
#include "core/storage/BatchCache.h"
#include "core/storage/BatchTable.h"
#include "core/storage/CursorTable.h"
#include "core/storage/Database.h"
#include "core/storage/DeliveryTable.h"
#include "core/storage/PageBounds.h"
#include "core/storage/StateStore.h"
#include "core/storage/index/PostingReader.h"

namespace dsmsg::storage {

namespace {

using messaging::Page;
using messaging::PageQuery;

constexpr std::uint32_t limitMax = 1000;
constexpr std::uint64_t placesAtOnce = 1024;

/// How much of what is removed a page has come past.
class RemovedStretch
{
public:
    void pass(std::uint64_t seqs)
    {
        ++rows_;
        seqs_ += seqs;
    }
    bool isLong() const { return rows_ >= batchesPerPage || seqs_ >= scannedPerPage; }
    std::uint64_t seqsLeft(std::uint64_t most) const
    {
        return std::min(most, scannedPerPage - std::min<std::uint64_t>(seqs_, scannedPerPage));
    }

private:
    int rows_ = 0;
    std::uint64_t seqs_ = 0;
};

class SqliteMessageReader final : public messaging::MessageReader
{
public:
    explicit SqliteMessageReader(std::unique_ptr<Database> database)
        : database_(std::move(database))
        , applied_(*database_)
        , batches_(*database_)
        , deliveries_(*database_)
        , cache_(batches_)
        , postings_(*database_, batches_)
        , cursors_(*database_)
    {
    }

    Result<Page> page(const PageQuery& query) override;
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override;
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override;
    Result<messaging::AppliedState> applied() override { return applied_.load(); }
    Result<std::optional<Seq>> cursor(const std::string& recipient) override
    {
        return cursors_.find(recipient);
    }
    Result<messaging::InboxSummary> inboxes(std::size_t limit) override;

private:
    struct Filter
    {
        const PageQuery& query;
        std::vector<NameHash> names; ///< up to two, all must be in a batch

        bool matches(const messaging::MessageView& message) const { return passes(query, message); }
    };
    /// Where a filtered search goes on.
    struct Candidate
    {
        bool exhausted = false; ///< no later batch can match
        bool matches = false;   ///< `batch` holds all names
        BatchBounds batch;
    };

    /// The state that a call begins with.
    Result<messaging::AppliedState> begin();
    /// From `from` on past rows of which nothing is kept, at most `seqsMax` seqs further.
    Result<Seq> passRemoved(Seq from, std::uint64_t seqsMax);
    /// Where a page of deliveries that is `wanted` from there on may begin: before it, everything is removed.
    Result<DeliverySeq> firstDelivery(DeliverySeq wanted, const messaging::AppliedState& state);
    /// Null only when `seq` is not given out yet.
    Result<std::shared_ptr<const UnpackedBatch>> batchWith(Seq seq);
    Result<messaging::StoredMessage> messageOf(Seq seq);
    Error missing(Seq seq) const;
    /// Says of each message, in ascending or descending order of seq, when it was delivered.
    Result<void> addPlaces(std::span<messaging::StoredMessage> messages);
    Result<Page> plainPage(const PageQuery& query);
    Result<Page> filteredPage(const PageQuery& query);
    Result<Page> backwardPage(const PageQuery& query);
    Result<Page> search(const Filter& filter);
    Result<Candidate> nextCandidate(const Filter& filter, Seq from);
    /// Appends matches from `from` on, up to the limit. The first seq that was not looked at.
    Result<Seq> collect(const Filter& filter, const UnpackedBatch& batch, Seq from, Room& room, Page& page);

    std::unique_ptr<Database> database_;
    AppliedRow applied_;
    BatchTable batches_;
    DeliveryTable deliveries_;
    BatchCache cache_;
    PostingReader postings_;
    CursorTable cursors_;
};

Result<messaging::AppliedState> SqliteMessageReader::begin()
{
    auto state = applied_.load();
    if (state)
        cache_.follow(state->lastSeq.value - state->kept.messages);
    return state;
}

Result<Seq> SqliteMessageReader::passRemoved(Seq from, std::uint64_t seqsMax)
{
    const Seq end = from + seqsMax;
    auto next = batches_.nextWithKept(from, end);
    if (!next)
        return next.error();
    return next->value_or(end);
}

Result<Page> SqliteMessageReader::page(const PageQuery& query)
{
    if (query.limit == 0 || query.limit > limitMax)
        return Error{Error::Kind::Invalid, "limit must be between 1 and " + std::to_string(limitMax)};
    auto page = query.before        ? backwardPage(query)
                : isFiltered(query) ? filteredPage(query)
                                    : plainPage(query);
    if (page) {
        if (auto placed = addPlaces(page->messages); !placed)
            return placed.error();
    }
    return page;
}

Result<Page> SqliteMessageReader::backwardPage(const PageQuery& query)
{
    if (auto begun = database_->beginRead(); !begun)
        return begun.error();
    const auto state = begin();
    auto page = state ? pageBefore(batches_, cache_, query, *state) : Result<Page>(state.error());
    database_->rollback();
    return page;
}

Result<void> SqliteMessageReader::addPlaces(std::span<messaging::StoredMessage> messages)
{
    while (!messages.empty()) {
        std::size_t count = 1;
        const auto reach = [&](std::size_t last) {
            return std::minmax(messages.front().seq, messages[last].seq);
        };
        while (count < messages.size() && reach(count).second - reach(count).first < placesAtOnce)
            ++count;
        const auto [first, last] = reach(count - 1);
        const auto places = deliveries_.places(first, last);
        if (!places)
            return places.error();
        for (messaging::StoredMessage& message : messages.first(count)) {
            message.delivery = (*places)[message.seq - first].delivery;
            message.late = (*places)[message.seq - first].late;
        }
        messages = messages.subspan(count);
    }
    return {};
}

Result<messaging::DeliveryPage> SqliteMessageReader::deliveries(const messaging::DeliveryQuery& query)
{
    if (query.limit == 0 || query.limit > limitMax)
        return Error{Error::Kind::Invalid, "limit must be between 1 and " + std::to_string(limitMax)};
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

/// Of a message that is there.
Result<messaging::StoredMessage> SqliteMessageReader::messageOf(Seq seq)
{
    auto batch = batchWith(seq);
    if (!batch)
        return batch.error();
    if (!*batch)
        return missing(seq);
    return (*batch)->message(seq);
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

Result<std::shared_ptr<const UnpackedBatch>> SqliteMessageReader::batchWith(Seq seq)
{
    auto batch = cache_.containing(seq);
    if (!batch || *batch)
        return batch;
    auto state = applied_.load();
    if (!state)
        return state.error();
    if (seq > state->lastSeq)
        return std::shared_ptr<const UnpackedBatch>();
    batch = cache_.containing(seq); // it may have been committed between the two reads
    if (batch && !*batch)
        return missing(seq);
    return batch;
}

Error SqliteMessageReader::missing(Seq seq) const
{
    return {Error::Kind::Corrupt, database_->path().toStdString() + ": the batch with seq " +
                                      std::to_string(seq.value) + " is missing"};
}

Result<Page> SqliteMessageReader::plainPage(const PageQuery& query)
{
    const auto state = begin();
    if (!state)
        return state.error();
    Page page;
    RemovedStretch removed;
    Room room(query);
    Seq next = std::max(query.after.value_or(Seq()).next(), state->kept.first);
    while (true) {
        auto batch = batchWith(next);
        if (!batch)
            return batch.error();
        if (!*batch) {
            if (page.messages.empty()) { // `after` may lie beyond the end
                auto end = applied_.load();
                if (!end)
                    return end.error();
                page.scannedThrough = std::min(end->lastSeq, next.previous());
            }
            return page;
        }
        if (removed.isLong()) {
            page.more = true;
            return page;
        }
        if (!(*batch)->anyKept) {
            const Seq from = (*batch)->endSeq();
            auto end = passRemoved(from, removed.seqsLeft(state->lastSeq.next() - from));
            if (!end)
                return end.error();
            removed.pass(*end - next);
            next = *end;
            page.scannedThrough = next.previous();
            continue;
        }
        const Seq first = next;
        const std::size_t before = page.messages.size();
        for (; next < (*batch)->endSeq(); ++next) {
            if (room.full()) {
                page.more = true;
                return page;
            }
            auto message = (*batch)->message(next);
            if (!message)
                return message.error();
            page.scannedThrough = next;
            if (message->expired)
                continue;
            room.take(*message);
            page.messages.push_back(std::move(*message));
        }
        if (const auto gone = next - first - (page.messages.size() - before); gone > 0)
            removed.pass(gone);
    }
}

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

Result<std::optional<messaging::StoredMessage>> SqliteMessageReader::bySeq(Seq seq)
{
    if (!seq)
        return std::optional<messaging::StoredMessage>();
    if (const auto state = begin(); !state)
        return state.error();
    auto batch = batchWith(seq);
    if (!batch)
        return batch.error();
    if (!*batch)
        return std::optional<messaging::StoredMessage>();
    auto message = (*batch)->message(seq);
    if (!message)
        return message.error();
    if (auto placed = addPlaces({&*message, 1}); !placed)
        return placed.error();
    return std::optional<messaging::StoredMessage>(std::move(*message));
}

Result<messaging::InboxSummary> SqliteMessageReader::inboxes(std::size_t limit)
{
    const auto count = cursors_.count();
    if (!count)
        return count.error();
    auto behind = cursors_.furthestBehind(limit);
    if (!behind)
        return behind.error();
    return messaging::InboxSummary{*count, std::move(*behind)};
}

} // namespace

Result<std::unique_ptr<messaging::MessageReader>> openMessageReader(const QString& stateDatabase)
{
    auto database = Database::open(stateDatabase, {.sharing = Database::Sharing::ReadOnly});
    if (!database)
        return database.error();
    return std::unique_ptr<messaging::MessageReader>(
        std::make_unique<SqliteMessageReader>(std::move(*database)));
}

} // namespace dsmsg::storage
