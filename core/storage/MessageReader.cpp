// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages of messages. Without filters a page needs no transaction, because every seq up to the last has a row
// at any moment, and a message is in it as it was or removed. Every call begins with the applied state: it
// says where the kept messages begin, and whether what is cached is as good as what is written.
#include "core/storage/BackwardPages.h"
#include "core/storage/SqliteMessageReader.h"

namespace dsmsg::storage {

using messaging::Page;
using messaging::PageQuery;

namespace {

constexpr std::uint64_t placesAtOnce = 1024;

} // namespace

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
    if (query.limit == 0 || query.limit > pageMessagesMax)
        return Error{Error::Kind::Invalid, "limit must be between 1 and " + std::to_string(pageMessagesMax)};
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

Result<std::unique_ptr<messaging::MessageReader>> openMessageReader(const QString& stateDatabase)
{
    auto database = Database::open(stateDatabase, {.sharing = Database::Sharing::ReadOnly});
    if (!database)
        return database.error();
    return std::unique_ptr<messaging::MessageReader>(
        std::make_unique<SqliteMessageReader>(std::move(*database)));
}

} // namespace dsmsg::storage
