// SPDX-License-Identifier: GPL-3.0-or-later
//
// Orders in the log: cursors of inboxes never go back, removals leave what dedup and delivery need, rules are
// replaced, and a snapshot of all of it makes the same state.
#include <QTest>

#include "core/messaging/Command.h"
#include "core/messaging/RecentRemovals.h"
#include "core/messaging/RetentionScan.h"
#include "core/messaging/Snapshot.h"
#include "core/messaging/StateMachine.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace std::chrono_literals;
using dsmsg::testing::MemoryReader;
using dsmsg::testing::MemoryStore;

namespace {

constexpr UnixTime start{std::chrono::hours(24 * 365 * 50)};

Message messageOf(const std::string& id, const std::string& recipient = "bob", Duration after = {})
{
    Message message;
    message.msgId = id;
    message.sender = "alice";
    message.recipient = recipient;
    message.payload = "\"12345\"";
    message.originalTs = start + after;
    message.receiveTs = start + after;
    return message;
}

/// One node's state, fed entry by entry.
class Subject
{
public:
    AppliedEntry apply(const std::vector<Message>& messages, const std::vector<Order>& orders = {},
                       UnixTime watermark = start + std::chrono::hours(1))
    {
        const raft::EntryPtr entry = std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), store.applied().index.next(), raft::EntryKind::Command,
                        encodeBatch(messages, watermark, orders)});
        auto outcome = machine.apply({&entry, 1});
        DSMSG_ASSERT(outcome.ok(), "only good entries are applied here");
        return outcome->front();
    }
    AppliedEntry order(const Order& order) { return apply({}, {order}); }
    /// What the leader would remove at `now`, removed, until there is nothing more.
    std::vector<std::uint64_t> clean(UnixTime now)
    {
        std::vector<std::uint64_t> gone;
        for (bool more = true; more;) {
            auto found = scan.find(now);
            DSMSG_ASSERT(found.ok(), "a store in memory can be read");
            more = found->more;
            if (found->ranges.empty())
                continue;
            const AppliedEntry entry = order(Removal{found->ranges});
            scan.removed(entry.removed);
            for (const RemovedMessage& message : entry.removed)
                gone.push_back(message.seq.value);
        }
        return gone;
    }
    /// Seqs that a page shows.
    std::vector<std::uint64_t> shown()
    {
        std::vector<std::uint64_t> seqs;
        for (const StoredMessage& stored : reader.page({{}, 1000, {}, {}})->messages)
            seqs.push_back(stored.seq.value);
        return seqs;
    }

    MemoryStore store;
    MemoryReader reader{store};
    StateMachine machine{store};
    RetentionScan scan{store, reader};
};

using Seqs = std::vector<std::uint64_t>;
using Pairs = QList<std::pair<quint64, quint64>>;

} // namespace

class TestOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ordersSurviveTheirEncoding()
    {
        const std::vector<Order> orders{MoveCursor{"bob", Seq(7)}, RetentionRule{"bob", {1h, 5, 0}},
                                        RetentionRule{std::nullopt, {}},
                                        Removal{{{Seq(1), 2}, {Seq(5), 4000}}}};
        const std::string command = encodeBatch({}, start, orders);
        QVERIFY(splitBatch(command).ok());
        QVERIFY(ordersOf(command) == orders);
        QCOMPARE(watermarkOf(command), start);
    }

    void removalsOutOfBoundsAreRefused_data()
    {
        QTest::addColumn<Pairs>("ranges");
        QTest::newRow("too many") << Pairs{{1, removalsMax + 1}};
        QTest::newRow("too many together") << Pairs{{1, removalsMax}, {9999, 1}};
        QTest::newRow("none") << Pairs{{1, 0}};
        QTest::newRow("seq 0") << Pairs{{0, 1}};
        QTest::newRow("overlapping") << Pairs{{5, 3}, {7, 1}};
        QTest::newRow("beyond the last number") << Pairs{{UINT64_MAX, 2}};
    }
    void removalsOutOfBoundsAreRefused()
    {
        QFETCH(const Pairs, ranges);
        Removal removal;
        for (const auto& [first, count] : ranges)
            removal.ranges.push_back({Seq(first), count});
        QVERIFY(!splitBatch(encodeBatch({}, start, std::vector<Order>{removal})).ok());
    }

    void aCursorNeverGoesBack()
    {
        Subject node;
        node.apply({messageOf("1"), messageOf("2"), messageOf("3")});
        QCOMPARE(node.order(MoveCursor{"bob", Seq(2)}).orders.at(0), (OrderOutcome{true, Seq(2)}));
        QCOMPARE(node.order(MoveCursor{"bob", Seq(1)}).orders.at(0), (OrderOutcome{true, Seq(2)}));
        QCOMPARE(node.order(MoveCursor{"bob", Seq(4)}).orders.at(0), (OrderOutcome{false, Seq(2)}));
        QCOMPARE(*node.store.findCursor("bob"), std::optional(Seq(2)));
        QCOMPARE(*node.store.findCursor("eve"), std::optional<Seq>());
    }

    void cursorsHaveABound()
    {
        Subject node;
        std::vector<Order> orders;
        for (std::size_t n = 0; n < cursorsMax; ++n)
            orders.push_back(MoveCursor{std::to_string(n), Seq()});
        node.apply({}, orders);
        QVERIFY(!node.order(MoveCursor{"one more", Seq()}).orders.at(0).done);
        QVERIFY(node.order(MoveCursor{"17", Seq()}).orders.at(0).done);
    }

    void aRemovedMessageKeepsItsIdAndItsPlace()
    {
        Subject node;
        node.apply({messageOf("1"), messageOf("2"), messageOf("3")});
        const AppliedEntry removal = node.order(Removal{{{Seq(1), 2}}});
        QCOMPARE(removal.removed.size(), std::size_t(2));
        QCOMPARE(removal.removed.at(0).bytes, contentBytes(messageOf("1")));
        QCOMPARE(node.shown(), Seqs{3});
        QCOMPARE(node.store.applied().kept, (KeptMessages{Seq(3), 1, contentBytes(messageOf("3"))}));
        const AppliedEntry again = node.apply({messageOf("2"), messageOf("4")});
        QCOMPARE(again.messages.at(0).seq, Seq(2));
        QVERIFY(again.messages.at(0).duplicate);
        QCOMPARE(again.messages.at(1).seq, Seq(4));
        const auto left = node.store.message(Seq(2));
        QVERIFY(left->expired && left->message.payload.empty());
        QCOMPARE(left->message.receiveTs, start);
        QVERIFY(left->delivery);
    }

    void removingTwiceRemovesOnce()
    {
        Subject node;
        node.apply({messageOf("1"), messageOf("2")});
        node.order(Removal{{{Seq(1), 1}}});
        QCOMPARE(node.order(Removal{{{Seq(1), 2}}}).removed.size(), std::size_t(1));
        QCOMPARE(node.store.applied().kept, (KeptMessages{Seq(3), 0, 0}));
        QVERIFY(!node.order(Removal{{{Seq(2), 2}}}).orders.at(0).done);
    }

    void aRuleReplacesTheOneBefore()
    {
        Subject node;
        node.order(RetentionRule{"bob", {{}, 5, 0}});
        node.order(RetentionRule{std::nullopt, {1h, 0, 0}});
        node.order(RetentionRule{"bob", {{}, 6, 0}});
        const std::vector<RetentionRule> both{{std::nullopt, {1h, 0, 0}}, {"bob", {{}, 6, 0}}};
        QCOMPARE(*node.store.rules(), both);
        node.order(RetentionRule{"bob", {}});
        QCOMPARE(node.store.rules()->size(), std::size_t(1));
    }

    void retentionRemovesTheOldest_data()
    {
        QTest::addColumn<RetentionRule>("rule");
        QTest::addColumn<Seqs>("gone");
        const std::uint64_t bytes = contentBytes(messageOf("1"));
        QTest::newRow("count") << RetentionRule{std::nullopt, {{}, 4, 0}} << Seqs{1, 2};
        QTest::newRow("bytes") << RetentionRule{std::nullopt, {{}, 0, 3 * bytes}} << Seqs{1, 2, 3};
        QTest::newRow("age") << RetentionRule{std::nullopt, {10s, 0, 0}} << Seqs{1, 2, 3};
        QTest::newRow("whichever is passed") << RetentionRule{std::nullopt, {10s, 2, 0}} << Seqs{1, 2, 3, 4};
        QTest::newRow("one recipient's") << RetentionRule{"eve", {{}, 1, 0}} << Seqs{2, 4};
        QTest::newRow("one recipient's age") << RetentionRule{"eve", {10s, 0, 0}} << Seqs{2};
        QTest::newRow("nobody's") << RetentionRule{"mallory", {1s, 1, 1}} << Seqs{};
    }
    /// Six messages, one a second, those with even seqs to Eve; looked at 12.5 seconds after the first.
    void retentionRemovesTheOldest()
    {
        QFETCH(const RetentionRule, rule);
        QFETCH(const Seqs, gone);
        Subject node;
        for (int n = 1; n <= 6; ++n)
            node.apply({messageOf(std::to_string(n), n % 2 == 0 ? "eve" : "bob", (n - 1) * 1s)});
        node.order(rule);
        QCOMPARE(node.clean(start + 12500ms), gone);
        QCOMPARE(node.clean(start + 12500ms), Seqs{});
    }

    void aTtlEndsByItself()
    {
        Subject node;
        Message brief = messageOf("2");
        brief.ttl = 5s;
        node.apply({messageOf("1"), brief, messageOf("3")});
        QCOMPARE(node.clean(start + 4999ms), Seqs{});
        QCOMPARE(node.clean(start + 5s), Seqs{2});
        QCOMPARE(node.store.applied().kept.first, Seq(1));
        QCOMPARE(node.shown(), (Seqs{1, 3}));
    }

    void whatWaitsForItsDeliveryStays()
    {
        Subject node;
        Message brief = messageOf("1");
        brief.ttl = 1s;
        node.apply({brief}, {}, start - 1s);
        node.order(RetentionRule{std::nullopt, {1s, 0, 0}});
        // order() moves the watermark past the message, so that it waits only before.
        QCOMPARE(node.clean(start + 1h), Seqs{1});
        Subject waiting;
        waiting.apply({brief}, {}, start - 1s);
        QVERIFY(waiting.scan.find(start + 1h)->ranges.empty());
    }

    void aCountThatOthersReduceIsNotReducedTwice()
    {
        Subject node;
        std::vector<Message> messages;
        for (int n = 1; n <= 10; ++n)
            messages.push_back(messageOf(std::to_string(n)));
        messages[9].ttl = 1s;
        node.apply(messages);
        node.order(RetentionRule{"bob", {{}, 9, 0}});
        QCOMPARE(node.clean(start + 2s), Seqs{10});
        node.apply({messageOf("11")});
        QCOMPARE(node.clean(start + 2s), Seqs{1});
    }

    /// However many rules there are, and whatever the first of them have to do.
    void everyRuleHasItsTurn()
    {
        Subject node;
        constexpr int recipients = 100;
        for (int n = 0; n < 3; ++n) {
            std::vector<Message> messages;
            for (int r = 0; r < recipients; ++r)
                messages.push_back(messageOf(std::to_string(n * recipients + r), "r" + std::to_string(r)));
            node.apply(messages);
        }
        for (int r = 0; r < recipients; ++r)
            node.order(RetentionRule{"r" + std::to_string(r), {1h, 1, 0}});
        QCOMPARE(node.clean(start).size(), std::size_t(2 * recipients));
        QVERIFY(node.scan.find(start)->ranges.empty());
    }

    void moreThanOneEntryMayRemove()
    {
        Subject node;
        for (int batch = 0; batch < 10; ++batch) {
            std::vector<Message> messages;
            for (int n = 0; n < 1000; ++n)
                messages.push_back(messageOf(std::to_string(batch) + "/" + std::to_string(n)));
            node.apply(messages);
        }
        node.order(RetentionRule{std::nullopt, {{}, 10, 0}});
        QCOMPARE(node.clean(start).size(), std::size_t(9990));
        QCOMPARE(node.store.applied().kept.first, Seq(9991));
    }

    /// One removal touches a bounded number of rows, or apply would stand still.
    void scatteredMessagesGoALittleAtATime()
    {
        Subject node;
        for (int batch = 0; batch < 600; ++batch) {
            std::vector<Message> messages;
            for (int n = 0; n < 256; ++n)
                messages.push_back(messageOf(std::to_string(batch) + "/" + std::to_string(n)));
            messages[0].ttl = 1s;
            node.apply(messages);
        }
        const auto found = node.scan.find(start + 1h);
        QVERIFY(found->more);
        QCOMPARE(found->ranges.size(), std::size_t(512));
        QCOMPARE(node.clean(start + 1h).size(), std::size_t(600));
    }

    void aSnapshotCarriesAllOfIt()
    {
        Subject node;
        Message brief = messageOf("3");
        brief.ttl = 1h;
        node.apply({messageOf("1"), messageOf("2"), messageOf("2"), brief});
        node.apply({messageOf("4")});
        node.apply({}, {MoveCursor{"bob", Seq(2)}, MoveCursor{"eve", Seq(0)},
                        RetentionRule{"bob", {1h, 0, 0}}, Removal{{{Seq(1), 1}, {Seq(4), 1}}}});
        MemoryStore copy;
        SnapshotBuilder builder(copy);
        for (bool more = true; more;) {
            const auto chunk = node.store.readChunk(copy.applied().lastSeq, 1);
            const auto decoded = decodeChunk(encodeChunk(*chunk));
            QVERIFY(decoded.ok());
            more = !decoded->finished;
            const auto added = builder.add(*decoded);
            QVERIFY2(added.ok(), added.ok() ? "" : added.error().text.c_str());
        }
        QCOMPARE(copy.applied(), node.store.applied());
        QCOMPARE(*copy.rules(), *node.store.rules());
        QCOMPARE(copy.cursor("bob"), std::optional(Seq(2)));
        QCOMPARE(copy.cursor("eve"), std::optional(Seq(0)));
        QCOMPARE(*copy.expired(start + 1h, 10), std::vector{Seq(3)});
        QCOMPARE(copy.message(Seq(4)), node.store.message(Seq(4)));
        QCOMPARE(*copy.findId(hashMessageId("4")), std::optional(Seq(4)));
    }

    /// Between its pieces messages are removed that pieces before had.
    void aSnapshotFollowsRemovalsMeanwhile()
    {
        Subject node;
        for (int n = 1; n <= 9; ++n)
            node.apply({messageOf(std::to_string(n))});
        MemoryStore copy;
        SnapshotBuilder builder(copy);
        for (const std::uint64_t gone : {1U, 2U, 5U, 6U, 9U}) {
            QVERIFY(builder.add(*node.store.readChunk(copy.applied().lastSeq, 1)).ok());
            node.order(Removal{{{Seq(gone), 1}}});
        }
        while (copy.applied().hash != node.store.applied().hash) {
            const auto decoded = decodeChunk(encodeChunk(*node.store.readChunk(copy.applied().lastSeq, 1)));
            QVERIFY(decoded.ok());
            QVERIFY(builder.add(*decoded).ok());
        }
        QCOMPARE(copy.applied(), node.store.applied());
        QCOMPARE(copy.messages(Seq(), 100), node.store.messages(Seq(), 100));
    }

    void aTransferThatGoesOnAfterItsEndForgetsOldRules()
    {
        Subject node;
        node.apply({messageOf("1")}, {RetentionRule{"bob", {1h, 0, 0}}, RetentionRule{"eve", {2h, 0, 0}}});
        MemoryStore copy;
        SnapshotBuilder builder(copy);
        QVERIFY(builder.add(*node.store.readChunk(Seq(), 1000)).ok());
        node.apply({messageOf("2")}, {RetentionRule{"bob", {}}});
        QVERIFY(builder.add(*node.store.readChunk(copy.applied().lastSeq, 1000)).ok());
        QCOMPARE(*copy.rules(), *node.store.rules());
        QCOMPARE(copy.rules()->size(), std::size_t(1));
    }

    void recentRemovalsAreMergedAndBounded()
    {
        RecentRemovals recent;
        recent.add(std::vector<SeqRange>{{Seq(5), 2}, {Seq(1), 2}, {Seq(6), 4}});
        recent.rolledBack();
        QVERIFY(recent.from(Seq(1)).empty());
        recent.add(std::vector<SeqRange>{{Seq(5), 2}, {Seq(1), 2}, {Seq(6), 4}, {Seq(20), 1}});
        recent.committed();
        QCOMPARE(recent.from(Seq(2)), (std::vector<SeqRange>{{Seq(2), 1}, {Seq(5), 5}, {Seq(20), 1}}));
        for (std::uint64_t n = 0; n < RecentRemovals::rangesMax; ++n)
            recent.add(std::vector<SeqRange>{{Seq(100 + 2 * n), 1}});
        recent.committed();
        QCOMPARE(recent.from(Seq(1)).size(), RecentRemovals::rangesMax);
        QCOMPARE(recent.from(Seq(1)).front().first, Seq(100));
    }

    void aSnapshotThatLiesAboutWhatIsKeptIsRefused()
    {
        Subject node;
        node.apply({messageOf("1"), messageOf("2")});
        auto chunk = *node.store.readChunk(Seq(), 1 << 20);
        --chunk.finished->kept.bytes;
        MemoryStore copy;
        QVERIFY(!SnapshotBuilder(copy).add(chunk).ok());
    }

    void aRemnantInTheLogIsDamage()
    {
        const Message message = messageOf("1");
        const std::string whole = encodeBatch({&message, 1});
        const std::string remnant = encodeRemnant(*decodeMessage(splitBatch(whole)->front()));
        const std::string_view view = remnant;
        MemoryStore store;
        const raft::EntryPtr entry = std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), LogIndex(1), raft::EntryKind::Command, joinBatch({&view, 1}, start)});
        QCOMPARE(StateMachine(store).apply({&entry, 1}).error().kind, Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TestOrders)
#include "tst_orders.moc"
