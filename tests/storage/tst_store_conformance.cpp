// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every messaging::Store and its MessageReader must do with messages, run on the real one (SQLite) and
// on the simulator's. Snapshots are in tst_store_snapshots, what orders do in tst_store_orders.
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

namespace {

std::vector<std::uint64_t> seqsOf(const Page& page)
{
    std::vector<std::uint64_t> seqs;
    for (const StoredMessage& stored : page.messages)
        seqs.push_back(stored.seq.value);
    return seqs;
}

/// Follows `more` to the end, in the direction of the query; `limit` a page.
std::vector<std::uint64_t> allSeqs(MessageReader& reader, PageQuery query)
{
    std::vector<std::uint64_t> seqs;
    for (int pages = 0; pages < 10000; ++pages) {
        const Page page = reader.page(query).value();
        for (const std::uint64_t seq : seqsOf(page))
            seqs.push_back(seq);
        if (!page.more)
            return seqs;
        (query.before ? query.before : query.after) = page.scannedThrough;
    }
    return {};
}

} // namespace

class StoreConformance : public StoreTest
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyStoreHasNothing()
    {
        QCOMPARE(subject_->store().applied(), AppliedState{});
        QCOMPARE(subject_->reader().applied().value(), AppliedState{});
        const Page page = subject_->reader().page({}).value();
        QVERIFY(page.messages.empty());
        QVERIFY(!page.more);
        QCOMPARE(page.scannedThrough, Seq());
        QVERIFY(!subject_->reader().bySeq(Seq(1)).value());
        QVERIFY(!subject_->reader().bySeq(Seq()).value());
    }

    void whatIsAppliedIsReadBackWithItsPlace()
    {
        const auto messages = streamOf(0, 3);
        apply(messages);
        const auto stored = subject_->reader().bySeq(Seq(2)).value();
        QVERIFY(stored.has_value());
        QCOMPARE(*stored, (StoredMessage{messages[1], Seq(2), Term(3), LogIndex(1), {}, false}));
        QVERIFY(!subject_->reader().bySeq(Seq(4)).value());
        QCOMPARE(subject_->reader().applied().value(), subject_->store().applied());
        QCOMPARE(subject_->store().applied().lastSeq, Seq(3));
    }

    void aDuplicateGetsTheFirstSeqAndLeavesNoGap()
    {
        apply(streamOf(0, 3));
        auto mixed = streamOf(1, 2);
        mixed.push_back(makeMessage(100));
        mixed.push_back(makeMessage(100));
        mixed.push_back(makeMessage(101));
        const auto applied = apply(mixed);
        std::vector<std::pair<std::uint64_t, bool>> outcome;
        for (const AppliedMessage& message : applied)
            outcome.emplace_back(message.seq.value, message.duplicate);
        QCOMPARE(outcome, (std::vector<std::pair<std::uint64_t, bool>>{
                              {2, true}, {3, true}, {4, false}, {4, true}, {5, false}}));
        QCOMPARE(subject_->reader().bySeq(Seq(4)).value()->message, makeMessage(100));
        QCOMPARE(subject_->reader().bySeq(Seq(5)).value()->message, makeMessage(101));
        QCOMPARE(allSeqs(subject_->reader(), {}), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
    }

    void aBatchOfOnlyDuplicatesMovesTheIndexAlone()
    {
        apply(streamOf(0, 2));
        apply(streamOf(0, 2));
        QCOMPARE(subject_->store().applied().index, LogIndex(2));
        QCOMPARE(subject_->store().applied().lastSeq, Seq(2));
    }

    void anUncommittedIdIsFoundByItsTransaction()
    {
        Store& store = subject_->store();
        const std::string command = encodeBatch(streamOf(0, 1));
        BatchRecord batch;
        batch.firstSeq = Seq(1);
        batch.command = command;
        batch.count = 1;
        batch.ids = {hashMessageId("a")};
        batch.senders = {"s"};
        batch.recipients = {"r"};
        QVERIFY(store.begin().ok());
        QVERIFY(!store.findId(batch.ids[0]).value());
        QVERIFY(store.addBatch(batch).ok());
        QCOMPARE(store.findId(batch.ids[0]).value(), std::optional(Seq(1)));
        QCOMPARE(subject_->reader().applied().value().lastSeq, Seq());
        QVERIFY(!subject_->reader().bySeq(Seq(1)).value());
        store.rollback();
        QVERIFY(store.begin().ok());
        QVERIFY(!store.findId(batch.ids[0]).value());
        store.rollback();
        store.rollback(); // harmless when nothing runs
        QCOMPARE(store.applied(), AppliedState{});
    }

    void pagesAscendAndRespectTheLimit()
    {
        apply(streamOf(0, 10));
        apply(streamOf(10, 10));
        PageQuery query;
        query.limit = 7;
        Page page = subject_->reader().page(query).value();
        QCOMPARE(seqsOf(page), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7}));
        QVERIFY(page.more);
        QCOMPARE(page.scannedThrough, Seq(7));
        query.after = Seq(14);
        page = subject_->reader().page(query).value();
        QCOMPARE(seqsOf(page), (std::vector<std::uint64_t>{15, 16, 17, 18, 19, 20}));
        QVERIFY(!page.more);
        QCOMPARE(page.scannedThrough, Seq(20));
        query.after = Seq(13);
        QVERIFY(!subject_->reader().page(query).value().more);
        query.after = Seq(900);
        page = subject_->reader().page(query).value();
        QVERIFY(page.messages.empty() && !page.more);
        QCOMPARE(page.scannedThrough, Seq(20));
    }

    void aLimitOutOfRangeIsRefused()
    {
        PageQuery query;
        query.limit = 0;
        QCOMPARE(subject_->reader().page(query).error().kind, Error::Kind::Invalid);
        query.limit = 1001;
        QCOMPARE(subject_->reader().page(query).error().kind, Error::Kind::Invalid);
    }

    void filtersMatchExactly()
    {
        apply({makeMessage(1, "bob", "all"), makeMessage(2, "Bob", "all"), makeMessage(3, "bob", "eve"),
               makeMessage(4, "bo", "all"), makeMessage(5, "", "bob")});
        PageQuery query;
        query.sender = "bob";
        QCOMPARE(allSeqs(subject_->reader(), query), (std::vector<std::uint64_t>{1, 3}));
        query.recipient = "all";
        QCOMPARE(allSeqs(subject_->reader(), query), (std::vector<std::uint64_t>{1}));
        query.sender.reset();
        QCOMPARE(allSeqs(subject_->reader(), query), (std::vector<std::uint64_t>{1, 2, 4}));
        query.recipient = "bob";
        QCOMPARE(allSeqs(subject_->reader(), query), (std::vector<std::uint64_t>{5}));
        query.recipient.reset();
        query.sender = "";
        QCOMPARE(allSeqs(subject_->reader(), query), (std::vector<std::uint64_t>{5}));
        query.sender = "nobody";
        QVERIFY(allSeqs(subject_->reader(), query).empty());
    }

    /// Random batches of all sizes, pages asked for while the store works in the background, against a plain
    /// list.
    void everyQueryAgreesWithAPlainList()
    {
        Random random(20240607);
        std::vector<Message> expected;
        std::uint64_t number = 0;
        for (int round = 0; round < 400; ++round) {
            const std::uint64_t size = random.chance(1, 10) ? 200 + random.below(200) : 1 + random.below(4);
            const auto messages = streamOf(number, size);
            number += size;
            apply(messages);
            expected.insert(expected.end(), messages.begin(), messages.end());
            if (random.chance(1, 30))
                subject_->settle();
            if (!random.chance(1, 8))
                continue;
            PageQuery query;
            query.after = Seq(random.below(number));
            if (random.chance(1, 2))
                query.before = Seq(random.below(number + 5));
            if (random.chance(1, 3))
                query.from = expected[random.below(number)].correctedTs();
            if (random.chance(1, 3))
                query.to = expected[random.below(number)].correctedTs();
            if (random.chance(1, 3))
                query.bytesMax = 1 + random.below(500);
            query.limit = static_cast<std::uint32_t>(1 + random.below(60));
            if (random.chance(1, 2))
                query.sender = "s" + std::to_string(random.below(6));
            if (random.chance(1, 2))
                query.recipient = "r" + std::to_string(random.below(8));
            std::vector<std::uint64_t> seqs;
            const std::uint64_t first = query.before ? 1 : query.after->value + 1;
            const std::uint64_t end = query.before ? query.before->value : expected.size() + 1;
            for (std::uint64_t seq = first; seq < std::min<std::uint64_t>(end, expected.size() + 1); ++seq) {
                const Message& message = expected[seq - 1];
                const UnixTime at = message.correctedTs();
                if ((!query.sender || message.sender == *query.sender) &&
                    (!query.recipient || message.recipient == *query.recipient) &&
                    (!query.from || *query.from <= at) && (!query.to || at < *query.to))
                    seqs.push_back(seq);
            }
            if (query.before)
                std::ranges::reverse(seqs);
            QCOMPARE(allSeqs(subject_->reader(), query), seqs);
        }
        subject_->settle();
        for (std::uint64_t seq = 1; seq <= expected.size(); seq += 13)
            QCOMPARE(subject_->reader().bySeq(Seq(seq)).value()->message, expected[seq - 1]);
        const auto again = apply(streamOf(0, 500));
        for (std::size_t i = 0; i < again.size(); ++i) {
            QVERIFY(again[i].duplicate);
            QCOMPARE(again[i].seq, Seq(i + 1));
        }
    }

    void theHashDependsOnlyOnTheEntries()
    {
        dsmsg::testing::MemoryStore reference;
        StateMachine other(reference);
        Random random(5);
        for (std::uint64_t round = 1; round <= 20; ++round) {
            const auto messages = streamOf(random.below(50), 1 + random.below(5));
            apply(messages);
            QVERIFY(other.apply(std::vector{makeCommand(round, 3, messages)}).ok());
        }
        QCOMPARE(subject_->store().applied(), reference.applied());
        QVERIFY(!reference.applied().hash.isZero());
    }

    /// Shuffled over many rows of runs, some late, some still waiting: read by delivery and by seq.
    void deliveriesAreReadInTheirOrder()
    {
        Random random(13);
        std::uint64_t number = 0;
        UnixTime now{std::chrono::seconds(1'700'000'000)};
        for (int entry = 0; entry < 120; ++entry) {
            now += std::chrono::milliseconds(50);
            std::vector<Message> messages = streamOf(number, 1 + random.below(80));
            number += messages.size();
            for (Message& message : messages) {
                message.receiveTs = now;
                message.originalTs =
                    now + Duration(random.chance(1, 50) ? -5'000'000 : random.between(-400'000, 100'000));
            }
            apply(messages, now - std::chrono::milliseconds(500));
        }
        subject_->settle();
        const AppliedState state = subject_->store().applied();
        QVERIFY(state.delivery.last.value > 3000 && state.delivery.late > 0);
        const auto held = subject_->store().undelivered().value();
        QCOMPARE(held.size() + state.delivery.last.value, state.lastSeq.value);

        std::vector<StoredMessage> delivered;
        DeliveryQuery query;
        query.limit = 700;
        for (bool more = true; more;) {
            const DeliveryPage page = subject_->reader().deliveries(query).value();
            delivered.insert(delivered.end(), page.messages.begin(), page.messages.end());
            QCOMPARE(page.scannedThrough, DeliverySeq(delivered.size()));
            query.after = page.scannedThrough;
            more = page.more;
        }
        QCOMPARE(DeliverySeq(delivered.size()), state.delivery.last);
        std::uint64_t hash = 0;
        std::optional<HeldMessage> before;
        for (std::size_t i = 0; i < delivered.size(); ++i) {
            QCOMPARE(delivered[i].delivery, DeliverySeq(i + 1));
            hash = extendOrderHash(hash, delivered[i].seq);
            QCOMPARE(*subject_->reader().bySeq(delivered[i].seq).value(), delivered[i]);
            if (delivered[i].late)
                continue;
            const HeldMessage place{delivered[i].message.orderTs(), delivered[i].seq};
            QVERIFY(!before || *before < place);
            before = place;
        }
        QCOMPARE(hash, state.delivery.orderHash);
        for (const HeldMessage& waiting : held)
            QCOMPARE(subject_->reader().bySeq(waiting.seq).value()->delivery, DeliverySeq());

        PageQuery bySeq;
        bySeq.after = Seq(1000);
        for (const StoredMessage& stored : subject_->reader().page(bySeq).value().messages)
            QVERIFY(!stored.delivery || delivered[stored.delivery.value - 1].seq == stored.seq);
        DeliveryQuery ofOne;
        ofOne.sender = "s3";
        ofOne.limit = 1000;
        const auto mine = subject_->reader().deliveries(ofOne).value();
        QCOMPARE(mine.messages.size(),
                 std::size_t(std::ranges::count_if(
                     delivered, [](const StoredMessage& stored) { return stored.message.sender == "s3"; })));

        for (const bool filtered : {false, true}) {
            DeliveryQuery back;
            back.limit = 90;
            back.before = DeliverySeq(delivered.size() - 10);
            if (filtered) {
                back.recipient = "r2";
                back.from = delivered[300].message.correctedTs();
                back.to = delivered[3000].message.correctedTs();
            }
            std::vector<StoredMessage> expected;
            for (std::size_t i = delivered.size() - 11; i-- > 0;) {
                const Message& message = delivered[i].message;
                if (!filtered || (message.recipient == "r2" && message.correctedTs() >= *back.from &&
                                  message.correctedTs() < *back.to))
                    expected.push_back(delivered[i]);
            }
            std::vector<StoredMessage> seen;
            for (bool more = true; more;) {
                const DeliveryPage page = subject_->reader().deliveries(back).value();
                QVERIFY(page.messages.size() <= back.limit);
                seen.insert(seen.end(), page.messages.begin(), page.messages.end());
                back.before = page.scannedThrough;
                more = page.more;
            }
            QVERIFY(!expected.empty());
            QCOMPARE(seen, expected);
        }
    }

    void aPageOfBytesEndsAfterTheMessageThatReachesThem()
    {
        apply(streamOf(0, 10));
        PageQuery query;
        const std::size_t size = makeMessage(0).payload.size();
        query.bytesMax = size + 1;
        Page page = subject_->reader().page(query).value();
        QCOMPARE(seqsOf(page), (std::vector<std::uint64_t>{1, 2}));
        QVERIFY(page.more);
        QCOMPARE(page.scannedThrough, Seq(2));
        query.before = Seq(9);
        page = subject_->reader().page(query).value();
        QCOMPARE(seqsOf(page), (std::vector<std::uint64_t>{8, 7}));
        QVERIFY(page.more);
        QCOMPARE(page.scannedThrough, Seq(7));
        query.before = Seq(0);
        page = subject_->reader().page(query).value();
        QVERIFY(page.messages.empty() && !page.more);
    }

    void nothingIsDeliveredBeforeItsTransactionIs()
    {
        apply(streamOf(0, 3));
        Store& store = subject_->store();
        const DeliveryRun run{Seq(2), 1, false};
        QVERIFY(store.begin().ok());
        QVERIFY(store.addDeliveries({&run, 1}).ok());
        QCOMPARE(subject_->reader().bySeq(Seq(2)).value()->delivery, DeliverySeq());
        store.rollback();
        QCOMPARE(store.undelivered().value().size(), std::size_t(3));
        QVERIFY(store.begin().ok());
        const std::vector<DeliveryRun> runs{{Seq(3), 1, false}, {Seq(1), 1, true}};
        QVERIFY(store.addDeliveries(runs).ok());
        AppliedState state = store.applied();
        state.delivery.last = DeliverySeq(2);
        QVERIFY(store.commit(state).ok());
        QCOMPARE(subject_->reader().bySeq(Seq(3)).value()->delivery, DeliverySeq(1));
        QVERIFY(subject_->reader().bySeq(Seq(1)).value()->late);
        const auto held = store.undelivered().value();
        QCOMPARE(held.size(), std::size_t(1));
        QCOMPARE(held.front().seq, Seq(2));
    }
};

QTEST_GUILESS_MAIN(StoreConformance)
#include "tst_store_conformance.moc"
