// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/storage/StateFixture.h"

#include <QTest>

#include "core/storage/Database.h"

namespace dsmsg::storage::testing {

using messaging::Page;
using messaging::PageQuery;
using messaging::StoredMessage;

namespace {

std::vector<messaging::Message> streamOf(std::uint64_t first, std::uint64_t count)
{
    std::vector<messaging::Message> messages;
    for (std::uint64_t number = first; number < first + count; ++number)
        messages.push_back(
            makeMessage(number, "s" + std::to_string(number % 11), number % 100 == 0 ? "rare" : "all"));
    return messages;
}

} // namespace

StateFixture::StateFixture(std::unique_ptr<Place> place)
    : place_(std::move(place))
{
    reopen();
}

void StateFixture::close()
{
    reader_.reset();
    store_.reset();
}

void StateFixture::reopen()
{
    close();
    store_ = StateStore::open(place_->open()).value();
    reader_ = openMessageReader(place_->directory().stateDatabase()).value();
}

void StateFixture::harm(const QString& sql)
{
    close();
    const auto done = Database::open(place_->file("state.db"), {}).value()->execute(sql);
    QVERIFY2(done.ok(), done ? "" : done.error().text.c_str());
}

std::int64_t StateFixture::count(const char* sql)
{
    return Database::open(place_->file("state.db"), {}).value()->integer(QLatin1String(sql)).value();
}

Result<void> StateFixture::apply(std::uint64_t first, std::uint64_t count, std::uint64_t batch)
{
    messaging::StateMachine machine(*store_);
    for (std::uint64_t number = first; number < first + count; number += batch) {
        const std::vector entries{makeCommand(store_->applied().index.value + 1, 1, streamOf(number, batch))};
        auto applied = machine.apply(entries);
        if (!applied)
            return applied.error();
    }
    return {};
}

void StateFixture::settle()
{
    while (store_->maintain().value()) {
    }
}

void StateFixture::verify(std::uint64_t count)
{
    QCOMPARE(store_->applied().lastSeq, Seq(count));
    PageQuery query;
    query.limit = 1000;
    std::uint64_t next = 0;
    for (Page page; next < count; query.after = page.scannedThrough) {
        page = reader_->page(query).value();
        QVERIFY(!page.messages.empty());
        for (const StoredMessage& stored : page.messages) {
            QCOMPARE(stored.seq, Seq(next + 1));
            QCOMPARE(stored.message.msgId, makeMessage(next).msgId);
            QCOMPARE(store_->findId(messaging::hashMessageId(stored.message.msgId)).value(),
                     std::optional(Seq(next + 1)));
            ++next;
        }
    }
    query = PageQuery();
    query.recipient = "rare";
    query.limit = 1000;
    std::uint64_t rare = 0;
    for (bool more = true; more;) {
        const Page page = reader_->page(query).value();
        for (const StoredMessage& stored : page.messages)
            QCOMPARE(stored.seq.value, 100 * rare++ + 1);
        query.after = page.scannedThrough;
        more = page.more;
    }
    QCOMPARE(rare, (count + 99) / 100);
}

} // namespace dsmsg::storage::testing
