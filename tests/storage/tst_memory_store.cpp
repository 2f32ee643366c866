// SPDX-License-Identifier: GPL-3.0-or-later
//
// What only the simulator's store can do: lose its power.
#include <QTest>

#include "core/messaging/StateMachine.h"
#include "tests/storage/StorageFixtures.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage::testing;

class MemoryStoreTest : public QObject
{
    Q_OBJECT

    static void apply(dsmsg::testing::MemoryStore& store, std::uint64_t number)
    {
        StateMachine machine(store);
        const std::vector entries{makeCommand(store.applied().index.value + 1, 1, {makeMessage(number)})};
        QVERIFY(machine.apply(entries).ok());
    }

private Q_SLOTS:
    void aPowerCutGoesBackToTheLastCheckpoint()
    {
        dsmsg::testing::MemoryStore store;
        apply(store, 1);
        store.checkpoint();
        const AppliedState durable = store.applied();
        apply(store, 2);
        store.cutPower();
        QCOMPARE(store.applied(), durable);
        QCOMPARE(store.messages(Seq(), 10).size(), std::size_t(1));
        QVERIFY(!store.findId(hashMessageId(makeMessage(2).msgId)).value());
        apply(store, 2); // replayed from the log
        QCOMPARE(store.message(Seq(2))->message, makeMessage(2));
    }

    void aPowerCutTakesARunningTransactionWithIt()
    {
        dsmsg::testing::MemoryStore store;
        apply(store, 1);
        store.checkpoint();
        QVERIFY(store.begin().ok());
        store.cutPower();
        QVERIFY(store.begin().ok());
        store.rollback();
        QCOMPARE(store.applied().lastSeq, Seq(1));
    }

    void copiesLiveApart()
    {
        dsmsg::testing::MemoryStore store;
        apply(store, 1);
        dsmsg::testing::MemoryStore copy = store;
        apply(copy, 2);
        QCOMPARE(store.applied().lastSeq, Seq(1));
        QCOMPARE(copy.applied().lastSeq, Seq(2));
        QCOMPARE(copy.message(Seq(1))->message, store.message(Seq(1))->message);
    }
};

QTEST_GUILESS_MAIN(MemoryStoreTest)
#include "tst_memory_store.moc"
