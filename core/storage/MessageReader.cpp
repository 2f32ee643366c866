// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of messages. Without filters a page needs no transaction, because messages never change and every seq
// up to the last has a row at any moment. With filters the postings must fit the rows, so a page runs in one
// short read transaction.
#include "core/messaging/Command.h"
#include "core/storage/AppliedRow.h"
#include "core/storage/BackwardPages.h"
#include "core/storage/BatchCache.h"
#include "core/storage/BatchTable.h"
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
    {
    }

    Result<Page> page(const PageQuery& query) override;
    Result<messaging::DeliveryPage> deliveries(const messaging::DeliveryQuery& query) override;
    Result<std::optional<messaging::StoredMessage>> bySeq(Seq seq) override;
    Result<messaging::AppliedState> applied() override { return applied_.load(); }

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
};

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
    const auto state = applied_.load();
    auto page = state ? pageBefore(batches_, cache_, query, state->lastSeq) : Result<Page>(state.error());
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
    if (query.before)
        return deliveriesBefore(deliveries_, query, [this](Seq seq) { return messageOf(seq); });
    // First where they are, then the messages: the rows of both may not be read at once.
    const DeliverySeq after = query.after.value_or(DeliverySeq());
    const std::size_t wanted = isFiltered(query) ? scannedPerPage : query.limit;
    std::vector<std::pair<Seq, bool>> places;
    bool more = false;
    DeliverySeq end(1);
    auto read = deliveries_.forEach(after.next(), [&](const DeliveryRow& row) {
        DeliverySeq next = row.first;
        for (const messaging::DeliveryRun& run : row.runs) {
            for (std::uint64_t n = after.next() - next; n < run.count && !more; ++n) {
                more = places.size() == wanted;
                if (!more)
                    places.emplace_back(run.firstSeq + n, run.late);
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
    for (const auto& [seq, late] : places) {
        page.more = room.full();
        if (page.more)
            return page;
        auto message = messageOf(seq);
        if (!message)
            return message.error();
        ++page.scannedThrough;
        if (!passes(query, message->message))
            continue;
        message->delivery = page.scannedThrough;
        message->late = late;
        room.take(*message);
        page.messages.push_back(std::move(*message));
    }
    page.more = more;
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
    Page page;
    Room room(query);
    Seq next = query.after.value_or(Seq()).next();
    while (true) {
        auto batch = batchWith(next);
        if (!batch)
            return batch.error();
        if (!*batch) {
            if (page.messages.empty()) { // `after` may lie beyond the end
                auto state = applied_.load();
                if (!state)
                    return state.error();
                page.scannedThrough = std::min(state->lastSeq, next.previous());
            }
            return page;
        }
        for (; next < (*batch)->endSeq(); ++next) {
            if (room.full()) {
                page.more = true;
                return page;
            }
            auto message = (*batch)->message(next);
            if (!message)
                return message.error();
            room.take(*message);
            page.messages.push_back(std::move(*message));
            page.scannedThrough = next;
        }
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
    auto state = applied_.load();
    if (!state)
        return state.error();
    if (auto refreshed = postings_.refresh(); !refreshed)
        return refreshed.error();
    Page page;
    Room room(filter.query);
    const Seq first = filter.query.after.value_or(Seq()).next();
    Seq from = first;
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
        if (!filter.matches(*view))
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
