// SPDX-License-Identifier: GPL-3.0-or-later
//
// Injected disk faults, met by the unchanged stores through SQLite: a failed sync is final, a full disk is
// waited out, and a fault stays in its own data directory.
#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include "core/storage/FaultVfs.h"
#include "core/storage/StateStore.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

Result<void> append(LogStore& log, std::uint64_t first, std::uint64_t term = 1,
                    std::uint64_t truncateFrom = 0)
{
    const Write write = makeWrite(term, {makeEntry(first, term, std::string(20'000, 'x'))}, truncateFrom);
    return log.write({&write, 1});
}

} // namespace

class TestDiskFaults : public QObject
{
    Q_OBJECT

    Place place_;
    std::unique_ptr<FaultVfs> vfs_;
    std::unique_ptr<LogStore> log_;

    DiskFaults& faults() { return *vfs_->faults(); }

private Q_SLOTS:
    void init()
    {
        vfs_ = FaultVfs::install(place_.path()).value();
        log_ = place_.openLog();
        QVERIFY(append(*log_, log_->takeRestored().lastIndex.value + 1).ok());
    }
    void cleanup()
    {
        log_.reset();
        place_.close();
        vfs_.reset();
        QVERIFY(QDir(place_.path()).removeRecursively());
    }

    void withoutFaultsNothingDiffers()
    {
        QVERIFY(append(*log_, 2).ok());
        log_ = nullptr;
        QCOMPARE(place_.openLog()->takeRestored().lastIndex, LogIndex(2));
    }

    void aFailedSyncIsFinal()
    {
        faults().failSyncs(true);
        QCOMPARE(append(*log_, 2).error().kind, Error::Kind::Io);
        faults().failSyncs(false);
        // What a failed fsync left on the disk is unknown: the store must not try again.
        QCOMPARE(append(*log_, 2).error().kind, Error::Kind::Io);
    }

    void theMarkFailsToSyncToo()
    {
        QVERIFY(append(*log_, 2).ok());
        faults().failSyncs(true);
        const auto truncated = append(*log_, 2, 2, 2);
        QCOMPARE(truncated.error().kind, Error::Kind::Io);
        QVERIFY2(QByteArray::fromStdString(truncated.error().text).contains("mark"),
                 truncated.error().text.c_str());
    }

    void aFullDiskIsWaitedOut()
    {
        faults().leaveBytes(0);
        QCOMPARE(place_.directory().freeBytes(), std::uint64_t(0));
        for (int attempt = 0; attempt < 3; ++attempt)
            QCOMPARE(append(*log_, 2).error().kind, Error::Kind::DiskFull);
        faults().leaveBytes(std::nullopt);
        QVERIFY(place_.directory().freeBytes() > 0);
        QVERIFY(append(*log_, 2).ok());
        log_ = nullptr;
        QCOMPARE(place_.openLog()->takeRestored().lastIndex, LogIndex(2));
    }

    void whatIsLeftIsUsedUp()
    {
        constexpr std::uint64_t left = 200'000;
        faults().leaveBytes(left);
        std::uint64_t index = 2;
        while (append(*log_, index).ok())
            ++index;
        QVERIFY2(index > 3 && index < 12, qPrintable(QString::number(index)));
        QVERIFY(place_.directory().freeBytes() < left);
        QCOMPARE(append(*log_, index).error().kind, Error::Kind::DiskFull);
    }

    void aSlowDiskTakesItsTime()
    {
        faults().delaySyncs(Milliseconds(50));
        QElapsedTimer clock;
        clock.start();
        QVERIFY(append(*log_, 2).ok());
        QVERIFY(clock.elapsed() >= 50);
    }

    void theStateAndItsReadersGoThroughIt()
    {
        const DataDirectory& directory = place_.directory();
        auto state = StateStore::open(directory).value();
        auto reader = openMessageReader(directory.stateDatabase());
        QVERIFY(reader.ok());
        messaging::StateMachine machine(*state);
        std::vector<messaging::Message> messages;
        for (std::uint64_t number = 0; number < 500; ++number)
            messages.push_back(makeMessage(number));
        const std::vector<EntryPtr> entries{makeCommand(1, 1, messages)};
        faults().leaveBytes(0);
        const auto refused = machine.apply(entries);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, Error::Kind::DiskFull);
        faults().leaveBytes(std::nullopt);
        QVERIFY(machine.apply(entries).ok());
        QVERIFY((*reader)->bySeq(Seq(500)).value().has_value());
    }

    void otherDirectoriesAreNotConcerned()
    {
        Place other;
        auto log = other.openLog();
        faults().failSyncs(true);
        faults().leaveBytes(0);
        QVERIFY(append(*log, 1).ok());
        QVERIFY(other.directory().freeBytes() > 0);
        QVERIFY(FaultVfs::nameFor(other.file("raft.db")).isEmpty());
    }

    void oneADirectory()
    {
        QCOMPARE(FaultVfs::install(place_.path() + QStringLiteral("/../data")).error().kind,
                 Error::Kind::Refused);
    }

    void aPathOfAnyKindIsOpened()
    {
        QTemporaryDir parent;
        Place odd(parent.path() + QStringLiteral("/50% off? #1 & \u00e4"));
        const auto vfs = FaultVfs::install(odd.path()).value();
        auto log = odd.openLog();
        QVERIFY(append(*log, 1).ok());
        QVERIFY(QFile::exists(odd.file("raft.db")));
        vfs->faults()->failSyncs(true);
        QCOMPARE(append(*log, 2).error().kind, Error::Kind::Io);
        log.reset();
        odd.close();
    }
};

QTEST_GUILESS_MAIN(TestDiskFaults)
#include "tst_disk_faults.moc"
