// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <QTest>

#include "core/storage/LogStore.h"
#include "core/storage/Migrations.h"
#include "core/storage/StateStore.h"
#include "tests/storage/StorageFixtures.h"

using namespace dsmsg;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

namespace {

constexpr Migration first{1, QLatin1String("CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);")};
constexpr Migration second{2, QLatin1String("ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;")};
constexpr Migration broken{2, QLatin1String("UPDATE a SET x = 99; INSERT INTO nowhere VALUES (1);")};

} // namespace

class MigrationsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Place> place_;
    std::unique_ptr<Database> database_;

    std::int64_t value(const char* sql) { return database_->integer(QLatin1String(sql)).value(); }

private Q_SLOTS:
    void init()
    {
        place_ = std::make_unique<Place>();
        place_->open();
        database_ = Database::open(place_->file("test.db"), {}).value();
    }
    void cleanup()
    {
        database_.reset();
        place_.reset();
    }

    void stepsRunOnceAndInOrder()
    {
        QVERIFY(migrate(*database_, std::array{first}).ok());
        QCOMPARE(value("PRAGMA user_version"), 1);
        QVERIFY(migrate(*database_, std::array{first, second}).ok());
        QVERIFY(migrate(*database_, std::array{first, second}).ok());
        QCOMPARE(value("PRAGMA user_version"), 2);
        QCOMPARE(value("SELECT y FROM a"), 2);
    }

    void aFailedStepLeavesNothingBehind()
    {
        QVERIFY(migrate(*database_, std::array{first}).ok());
        QVERIFY(!migrate(*database_, std::array{first, broken}).ok());
        QCOMPARE(value("PRAGMA user_version"), 1);
        QCOMPARE(value("SELECT x FROM a"), 1);
        QVERIFY(migrate(*database_, std::array{first, second}).ok());
    }

    void aNewerFileIsRefused()
    {
        QVERIFY(migrate(*database_, std::array{first, second}).ok());
        const auto refused = migrate(*database_, std::array{first});
        QCOMPARE(refused.error().kind, Error::Kind::Refused);
        QVERIFY(refused.error().text.find("newer program") != std::string::npos);
    }

    void bothStoresRefuseANewerFile()
    {
        QVERIFY(LogStore::open(place_->directory()).ok());
        QVERIFY(StateStore::open(place_->directory()).ok());
        for (const char* name : {"raft.db", "state.db"}) {
            auto file = Database::open(place_->file(name), {}).value();
            QVERIFY(file->execute(QStringLiteral("PRAGMA user_version=1000")).ok());
        }
        QCOMPARE(LogStore::open(place_->directory()).error().kind, Error::Kind::Refused);
        QCOMPARE(StateStore::open(place_->directory()).error().kind, Error::Kind::Refused);
    }
};

QTEST_GUILESS_MAIN(MigrationsTest)
#include "tst_migrations.moc"
