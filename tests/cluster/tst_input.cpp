// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bad input gets the contract's error from a real cluster and loses nothing: after each, a good send works
// and nothing else was stored. The exact wording is the business of tests/http.
#include <QJsonDocument>

#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestInput : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void badRequestsLoseNothing();
    void payloadsComeBackToTheDigit();
    void oldAndFarTimestamps();

private:
    void refuseAll(NodeClient& client);
};

namespace {

struct Bad
{
    const char* name;
    QByteArray method;
    QByteArray target;
    QByteArray body;
    int status;
};

std::vector<Bad> badRequests()
{
    const QByteArray longName(257, 'x');
    const QByteArray deep = QByteArray(10'000, '[') + QByteArray(10'000, ']');
    const QByteArray badUtf8("{\"payload\":\"\xc3\x28\"}");
    return {
        {"no JSON", "POST", "/send", "nonsense", 400},
        {"cut short", "POST", "/send", R"({"payload":)", 400},
        {"two values", "POST", "/send", "{} {}", 400},
        {"no object", "POST", "/send", "[1]", 400},
        {"empty body", "POST", "/send", "", 400},
        {"bad UTF-8", "POST", "/send", badUtf8, 400},
        {"too deep", "POST", "/send", "{\"payload\":" + deep + "}", 400},
        {"half a surrogate", "POST", "/send", R"({"msg_id":"\ud800"})", 400},
        {"msg_id of a wrong type", "POST", "/send", R"({"msg_id":7})", 400},
        {"msg_id too long", "POST", "/send", "{\"msg_id\":\"" + longName + "\"}", 400},
        {"sender of a wrong type", "POST", "/send", R"({"sender":[]})", 400},
        {"recipient too long", "POST", "/send", "{\"recipient\":\"" + longName + "\"}", 400},
        {"ts of a wrong type", "POST", "/send", R"({"ts":"now"})", 400},
        {"ts beyond a double", "POST", "/send", R"({"ts":1e999})", 400},
        {"ts not a number", "POST", "/send", R"({"ts":NaN})", 400},
        {"payload too large", "POST", "/send", "{\"payload\":\"" + QByteArray((1 << 20) + 1, 'x') + "\"}",
         413},
        {"body too large", "POST", "/send", "{\"payload\":\"" + QByteArray(9 << 20, 'x') + "\"}", 413},
        {"replicate without msg", "POST", "/replicate", "{}", 400},
        {"unknown route", "GET", "/nowhere", "", 404},
        {"unknown route, posted", "POST", "/send/elsewhere", "{}", 404},
        {"send by GET", "GET", "/send", "", 405},
        {"messages by POST", "POST", "/messages", "{}", 405},
        {"unknown method", "BREW", "/send", "", 405},
        {"limit of none", "GET", "/messages?limit=0", "", 400},
        {"negative limit", "GET", "/messages?limit=-5", "", 400},
        {"limit in words", "GET", "/messages?limit=many", "", 400},
        {"after in words", "GET", "/messages?after=first", "", 400},
        {"after beyond 64 bits", "GET", "/messages?after=99999999999999999999", "", 400},
        {"sync since nothing", "POST", "/sync", R"({"since":"x"})", 400},
    };
}

} // namespace

void TestInput::refuseAll(NodeClient& client)
{
    for (const Bad& bad : badRequests()) {
        client.http().abort();
        const HttpReply reply = client.http().request(bad.method, bad.target, bad.body, sendPatience);
        const QByteArray shown = QByteArray(bad.name) + ": " + QByteArray::number(reply.status) + ' ' +
                                 reply.error.toUtf8() + ' ' + reply.body.left(300);
        QVERIFY2(reply.status == bad.status, shown);
        QVERIFY2(!reply.json().value(QLatin1String("reason")).toString().isEmpty(), shown);
        QVERIFY2(!reply.header("access-control-allow-origin").isEmpty(), shown);
        if (bad.status == 405)
            QVERIFY2(!reply.header("allow").isEmpty(), shown);
        if (bad.status == 400)
            QCOMPARE(reply.json().value(QLatin1String("status")).toString(), QStringLiteral("bad_request"));
    }
}

void TestInput::badRequestsLoseNothing()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("before"))).ok());
    const quint64 term = cluster().status(leader)->term;
    for (int node = 0; node < cluster().size(); ++node) {
        refuseAll(cluster().client(node));
        if (QTest::currentTestFailed())
            return;
    }
    // A stranger's Raft messages move nothing.
    cluster().client(leader).http().post(
        "/request_vote", R"({"term":99,"candidate_id":"n9","last_log_index":99,"last_log_term":99})",
        sendPatience);
    cluster().client(leader).http().post(
        "/append_entries",
        R"({"term":99,"leader_id":"n9","prev_log_index":0,"prev_log_term":0,"entries":[],"leader_commit":0})",
        sendPatience);
    const SendReply after = cluster().client(leader).send(messageOf(QStringLiteral("after")));
    QVERIFY2(after.ok(), qPrintable(after.text()));
    QCOMPARE(after.seq, 2u);
    QCOMPARE(cluster().status(leader)->term, term);
    QCOMPARE(verify(cluster(),
                    {{.id = QStringLiteral("before"), .seq = 1}, {.id = QStringLiteral("after"), .seq = 2}}),
             QStringList());
}

void TestInput::payloadsComeBackToTheDigit()
{
    const QList<QByteArray> payloads{"12345678901234567890",
                                     "-9223372036854775809",
                                     "1.0",
                                     "1e3",
                                     "1E+03",
                                     "0.1000000000000000055511151231257827",
                                     "-0.0",
                                     R"({"b":1,"a":2.50,"b2":[1.0,1e-7,null,true]})",
                                     R"("text with \u00e9, \n and \"quotes\"")",
                                     "\"\xc3\xa9\"",
                                     "null",
                                     "\"\""};
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    for (const QByteArray& payload : payloads) {
        const SendReply reply = cluster().client(leader).sendRaw("/send", "{\"payload\":" + payload + "}");
        QVERIFY2(reply.ok(), qPrintable(reply.text()));
    }
    QVERIFY(cluster().awaitEqual());
    // And once more from disk alone.
    for (int node = 0; node < cluster().size(); ++node)
        cluster().kill(node);
    for (int node = 0; node < cluster().size(); ++node)
        QVERIFY(cluster().restart(node));
    QVERIFY(cluster().awaitLeader() >= 0);
    QVERIFY(cluster().awaitEqual());
    for (int node = 0; node < cluster().size(); ++node) {
        const QByteArray body = cluster().client(node).http().get("/messages", sendPatience).body;
        qsizetype from = 0;
        for (const QByteArray& payload : payloads) {
            const qsizetype found = body.indexOf("\"payload\":" + payload + ",\"ts\"", from);
            QVERIFY2(found > from, "in its place, as sent: " + payload);
            from = found;
        }
    }
}

void TestInput::oldAndFarTimestamps()
{
    QVERIFY(startCluster({.nodes = 1}));
    QVERIFY(cluster().awaitLeader() >= 0);
    // Years ago, the epoch, before it, and milliseconds taken for seconds: nothing is refused for its time.
    for (const char* ts : {"1000000000.25", "0", "-1.5", "1700000000000"}) {
        const SendReply reply = cluster().client(0).sendRaw("/send", QByteArray("{\"ts\":") + ts + "}");
        QVERIFY2(reply.ok(), qPrintable(reply.text()));
        QCOMPARE(reply.json[QLatin1String("original_ts")].toDouble(), QByteArray(ts).toDouble());
    }
}

QTEST_GUILESS_MAIN(TestInput)
#include "tst_input.moc"
