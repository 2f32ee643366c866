// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET /trace: which message is meant, what is told of it, and what is said to be missing.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/http/TestServer.h"

using namespace dsmsg;
using namespace dsmsg::test;
using namespace std::chrono_literals;

namespace {

messaging::StoredMessage stored(std::uint64_t seq, std::uint64_t delivery)
{
    messaging::StoredMessage message;
    message.message.msgId = "id" + std::to_string(seq);
    message.message.payload = "1";
    message.seq = Seq(seq);
    message.term = Term(3);
    message.index = LogIndex(seq + 10);
    message.delivery = DeliverySeq(delivery);
    return message;
}

/// As the leader knows the life of an entry.
node::Trace wholeLife()
{
    const UnixTime at(1'700'000'000s);
    node::Trace trace;
    trace.nodeId = "n1";
    trace.leaderUrl = "http://127.0.0.1:8000";
    trace.leads = true;
    trace.received = at;
    trace.appended = at + 1ms;
    trace.durable = {{"n1", at + 2ms}, {"n2", at + 3ms}};
    trace.committed = at + 3ms;
    trace.applied = at + 4ms;
    trace.delivered = at + 5s;
    trace.heldBy = {"n1", "n2", "n3"};
    return trace;
}

} // namespace

class TestTrace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        ServerOptions options;
        options.messages = {stored(1, 2), stored(2, 0)};
        server_ = std::make_unique<TestServer>(std::move(options));
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.trace = wholeLife();
            gateway.ids["id1"] = Seq(1);
        });
    }
    void cleanup() { server_.reset(); }

    void theWholeLife_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("by seq") << QByteArray("/trace?seq=1");
        QTest::newRow("by id") << QByteArray("/trace?msg_id=id1");
    }
    void theWholeLife()
    {
        QFETCH(QByteArray, target);
        const QJsonObject json = get(target.toStdString());
        QCOMPARE(json[QLatin1String("msg_id")].toString(), QStringLiteral("id1"));
        QCOMPARE(json[QLatin1String("term")].toInteger(), 3);
        QCOMPARE(json[QLatin1String("index")].toInteger(), 11);
        QCOMPARE(json[QLatin1String("received")].toDouble(), 1'700'000'000.0);
        QCOMPARE(json[QLatin1String("durable")][QLatin1String("n2")].toDouble(), 1'700'000'000.003);
        QCOMPARE(json[QLatin1String("delivered")].toDouble(), 1'700'000'005.0);
        QCOMPARE(json[QLatin1String("delivery_seq")].toInteger(), 2);
        QCOMPARE(json[QLatin1String("held_by")].toArray().size(), 3);
        QVERIFY(json[QLatin1String("complete")].toBool());
        QVERIFY(json[QLatin1String("missing")].isNull());
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.lastTrace.term, Term(3));
            QCOMPARE(gateway.lastTrace.index, LogIndex(11));
            QCOMPARE(gateway.lastTrace.delivery, DeliverySeq(2));
        });
    }

    void whatWaitsForItsDeliveryIsNotComplete()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.trace.delivered.reset(); });
        const QJsonObject json = get("/trace?seq=2");
        QVERIFY(!json[QLatin1String("complete")].toBool());
        QVERIFY(json[QLatin1String("delivery_seq")].isNull());
        QVERIFY(json[QLatin1String("missing")].toString().contains(QLatin1String("waits for its delivery")));
    }

    void aFollowerNamesTheLeader()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.trace = {};
            gateway.trace.leaderUrl = "http://127.0.0.1:8000";
            gateway.trace.applied = UnixTime(1'700'000'001s);
        });
        const QJsonObject json = get("/trace?seq=1");
        QVERIFY(!json[QLatin1String("complete")].toBool());
        QVERIFY(json[QLatin1String("received")].isNull());
        QCOMPARE(json[QLatin1String("applied")].toDouble(), 1'700'000'001.0);
        QCOMPARE(json[QLatin1String("leader_url")].toString(), QStringLiteral("http://127.0.0.1:8000"));
        QVERIFY(json[QLatin1String("missing")].toString().contains(QLatin1String("http://127.0.0.1:8000")));
    }

    void whatIsTooOldSaysSo()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.trace.received.reset(); });
        const QJsonObject json = get("/trace?seq=1");
        QVERIFY(!json[QLatin1String("complete")].toBool());
        QVERIFY(json[QLatin1String("missing")].toString().contains(QLatin1String("20000")));
    }

    void whatCannotBeAnswered_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown seq") << QByteArray("/trace?seq=77") << 404;
        QTest::newRow("unknown id") << QByteArray("/trace?msg_id=nobody") << 404;
        QTest::newRow("neither") << QByteArray("/trace") << 400;
        QTest::newRow("both") << QByteArray("/trace?seq=1&msg_id=id1") << 400;
        QTest::newRow("no seq") << QByteArray("/trace?seq=one") << 400;
        QTest::newRow("seq 0") << QByteArray("/trace?seq=0") << 400;
        QTest::newRow("empty id") << QByteArray("/trace?msg_id=") << 400;
        QTest::newRow("too long an id") << QByteArray("/trace?msg_id=" + QByteArray(257, 'x')) << 400;
    }
    void whatCannotBeAnswered()
    {
        QFETCH(QByteArray, target);
        const Answer answer = ask(*server_, request("GET", target.toStdString()));
        QTEST(answer.status, "status");
        QVERIFY(answer.body.find("\"reason\":\"") != std::string::npos);
    }

private:
    QJsonObject get(const std::string& target)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(ask(*server_, request("GET", target)).body))
            .object();
    }

    std::unique_ptr<TestServer> server_;
};

QTEST_GUILESS_MAIN(TestTrace)
#include "tst_trace.moc"
