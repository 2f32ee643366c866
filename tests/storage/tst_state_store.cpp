// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the store on SQLite must do beyond the conformance suite: survive kills, restarts, full disks and
// damage, do its background work without being noticed, and never hold the WAL open.
#include <atomic>
#include <thread>

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "core/storage/Database.h"
#include "core/storage/StateStore.h"
#include "tests/storage/SmallDisk.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

class StateStoreTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    std::unique_ptr<StateStore> store_;
    std::unique_ptr<MessageReader> reader_;

    void reopen()
    {
        reader_.reset();
        store_.reset();
        store_ = StateStore::open(place_->open()).value();
        reader_ = openMessageReader(place_->directory().stateDatabase()).value();
    }

    static std::vector<Message> streamOf(std::uint64_t first, std::uint64_t count)
    {
        std::vector<Message> messages;
        for (std::uint64_t number = first; number < first + count; ++number)
            messages.push_back(
                makeMessage(number, "s" + std::to_string(number % 11), number % 100 == 0 ? "rare" : "all"));
        return messages;
    }

    /// Applies messages [first, first + count) in entries of `batch`; with their numbers, seq = number + 1.
    static Result<void> apply(StateStore& store, std::uint64_t first, std::uint64_t count,
                              std::uint64_t batch)
    {
        StateMachine machine(store);
        for (std::uint64_t number = first; number < first + count; number += batch) {
            const std::vector entries{
                makeCommand(store.applied().index.value + 1, 1, streamOf(number, batch))};
            auto applied = machine.apply(entries);
            if (!applied)
                return applied.error();
        }
        return {};
    }
    void settle()
    {
        while (store_->maintain().value()) {
        }
    }
    std::int64_t count(const char* sql)
    {
        auto database = Database::open(place_->file("state.db"), {}).value();
        return database->integer(QLatin1String(sql)).value();
    }

    static void verifyAll(StateStore& store, MessageReader& reader, std::uint64_t messages)
    {
        QCOMPARE(store.applied().lastSeq, Seq(messages));
        PageQuery query;
        query.limit = 1000;
        std::uint64_t next = 0;
        for (Page page; next < messages; query.after = page.scannedThrough) {
            page = reader.page(query).value();
            QVERIFY(!page.messages.empty());
            for (const StoredMessage& stored : page.messages) {
                QCOMPARE(stored.seq, Seq(next + 1));
                QCOMPARE(stored.message.msgId, makeMessage(next).msgId);
                QCOMPARE(store.findId(hashMessageId(stored.message.msgId)).value(),
                         std::optional(Seq(next + 1)));
                ++next;
            }
        }
        query = PageQuery();
        query.recipient = "rare";
        query.limit = 1000;
        std::uint64_t rare = 0;
        for (Page page = reader.page(query).value();; page = reader.page(query).value()) {
            for (const StoredMessage& stored : page.messages)
                QCOMPARE(stored.seq.value, 100 * rare++ + 1);
            if (!page.more)
                break;
            query.after = page.scannedThrough;
        }
        QCOMPARE(rare, (messages + 99) / 100);
    }

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
    void init()
    {
        place_ = std::make_unique<Place>();
        reopen();
    }
    void cleanup()
    {
        reader_.reset();
        store_.reset();
        place_.reset();
    }

    void everythingSurvivesARestart()
    {
        QVERIFY(apply(*store_, 0, 100000, 250).ok()); // past three flushes of ids
        const AppliedState state = store_->applied();
        reopen();
        QCOMPARE(store_->applied(), state);
        QVERIFY(count("SELECT count(*) FROM run WHERE kind = 0") >= 3);
        verifyAll(*store_, *reader_, 100000);
        QVERIFY(apply(*store_, 0, 500, 250).ok()); // all known
        QCOMPARE(store_->applied().lastSeq, state.lastSeq);
    }

    void aKillAtAnyMomentLeavesAWholeState()
    {
        std::uint64_t messages = 0;
        for (int round = 0; round < 12; ++round) {
            QVERIFY(apply(*store_, messages, 40, 1).ok());
            messages += 40;
            QVERIFY(apply(*store_, messages, 3000, 300).ok());
            messages += 3000;
            QVERIFY(store_->maintain().ok());
            const auto copy = place_->copy();
            copy->open();
            const auto survivor = StateStore::open(copy->directory()).value();
            const auto reader = openMessageReader(copy->directory().stateDatabase()).value();
            QCOMPARE(survivor->applied(), store_->applied());
            verifyAll(*survivor, *reader, messages);
        }
    }

    void smallBatchesAreJoinedOnce()
    {
        QVERIFY(apply(*store_, 0, 600, 1).ok());
        QCOMPARE(count("SELECT count(*) FROM batch"), 600);
        settle();
        // 600 messages of some 250 bytes: groups of 256 and 256 (or 64 KiB), and an end that may still grow.
        const auto rows = count("SELECT count(*) FROM batch");
        QVERIFY2(rows >= 3 && rows < 300, qPrintable(QString::number(rows)));
        QVERIFY(count("SELECT max(count) FROM batch") <= 256);
        QVERIFY(count("SELECT max(length(segments)) FROM batch") <= 64 * 1024);
        verifyAll(*store_, *reader_, 600);
        QCOMPARE(store_->maintain().value(), false);
        reopen();
        verifyAll(*store_, *reader_, 600);
        QVERIFY(apply(*store_, 600, 400, 1).ok());
        QVERIFY(apply(*store_, 1000, 200, 200).ok()); // a full one ends the group before it
        QVERIFY(apply(*store_, 1200, 400, 1).ok());
        settle();
        verifyAll(*store_, *reader_, 1600);
        reopen();
        verifyAll(*store_, *reader_, 1600);
        QVERIFY(count("SELECT count(*) FROM batch") < 500);
    }

    void largeMessagesFit()
    {
        StateMachine machine(*store_);
        Message large = makeMessage(1);
        large.payload = "\"" + std::string(1 << 20, 'x') + "\"";
        const std::vector entries{makeCommand(1, 1, {makeMessage(0), large, makeMessage(2)})};
        QVERIFY(machine.apply(entries).ok());
        QCOMPARE(reader_->bySeq(Seq(2)).value()->message, large);
        QCOMPARE(reader_->bySeq(Seq(3)).value()->message, makeMessage(2));
    }

    void theWalStaysSmallBesideReaders()
    {
        for (std::uint64_t messages = 0; messages < 80000; messages += 250) {
            QVERIFY(apply(*store_, messages, 250, 250).ok());
            PageQuery query;
            query.sender = "s3";
            QVERIFY(reader_->page(query).ok());
            query.sender.reset();
            query.after = Seq(messages);
            QVERIFY(reader_->page(query).ok());
            QVERIFY(store_->maintain().ok());
        }
        const qint64 wal = QFileInfo(place_->file("state.db-wal")).size();
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
            QVERIFY(store_->begin().ok());
            QVERIFY(store_->addBatch(batch).ok());
            QVERIFY(store_->commit(state).ok());
        }
        QVERIFY(count("SELECT count(*) FROM run WHERE state = 1 AND kind = 0 AND level = 0") < 20);
        QVERIFY(QFileInfo(place_->file("state.db-wal")).size() < 80 << 20);
    }

    void aFullDiskChangesNothingAndRecovers()
    {
        const SmallDisk disk(4 << 20);
        if (!disk.mounted())
            QSKIP("mounting a small tmpfs needs root");
        reader_.reset();
        store_.reset();
        place_ = std::make_unique<Place>(disk.path() + QStringLiteral("/data"));
        reopen();
        disk.fill();
        std::uint64_t messages = 0;
        Result<void> applied;
        while ((applied = apply(*store_, messages, 100, 100)).ok())
            messages += 100;
        QCOMPARE(applied.error().kind, Error::Kind::DiskFull);
        verifyAll(*store_, *reader_, messages);
        disk.release();
        QVERIFY(apply(*store_, messages, 1000, 100).ok());
        verifyAll(*store_, *reader_, messages + 1000);
    }

    void damageIsNoticed_data()
    {
        QTest::addColumn<QString>("harm");
        QTest::addColumn<bool>("atOpen");
        QTest::newRow("batch changed")
            << QStringLiteral("UPDATE batch SET segments = x'00' WHERE first_seq = 1") << false;
        QTest::newRow("batch's count changed")
            << QStringLiteral("UPDATE batch SET count = 99 WHERE first_seq = 1") << false;
        QTest::newRow("names changed")
            << QStringLiteral("UPDATE batch SET names = x'00' WHERE first_seq = 1") << false;
        QTest::newRow("newest batch changed")
            << QStringLiteral("UPDATE batch SET segments = x'00' WHERE first_seq = 59901") << true;
        QTest::newRow("applied state changed")
            << QStringLiteral("UPDATE applied SET last_seq = last_seq + 1") << true;
        QTest::newRow("newest batch lost")
            << QStringLiteral("DELETE FROM batch WHERE first_seq = 59901") << true;
        QTest::newRow("run lost") << QStringLiteral("DELETE FROM run_part") << true;
    }

    void damageIsNoticed()
    {
        QFETCH(QString, harm);
        QFETCH(bool, atOpen);
        QVERIFY(apply(*store_, 0, 60000, 100).ok());
        reader_.reset();
        store_.reset();
        QVERIFY(Database::open(place_->file("state.db"), {}).value()->execute(harm).ok());
        auto opened = StateStore::open(place_->directory());
        if (atOpen) {
            QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
            return;
        }
        store_ = std::move(*opened);
        reader_ = openMessageReader(place_->directory().stateDatabase()).value();
        QCOMPARE(reader_->bySeq(Seq(1)).error().kind, Error::Kind::Corrupt);
        QCOMPARE(reader_->page({}).error().kind, Error::Kind::Corrupt);
        PageQuery query;
        query.sender = "s3";
        QCOMPARE(reader_->page(query).error().kind, Error::Kind::Corrupt);
        QVERIFY(reader_->bySeq(Seq(500)).ok());
        Result<bool> scrubbed = true;
        while (scrubbed.ok() && *scrubbed)
            scrubbed = store_->scrub();
        QCOMPARE(scrubbed.error().kind, Error::Kind::Corrupt);
        QCOMPARE(store_->begin().error().kind, Error::Kind::Corrupt); // fail-stop
    }

    void aLostBatchIsNoticed()
    {
        QVERIFY(apply(*store_, 0, 60000, 100).ok());
        reader_.reset();
        store_.reset();
        const auto harm = QStringLiteral("DELETE FROM batch WHERE first_seq = 201");
        QVERIFY(Database::open(place_->file("state.db"), {}).value()->execute(harm).ok());
        reopen();
        QVERIFY(reader_->bySeq(Seq(200)).value().has_value());
        QCOMPARE(reader_->bySeq(Seq(201)).error().kind, Error::Kind::Corrupt);
        PageQuery query;
        query.limit = 300;
        QCOMPARE(reader_->page(query).error().kind, Error::Kind::Corrupt);
        query.sender = "s3";
        QCOMPARE(reader_->page(query).error().kind, Error::Kind::Corrupt);
        Result<bool> scrubbed = true;
        while (scrubbed.ok() && *scrubbed)
            scrubbed = store_->scrub();
        QCOMPARE(scrubbed.error().kind, Error::Kind::Corrupt);
    }

    /// Readers in threads of their own, while the writer applies, flushes, merges and checkpoints.
    void readersSeeWholeStatesWhileTheWriterWorks()
    {
        constexpr std::uint64_t messages = 60000;
        std::atomic<bool> stop = false;
        std::atomic<int> wrong = 0;
        std::atomic<int> pages = 0;
        const QString path = place_->directory().stateDatabase();
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
            applied = apply(*store_, done, size, size);
            done += size;
            if (random.chance(1, 2))
                QVERIFY(store_->maintain().ok());
        }
        stop = true;
        for (std::thread& thread : threads)
            thread.join();
        QVERIFY2(applied.ok(), applied ? "" : applied.error().text.c_str());
        QCOMPARE(wrong.load(), 0);
        QVERIFY(pages > 10);
        verifyAll(*store_, *reader_, done);
    }

    void theScrubEnds()
    {
        QCOMPARE(store_->scrub().value(), false);
        QVERIFY(apply(*store_, 0, 20000, 250).ok());
        int steps = 1;
        while (store_->scrub().value())
            ++steps;
        QVERIFY2(steps > 2 && steps < 10, qPrintable(QString::number(steps)));
        while (store_->scrub().value()) { // and begins anew
        }
    }

    void aReaderNeedsAStore() { QVERIFY(!openMessageReader(place_->file("nothing.db")).ok()); }
};

QTEST_GUILESS_MAIN(StateStoreTest)
#include "tst_state_store.moc"
