// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages between removed messages, in every direction and order, and the cursors of inboxes: SQLite against
// the store in memory, which both apply the same entries.
#include <memory>

#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/storage/StateStore.h"
#include "tests/storage/StorageFixtures.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage::testing;

namespace {

/// Positions that pages show, to the end; each page at most `limit`.
template <class Read, class Query>
std::vector<std::uint64_t> walk(const Read& read, Query query)
{
    std::vector<std::uint64_t> seqs;
    for (int pages = 0; pages < 100'000; ++pages) {
        const auto page = read(query).value();
        for (const StoredMessage& stored : page.messages)
            seqs.push_back(stored.seq.value);
        if (!page.more)
            return seqs;
        (query.before ? query.before : query.after) = page.scannedThrough;
    }
    return {0};
}

} // namespace

class TestRemovedPages : public QObject
{
    Q_OBJECT

    Place place_;
    std::unique_ptr<storage::StateStore> store_ = storage::StateStore::open(place_.open()).value();
    std::unique_ptr<MessageReader> reader_ =
        storage::openMessageReader(place_.directory().stateDatabase()).value();
    dsmsg::testing::MemoryStore plainStore_;
    dsmsg::testing::MemoryReader plain_{plainStore_};
    StateMachine machine_{*store_};
    StateMachine plainMachine_{plainStore_};
    std::uint64_t index_ = 0;

    void apply(const std::vector<Message>& messages, const std::vector<Order>& orders, UnixTime watermark)
    {
        const std::vector entries{makeEntry(++index_, 3, encodeBatch(messages, watermark, orders))};
        QVERIFY(machine_.apply(entries).ok());
        QVERIFY(plainMachine_.apply(entries).ok());
        QCOMPARE(store_->applied(), plainStore_.applied());
    }
    void comparePages(Random& random)
    {
        const auto page = [](MessageReader& reader) {
            return [&reader](const PageQuery& query) { return reader.page(query); };
        };
        const auto deliveries = [](MessageReader& reader) {
            return [&reader](const DeliveryQuery& query) { return reader.deliveries(query); };
        };
        const std::uint64_t last = plainStore_.applied().lastSeq.value;
        for (const bool down : {false, true}) {
            for (const char* recipient : {"", "r1", "nobody"}) {
                PageQuery query;
                DeliveryQuery delivered;
                query.limit = delivered.limit = 1 + static_cast<std::uint32_t>(random.below(100));
                const std::uint64_t at = random.below(last + 3);
                if (down) {
                    query.before = Seq(at);
                    delivered.before = DeliverySeq(at);
                } else {
                    query.after = Seq(at / 2);
                    delivered.after = DeliverySeq(at / 2);
                }
                if (*recipient != '\0')
                    query.recipient = delivered.recipient = recipient;
                QCOMPARE(walk(page(*reader_), query), walk(page(plain_), query));
                QCOMPARE(walk(deliveries(*reader_), delivered), walk(deliveries(plain_), delivered));
            }
        }
    }

private Q_SLOTS:
    void everyPageSkipsWhatIsRemoved()
    {
        Random random(7);
        std::uint64_t number = 0;
        for (int round = 0; round < 40; ++round) {
            std::vector<Message> messages;
            for (std::uint64_t n = 1 + random.below(60); n > 0; --n, ++number)
                messages.push_back(makeMessage(number, "s", "r" + std::to_string(number % 3)));
            apply(messages, {}, messages.back().orderTs() + std::chrono::hours(1));
            const std::uint64_t last = plainStore_.applied().lastSeq.value;
            Removal removal;
            Seq from(1 + random.below(last));
            for (int ranges = 0; ranges < 3 && from.value <= last; ++ranges) {
                const std::uint64_t count =
                    1 + random.below(std::min<std::uint64_t>(40, last + 1 - from.value));
                removal.ranges.push_back({from, count});
                from = from + count + 1 + random.below(20);
            }
            apply({}, {removal}, {});
            if (round % 5 == 0) {
                while (store_->maintain().value()) {
                }
            }
            comparePages(random);
        }
        const std::uint64_t gone = 1;
        apply({}, {Removal{{{Seq(gone), 1}}}}, {});
        QCOMPARE(reader_->bySeq(Seq(gone)).value(), plain_.bySeq(Seq(gone)).value());
        QVERIFY(reader_->bySeq(Seq(gone)).value()->expired);
    }

    void whoIsFurthestBehindComesFirst()
    {
        QCOMPARE(reader_->inboxes(3).value(), InboxSummary());
        std::vector<Message> messages;
        for (std::uint64_t n = 0; n < 9; ++n)
            messages.push_back(makeMessage(1'000'000 + n));
        apply(messages, {}, {});
        std::vector<Order> orders;
        for (std::uint64_t n = 0; n < 9; ++n)
            orders.push_back(MoveCursor{"c" + std::to_string(n), Seq(9 - n)});
        apply({}, orders, {});
        const InboxSummary summary = reader_->inboxes(3).value();
        QCOMPARE(summary, plain_.inboxes(3).value());
        QCOMPARE(summary.count, std::uint64_t(9));
        QCOMPARE(summary.behind, (std::vector<InboxCursor>{{"c8", Seq(1)}, {"c7", Seq(2)}, {"c6", Seq(3)}}));
    }
};

QTEST_GUILESS_MAIN(TestRemovedPages)
#include "tst_removed_pages.moc"
