// SPDX-License-Identifier: GPL-3.0-or-later
//
// The applied state on a disk that lies: damage is noticed at open where it would change what is applied, and
// else by whoever reads it, or by the scrub. It is never read as "no such message".
#include <QTest>

#include "core/messaging/Command.h"
#include "tests/storage/StateFixture.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace dsmsg::storage;
using namespace dsmsg::storage::testing;

class StateDamage : public QObject
{
    Q_OBJECT

    std::unique_ptr<StateFixture> state_;

    Result<bool> scrubAll()
    {
        Result<bool> more = true;
        while (more.ok() && *more)
            more = state_->store().scrub();
        return more;
    }

private Q_SLOTS:
    void init() { state_ = std::make_unique<StateFixture>(); }
    void cleanup() { state_.reset(); }

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
        QVERIFY(state_->apply(0, 60000, 100).ok());
        state_->harm(harm);
        if (atOpen) {
            const auto opened = StateStore::open(state_->place().directory());
            QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
            QVERIFY2(opened.error().text.find("rebuilds") != std::string::npos, opened.error().text.c_str());
            return;
        }
        state_->reopen();
        QCOMPARE(state_->reader().bySeq(Seq(1)).error().kind, Error::Kind::Corrupt);
        QCOMPARE(state_->reader().page({}).error().kind, Error::Kind::Corrupt);
        PageQuery query;
        query.sender = "s3";
        QCOMPARE(state_->reader().page(query).error().kind, Error::Kind::Corrupt);
        QVERIFY(state_->reader().bySeq(Seq(500)).ok());
        QCOMPARE(scrubAll().error().kind, Error::Kind::Corrupt);
        QCOMPARE(state_->store().begin().error().kind, Error::Kind::Corrupt); // fail-stop
    }

    /// A changed value in what orders have left.
    void damageOfWhatOrdersLeaveIsFound_data()
    {
        QTest::addColumn<QString>("harm");
        QTest::newRow("cursor") << QStringLiteral("UPDATE inbox_cursor SET seq = seq + 1");
        QTest::newRow("cursor's owner") << QStringLiteral("UPDATE inbox_cursor SET recipient = x'62'");
        QTest::newRow("rule") << QStringLiteral("UPDATE retention SET rule = x'00'");
        QTest::newRow("rule's scope") << QStringLiteral("UPDATE retention SET scope = x'00'");
        QTest::newRow("expiry's time") << QStringLiteral("UPDATE expiry SET expires = expires + 1");
        QTest::newRow("expiry's message") << QStringLiteral("UPDATE expiry SET seq = seq + 1");
    }
    void damageOfWhatOrdersLeaveIsFound()
    {
        QFETCH(QString, harm);
        QVERIFY(state_->apply(0, 10, 10).ok());
        Message brief = makeMessage(100);
        brief.ttl = std::chrono::hours(1);
        const std::vector<Order> orders{MoveCursor{"all", Seq(3)}, RetentionRule{"all", {{}, 5, 0}},
                                        Removal{{{Seq(2), 3}}}};
        const std::vector entries{makeEntry(2, 1, encodeBatch({&brief, 1}, {}, orders))};
        QVERIFY(StateMachine(state_->store()).apply(entries).ok());
        QVERIFY(scrubAll().ok());
        state_->harm(harm);
        state_->reopen();
        QCOMPARE(scrubAll().error().kind, Error::Kind::Corrupt);
    }

    void aLostBatchIsNoticed()
    {
        QVERIFY(state_->apply(0, 60000, 100).ok());
        state_->harm(QStringLiteral("DELETE FROM batch WHERE first_seq = 201"));
        state_->reopen();
        QVERIFY(state_->reader().bySeq(Seq(200)).value().has_value());
        QCOMPARE(state_->reader().bySeq(Seq(201)).error().kind, Error::Kind::Corrupt);
        PageQuery query;
        query.limit = 300;
        QCOMPARE(state_->reader().page(query).error().kind, Error::Kind::Corrupt);
        query.sender = "s3";
        QCOMPARE(state_->reader().page(query).error().kind, Error::Kind::Corrupt);
        QCOMPARE(scrubAll().error().kind, Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(StateDamage)
#include "tst_state_damage.moc"
