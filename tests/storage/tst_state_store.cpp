// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the store on SQLite must do beyond the conformance suite: survive kills, restarts and full disks, do
// its background work without being noticed, and never hold the WAL open.
#include <atomic>
#include <thread>

#include <QFileInfo>
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "core/storage/Database.h"
#include "core/storage/StateStore.h"
#include "tests/storage/SmallDisk.h"
#include "tests/storage/StateFixture.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

class StateStoreTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<StateFixture> state_;

    /// Whether a page holds exactly what it must, knowing that at least `last` was committed when it was
    /// asked for.
    static bool isRight(const Result<Page>& page, const PageQuery& query, Seq last)
    {
        if (!page || (!page->more && page->scannedThrough < last))
            return false;
        Seq next = query.after->next();
        for (const StoredMessage& stored : page->messages) {
            while (query.recipient && next.value % 100 != 1)
                ++next;
            if (stored.seq != next || stored.message.msgId != makeMessage(next.value - 1).msgId)
                return false;
            ++next;
        }
        if (page->messages.size() == query.limit)
            return true;
        while (query.recipient && next.value % 100 != 1)
            ++next;
        return next > page->scannedThrough;
    }

private Q_SLOTS:
    void init() { state_ = std::make_unique<StateFixture>(); }
    void cleanup() { state_.reset(); }

    void everythingSurvivesARestart()
    {
        QVERIFY(state_->apply(0, 100000, 250).ok()); // past three flushes of ids
        const AppliedState state = state_->store().applied();
        state_->reopen();
        QCOMPARE(state_->store().applied(), state);
        QVERIFY(state_->count("SELECT count(*) FROM run WHERE kind = 0") >= 3);
        state_->verify(100000);
        QVERIFY(state_->apply(0, 500, 250).ok()); // all known
        QCOMPARE(state_->store().applied().lastSeq, state.lastSeq);
    }

    void aKillAtAnyMomentLeavesAWholeState()
    {
        std::uint64_t messages = 0;
        for (int round = 0; round < 12; ++round) {
            QVERIFY(state_->apply(messages, 40, 1).ok());
            messages += 40;
            QVERIFY(state_->apply(messages, 3000, 300).ok());
            messages += 3000;
            QVERIFY(state_->store().maintain().ok());
            StateFixture survivor(state_->place().copy());
            QCOMPARE(survivor.store().applied(), state_->store().applied());
            survivor.verify(messages);
        }
    }

    /// The transaction is larger than the cache, so that SQLite has written parts of it when the kill comes.
    void aKillInsideATransactionLeavesTheStateBeforeIt()
    {
        // PROOF.md, pitfall 5: apply and applied index are one.
        QVERIFY(state_->apply(0, 500, 250).ok());
        const auto message = makeMessage(0);
        const std::string command = encodeBatch(std::vector<Message>(1000, message));
        BatchRecord batch;
        batch.command = command;
        batch.count = 1000;
        batch.senders.assign(1000, message.sender);
        batch.recipients.assign(1000, message.recipient);
        Random random(4);
        QVERIFY(state_->store().begin().ok());
        for (std::uint64_t round = 0; round < 40; ++round) {
            batch.firstSeq = Seq(501 + 1000 * round);
            batch.ids.clear();
            while (batch.ids.size() < batch.count)
                batch.ids.push_back(random.bits128());
            QVERIFY(state_->store().addBatch(batch).ok());
        }
        QVERIFY(QFileInfo(state_->place().file("state.db-wal")).size() > 1 << 20);
        StateFixture survivor(state_->place().copy());
        survivor.verify(500);
        state_->store().rollback();
        state_->verify(500);
        QVERIFY(state_->apply(500, 500, 250).ok());
        state_->verify(1000);
    }

    void smallBatchesAreJoinedOnce()
    {
        QVERIFY(state_->apply(0, 600, 1).ok());
        QCOMPARE(state_->count("SELECT count(*) FROM batch"), 600);
        state_->settle();
        // 600 messages of some 250 bytes: groups of 256 and 256 (or 64 KiB), and an end that may still grow.
        const auto rows = state_->count("SELECT count(*) FROM batch");
        QVERIFY2(rows >= 3 && rows < 300, qPrintable(QString::number(rows)));
        QVERIFY(state_->count("SELECT max(count) FROM batch") <= 256);
        QVERIFY(state_->count("SELECT max(length(segments)) FROM batch") <= 64 * 1024);
        state_->verify(600);
        QCOMPARE(state_->store().maintain().value(), false);
        state_->reopen();
        state_->verify(600);
        QVERIFY(state_->apply(600, 400, 1).ok());
        QVERIFY(state_->apply(1000, 200, 200).ok()); // a full one ends the group before it
        QVERIFY(state_->apply(1200, 400, 1).ok());
        state_->settle();
        state_->verify(1600);
        state_->reopen();
        state_->verify(1600);
        QVERIFY(state_->count("SELECT count(*) FROM batch") < 500);
    }

    void aReaderThatKnowsTheSmallBatchesFindsItsWayInTheJoinedOnes()
    {
        QVERIFY(state_->apply(0, 600, 1).ok());
        for (std::uint64_t seq = 1; seq < 600; seq += 100)
            QVERIFY(state_->reader().bySeq(Seq(seq)).value().has_value());
        state_->settle();
        PageQuery query;
        query.recipient = "rare";
        const Page page = state_->reader().page(query).value();
        QCOMPARE(page.messages.size(), std::size_t(6));
        QVERIFY(!page.more);
    }

    void aRollbackTakesBackTheWorkItWouldHaveMade()
    {
        QVERIFY(state_->apply(0, 100, 1).ok());
        BatchRecord batch;
        const std::string command = encodeBatch(std::vector{makeMessage(0)});
        batch.command = command;
        batch.count = 1;
        batch.senders = {"s"};
        batch.recipients = {"r"};
        Random random(6);
        QVERIFY(state_->store().begin().ok());
        for (std::uint64_t seq = 101; seq <= 400; ++seq) {
            batch.firstSeq = Seq(seq);
            batch.ids = {random.bits128()};
            QVERIFY(state_->store().addBatch(batch).ok());
        }
        state_->store().rollback();
        QCOMPARE(state_->store().maintain().value(), false);
        QCOMPARE(state_->count("SELECT count(*) FROM batch"), 100);
    }

    void largeMessagesFit()
    {
        StateMachine machine(state_->store());
        Message large = makeMessage(1);
        large.payload = "\"" + std::string(1 << 20, 'x') + "\"";
        const std::vector entries{makeCommand(1, 1, {makeMessage(0), large, makeMessage(2)})};
        QVERIFY(machine.apply(entries).ok());
        QCOMPARE(state_->reader().bySeq(Seq(2)).value()->message, large);
        QCOMPARE(state_->reader().bySeq(Seq(3)).value()->message, makeMessage(2));
    }

    void theWalStaysSmallBesideReaders()
    {
        // PROOF.md, pitfall 13: the WAL beside a long paged read.
        for (std::uint64_t messages = 0; messages < 80000; messages += 250) {
            QVERIFY(state_->apply(messages, 250, 250).ok());
            PageQuery query;
            query.sender = "s3";
            QVERIFY(state_->reader().page(query).ok());
            query.sender.reset();
            query.after = Seq(messages);
            QVERIFY(state_->reader().page(query).ok());
            QVERIFY(state_->store().maintain().ok());
        }
        const qint64 wal = QFileInfo(state_->place().file("state.db-wal")).size();
        QVERIFY2(wal < 10 << 20, qPrintable(QString::number(wal)));
    }

    void unattendedWorkIsBounded()
    {
        // Never maintained by the host. The same thousand messages again and again, under new ids: only those
        // count.
        const auto message = makeMessage(0);
        const std::string command = encodeBatch(std::vector<Message>(1000, message));
        BatchRecord batch;
        batch.command = command;
        batch.count = 1000;
        batch.senders.assign(1000, message.sender);
        batch.recipients.assign(1000, message.recipient);
        AppliedState state;
        Random random(3);
        for (int round = 0; round < 700; ++round) {
            batch.index = ++state.index;
            batch.firstSeq = state.lastSeq.next();
            batch.ids.clear();
            while (batch.ids.size() < batch.count)
                batch.ids.push_back(random.bits128());
            state.lastSeq = state.lastSeq + batch.count;
            QVERIFY(state_->store().begin().ok());
            QVERIFY(state_->store().addBatch(batch).ok());
            QVERIFY(state_->store().commit(state).ok());
        }
        QVERIFY(state_->count("SELECT count(*) FROM run WHERE state = 1 AND kind = 0 AND level = 0") < 20);
        QVERIFY(QFileInfo(state_->place().file("state.db-wal")).size() < 80 << 20);
    }

    void aFullDiskChangesNothingAndRecovers()
    {
        const SmallDisk disk(4 << 20);
        if (!disk.mounted())
            QSKIP("mounting a small tmpfs needs root");
        state_ =
            std::make_unique<StateFixture>(std::make_unique<Place>(disk.path() + QStringLiteral("/data")));
        disk.fill();
        std::uint64_t messages = 0;
        Result<void> applied;
        while ((applied = state_->apply(messages, 100, 100)).ok())
            messages += 100;
        QCOMPARE(applied.error().kind, Error::Kind::DiskFull);
        state_->verify(messages);
        disk.release();
        QVERIFY(state_->apply(messages, 1000, 100).ok());
        state_->verify(messages + 1000);
    }

    /// Readers in threads of their own, while the writer applies, flushes, merges and checkpoints.
    void readersSeeWholeStatesWhileTheWriterWorks()
    {
        constexpr std::uint64_t messages = 60000;
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0;
        std::atomic<int> pages = 0;
        const QString path = state_->place().directory().stateDatabase();
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 2; ++thread) {
            threads.emplace_back([&, thread] {
                const auto reader = openMessageReader(path).value();
                Random random(static_cast<std::uint64_t>(thread) + 1);
                while (!stop) {
                    const Seq last = reader->applied().value().lastSeq;
                    PageQuery query;
                    query.after = Seq(random.below(last.value + 1));
                    if (random.chance(1, 2))
                        query.recipient = "rare";
                    const auto page = reader->page(query);
                    wrong += isRight(page, query, last) ? 0 : 1;
                    ++pages;
                }
            });
        }
        std::uint64_t done = 0;
        Random random(9);
        Result<void> applied;
        while (done < messages && applied.ok()) {
            const std::uint64_t size = random.chance(1, 2) ? 1 : 100 + random.below(300);
            applied = state_->apply(done, size, size);
            done += size;
            if (applied.ok() && random.chance(1, 2)) {
                if (const auto maintained = state_->store().maintain(); !maintained)
                    applied = maintained.error();
            }
        }
        stop = true;
        for (std::thread& thread : threads)
            thread.join();
        QVERIFY2(applied.ok(), applied ? "" : applied.error().text.c_str());
        QCOMPARE(wrong.load(), 0);
        QVERIFY(pages > 10);
        state_->verify(done);
    }

    void theScrubEnds()
    {
        QCOMPARE(state_->store().scrub().value(), false);
        QVERIFY(state_->apply(0, 20000, 250).ok());
        int steps = 1;
        while (state_->store().scrub().value())
            ++steps;
        QVERIFY2(steps > 2 && steps < 10, qPrintable(QString::number(steps)));
        while (state_->store().scrub().value()) { // and begins anew
        }
    }

    /// What the log may forget is exactly what survives a power cut.
    void theDurableIndexIsWhatAPowerCutLeaves()
    {
        QVERIFY(state_->apply(0, 300, 10).ok());
        QCOMPARE(state_->store().durableIndex(), LogIndex());
        QCOMPARE(state_->store().sync().value(), LogIndex(30));
        QVERIFY(state_->apply(300, 50, 10).ok());
        QCOMPARE(state_->store().durableIndex(), LogIndex(30));
        const auto copy = state_->place().copy();
        QVERIFY(QFile::remove(copy->file("state.db-wal")));
        QCOMPARE(StateStore::open(copy->open()).value()->applied().index, LogIndex(30));

        auto holder =
            Database::open(state_->place().file("state.db"), {.sharing = Database::Sharing::ReadOnly})
                .value();
        QVERIFY(holder->beginRead().ok());
        QCOMPARE(holder->integer(QStringLiteral("SELECT log_index FROM applied")).value(), 35);
        QVERIFY(state_->apply(350, 10, 10).ok());
        QCOMPARE(state_->store().sync().value(),
                 LogIndex(30)); // the reader's snapshot cannot be written over
        holder->rollback();
        QCOMPARE(state_->store().sync().value(), LogIndex(36));
    }

    void aReaderNeedsAStore() { QVERIFY(!openMessageReader(state_->place().file("nothing.db")).ok()); }
};

QTEST_GUILESS_MAIN(StateStoreTest)
#include "tst_state_store.moc"
