// SPDX-License-Identifier: GPL-3.0-or-later
//
// A log that does not begin at 1: compacted behind a checkpoint, or begun anew after a snapshot, with a crash
// at every step of either.
#include <QFile>
#include <QTest>

#include "core/base/Random.h"
#include "core/storage/Database.h"
#include "core/storage/LogStore.h"
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
        entries.push_back(makeEntry(index, term, "entry " + std::to_string(index)));
    return entries;
}

LogBase baseAt(std::uint64_t index, std::uint64_t term)
{
    LogBase base{LogIndex(index), Term(term), {}};
    base.configuration.cluster.bytes[0] = 5;
    base.configuration.members.push_back(
        {ServerId(index), "n1", "http://127.0.0.1:1", MemberRole::Voter, {}});
    return base;
}

/// "4/2 | 5/2 6/3": base, entries.
QString spell(const Restored& restored)
{
    QStringList words{QStringLiteral("%1/%2 |").arg(restored.base.index.value).arg(restored.base.term.value)};
    for (const EntryPtr& entry : restored.tail)
        words << QStringLiteral("%1/%2").arg(entry->index.value).arg(entry->term.value);
    return words.join(QLatin1Char(' '));
}

Result<void> write(LogStore& log, const Write& write)
{
    return log.write({&write, 1});
}

Write compaction(std::uint64_t term, const LogBase& base)
{
    Write write = makeWrite(term, {});
    write.compact = base;
    return write;
}

Write resetTo(std::uint64_t term, const LogBase& base, std::vector<EntryPtr> entries = {})
{
    Write write = makeWrite(term, std::move(entries));
    write.reset = base;
    return write;
}

std::int64_t rowsOf(Place& place)
{
    return Database::open(place.file("raft.db"), {})
        .value()
        ->integer(QStringLiteral("SELECT count(*) FROM entry"))
        .value();
}

} // namespace

class LogBaseTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    std::unique_ptr<LogStore> log_;
    std::unique_ptr<Place> beforeCommit_; ///< what a kill just before the last commit would have left

    void open()
    {
        log_.reset();
        LogStore::Options options;
        options.beforeCommit = [this]() -> Result<void> {
            beforeCommit_ = place_->copy();
            return {};
        };
        log_ = LogStore::open(place_->open(), options).value();
    }
    QString reopened()
    {
        open();
        return spell(log_->takeRestored());
    }
    /// The state now with the mark as it was before the last commit: killed between the two.
    QString withTheOldMark() const
    {
        const auto after = place_->copy();
        const bool swapped = QFile::remove(after->file("mark")) &&
                             QFile::copy(beforeCommit_->file("mark"), after->file("mark"));
        DSMSG_ASSERT(swapped, "both copies have a mark");
        return spell(after->openLog()->takeRestored());
    }

private Q_SLOTS:
    void init()
    {
        place_ = std::make_unique<Place>();
        open();
        QVERIFY(write(*log_, makeWrite(1, entriesOf(1, 3, 1))).ok());
        QVERIFY(write(*log_, makeWrite(2, entriesOf(4, 3, 2))).ok());
    }
    void cleanup()
    {
        log_.reset();
        beforeCommit_.reset();
        place_.reset();
    }

    void aCompactedLogBeginsLater()
    {
        QVERIFY(write(*log_, compaction(2, baseAt(4, 2))).ok());
        QCOMPARE(log_->read(LogIndex(4), LogIndex(5), 1000).error().kind, Error::Kind::NotFound);
        QCOMPARE(log_->read(LogIndex(5), LogIndex(6), 1000).value().size(), std::size_t(2));
        open();
        const Restored restored = log_->takeRestored();
        QCOMPARE(spell(restored), QStringLiteral("4/2 | 5/2 6/2"));
        QCOMPARE(restored.base, baseAt(4, 2));
        QCOMPARE(restored.termRuns.size(), std::size_t(1));
        QCOMPARE(restored.termRuns[0].first, LogIndex(5));
    }

    void aLogCompactedToItsEndGoesOn()
    {
        QVERIFY(write(*log_, compaction(2, baseAt(6, 2))).ok());
        QCOMPARE(reopened(), QStringLiteral("6/2 |"));
        QCOMPARE(log_->scrub().value(), false);
        QVERIFY(write(*log_, makeWrite(2, entriesOf(7, 2, 2))).ok());
        QCOMPARE(reopened(), QStringLiteral("6/2 | 7/2 8/2"));
        QVERIFY(write(*log_, makeWrite(3, {}, 7)).ok());
        QVERIFY(write(*log_, makeWrite(3, entriesOf(7, 1, 3))).ok());
        QCOMPARE(reopened(), QStringLiteral("6/2 | 7/3"));
    }

    void aBaseNeverGoesBackByCompaction()
    {
        QVERIFY(write(*log_, compaction(2, baseAt(5, 2))).ok());
        QVERIFY(write(*log_, compaction(2, baseAt(4, 2))).ok());
        QCOMPARE(reopened(), QStringLiteral("5/2 | 6/2"));
    }

    void onlyConfigurationsAfterTheBaseAreRestored()
    {
        QVERIFY(write(*log_, makeWrite(2, {makeEntry(7, 2, "a", EntryKind::Form),
                                           makeEntry(8, 2, "b", EntryKind::Configuration)}))
                    .ok());
        QVERIFY(write(*log_, compaction(2, baseAt(7, 2))).ok());
        open();
        const auto configurations = log_->takeRestored().configurationEntries;
        QCOMPARE(configurations.size(), std::size_t(1));
        QCOMPARE(configurations[0]->index, LogIndex(8));
    }

    /// A kill after every step of the deletion leaves the same log.
    void compactedRowsGoInSteps()
    {
        QVERIFY(write(*log_, makeWrite(2, entriesOf(7, 1000, 2))).ok());
        QVERIFY(write(*log_, compaction(2, baseAt(1004, 2))).ok());
        QCOMPARE(rowsOf(*place_->copy()), 1006);
        std::int64_t rows = 1006;
        for (int steps = 0; rows > 2; ++steps) {
            QVERIFY(steps < 10);
            const auto killed = place_->copy();
            QCOMPARE(spell(killed->openLog()->takeRestored()), QStringLiteral("1004/2 | 1005/2 1006/2"));
            QVERIFY(log_->maintain().ok());
            const std::int64_t left = rowsOf(*place_->copy());
            QVERIFY(left < rows && left >= rows - 300);
            rows = left;
        }
        QVERIFY(log_->maintain().ok());
        QCOMPARE(reopened(), QStringLiteral("1004/2 | 1005/2 1006/2"));
    }

    void garbageLeftByACrashIsSweptLater()
    {
        QVERIFY(write(*log_, compaction(2, baseAt(5, 2))).ok());
        const auto killed = place_->copy();
        auto log = killed->openLog();
        QVERIFY(log->maintain().ok());
        log.reset();
        QCOMPARE(rowsOf(*killed), 1);
    }

    void aResetLogBeginsAnew_data()
    {
        QTest::addColumn<quint64>("index");
        QTest::addColumn<quint64>("term");
        QTest::newRow("far ahead") << quint64(100) << quint64(7);
        QTest::newRow("right behind the end") << quint64(7) << quint64(7);
        QTest::newRow("at the end, another term") << quint64(6) << quint64(7);
        QTest::newRow("inside") << quint64(4) << quint64(7);
        QTest::newRow("at the first entry") << quint64(1) << quint64(7);
    }

    void aResetLogBeginsAnew()
    {
        QFETCH(quint64, index);
        QFETCH(quint64, term);
        const LogBase base = baseAt(index, term);
        const QString empty = QStringLiteral("%1/%2 |").arg(index).arg(term);
        const QString expected = empty + QStringLiteral(" %1/%2").arg(index + 1).arg(term + 1);
        QVERIFY(write(*log_, resetTo(7, base)).ok());
        QCOMPARE(spell(beforeCommit_->openLog()->takeRestored()),
                 QStringLiteral("0/0 | 1/1 2/1 3/1 4/2 5/2 6/2"));
        beforeCommit_->close();
        QCOMPARE(withTheOldMark(), empty);
        QCOMPARE(reopened(), empty);
        QVERIFY(write(*log_, makeWrite(8, entriesOf(index + 1, 1, term + 1))).ok());
        beforeCommit_->close();
        QCOMPARE(withTheOldMark(), expected);
        QVERIFY(log_->maintain().ok());
        QCOMPARE(reopened(), expected);
    }

    void aSecondResetReplacesTheFirst()
    {
        QVERIFY(write(*log_, resetTo(7, baseAt(100, 7), entriesOf(101, 3, 7))).ok());
        QVERIFY(write(*log_, compaction(7, baseAt(102, 7))).ok());
        QVERIFY(write(*log_, resetTo(7, baseAt(102, 7))).ok()); // the mark is at 103, beyond it
        QCOMPARE(spell(beforeCommit_->openLog()->takeRestored()), QStringLiteral("102/7 | 103/7"));
        beforeCommit_->close();
        QCOMPARE(withTheOldMark(), QStringLiteral("102/7 |"));
        QVERIFY(write(*log_, resetTo(7, baseAt(500, 7))).ok());
        QCOMPARE(reopened(), QStringLiteral("500/7 |"));
    }

    void aLogBehindTheMarkIsNoticedAfterAReset()
    {
        QVERIFY(write(*log_, resetTo(7, baseAt(100, 7))).ok());
        const auto early = place_->copy();
        QVERIFY(write(*log_, makeWrite(7, entriesOf(101, 1, 7))).ok());
        log_.reset();
        QVERIFY(QFile::remove(early->file("mark")) && QFile::copy(place_->file("mark"), early->file("mark")));
        QCOMPARE(LogStore::open(early->open()).error().kind, Error::Kind::Corrupt);
    }

    void aDamagedBaseIsNoticed_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("gone") << QStringLiteral("DELETE FROM log_base");
        QTest::newRow("earlier") << QStringLiteral("UPDATE log_base SET log_index = 3");
        QTest::newRow("another term") << QStringLiteral("UPDATE log_base SET term = 1");
        QTest::newRow("another configuration")
            << QStringLiteral("UPDATE log_base SET configuration = substr(configuration, 1, 20)");
    }

    void aDamagedBaseIsNoticed()
    {
        QFETCH(QString, sql);
        QVERIFY(write(*log_, compaction(2, baseAt(4, 2))).ok());
        QVERIFY(log_->maintain().ok());
        log_.reset();
        QVERIFY(Database::open(place_->file("raft.db"), {}).value()->execute(sql).ok());
        QCOMPARE(LogStore::open(place_->open()).error().kind, Error::Kind::Corrupt);
    }

    /// Random writes of every kind against a plain model, killed around every commit.
    void everyHistoryIsRestored()
    {
        Random random(20261122);
        std::map<std::uint64_t, std::uint64_t> model; // index to term
        std::uint64_t base = 0;
        std::uint64_t baseTerm = 0;
        std::uint64_t term = 1;
        for (std::uint64_t index = 1; index <= 6; ++index)
            model[index] = index <= 3 ? 1 : 2;
        const auto spelled = [&] {
            QStringList words{QStringLiteral("%1/%2 |").arg(base).arg(baseTerm)};
            for (const auto& [index, itsTerm] : model)
                words << QStringLiteral("%1/%2").arg(index).arg(itsTerm);
            return words.join(QLatin1Char(' '));
        };
        for (int round = 0; round < 40; ++round) {
            const QString before = spelled();
            const std::uint64_t last = model.empty() ? base : model.rbegin()->first;
            term = std::max(term, model.empty() ? baseTerm : model.rbegin()->second) + random.below(2);
            Write change = makeWrite(term, {}, 0, 7);
            if (random.chance(1, 8)) {
                const std::uint64_t lowest = base + 1;
                change.reset = baseAt(lowest + random.below(last + 4 - base), ++term);
                change.hardState->term = Term(term);
                base = change.reset->index.value;
                baseTerm = term;
                model.clear();
            } else if (last > base && random.chance(1, 4)) {
                const std::uint64_t to = base + 1 + random.below(last - base);
                change.compact = baseAt(to, model[to]);
                base = to;
                baseTerm = model[to];
                model.erase(model.begin(), model.upper_bound(to));
            } else if (last > base && random.chance(1, 3)) {
                const std::uint64_t from = base + 1 + random.below(last - base);
                change.truncateFrom = LogIndex(from);
                model.erase(model.lower_bound(from), model.end());
            }
            const std::uint64_t end = model.empty() ? base : model.rbegin()->first;
            change.entries = entriesOf(end + 1, random.below(4), term);
            for (const EntryPtr& entry : change.entries)
                model[entry->index.value] = term;
            QVERIFY(write(*log_, change).ok());
            QCOMPARE(spell(beforeCommit_->openLog()->takeRestored()), before);
            beforeCommit_->close();
            QCOMPARE(withTheOldMark(), spelled());
            if (random.chance(1, 3))
                QVERIFY(log_->maintain().ok());
            if (random.chance(1, 5))
                QCOMPARE(reopened(), spelled());
        }
    }
};

QTEST_GUILESS_MAIN(LogBaseTest)
#include "tst_log_base.moc"
