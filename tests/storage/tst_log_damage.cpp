// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log on a disk that forgets or lies. Each row damages a copy of a data directory, taken as kill -9 would
// leave it, and the copy must be refused: SQLite by itself opens most of them without a word. The first tests
// make sure that what is legal is not refused.
#include <functional>

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "core/storage/Database.h"
#include "core/storage/LogStore.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

Result<void> append(LogStore& log, std::uint64_t first, std::uint64_t count, std::uint64_t term,
                    std::uint64_t truncateFrom = 0)
{
    std::vector<EntryPtr> entries;
    for (std::uint64_t index = first; index < first + count; ++index)
        entries.push_back(makeEntry(index, term, "entry " + std::to_string(index)));
    const Write write = makeWrite(term, std::move(entries), truncateFrom);
    return log.write({&write, 1});
}

/// Runs statements on the closed database, as a stray tool would.
void execute(Place& place, const QString& sql)
{
    auto database = Database::open(place.file("raft.db"), {}).value();
    const auto done = database->execute(sql);
    QVERIFY2(done.ok(), done ? "" : done.error().text.c_str());
}

Error openError(Place& place)
{
    auto opened = LogStore::open(place.open());
    return opened ? Error{Error::Kind::Invalid, "the damage went unnoticed"} : opened.error();
}

constexpr qint64 walHeader = 32;
constexpr qint64 walFrame = 24 + 4096;

} // namespace

Q_DECLARE_METATYPE(std::function<void(Place&)>)

class LogDamage : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    std::unique_ptr<LogStore> log_;

private Q_SLOTS:
    void init()
    {
        place_ = std::make_unique<Place>();
        log_ = LogStore::open(place_->open()).value();
    }
    void cleanup()
    {
        log_.reset();
        place_.reset();
    }

    void everyCrashAfterACommitIsLegal()
    {
        std::uint64_t last = 0;
        for (std::uint64_t term = 1; term <= 6; ++term) {
            const std::uint64_t from = last > 1 && term % 2 == 0 ? last - 1 : 0; // every other term truncates
            const std::uint64_t first = from != 0 ? from : last + 1;
            QVERIFY(append(*log_, first, 2, term, from).ok());
            last = first + 1;
            QCOMPARE(place_->copy()->openLog()->takeRestored().lastIndex, LogIndex(last));
        }
    }

    void aCrashAroundATruncationIsLegal()
    {
        std::unique_ptr<Place> before;
        LogStore::Options options;
        options.beforeCommit = [&]() -> Result<void> {
            before = place_->copy();
            return {};
        };
        log_.reset();
        log_ = LogStore::open(place_->open(), options).value();
        QVERIFY(append(*log_, 1, 10, 1).ok());
        QVERIFY(append(*log_, 4, 1, 2, 4).ok());
        // Killed before the commit: the old log stands.
        QCOMPARE(before->openLog()->takeRestored().lastIndex, LogIndex(10));
        before->close();
        // Killed after the commit and before the mark: the new, shorter log with the mark of that moment.
        const auto after = place_->copy();
        QVERIFY(QFile::remove(after->file("mark")) && QFile::copy(before->file("mark"), after->file("mark")));
        QCOMPARE(after->openLog()->takeRestored().lastIndex, LogIndex(4));
    }

    void anOlderMarkIsLegal()
    {
        QVERIFY(append(*log_, 1, 3, 1).ok());
        const auto old = place_->copy();
        QVERIFY(append(*log_, 4, 3, 2).ok());
        const auto copy = place_->copy();
        QVERIFY(QFile::remove(copy->file("mark")) && QFile::copy(old->file("mark"), copy->file("mark")));
        QCOMPARE(copy->openLog()->takeRestored().lastIndex, LogIndex(6));
    }

    void oneTornMarkIsLegal()
    {
        QVERIFY(append(*log_, 1, 3, 1).ok());
        for (const qint64 slot : {0, 4096}) {
            const auto copy = place_->copy();
            damage(copy->file("mark"), slot + 20);
            QCOMPARE(copy->openLog()->takeRestored().lastIndex, LogIndex(3));
        }
    }

    void damageIsNoticed_data()
    {
        using Damage = std::function<void(Place&)>;
        QTest::addColumn<Damage>("harm");
        const auto removed = [](const char* name) {
            return Damage([name](Place& place) { QVERIFY(QFile::remove(place.file(name))); });
        };
        const auto walFlip = [](qint64 framesFromEnd) {
            return Damage([framesFromEnd](Place& place) {
                const qint64 size = QFileInfo(place.file("raft.db-wal")).size();
                damage(place.file("raft.db-wal"), size - framesFromEnd * walFrame + 1000);
            });
        };
        const auto sql = [](const char* statement) {
            return Damage([statement](Place& place) { execute(place, QLatin1String(statement)); });
        };
        QTest::newRow("byte flipped in the WAL's last frame") << walFlip(1);
        QTest::newRow("byte flipped in the middle of the WAL") << walFlip(20);
        QTest::newRow("byte flipped in the WAL's header")
            << Damage([](Place& place) { damage(place.file("raft.db-wal"), 10); });
        QTest::newRow("WAL cut short") << Damage([](Place& place) {
            QFile wal(place.file("raft.db-wal"));
            QVERIFY(wal.resize(wal.size() - 4 * walFrame));
        });
        QTest::newRow("WAL cut to its header")
            << Damage([](Place& place) { QVERIFY(QFile::resize(place.file("raft.db-wal"), walHeader)); });
        QTest::newRow("WAL lost") << removed("raft.db-wal");
        QTest::newRow("database lost") << Damage([](Place& place) {
            QVERIFY(QFile::remove(place.file("raft.db")) && QFile::remove(place.file("raft.db-wal")));
        });
        QTest::newRow("mark lost") << removed("mark");
        QTest::newRow("both slots of the mark damaged") << Damage([](Place& place) {
            damage(place.file("mark"), 20);
            damage(place.file("mark"), 4096 + 20);
        });
        QTest::newRow("database is another file") << Damage([](Place& place) {
            QVERIFY(QFile::remove(place.file("raft.db-wal")));
            damage(place.file("raft.db"), 0, 100);
        });
        QTest::newRow("last entry lost") << sql("DELETE FROM entry WHERE log_index = 30");
        QTest::newRow("first entry lost") << sql("DELETE FROM entry WHERE log_index = 1");
        QTest::newRow("entry in the middle lost") << sql("DELETE FROM entry WHERE log_index = 12");
        QTest::newRow("all entries lost") << sql("DELETE FROM entry");
        QTest::newRow("entry's data changed") << sql("UPDATE entry SET data = x'00' WHERE log_index = 29");
        QTest::newRow("entry's term changed") << sql("UPDATE entry SET term = 2 WHERE log_index = 28");
        QTest::newRow("entry's kind changed") << sql("UPDATE entry SET kind = 0 WHERE log_index = 30");
        QTest::newRow("term run lost") << sql("DELETE FROM term_run WHERE term = 2");
        QTest::newRow("term run moved") << sql("UPDATE term_run SET first_index = 12 WHERE term = 2");
        QTest::newRow("term run added") << sql("INSERT INTO term_run VALUES (25, 7)");
        QTest::newRow("vote changed") << sql("UPDATE hard_state SET voted_for = 8");
        QTest::newRow("vote and term lost") << sql("DELETE FROM hard_state");
    }

    void damageIsNoticed()
    {
        QFETCH(std::function<void(Place&)>, harm);
        for (std::uint64_t term = 1; term <= 3; ++term)
            for (std::uint64_t i = 0; i < 10; ++i)
                QVERIFY(append(*log_, (term - 1) * 10 + i + 1, 1, term).ok());
        const auto copy = place_->copy();
        QCOMPARE(copy->openLog()->takeRestored().lastIndex, LogIndex(30)); // undamaged it is fine ...
        const auto harmed = place_->copy();
        harm(*harmed);
        const Error error = openError(*harmed);
        QCOMPARE(error.kind, Error::Kind::Corrupt);
        QVERIFY2(error.text.find("must never vote") != std::string::npos, error.text.c_str());
    }

    void aLostVoteIsNoticed_data()
    {
        QTest::addColumn<quint64>("lostTerm");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("the vote in the current term")
            << quint64(1) << QStringLiteral("vote given in term 1 is lost");
        QTest::newRow("a vote in a new term") << quint64(2) << QStringLiteral("Term 1 is behind term 2");
    }

    /// No entry is missing here: only the mark knows that there was a vote.
    void aLostVoteIsNoticed()
    {
        QFETCH(quint64, lostTerm);
        QFETCH(QString, complaint);
        Write write = makeWrite(1, {makeEntry(1, 1)}, 0, 0);
        QVERIFY(log_->write({&write, 1}).ok());
        const auto before = place_->copy();
        write = makeWrite(lostTerm, {}, 0, 9);
        QVERIFY(log_->write({&write, 1}).ok());
        const auto harmed = place_->copy();
        QVERIFY(QFile::remove(harmed->file("raft.db-wal")));
        QVERIFY(QFile::copy(before->file("raft.db-wal"), harmed->file("raft.db-wal")));
        const Error error = openError(*harmed);
        QCOMPARE(error.kind, Error::Kind::Corrupt);
        QVERIFY2(QString::fromStdString(error.text).contains(complaint), error.text.c_str());
    }

    void damageOutsideTheTailIsNoticedWhenRead_data()
    {
        QTest::addColumn<bool>("byScrub");
        QTest::newRow("by a read") << false;
        QTest::newRow("by the scrub") << true;
    }

    void damageOutsideTheTailIsNoticedWhenRead()
    {
        QFETCH(bool, byScrub);
        QVERIFY(append(*log_, 1, 100, 1).ok());
        log_.reset();
        execute(*place_, QStringLiteral("UPDATE entry SET data = x'00' WHERE log_index = 12"));
        LogStore::Options options;
        options.tailBytesMax = 100;
        log_ = LogStore::open(place_->open(), options).value();
        QVERIFY(log_->read(LogIndex(1), LogIndex(11), 10000).ok());
        if (byScrub)
            QCOMPARE(log_->scrub().error().kind, Error::Kind::Corrupt);
        else
            QCOMPARE(log_->read(LogIndex(1), LogIndex(20), 10000).error().kind, Error::Kind::Corrupt);
        QCOMPARE(append(*log_, 101, 1, 1).error().kind, Error::Kind::Corrupt); // fail-stop
    }
};

QTEST_GUILESS_MAIN(LogDamage)
#include "tst_log_damage.moc"
