// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <QTest>

#include "core/base/Hash.h"
#include "core/storage/Bytes.h"
#include "core/storage/LogStore.h"
#include "core/storage/Migrations.h"
#include "core/storage/StateStore.h"
#include "tests/storage/StateFixture.h"

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

    /// A state.db of layout 2 says nothing of what is kept: it is counted when the store opens.
    void anOlderStateIsCountedOnce()
    {
        StateFixture state;
        QVERIFY(state.apply(0, 300, 30).ok());
        const messaging::AppliedState before = state.store().applied();
        state.close();
        {
            auto file = Database::open(state.place().file("state.db"), {}).value();
            Statement read(*file, QLatin1String("SELECT hash, delivery FROM applied"));
            QVERIFY(read.first().value());
            const QByteArray hash = read.bytes(0);
            const QByteArray older = read.bytes(1).left(56);
            read.finish();
            std::string fields;
            appendLittle(fields, before.index.value);
            appendLittle(fields, before.term.value);
            appendLittle(fields, before.lastSeq.value);
            const std::uint32_t crc = crc32(viewOf(older), crc32(viewOf(hash), crc32(fields)));
            Statement write(*file, QLatin1String("UPDATE applied SET delivery = ?, crc = ?"));
            QVERIFY(write.run(older, qint64(crc)).ok());
            for (const char* sql : {"DROP TABLE inbox_cursor", "DROP TABLE retention", "DROP TABLE expiry",
                                    "PRAGMA user_version=2"})
                QVERIFY(file->execute(QLatin1String(sql)).ok());
        }
        state.reopen();
        QCOMPARE(state.store().applied(), before);
        QCOMPARE(state.reader().applied().value(), before);
        QCOMPARE(state.store().applied().kept.messages, std::uint64_t(300));
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
