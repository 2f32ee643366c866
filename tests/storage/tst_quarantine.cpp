// SPDX-License-Identifier: GPL-3.0-or-later
//
// A data directory that must not be trusted any more is kept, and its node begins again as somebody who never
// takes part in forming a cluster, whenever the machine may fail in between.
#include <QDir>
#include <QFile>
#include <QTest>

#include "core/storage/DirectoryIdentity.h"
#include "core/storage/Quarantine.h"
#include "core/storage/StateStore.h"
#include "core/storage/SystemFiles.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

class QuarantineTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    ServerId old_;

    Result<void> aside()
    {
        return setAside(place_->path(), "n1", "a bit fell over", UnixTime(Duration(1'700'000'000'000'000)));
    }
    QString path(const QString& name) const { return place_->path() + QLatin1Char('/') + name; }
    QStringList names() const
    {
        QStringList all = QDir(place_->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        all.sort();
        return all;
    }
    /// The node is somebody else, for good, and the old log is in `where`.
    void verifyBegunAnew(const QString& where)
    {
        QCOMPARE(names(), (QStringList{where, QStringLiteral("identity"), QStringLiteral("lock")}));
        QVERIFY(QFile::exists(path(where) + QStringLiteral("/raft.db")));
        QVERIFY(QFile::exists(path(where) + QStringLiteral("/mark")));
        QVERIFY(QFile::exists(path(where) + QStringLiteral("/identity")));
        QVERIFY(readSmallFile(path(where) + QStringLiteral("/why.txt"), 1000)->contains("a bit fell over"));
        const DataDirectory& directory = place_->open();
        QVERIFY(directory.joinsOnly());
        QVERIFY(directory.server() != old_);
        QVERIFY(LogStore::open(directory).ok());
        place_->close();
    }

private Q_SLOTS:
    void init()
    {
        place_ = std::make_unique<Place>();
        old_ = place_->open().server();
        QVERIFY(!place_->directory().joinsOnly());
        QVERIFY(LogStore::open(place_->directory()).ok());
        QVERIFY(StateStore::open(place_->directory()).ok());
        place_->close();
    }

    void everythingIsKeptAndTheNodeIsSomebodyElse()
    {
        QVERIFY(aside().ok());
        verifyBegunAnew(QStringLiteral("damaged-1"));
        const QByteArray why = readSmallFile(path(QStringLiteral("damaged-1/why.txt")), 1000).value();
        QCOMPARE(why, QByteArray("2023-11-14T22:13:20.000Z\na bit fell over\n"));
    }

    void onlyTheNewestIsKept()
    {
        QVERIFY(aside().ok());
        verifyBegunAnew(QStringLiteral("damaged-1"));
        QVERIFY(aside().ok());
        verifyBegunAnew(QStringLiteral("damaged-2"));
    }

    void aNotedDamageStopsTheNextStart()
    {
        QVERIFY(place_->open().noteDamage("entry 7 is damaged").ok());
        place_->close();
        const auto refused = DataDirectory::open(place_->path(), "n1");
        QCOMPARE(refused.error().kind, Error::Kind::Corrupt);
        QVERIFY2(refused.error().text.find("entry 7 is damaged") != std::string::npos,
                 refused.error().text.c_str());
        QVERIFY(DataDirectory::openExisting(place_->path()).ok()); // for those who want to look
        QVERIFY(aside().ok());
        verifyBegunAnew(QStringLiteral("damaged-1"));
    }

    void aDamagedIdentityIsSetAsideToo()
    {
        QVERIFY(replaceFile(identityFile(place_->path()), "nonsense").ok());
        QVERIFY(aside().ok());
        verifyBegunAnew(QStringLiteral("damaged-1"));
    }

    /// As a crash leaves it after each step: it goes on saying that it is damaged, and the next try ends it.
    void aCrashInBetweenIsMadeUpFor_data()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("noted") << 1;
        QTest::newRow("a file moved") << 2;
        QTest::newRow("all moved") << 3;
        QTest::newRow("numbered") << 4;
        QTest::newRow("a fresh identity") << 5;
    }

    void aCrashInBetweenIsMadeUpFor()
    {
        QFETCH(int, steps);
        QVERIFY(place_->open().noteDamage("a bit fell over").ok());
        place_->close();
        const QString partial = QStringLiteral("damaged.partial");
        if (steps >= 2) {
            QVERIFY(QDir().mkdir(path(partial)));
            QVERIFY(
                QFile::rename(path(QStringLiteral("raft.db")), path(partial + QStringLiteral("/raft.db"))));
        }
        if (steps >= 3) {
            for (const char* name : {"mark", "state.db", "identity"})
                QVERIFY(QFile::rename(place_->file(name),
                                      path(partial + QLatin1Char('/') + QLatin1String(name))));
            QVERIFY(replaceFile(path(partial + QStringLiteral("/why.txt")), "a bit fell over").ok());
        }
        if (steps >= 4)
            QVERIFY(QDir().rename(path(partial), path(QStringLiteral("damaged-1"))));
        if (steps >= 5)
            QVERIFY(writeIdentity(place_->path(), {newServerId(), "n1", true}).ok());
        QCOMPARE(DataDirectory::open(place_->path(), "n1").error().kind, Error::Kind::Corrupt);
        QVERIFY(aside().ok());
        verifyBegunAnew(QStringLiteral("damaged-1"));
    }

    void othersAreLeftAlone()
    {
        QCOMPARE(setAside(place_->path(), "n2", "no", UnixTime()).error().kind, Error::Kind::Refused);
        place_->open();
        QCOMPARE(aside().error().kind, Error::Kind::Refused);
        QVERIFY(QFile::exists(place_->file("raft.db")));
    }

    void theFlagOfJoiningStays()
    {
        auto directory = DataDirectory::open(place_->path(), "n1").value();
        QVERIFY(directory->setJoinsOnly().ok());
        QVERIFY(directory->joinsOnly());
        directory.reset();
        directory = DataDirectory::open(place_->path(), "n1").value();
        QVERIFY(directory->joinsOnly());
        QCOMPARE(directory->server(), old_);
    }
};

QTEST_GUILESS_MAIN(QuarantineTest)
#include "tst_quarantine.moc"
