// SPDX-License-Identifier: GPL-3.0-or-later
//
// What orders do to a messaging::Store: removal, ends of ttl, cursors and rules, in any mixture with merging,
// rollback and restart, and in a snapshot, on the real store (SQLite) and on the simulator's.
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "tests/storage/StorageFixtures.h"
#include "tests/storage/StoreSubject.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage::testing;
using namespace std::chrono_literals;
using dsmsg::testing::MemoryReader;
using dsmsg::testing::MemoryStore;

namespace {

constexpr UnixTime delivered{std::chrono::hours(24 * 365 * 100)}; // a watermark past everything
using Seqs = std::vector<std::uint64_t>;

Seqs seqsOf(const std::vector<StoredMessage>& messages)
{
    Seqs seqs;
    for (const StoredMessage& stored : messages)
        seqs.push_back(stored.seq.value);
    return seqs;
}

/// All pages of a query, with how many calls it took.
template <class Query, class Ask>
std::vector<StoredMessage> allOf(Query query, const Ask& ask, int& calls)
{
    std::vector<StoredMessage> all;
    for (calls = 1; calls < 10000; ++calls) {
        const auto page = ask(query).value();
        all.insert(all.end(), page.messages.begin(), page.messages.end());
        if (!page.more)
            break;
        query.after = page.scannedThrough;
    }
    return all;
}

std::vector<StoredMessage> bySeqOf(MessageReader& reader, const PageQuery& query)
{
    int calls = 0;
    return allOf(
        query, [&](const PageQuery& asked) { return reader.page(asked); }, calls);
}

std::vector<StoredMessage> byDeliveryOf(MessageReader& reader, const DeliveryQuery& query)
{
    int calls = 0;
    return allOf(
        query, [&](const DeliveryQuery& asked) { return reader.deliveries(asked); }, calls);
}

/// Everything that can be asked of the two is answered alike.
void compare(Store& store, MessageReader& reader, MemoryStore& expected)
{
    MemoryReader expectedReader(expected);
    QCOMPARE(store.applied(), expected.applied());
    QCOMPARE(reader.applied().value(), expected.applied());
    QCOMPARE(store.nextKept(Seq(1)).value(), expected.nextKept(Seq(1)).value());
    QCOMPARE(store.rules().value(), expected.rules().value());
    QCOMPARE(store.cursorCount().value(), expected.cursorCount().value());
    for (const UnixTime now : {UnixTime(1'700'000'050s), UnixTime(1'800'000'000s)})
        QCOMPARE(store.expired(now, 70).value(), expected.expired(now, 70).value());
    for (const char* recipient : {"r0", "r3", "nobody"}) {
        QCOMPARE(reader.cursor(recipient).value(), expected.cursor(recipient));
        QCOMPARE(store.findCursor(recipient).value(), expected.cursor(recipient));
        const PageQuery one{Seq(17), 33, {}, recipient};
        QCOMPARE(bySeqOf(reader, one), bySeqOf(expectedReader, one));
        const DeliveryQuery inOrder{DeliverySeq(5), 50, {}, recipient};
        QCOMPARE(byDeliveryOf(reader, inOrder), byDeliveryOf(expectedReader, inOrder));
    }
    QCOMPARE(bySeqOf(reader, {}), bySeqOf(expectedReader, {}));
    QCOMPARE(byDeliveryOf(reader, {}), byDeliveryOf(expectedReader, {}));
    for (Seq seq(1); seq <= expected.applied().lastSeq; seq = seq + 7)
        QCOMPARE(reader.bySeq(seq).value(), expected.message(seq));
}

/// Entries of messages, some with a ttl, some repeated, and of orders, all from one seed.
class Stream
{
public:
    std::string entry(Seq lastSeq)
    {
        std::vector<Message> messages;
        for (std::uint64_t n = random_.chance(1, 12) ? 150 + random_.below(150) : random_.below(5); n > 0;
             --n) {
            const std::uint64_t number = random_.chance(1, 20) ? random_.below(next_ + 1) : next_;
            next_ = std::max(next_, number + 1);
            messages.push_back(streamOf(number, 1).front());
            messages.back().receiveTs = UnixTime(1'700'000'000s);
            if (random_.chance(1, 10))
                messages.back().ttl = std::chrono::seconds(1 + random_.below(100));
        }
        std::vector<Order> orders;
        if (lastSeq && random_.chance(1, 2))
            orders.push_back(removal(lastSeq.value));
        if (random_.chance(1, 4))
            orders.push_back(
                MoveCursor{"r" + std::to_string(random_.below(9)), Seq(random_.below(lastSeq.value + 3))});
        if (random_.chance(1, 8))
            orders.push_back(RetentionRule{
                random_.chance(1, 4) ? std::nullopt : std::optional("r" + std::to_string(random_.below(4))),
                {Duration(random_.below(2)), random_.below(2), 0}});
        return encodeBatch(messages, delivered, orders);
    }

private:
    /// A stretch at the beginning, or a few somewhere, removed before or not.
    Removal removal(std::uint64_t lastSeq)
    {
        if (random_.chance(1, 3))
            return {{{Seq(1), std::min(lastSeq, 1 + random_.below(lastSeq / 2 + 1))}}};
        Removal removal;
        for (std::uint64_t at = 1 + random_.below(lastSeq); at <= lastSeq && removal.ranges.size() < 9;) {
            const std::uint64_t count = std::min(1 + random_.below(20), lastSeq - at + 1);
            removal.ranges.push_back({Seq(at), count});
            at += count + random_.below(40);
        }
        return removal;
    }

    Random random_{20260703};
    std::uint64_t next_ = 0;
};

} // namespace

class StoreOrders : public QObject
{
    Q_OBJECT

    std::unique_ptr<Subject> subject_;

    Store& store() { return subject_->store(); }
    AppliedEntry apply(const std::string& command)
    {
        const std::vector entries{makeEntry(store().applied().index.value + 1, 3, command)};
        return StateMachine(store()).apply(entries).value().front();
    }
    AppliedEntry order(const Order& order) { return apply(encodeBatch({}, delivered, {&order, 1})); }
    void fill(std::uint64_t messages, std::uint64_t batch)
    {
        for (std::uint64_t number = 0; number < messages; number += batch)
            apply(encodeBatch(streamOf(number, batch), delivered));
    }
    void removeAll(Seq first, Seq end)
    {
        while (first < end) {
            const std::uint64_t count = std::min<std::uint64_t>(removalsMax, end - first);
            order(Removal{{{first, count}}});
            first = first + count;
        }
    }
    Seqs shown() { return seqsOf(bySeqOf(subject_->reader(), {})); }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("memory") << QStringLiteral("memory");
        QTest::newRow("sqlite") << QStringLiteral("sqlite");
    }

    void init()
    {
        QFETCH_GLOBAL(QString, kind);
        subject_ = makeSubject(kind);
    }
    void cleanup() { subject_.reset(); }

    /// Merged, restarted and moved on as a snapshot at random moments.
    void anyMixtureAgreesWithThePlainStore()
    {
        MemoryStore expected;
        StateMachine reference(expected);
        Stream stream;
        Random random(3);
        for (int round = 0; round < 250 && !QTest::currentTestFailed(); ++round) {
            const std::string command = stream.entry(expected.applied().lastSeq);
            const AppliedEntry outcome = apply(command);
            const auto other =
                reference.apply(std::vector{makeEntry(expected.applied().index.value + 1, 3, command)});
            QCOMPARE(outcome.removed, other.value().front().removed);
            QCOMPARE(outcome.stateHash, other.value().front().stateHash);
            if (random.chance(1, 12))
                subject_->settle();
            if (random.chance(1, 12))
                subject_->reopen();
            if (random.chance(1, 10))
                compare(store(), subject_->reader(), expected);
        }
        QVERIFY(expected.applied().kept.messages > 100);
        compare(store(), subject_->reader(), expected);
        for (const char* kind : {"memory", "sqlite"}) {
            const auto copy = makeSubject(QLatin1String(kind));
            while (!moveChunk(store(), copy->store(), 20000)) {
            }
            copy->settle();
            compare(copy->store(), copy->reader(), expected);
            copy->reopen();
            compare(copy->store(), copy->reader(), expected);
            const auto back = makeSubject(QLatin1String("sqlite"));
            while (!moveChunk(copy->store(), back->store(), 20000)) {
            }
            QCOMPARE(back->store().applied(), expected.applied());
        }
    }

    void aReaderServesNothingThatIsRemoved()
    {
        fill(20, 5);
        QCOMPARE(shown().size(), std::size_t(20)); // from now on cached
        order(Removal{{{Seq(3), 1}, {Seq(5), 2}, {Seq(20), 1}}});
        QCOMPARE(shown(), (Seqs{1, 2, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}));
        const auto left = subject_->reader().bySeq(Seq(5)).value();
        QVERIFY(left->expired && left->delivery && left->message.sender.empty());
        PageQuery empty;
        empty.sender = ""; // what a remnant has, but it is nobody's
        QVERIFY(bySeqOf(subject_->reader(), empty).empty());
    }

    void aRollbackBringsEverythingBack()
    {
        Message brief = streamOf(4, 1).front();
        brief.ttl = 5s;
        fill(4, 2);
        apply(encodeBatch(std::vector{brief}, delivered));
        order(MoveCursor{"r1", Seq(1)});
        order(RetentionRule{"r1", {{}, 7, 0}});
        const auto rules = store().rules().value();
        QVERIFY(store().begin().ok());
        const std::vector<SeqRange> ranges{{Seq(1), 5}};
        QCOMPARE(store().remove(ranges).value().size(), std::size_t(5));
        QCOMPARE(store().nextKept(Seq(1)).value(), Seq(6));
        QVERIFY(store().expired(delivered, 10).value().empty());
        QVERIFY(store().setCursor({"r1", Seq(4)}).ok());
        QVERIFY(store().setCursor({"new", Seq(4)}).ok());
        QVERIFY(store().setRule({"r1", {}}).ok());
        QCOMPARE(store().cursorCount().value(), std::size_t(2));
        store().rollback();
        QCOMPARE(store().nextKept(Seq(1)).value(), Seq(1));
        QCOMPARE(store().expired(delivered, 10).value(), std::vector{Seq(5)});
        QCOMPARE(store().findCursor("r1").value(), std::optional(Seq(1)));
        QCOMPARE(store().cursorCount().value(), std::size_t(1));
        QCOMPARE(store().rules().value(), rules);
        QCOMPARE(shown(), (Seqs{1, 2, 3, 4, 5}));
        subject_->settle();
        order(Removal{{{Seq(1), 1}}});
        QCOMPARE(shown(), (Seqs{2, 3, 4, 5}));
    }

    void whatIsNewMayGoInItsOwnTransaction()
    {
        Message brief = streamOf(1, 1).front();
        brief.ttl = 5s;
        const std::vector<Order> orders{Removal{{{Seq(2), 1}}}};
        apply(encodeBatch(std::vector{streamOf(0, 1).front(), brief}, delivered, orders));
        QCOMPARE(shown(), Seqs{1});
        QVERIFY(store().expired(delivered, 10).value().empty());
        QCOMPARE(store().applied().kept.messages, std::uint64_t(1));
    }

    /// Each call looks at a bounded stretch, and none of them is needed for what lies before the first kept.
    void longStretchesArePassedABitAtATime()
    {
        fill(60000, 500);
        removeAll(Seq(2), Seq(59996));
        const auto pageOf = [&](const PageQuery& query) { return subject_->reader().page(query); };
        const auto orderedOf = [&](const DeliveryQuery& query) {
            return subject_->reader().deliveries(query);
        };
        const Seqs left{1, 59996, 59997, 59998, 59999, 60000};
        int calls = 0;
        QCOMPARE(seqsOf(allOf(PageQuery{}, pageOf, calls)), left);
        QVERIFY2(calls <= 6, qPrintable(QString::number(calls)));
        QCOMPARE(seqsOf(allOf(DeliveryQuery{}, orderedOf, calls)), left);
        QVERIFY2(calls <= 6, qPrintable(QString::number(calls)));
        const PageQuery filtered{{}, 50, "s1", {}};
        QCOMPARE(seqsOf(allOf(filtered, pageOf, calls)), (Seqs{59997}));
        QVERIFY2(calls <= 6, qPrintable(QString::number(calls)));
        removeAll(Seq(1), Seq(2));
        QCOMPARE(store().applied().kept.first, Seq(59996));
        QCOMPARE(subject_->reader().page({}).value().messages.size(), std::size_t(5));
        QCOMPARE(subject_->reader().deliveries({}).value().messages.size(), std::size_t(5));
    }
};

QTEST_GUILESS_MAIN(StoreOrders)
#include "tst_store_orders.moc"
