// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every messaging::Store tells its state in chunks, and comes to the same state from the chunks of any other.
#include <functional>

#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/messaging/StateMachine.h"
#include "tests/storage/StorageFixtures.h"
#include "tests/storage/StoreSubject.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage::testing;

Q_DECLARE_METATYPE(std::function<void(StateChunk&)>)

class StoreSnapshots : public StoreTest
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyStateIsOneChunk()
    {
        const StateChunk chunk = subject_->store().readChunk(Seq(), 1000).value();
        QVERIFY(chunk.segments.empty());
        QCOMPARE(chunk.finished, std::optional(AppliedState{}));
        QCOMPARE(subject_->store().readChunk(Seq(1), 1000).error().kind, Error::Kind::NotFound);
    }

    void aChunkHoldsWholeEntriesUpToItsSize()
    {
        apply(streamOf(0, 3));
        apply(streamOf(0, 3)); // only duplicates: nothing to carry but the index at the end
        apply(streamOf(2, 4));
        apply(streamOf(6, 1));
        Store& store = subject_->store();
        StateChunk chunk = store.readChunk(Seq(), 1).value();
        QCOMPARE(chunk.segments.size(), std::size_t(1));
        QCOMPARE(chunk.segments[0],
                 (StateSegment{Seq(1), 3, Term(3), LogIndex(1), {}, encodeBatch(streamOf(0, 3))}));
        QVERIFY(!chunk.finished);
        chunk = store.readChunk(Seq(3), 1).value();
        QCOMPARE(chunk.segments[0],
                 (StateSegment{Seq(4), 3, Term(3), LogIndex(3), {0}, encodeBatch(streamOf(2, 4))}));
        QCOMPARE(chunk.through(), Seq(6));
        chunk = store.readChunk(Seq(3), 1u << 20).value();
        QCOMPARE(chunk.segments.size(), std::size_t(2));
        QCOMPARE(chunk.finished, std::optional(store.applied()));
        QCOMPARE(store.readChunk(Seq(7), 1).value().finished, std::optional(store.applied()));
        QCOMPARE(store.readChunk(Seq(2), 1).error().kind, Error::Kind::Invalid);
        QCOMPARE(store.readChunk(Seq(8), 1).error().kind, Error::Kind::NotFound);
    }

    /// To either kind of store, from one that goes on applying and joining its rows meanwhile.
    void aSnapshotMakesAnEqualStore_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("to memory") << QStringLiteral("memory");
        QTest::newRow("to sqlite") << QStringLiteral("sqlite");
    }

    void aSnapshotMakesAnEqualStore()
    {
        QFETCH(QString, target);
        Random random(7);
        std::uint64_t number = 0;
        const auto applySome = [&](int rounds) {
            for (int round = 0; round < rounds; ++round) {
                const std::uint64_t again = random.below(number / 2 + 1); // some are duplicates
                auto messages = streamOf(number - again, again + 1 + random.below(30));
                number += messages.size() - again;
                messages.push_back(messages.front());
                apply(messages);
            }
        };
        applySome(12);
        subject_->settle();
        applySome(12);
        const auto copy = makeSubject(target);
        for (int i = 0; i < 5; ++i)
            QVERIFY(!moveChunk(subject_->store(), copy->store(), 4000));
        QVERIFY(copy->store().applied().hash.isZero());
        QVERIFY(copy->store().applied().index < subject_->store().applied().index);
        subject_->settle();
        applySome(3);
        for (int chunks = 0; !moveChunk(subject_->store(), copy->store(), 4000); ++chunks)
            QVERIFY(chunks < 10000);
        copy->settle();

        QCOMPARE(copy->store().applied(), subject_->store().applied());
        QCOMPARE(copy->reader().applied().value(), subject_->store().applied());
        for (const char* sender : {"", "s0", "s4", "nobody"}) {
            PageQuery query;
            query.limit = 1000;
            if (*sender != '\0')
                query.sender = sender;
            QCOMPARE(copy->reader().page(query).value().messages,
                     subject_->reader().page(query).value().messages);
        }
        for (std::uint64_t seq = 1; seq <= subject_->store().applied().lastSeq.value; ++seq) {
            const IdHash id = hashMessageId(subject_->reader().bySeq(Seq(seq)).value()->message.msgId);
            QCOMPARE(copy->store().findId(id).value(), std::optional(Seq(seq)));
        }
        const auto entries = std::vector{makeCommand(index_ + 1, 3, streamOf(number - 3, 6))};
        QVERIFY(StateMachine(copy->store()).apply(entries).ok());
        apply(streamOf(number - 3, 6));
        QCOMPARE(copy->store().applied(), subject_->store().applied());
    }

    void aChunkThatDoesNotFitChangesNothing_data()
    {
        QTest::addColumn<std::function<void(StateChunk&)>>("spoil");
        const auto row = [](const char* name, std::function<void(StateChunk&)> spoil) {
            QTest::newRow(name) << std::move(spoil);
        };
        row("another position", [](StateChunk& chunk) { chunk.after = Seq(1); });
        row("a gap", [](StateChunk& chunk) { chunk.segments.erase(chunk.segments.begin()); });
        row("an id again",
            [](StateChunk& chunk) { chunk.segments[1].command = encodeBatch(streamOf(1, 2)); });
        row("an id twice in one", [](StateChunk& chunk) {
            chunk.segments[1].command = encodeBatch(std::vector{makeMessage(9), makeMessage(9)});
        });
        row("too many messages",
            [](StateChunk& chunk) { chunk.segments[1].command = encodeBatch(streamOf(50, 3)); });
        row("not messages", [](StateChunk& chunk) { chunk.segments[1].command = "nonsense"; });
        row("skips what is not there", [](StateChunk& chunk) { chunk.segments[1].skipped = {7}; });
        row("an earlier entry", [](StateChunk& chunk) { chunk.segments[0].index = LogIndex(1); });
        row("an earlier term", [](StateChunk& chunk) { chunk.segments[0].term = Term(2); });
        row("ends elsewhere", [](StateChunk& chunk) { ++chunk.finished->lastSeq; });
        row("ends too early", [](StateChunk& chunk) { chunk.finished->index = LogIndex(2); });
    }

    void aChunkThatDoesNotFitChangesNothing()
    {
        QFETCH(std::function<void(StateChunk&)>, spoil);
        dsmsg::testing::MemoryStore source;
        StateMachine machine(source);
        for (std::uint64_t entry = 1; entry <= 3; ++entry)
            QVERIFY(machine.apply(std::vector{makeCommand(entry, 3, streamOf(2 * entry, 2))}).ok());
        apply(streamOf(2, 2));
        const AppliedState before = subject_->store().applied();
        const StateChunk good = source.readChunk(before.lastSeq, 1u << 20).value();
        StateChunk bad = good;
        spoil(bad);
        QCOMPARE(SnapshotBuilder(subject_->store()).add(bad).error().kind, Error::Kind::Invalid);
        QCOMPARE(subject_->store().applied(), before);
        QVERIFY(SnapshotBuilder(subject_->store()).add(good).ok());
        QCOMPARE(subject_->store().applied(), source.applied());
    }
};

QTEST_GUILESS_MAIN(StoreSnapshots)
#include "tst_store_snapshots.moc"
