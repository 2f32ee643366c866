// SPDX-License-Identifier: GPL-3.0-or-later
//
// PROOF.md, pitfall 12: a follower stages a snapshot and installs it, killed or without power after every
// step, twice in a row, resumed after a restart. A crash is a copy of the directory, opened as a node would
// open it.
#include <atomic>
#include <thread>

#include <QDir>
#include <QFile>
#include <QTest>

#include "core/messaging/Snapshot.h"
#include "core/storage/SnapshotInstall.h"
#include "core/storage/SnapshotStaging.h"
#include "tests/storage/StateFixture.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

constexpr std::size_t smallChunk = 6000; // some twenty for the snapshots here

/// What a node finds when it opens a directory.
struct Found
{
    raft::Restored log;
    AppliedState state;
    QStringList files;
    std::uint64_t staged = 0;
};

Result<Found> recovered(Place& place)
{
    const DataDirectory& directory = place.open();
    auto log = LogStore::open(directory);
    if (!log)
        return log.error();
    Found found;
    found.log = (*log)->takeRestored();
    if (auto completed = completeInstall(directory, found.log.base); !completed)
        return completed.error();
    auto store = StateStore::open(directory);
    if (!store)
        return store.error();
    found.state = (*store)->applied();
    found.files = QDir(place.path()).entryList({QStringLiteral("sta*.db")}, QDir::Files);
    if (QFile::exists(directory.stagingFile()))
        found.staged = SnapshotStaging::open(directory).value()->stored().position;
    return found;
}

/// The copy after a power cut: what no checkpoint has covered is gone.
std::unique_ptr<Place> withoutPower(const Place& place)
{
    auto copy = place.copy();
    for (const QString& name : QDir(copy->path()).entryList({QStringLiteral("sta*-wal")}, QDir::Files))
        QFile::remove(copy->path() + QLatin1Char('/') + name);
    return copy;
}

raft::LogBase baseOf(const AppliedState& state)
{
    return {state.index, state.term, {}};
}

} // namespace

class SnapshotInstallTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<StateFixture> source_;
    std::unique_ptr<Place> place_;
    std::unique_ptr<LogStore> log_;
    std::unique_ptr<StateStore> store_;
    std::unique_ptr<MessageReader> reader_;
    std::unique_ptr<SnapshotStaging> staging_;
    AppliedState before_; ///< of the follower

    void open()
    {
        close();
        const DataDirectory& directory = place_->open();
        log_ = LogStore::open(directory).value();
        const auto completed = completeInstall(directory, log_->takeRestored().base);
        DSMSG_ASSERT(completed.ok(), completed ? "" : completed.error().text.c_str());
        store_ = StateStore::open(directory).value();
        reader_ = openMessageReader(directory).value();
        staging_ = SnapshotStaging::open(directory).value();
    }
    void close()
    {
        staging_.reset();
        reader_.reset();
        store_.reset();
        log_.reset();
    }

    /// One chunk from the source to the staging.
    SnapshotStaging::Stored stage(std::size_t bytesMax = smallChunk)
    {
        const std::uint64_t position = staging_->stored().position;
        const StateChunk chunk = source_->store().readChunk(Seq(position), bytesMax).value();
        return staging_->store(position, encodeChunk(chunk)).value();
    }
    LogIndex stageAll()
    {
        while (true) {
            if (const auto stored = stage(); stored.finishedAt)
                return stored.finishedAt;
        }
    }
    void reset()
    {
        raft::Write write = makeWrite(1, {});
        write.reset = baseOf(source_->store().applied());
        const auto written = log_->write({&write, 1});
        DSMSG_ASSERT(written.ok(), "the reset must be written");
    }
    Result<void> install(LogIndex index)
    {
        staging_.reset();
        store_.reset();
        auto installed = installStaged(place_->directory(), index);
        store_ = StateStore::open(place_->directory()).value();
        return installed;
    }
    /// That the follower has the source's state, by every way of asking.
    void verifyEqual()
    {
        QCOMPARE(store_->applied(), source_->store().applied());
        const std::uint64_t count = store_->applied().lastSeq.value;
        for (std::uint64_t number = 0; number < count; number += 7)
            QCOMPARE(store_->findId(hashMessageId(makeMessage(number).msgId)).value(),
                     std::optional(Seq(number + 1)));
        PageQuery query;
        query.limit = 1000;
        for (const char* recipient : {"", "rare"}) {
            if (*recipient != '\0')
                query.recipient = recipient;
            const auto page = reader_->page(query);
            QVERIFY2(page.ok(), page ? "" : page.error().text.c_str());
            QCOMPARE(page->messages, source_->reader().page(query).value().messages);
        }
    }
    /// Killed now, or without power: the state is this one, and the log begins where it can go on from it.
    void crash(const AppliedState& expected)
    {
        for (const bool powerless : {false, true}) {
            const auto copy = powerless ? withoutPower(*place_) : place_->copy();
            const auto found = recovered(*copy);
            QVERIFY2(found.ok(), found ? "" : found.error().text.c_str());
            QCOMPARE(found->state, expected);
            QVERIFY(found->log.base.index <= found->state.index);
            QCOMPARE(found->files.filter(QStringLiteral("state")).size(), 1);
        }
    }

private Q_SLOTS:
    void init()
    {
        source_ = std::make_unique<StateFixture>();
        QVERIFY(source_->apply(0, 500, 5).ok());
        source_->settle();
        QVERIFY(source_->apply(500, 20, 1).ok());
        place_ = std::make_unique<Place>();
        open();
        std::vector<raft::EntryPtr> entries;
        for (std::uint64_t index = 1; index <= 4; ++index)
            entries.push_back(makeCommand(index, 1, {makeMessage(1000 + index)}));
        const raft::Write write = makeWrite(1, entries);
        QVERIFY(log_->write({&write, 1}).ok());
        QVERIFY(StateMachine(*store_).apply(entries).ok());
        QVERIFY(store_->sync().ok());
        before_ = store_->applied();
    }
    void cleanup()
    {
        close();
        place_.reset();
        source_.reset();
    }

    void aStagedSnapshotBecomesTheState()
    {
        const LogIndex index = stageAll();
        QCOMPARE(index, source_->store().applied().index);
        QCOMPARE(store_->applied(), before_);
        QCOMPARE(reader_->applied().value(), before_);
        reset();
        QVERIFY(install(index).ok());
        verifyEqual();
        open();
        verifyEqual();
        QCOMPARE(place_->directory().stateIndex(), index);
    }

    /// The state stays the old one until the reset of the log is durable; from then on it is the new one.
    void everyCrashLeavesALogAndAStateThatFit()
    {
        const AppliedState after = source_->store().applied();
        crash(before_);
        for (int chunks = 0; !stage().finishedAt; ++chunks) {
            if (chunks % 4 == 0)
                crash(before_);
        }
        crash(before_);
        const auto staged = place_->copy(); // complete, but nothing else has happened yet
        reset();
        crash(after);
        const auto renamed = place_->copy();
        const DataDirectory& directory = renamed->open();
        QVERIFY(QFile::rename(directory.stagedFile(after.index), directory.stateFile(after.index)));
        QCOMPARE(recovered(*renamed)->state, after);
        QVERIFY(!QFile::exists(renamed->file("state.db")));
        QVERIFY(install(after.index).ok());
        crash(after);
        raft::Write write = makeWrite(1, {makeCommand(after.index.value + 1, 1, {makeMessage(5000)})});
        QVERIFY(log_->write({&write, 1}).ok());
        QVERIFY(StateMachine(*store_).apply(write.entries).ok());
        const auto powerless = withoutPower(*place_);
        QCOMPARE(recovered(*powerless)->state, after);
        QVERIFY(store_->sync().ok());
        crash(store_->applied());
        QCOMPARE(recovered(*staged)->staged, after.lastSeq.value);
    }

    void stagingGoesOnAfterARestart()
    {
        std::uint64_t position = 0;
        for (int chunks = 0; chunks < 5; ++chunks)
            position = stage().position;
        QVERIFY(position > 0 && position < 520);
        open();
        QCOMPARE(staging_->stored().position, position);
        const LogIndex index = stageAll();
        open(); // complete, but the reset was not written: the last piece comes again
        QCOMPARE(staging_->stored().position, std::uint64_t(520));
        QCOMPARE(staging_->stored().finishedAt, LogIndex());
        QCOMPARE(stageAll(), index);
        reset();
        QVERIFY(install(index).ok());
        verifyEqual();
    }

    void aPowerCutMovesThePositionBackAndNoMore()
    {
        for (int chunks = 0; chunks < 8; ++chunks)
            stage();
        const auto copy = withoutPower(*place_);
        close();
        place_ = withoutPower(*copy);
        open();
        QVERIFY(staging_->stored().position < 520);
        const LogIndex index = stageAll();
        reset();
        QVERIFY(install(index).ok());
        verifyEqual();
    }

    void aPieceForAnotherPositionIsNotStored()
    {
        const std::uint64_t position = stage().position;
        const std::string first = encodeChunk(source_->store().readChunk(Seq(), smallChunk).value());
        QCOMPARE(staging_->store(0, first)->position, position);
        QCOMPARE(staging_->store(position, {})->position, position);
        QCOMPARE(staging_->store(0, {})->position, position);
        QCOMPARE(staging_->store(position, first).error().kind, Error::Kind::Invalid);
        std::string next = encodeChunk(source_->store().readChunk(Seq(position), smallChunk).value());
        next.back() = static_cast<char>(next.back() ^ 1);
        QCOMPARE(staging_->store(position, next).error().kind, Error::Kind::Invalid);
        QCOMPARE(staging_->stored().position, position);
        reset();
        QVERIFY(install(stageAll()).ok());
        verifyEqual();
    }

    void aCompleteSnapshotGoesOnWhenTheSenderHasMore()
    {
        const LogIndex first = stageAll();
        QCOMPARE(stage().finishedAt, first); // the same piece again
        QVERIFY(source_->apply(520, 30, 3).ok());
        const LogIndex second = stageAll();
        QVERIFY(second > first);
        QVERIFY(!QFile::exists(place_->directory().stagedFile(first)));
        reset();
        QVERIFY(install(second).ok());
        verifyEqual();
    }

    void twoInstallsInARow()
    {
        QVERIFY(reader_->bySeq(Seq(1)).ok());
        for (std::uint64_t round = 0; round < 3; ++round) {
            if (!staging_)
                staging_ = SnapshotStaging::open(place_->directory()).value();
            const LogIndex index = stageAll();
            reset();
            crash(source_->store().applied());
            QVERIFY(install(index).ok());
            verifyEqual();
            crash(store_->applied());
            QVERIFY(source_->apply(520 + round * 40, 40, 4).ok());
        }
    }

    void aNewerStateIsNotReplaced()
    {
        const LogIndex index = stageAll();
        reset();
        QVERIFY(install(index).ok());
        QVERIFY(QFile::copy(place_->directory().stateDatabase(), place_->directory().stagedFile(index)));
        QCOMPARE(install(index).error().kind, Error::Kind::Refused);
        verifyEqual();
    }

    void aLogThatHasLostItsStateIsCorrupt()
    {
        const LogIndex index = stageAll();
        reset();
        const auto copy = place_->copy();
        QVERIFY(QFile::remove(copy->path() + QStringLiteral("/staged-%1.db").arg(index.value)));
        const auto found = recovered(*copy);
        QVERIFY(!found.ok());
        QCOMPARE(found.error().kind, Error::Kind::Corrupt);
    }

    void whatNoInstallNeedsIsRemoved()
    {
        stage();
        const LogIndex target = source_->store().applied().index;
        // The follower catches up by its log after all.
        std::vector<raft::EntryPtr> entries;
        for (std::uint64_t index = 5; index <= target.value; ++index)
            entries.push_back(makeCommand(index, 1, {makeMessage(2000 + index)}));
        const raft::Write write = makeWrite(1, entries);
        QVERIFY(log_->write({&write, 1}).ok());
        QVERIFY(StateMachine(*store_).apply(entries).ok());
        close();
        QVERIFY(QFile::copy(place_->file("staging.db"), place_->file("staged-3.db")));
        QCOMPARE(recovered(*place_)->files, QStringList{QStringLiteral("state.db")});
    }

    void readersInOtherThreadsNeverFail()
    {
        std::atomic<bool> stop = false;
        std::atomic<int> failures = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([&] {
                const auto reader = openMessageReader(place_->directory()).value();
                std::uint64_t lastSeen = 0;
                while (!stop) {
                    PageQuery query;
                    query.recipient = "all";
                    const auto page = reader->page(query);
                    const auto applied = reader->applied();
                    if (!page || !applied || applied->lastSeq.value < lastSeen)
                        ++failures;
                    else
                        lastSeen = applied->lastSeq.value;
                }
            });
        }
        for (std::uint64_t round = 0; round < 5; ++round) {
            if (!staging_)
                staging_ = SnapshotStaging::open(place_->directory()).value();
            const LogIndex index = stageAll();
            reset();
            const auto installed = install(index);
            QVERIFY2(installed.ok(), installed ? "" : installed.error().text.c_str());
            QVERIFY(source_->apply(520 + round * 10, 10, 2).ok());
        }
        stop = true;
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(failures.load(), 0);
    }
};

QTEST_GUILESS_MAIN(SnapshotInstallTest)
#include "tst_snapshot_install.moc"
