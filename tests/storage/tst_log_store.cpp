// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log on a disk that does its duty: what is written is there again, in every order of appending and
// truncating, and a write that cannot be done is refused in the right way. What happens on a disk that does
// not is in tst_log_damage.
#include <QFileInfo>
#include <QTest>

#include "core/storage/LogStore.h"
#include "tests/storage/SmallDisk.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

std::vector<EntryPtr> entriesOf(std::uint64_t first, std::uint64_t count, std::uint64_t term)
{
    std::vector<EntryPtr> entries;
    for (std::uint64_t index = first; index < first + count; ++index)
        entries.push_back(
            makeEntry(index, term, "entry " + std::to_string(index) + "/" + std::to_string(term)));
    return entries;
}

/// "1/1 2/1 3/4": index and term of each entry.
QString spell(const std::vector<EntryPtr>& entries)
{
    QStringList words;
    for (const EntryPtr& entry : entries)
        words << QStringLiteral("%1/%2").arg(entry->index.value).arg(entry->term.value);
    return words.join(QLatin1Char(' '));
}

QString spell(const std::vector<TermRun>& runs)
{
    QStringList words;
    for (const TermRun& run : runs)
        words << QStringLiteral("%1/%2").arg(run.first.value).arg(run.term.value);
    return words.join(QLatin1Char(' '));
}

Result<void> write(LogStore& log, const Write& write)
{
    return log.write({&write, 1});
}

} // namespace

class LogStoreTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    std::unique_ptr<LogStore> log_;

    void reopen(LogStore::Options options = {})
    {
        log_.reset();
        log_ = LogStore::open(place_->open(), std::move(options)).value();
    }
    Restored reopened()
    {
        reopen();
        return log_->takeRestored();
    }

private Q_SLOTS:
    void init()
    {
        place_ = std::make_unique<Place>();
        reopen();
    }
    void cleanup()
    {
        log_.reset();
        place_.reset();
    }

    void aNewLogIsEmpty()
    {
        const Restored restored = log_->takeRestored();
        QCOMPARE(restored.hardState, HardState{});
        QCOMPARE(restored.base.index, LogIndex());
        QCOMPARE(restored.lastIndex, LogIndex());
        QVERIFY(restored.termRuns.empty() && restored.tail.empty() && restored.configurationEntries.empty());
        QCOMPARE(log_->read(LogIndex(1), LogIndex(1), 1000).error().kind, Error::Kind::NotFound);
    }

    void whatIsWrittenIsThereAgain()
    {
        auto entries = entriesOf(1, 3, 1);
        entries[0] = makeEntry(1, 1, "members", EntryKind::Form);
        entries.push_back(makeEntry(4, 2, "", EntryKind::NoOp));
        entries.push_back(makeEntry(5, 2, std::string("\0binary\xff", 8), EntryKind::Configuration));
        QVERIFY(write(*log_, makeWrite(2, entries, 0, 0xfedcba9876543210)).ok());
        const Restored restored = reopened();
        QCOMPARE(restored.hardState, (HardState{Term(2), ServerId(0xfedcba9876543210)}));
        QCOMPARE(restored.lastIndex, LogIndex(5));
        QCOMPARE(spell(restored.termRuns), QStringLiteral("1/1 4/2"));
        QCOMPARE(restored.tail.size(), entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i)
            QCOMPARE(*restored.tail[i], *entries[i]);
        QCOMPARE(spell(restored.configurationEntries), QStringLiteral("1/1 5/2"));
    }

    void aVoteWithoutEntriesIsKept()
    {
        QVERIFY(write(*log_, makeWrite(9, {}, 0, 3)).ok());
        QCOMPARE(reopened().hardState, (HardState{Term(9), ServerId(3)}));
    }

    void truncationRemovesTheEndAndItsTerms()
    {
        QVERIFY(write(*log_, makeWrite(1, entriesOf(1, 5, 1))).ok());
        QVERIFY(write(*log_, makeWrite(2, entriesOf(6, 5, 2))).ok());
        QVERIFY(write(*log_, makeWrite(3, entriesOf(4, 2, 3), 4)).ok());
        const Restored restored = reopened();
        QCOMPARE(spell(restored.tail), QStringLiteral("1/1 2/1 3/1 4/3 5/3"));
        QCOMPARE(spell(restored.termRuns), QStringLiteral("1/1 4/3"));
    }

    void truncationCanEmptyTheLog()
    {
        QVERIFY(write(*log_, makeWrite(1, entriesOf(1, 5, 1))).ok());
        QVERIFY(write(*log_, makeWrite(2, {}, 1)).ok());
        QCOMPARE(reopened().lastIndex, LogIndex());
        QVERIFY(write(*log_, makeWrite(2, entriesOf(1, 1, 2))).ok());
        QCOMPARE(spell(reopened().tail), QStringLiteral("1/2"));
    }

    void truncationMayRaiseALowerTerm() // Raft, figure 8: the new end may carry a lower term than the old one
    {
        QVERIFY(write(*log_, makeWrite(2, entriesOf(1, 2, 1))).ok());
        QVERIFY(write(*log_, makeWrite(3, entriesOf(3, 4, 3))).ok());
        QVERIFY(write(*log_, makeWrite(4, entriesOf(3, 1, 2), 3)).ok());
        QCOMPARE(spell(reopened().tail), QStringLiteral("1/1 2/1 3/2"));
    }

    void severalWritesAreOneTransactionInOrder()
    {
        const std::vector writes{makeWrite(1, entriesOf(1, 4, 1)), makeWrite(2, entriesOf(3, 2, 2), 3),
                                 makeWrite(5, {}, 0, 8), makeWrite(6, entriesOf(5, 1, 6))};
        QVERIFY(log_->write(writes).ok());
        const Restored restored = reopened();
        QCOMPARE(spell(restored.tail), QStringLiteral("1/1 2/1 3/2 4/2 5/6"));
        QCOMPARE(restored.hardState, (HardState{Term(6), ServerId(7)}));
    }

    void openReadsOnlyTheEndOfALongLog()
    {
        std::vector<EntryPtr> entries;
        for (std::uint64_t index = 1; index <= 100; ++index)
            entries.push_back(makeEntry(index, 1, std::string(1000, 'x')));
        QVERIFY(write(*log_, makeWrite(1, entries)).ok());
        LogStore::Options options;
        options.tailBytesMax = 10500;
        reopen(options);
        const Restored restored = log_->takeRestored();
        QCOMPARE(restored.tail.size(), std::size_t(10));
        QCOMPARE(restored.tail.front()->index, LogIndex(91));
        QCOMPARE(restored.lastIndex, LogIndex(100));
        options.tailBytesMax = 1; // one entry at least
        reopen(options);
        QCOMPARE(log_->takeRestored().tail.size(), std::size_t(1));
    }

    void readRespectsItsBounds()
    {
        QVERIFY(write(*log_, makeWrite(1, entriesOf(1, 10, 1))).ok());
        QCOMPARE(spell(log_->read(LogIndex(3), LogIndex(5), 1000).value()), QStringLiteral("3/1 4/1 5/1"));
        QCOMPARE(spell(log_->read(LogIndex(3), LogIndex(9), 20).value()), QStringLiteral("3/1 4/1"));
        QCOMPARE(spell(log_->read(LogIndex(3), LogIndex(9), 0).value()), QStringLiteral("3/1"));
        QCOMPARE(log_->read(LogIndex(9), LogIndex(11), 1000).error().kind, Error::Kind::NotFound);
        QVERIFY(write(*log_, makeWrite(1, entriesOf(11, 1, 1))).ok()); // asking for too much is no failure
    }

    void aFailedCommitIsFinal()
    {
        bool failing = false;
        LogStore::Options options;
        options.beforeCommit = [&]() -> Result<void> {
            return failing ? Result<void>(Error{Error::Kind::Io, "the disk is gone"}) : Result<void>();
        };
        reopen(options);
        QVERIFY(write(*log_, makeWrite(1, entriesOf(1, 1, 1))).ok());
        failing = true;
        QCOMPARE(write(*log_, makeWrite(1, entriesOf(2, 1, 1))).error().kind, Error::Kind::Io);
        failing = false;
        const auto refused = write(*log_, makeWrite(1, entriesOf(2, 1, 1)));
        QCOMPARE(refused.error().kind, Error::Kind::Io);
        QCOMPARE(refused.error().text, std::string("the disk is gone"));
        QCOMPARE(log_->maintain().error().text, std::string("the disk is gone"));
        QCOMPARE(spell(reopened().tail), QStringLiteral("1/1"));
    }

    void aFullDiskChangesNothingAndTheSameWriteSucceedsLater()
    {
        bool full = false;
        LogStore::Options options;
        options.beforeCommit = [&]() -> Result<void> {
            return full ? Result<void>(Error{Error::Kind::DiskFull, "no space"}) : Result<void>();
        };
        reopen(options);
        QVERIFY(write(*log_, makeWrite(1, entriesOf(1, 5, 1))).ok());
        full = true;
        const Write truncating = makeWrite(2, entriesOf(3, 1, 2), 3);
        QCOMPARE(write(*log_, truncating).error().kind, Error::Kind::DiskFull);
        QCOMPARE(write(*log_, truncating).error().kind, Error::Kind::DiskFull);
        QCOMPARE(spell(place_->copy()->openLog()->takeRestored().tail),
                 QStringLiteral("1/1 2/1 3/1 4/1 5/1"));
        full = false;
        QVERIFY(write(*log_, truncating).ok());
        QCOMPARE(spell(reopened().tail), QStringLiteral("1/1 2/1 3/2"));
    }

    void aRealFullDiskRecovers()
    {
        const SmallDisk disk(2 << 20);
        if (!disk.mounted())
            QSKIP("mounting a small tmpfs needs root");
        log_.reset();
        place_ = std::make_unique<Place>(disk.path() + QStringLiteral("/data"));
        reopen();
        disk.fill();
        std::uint64_t next = 1;
        Result<void> written;
        while ((written = write(*log_, makeWrite(1, {makeEntry(next, 1, std::string(20000, 'x'))}))).ok())
            ++next;
        QCOMPARE(written.error().kind, Error::Kind::DiskFull);
        QCOMPARE(spell(log_->read(LogIndex(1), LogIndex(1), 1).value()), QStringLiteral("1/1"));
        disk.release();
        QVERIFY(write(*log_, makeWrite(1, {makeEntry(next, 1, std::string(20000, 'x'))})).ok());
        QCOMPARE(reopened().lastIndex, LogIndex(next));
    }

    void theWalStaysSmall()
    {
        std::uint64_t index = 1;
        for (int i = 0; i < 300; ++i, ++index) {
            QVERIFY(write(*log_, makeWrite(1, {makeEntry(index, 1, std::string(100000, 'x'))})).ok());
            QVERIFY(log_->maintain().ok());
        }
        QVERIFY(QFileInfo(place_->file("raft.db-wal")).size() < 8 << 20);
        QVERIFY(QFileInfo(place_->file("raft.db")).size() > 20 << 20);
    }

    void theScrubWalksTheWholeLog()
    {
        QCOMPARE(log_->scrub().value(), false);
        std::vector<EntryPtr> entries;
        for (std::uint64_t index = 1; index <= 50; ++index)
            entries.push_back(makeEntry(index, 1, std::string(100000, 'x')));
        QVERIFY(write(*log_, makeWrite(1, entries)).ok());
        int steps = 1;
        while (log_->scrub().value())
            ++steps;
        QVERIFY(steps >= 4 && steps <= 6);
        QVERIFY(write(*log_, makeWrite(2, {}, 2)).ok());
        QCOMPARE(log_->scrub().value(), false);
    }
};

QTEST_GUILESS_MAIN(LogStoreTest)
#include "tst_log_store.moc"
