// SPDX-License-Identifier: GPL-3.0-or-later
//
// The index of ids through flushes, merges, restarts, rollbacks and kills: an id once added leads to its seq
// for ever, and an id never added is never found.
#include <QFile>
#include <QTest>

#include "core/base/Random.h"
#include "core/storage/Migrations.h"
#include "core/storage/index/IdIndex.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

IndexKey keyOf(std::uint64_t number)
{
    Random random(number);
    return IndexKey::ofHash(random.bits128());
}

/// An index on a database of its own, driven as StateStore drives it.
class Harness
{
public:
    explicit Harness(const QString& path)
        : database_(Database::open(path, {}).value())
        , table_((static_cast<void>(migrate(*database_, stateMigrations()).ok()), *database_))
        , index_(table_)
    {
        const auto listed = table_.list().value();
        nextRun_ = listed.empty() ? 1 : listed.back().id + 1;
        DSMSG_ASSERT(index_.load(listed).ok(), "the index must load");
    }

    void begin()
    {
        DSMSG_ASSERT(database_->begin().ok(), "begin");
        index_.begin();
    }
    void commit()
    {
        DSMSG_ASSERT(database_->commit().ok(), "commit");
        index_.committed();
    }
    void rollback()
    {
        database_->rollback();
        index_.rolledBack();
    }
    /// Adds ids [first, first + count) with seq = number, as one flushed run when `flush`.
    void add(std::uint64_t first, std::uint64_t count)
    {
        for (std::uint64_t number = first; number < first + count; ++number)
            index_.add(keyOf(number), Seq(number));
    }
    void flush(std::uint64_t through)
    {
        const auto flushed = index_.flush(nextRun_++, Seq(through));
        DSMSG_ASSERT(flushed.ok(), "flush");
    }
    void addRun(std::uint64_t first, std::uint64_t count)
    {
        begin();
        add(first, count);
        flush(first + count - 1);
        commit();
    }
    bool step()
    {
        if (!index_.runs().hasWork())
            return false;
        begin();
        const auto stepped = index_.runs().step(nextRun_++);
        DSMSG_ASSERT(stepped.ok(), stepped.error().text.c_str());
        commit();
        return true;
    }
    void settle()
    {
        while (step()) {
        }
    }

    Result<std::optional<Seq>> lookup(std::uint64_t number) { return index_.find(keyOf(number)); }
    std::uint64_t find(std::uint64_t number) { return lookup(number).value().value_or(Seq()).value; }
    IdIndex& index() { return index_; }
    std::int64_t count(const char* sql) { return database_->integer(QLatin1String(sql)).value(); }
    Database& database() { return *database_; }

private:
    std::unique_ptr<Database> database_;
    RunTable table_;
    IdIndex index_;
    std::uint64_t nextRun_ = 1;
};

} // namespace

class IdIndexTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    std::unique_ptr<Harness> harness_;

    void reopen()
    {
        harness_.reset();
        harness_ = std::make_unique<Harness>(place_->file("state.db"));
    }

private Q_SLOTS:
    void init()
    {
        place_ = std::make_unique<Place>();
        place_->open();
        reopen();
    }
    void cleanup()
    {
        harness_.reset();
        place_.reset();
    }

    void idsAreFoundInMemoryAndInRuns()
    {
        harness_->begin();
        harness_->add(1, 5000);
        QCOMPARE(harness_->find(5000), 5000u);
        harness_->flush(5000);
        harness_->add(5001, 10);
        for (std::uint64_t number = 1; number <= 5010; ++number)
            QCOMPARE(harness_->find(number), number);
        for (std::uint64_t number = 5011; number < 9000; ++number)
            QCOMPARE(harness_->find(number), 0u);
        harness_->commit();
        QCOMPARE(harness_->index().throughSeq(), Seq(5000));
    }

    void theEdgesOfPagesAreFound()
    {
        for (const std::uint64_t count : {1u, 167u, 168u, 169u, 336u}) {
            const std::uint64_t first = 1000 * count;
            harness_->addRun(first, count);
            for (std::uint64_t number = first; number < first + count; ++number)
                QCOMPARE(harness_->find(number), number);
        }
    }

    void mergesKeepEveryIdAndSweepWhatTheyReplace()
    {
        const std::uint64_t perRun = 2000;
        for (std::uint64_t run = 0; run < 64; ++run) {
            harness_->addRun(run * perRun + 1, perRun);
            for (int i = 0; i < 2; ++i)
                harness_->step();
            QCOMPARE(harness_->find(run * perRun / 2 + 1), run * perRun / 2 + 1);
        }
        harness_->settle();
        QCOMPARE(harness_->index().runs().runs().size(), std::size_t(1)); // 64 = 8 x 8
        QCOMPARE(harness_->index().runs().runs().front()->level, 2u);
        QCOMPARE(harness_->count("SELECT count(*) FROM run"), 1);
        QCOMPARE(harness_->count("SELECT count(*) FROM run_page"), qint64((64 * perRun + 167) / 168));
        reopen();
        QCOMPARE(harness_->index().throughSeq(), Seq(64 * perRun));
        for (std::uint64_t number = 1; number <= 64 * perRun; ++number)
            QCOMPARE(harness_->find(number), number);
        for (std::uint64_t number = 0; number < 20000; ++number)
            QCOMPARE(harness_->find(1000000 + number), 0u);
    }

    void lookupsOfNewIdsSeldomRead()
    {
        harness_->addRun(1, 30000);
        const RunPtr run = harness_->index().runs().runs().front();
        int falseHits = 0;
        for (std::uint64_t number = 0; number < 20000; ++number)
            falseHits += run->filter.mayContain(keyOf(1000000 + number)) ? 1 : 0;
        QVERIFY2(falseHits < 100, qPrintable(QString::number(falseHits)));
    }

    void aRollbackTakesBackAdditions()
    {
        harness_->begin();
        harness_->add(1, 100);
        harness_->commit();
        harness_->begin();
        harness_->add(101, 2000);
        harness_->rollback();
        QCOMPARE(harness_->find(100), 100u);
        QCOMPARE(harness_->find(101), 0u);
        QCOMPARE(harness_->find(2100), 0u);
    }

    void aRollbackTakesBackAFlush()
    {
        harness_->begin();
        harness_->add(1, 100);
        harness_->commit();
        harness_->begin();
        harness_->add(101, 100);
        harness_->flush(200);
        harness_->add(201, 100);
        harness_->flush(300);
        harness_->add(301, 5);
        QCOMPARE(harness_->find(1), 1u);
        QCOMPARE(harness_->find(303), 303u);
        harness_->rollback();
        for (std::uint64_t number = 1; number <= 100; ++number)
            QCOMPARE(harness_->find(number), number);
        for (std::uint64_t number = 101; number <= 305; ++number)
            QCOMPARE(harness_->find(number), 0u);
        QVERIFY(harness_->index().runs().runs().empty());
        QCOMPARE(harness_->count("SELECT count(*) FROM run_page"), 0);
        harness_->begin(); // and it can be done again
        harness_->add(101, 100);
        harness_->flush(200);
        harness_->commit();
        QCOMPARE(harness_->find(1), 1u);
        QCOMPARE(harness_->find(150), 150u);
    }

    /// Whatever step of a merge fails, no id is lost and no page stays behind.
    void aMergeStepThatIsRolledBackLosesNothing()
    {
        const std::uint64_t perRun = 3000;
        for (std::uint64_t run = 0; run < 8; ++run)
            harness_->addRun(run * perRun + 1, perRun);
        for (int failing = 0; failing < 6; ++failing) {
            for (int i = 0; i < failing; ++i)
                harness_->step();
            harness_->begin();
            QVERIFY(harness_->index().runs().step(1000 + std::uint64_t(failing)).ok());
            harness_->rollback();
            for (std::uint64_t number = 1; number <= 8 * perRun; number += 97)
                QCOMPARE(harness_->find(number), number);
        }
        harness_->settle();
        QCOMPARE(harness_->count("SELECT count(*) FROM run"), 1);
        QCOMPARE(harness_->count("SELECT count(*) FROM run_page"), qint64((8 * perRun + 167) / 168));
        for (std::uint64_t number = 1; number <= 8 * perRun; ++number)
            QCOMPARE(harness_->find(number), number);
    }

    /// A copy of the files between any two steps is what a kill there would leave.
    void aKillBetweenMergeStepsLosesNothing()
    {
        const std::uint64_t perRun = 2500;
        for (std::uint64_t run = 0; run < 8; ++run)
            harness_->addRun(run * perRun + 1, perRun);
        do {
            const auto copy = place_->copy();
            Harness survivor(copy->file("state.db"));
            for (std::uint64_t number = 1; number <= 8 * perRun; number += 31)
                QCOMPARE(survivor.find(number), number);
            survivor.settle();
            QCOMPARE(survivor.count("SELECT count(*) FROM run"), 1);
            QCOMPARE(survivor.count("SELECT count(*) FROM run_page"), qint64((8 * perRun + 167) / 168));
            for (std::uint64_t number = 1; number <= 8 * perRun; number += 31)
                QCOMPARE(survivor.find(number), number);
        } while (harness_->step());
    }

    void damagedPagesAndPartsAreNoticed()
    {
        harness_->addRun(1, 1000);
        QVERIFY(
            harness_->database().execute(QStringLiteral("UPDATE run_page SET data = zeroblob(4032)")).ok());
        QCOMPARE(harness_->lookup(5).error().kind, Error::Kind::Corrupt);
        QVERIFY(harness_->database().execute(QStringLiteral("DELETE FROM run_page")).ok());
        QCOMPARE(harness_->lookup(5).error().kind, Error::Kind::Corrupt);
        QVERIFY(
            harness_->database().execute(QStringLiteral("UPDATE run_part SET data = zeroblob(2000)")).ok());
        RunTable table(harness_->database());
        QCOMPARE(table.load(table.list().value().front().id).error().kind, Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(IdIndexTest)
#include "tst_id_index.moc"
