// SPDX-License-Identifier: GPL-3.0-or-later
//
// The routes of API.md: every field with its type, every refusal with its status and reason. Answers are read
// with QJsonDocument, a second opinion on what JsonWriter writes.
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

#include "core/http/RaftJsonResource.h"
#include "tests/http/JsonTypes.h"
#include "tests/http/TimeSample.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

constexpr const char* uuidPattern = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

messaging::StoredMessage stored(std::uint64_t seq, const char* sender, const char* recipient,
                                const char* payload)
{
    messaging::StoredMessage message;
    message.message.msgId = "id" + std::to_string(seq);
    message.message.sender = sender;
    message.message.recipient = recipient;
    message.message.payload = payload;
    message.message.originalTs = UnixTime(1'700'000'000'250'000us);
    message.message.receiveTs = UnixTime(1'700'000'001'000'000us);
    message.message.correction.appliedOffset = -50ms;
    message.message.correction.halfWidth = 10ms;
    message.seq = Seq(seq);
    message.term = Term(2);
    message.index = LogIndex(seq + 5);
    return message;
}

ServerOptions withMessages(std::size_t count)
{
    ServerOptions options;
    for (std::size_t i = 1; i <= count; ++i)
        options.messages.push_back(stored(i, i % 2 == 0 ? "even" : "odd", "all", "\"x\""));
    return options;
}

node::NodeStatus fullStatus()
{
    node::NodeStatus status;
    status.nodeId = "n1";
    status.host = "127.0.0.1";
    status.port = 8000;
    status.version = "0.1.0";
    status.peers = {{"http://127.0.0.1:8001", "n2", true, UnixTime(1'700'000'000'500'000us), ""},
                    {"http://127.0.0.1:8002", "", false, std::nullopt, "connection refused"}};
    status.mode = node::ReplicationMode::SyncQuorum;
    status.committedSeq = Seq(41);
    status.raft.role = raft::Role::Leader;
    status.raft.term = Term(4);
    status.raft.votedFor = ServerId(1);
    status.raft.commit = LogIndex(50);
    status.raft.last = LogIndex(52);
    status.raft.serving = true;
    status.raft.configuration.members = {
        {ServerId(1), "n1", "http://127.0.0.1:8000", raft::MemberRole::Voter},
        {ServerId(2), "n2", "http://127.0.0.1:8001", raft::MemberRole::Voter}};
    raft::PeerStatus peer;
    peer.server = ServerId(2);
    peer.match = LogIndex(50);
    status.raft.peers = {peer};
    status.leaderId = "n1";
    status.leaderUrl = "http://127.0.0.1:8000";
    status.time = timeSample();
    status.lastRecoveryTime = UnixTime(1'700'000'000'000'000us);
    status.recentDeliveries = {{"id41", "alice", UnixTime(1'700'000'000'000'000us)}};
    return status;
}

} // namespace

class TestRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendHasEveryField();
    void sendDefaults();
    void sendKeepsWhatItIsGiven();
    void payloadsGoThroughToTheDigit_data();
    void payloadsGoThroughToTheDigit();
    void badSendsAre400_data();
    void badSendsAre400();
    void sizesOfASend();
    void timestampsOfASend_data();
    void timestampsOfASend();
    void sendRedirectsWithItsQuery();
    void sendRefusals_data();
    void sendRefusals();
    void acknowledgementLevels();
    void messagesHaveEveryField();
    void messagesPages();
    void messagesFilters();
    void badMessagesQueriesAre400_data();
    void badMessagesQueriesAre400();
    void pageBodyIsBounded();
    void replicate();
    void sync();
    void heartbeat();
    void statusHasEveryField();
    void rolesOfStatus();
    void readiness();
    void raftRoutesInBothSpellings();
    void badRaftRequestsAre400_data();
    void badRaftRequestsAre400();
};

void TestRoutes::sendHasEveryField()
{
    const TestServer server;
    const Answer answer =
        ask(server, request("POST", "/send", R"({"sender":"a","recipient":"b","payload":1,"msg_id":"m"})"));
    QCOMPARE(answer.status, 200);
    const QJsonObject body = json(answer);
    QCOMPARE(wrongTypes(
                 body,
                 "status:s seq:n msg_id:s corrected_ts:n original_ts:n correction:o leader_url:s committed:b "
                 "duplicate:b receipt:o"),
             QString());
    QCOMPARE(body[QStringLiteral("status")].toString(), QStringLiteral("ok"));
    QCOMPARE(body[QStringLiteral("msg_id")].toString(), QStringLiteral("m"));
    const QJsonObject correction = body[QStringLiteral("correction")].toObject();
    QCOMPARE(wrongTypes(correction, "applied_offset:n method:s magnitude:n accuracy:o"), QString());
    QCOMPARE(wrongTypes(correction[QStringLiteral("accuracy")].toObject(),
                        "confidence_interval:n lower_bound:n upper_bound:n"),
             QString());
    QCOMPARE(wrongTypes(body[QStringLiteral("receipt")].toObject(), "term:n index:n durable_on:a"),
             QString());
}

void TestRoutes::sendDefaults()
{
    TestServer server;
    for (const char* body :
         {"{}", R"({"sender":null,"recipient":null,"msg_id":null,"ts":null})", R"({"msg_id":""})"}) {
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
        RawClient client(server);
        client.send(request("POST", "/send", body));
        QVERIFY(
            server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            const node::Draft& draft = gateway.held[0].draft;
            QCOMPARE(draft.sender, std::string("unknown"));
            QCOMPARE(draft.recipient, std::string("all"));
            QCOMPARE(draft.payload, std::string("\"\""));
            QVERIFY(!draft.ts);
            const QRegularExpression uuid(QRegularExpression::anchoredPattern(QLatin1String(uuidPattern)));
            QVERIFY(uuid.match(QString::fromStdString(draft.msgId)).hasMatch());
            gateway.release(false);
        });
        QCOMPARE(client.answer()->status, 200);
    }
}

void TestRoutes::sendKeepsWhatItIsGiven()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(request(
        "POST", "/send",
        R"({"msg_id":"m\u00e9","sender":"a\"b","recipient":"","ts":1700000000.5,"payload":null,"other":[1]})"));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        const node::Draft& draft = gateway.held[0].draft;
        QCOMPARE(draft.msgId, std::string("m\xc3\xa9"));
        QCOMPARE(draft.sender, std::string("a\"b"));
        QCOMPARE(draft.recipient, std::string());
        QCOMPARE(draft.payload, std::string("null"));
        QCOMPARE(draft.ts->time_since_epoch().count(), 1'700'000'000'500'000);
    });
}

void TestRoutes::payloadsGoThroughToTheDigit_data()
{
    QTest::addColumn<QByteArray>("payload");
    for (const char* payload : {"12345678901234567890", "1.0", "1e3", "1E400", "-0", R"({"z":1,"a":2,"z":3})",
                                R"("\u0041\/")", R"([1.10, 2 ,{ } ])", "true", "\"\xe2\x82\xac\""})
        QTest::newRow(payload) << QByteArray(payload);
}

void TestRoutes::payloadsGoThroughToTheDigit()
{
    QFETCH(QByteArray, payload);
    ServerOptions options;
    options.messages = {stored(1, "a", "b", payload.constData())};
    TestServer server(options);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(request("POST", "/send", "{\"payload\": " + payload.toStdString() + " }"));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp([&payload](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.held[0].draft.payload, payload.toStdString());
    });
    const Answer page = ask(server, request("GET", "/messages"));
    QVERIFY(page.body.find("\"payload\":" + payload.toStdString() + ",\"ts\"") != std::string::npos);
}

void TestRoutes::badSendsAre400_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char* body : {"",
                             "{",
                             "[]",
                             "null",
                             "{\"payload\":1,}",
                             R"({"msg_id":1})",
                             R"({"msg_id":["a"]})",
                             R"({"msg_id":true})",
                             R"({"sender":1})",
                             R"({"sender":{}})",
                             R"({"recipient":false})",
                             R"({"recipient":[]})",
                             R"({"ts":"now"})",
                             R"({"ts":"1"})",
                             R"({"ts":true})",
                             R"({"ts":{}})",
                             R"({"ts":1e999})",
                             R"({"ts":-1e999})",
                             R"({"ts":NaN})",
                             R"({"msg_id":"\ud800"})",
                             "{\"sender\":\"\xff\"}"})
        QTest::newRow(body) << QByteArray(body);
}

void TestRoutes::badSendsAre400()
{
    QFETCH(QByteArray, body);
    TestServer server;
    const Answer answer = ask(server, request("POST", "/send", body.toStdString()));
    QCOMPARE(answer.status, 400);
    QCOMPARE(json(answer)[QStringLiteral("status")].toString(), QStringLiteral("bad_request"));
    QVERIFY(!json(answer)[QStringLiteral("reason")].toString().isEmpty());
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { QVERIFY(gateway.batches.empty()); });
}

void TestRoutes::sizesOfASend()
{
    const TestServer server;
    const auto statusOf = [&server](const char* name, std::size_t bytes) {
        return ask(server, request("POST", "/send",
                                   "{\"" + std::string(name) + "\":\"" + std::string(bytes, 'x') + "\"}"))
            .status;
    };
    for (const char* name : {"msg_id", "sender", "recipient"}) {
        QCOMPARE(statusOf(name, 256), 200);
        QCOMPARE(statusOf(name, 257), 400);
    }
    QCOMPARE(statusOf("payload", (1 << 20) - 2), 200);
    QCOMPARE(statusOf("payload", 1 << 20), 413);
    QCOMPARE(statusOf("other", 8'000'000), 200);
    QCOMPARE(statusOf("other", 9'000'000), 413);
}

void TestRoutes::timestampsOfASend_data()
{
    QTest::addColumn<QByteArray>("ts");
    QTest::addColumn<qint64>("micros");
    QTest::newRow("years old") << QByteArray("1") << qint64(1'000'000);
    QTest::newRow("before the epoch") << QByteArray("-5.5") << qint64(-5'500'000);
    QTest::newRow("milliseconds by mistake")
        << QByteArray("1700000000123") << qint64(1'700'000'000'123'000'000);
    QTest::newRow("largest double") << QByteArray("1e308") << (qint64(1) << 61);
    QTest::newRow("smallest double") << QByteArray("-1e308") << -(qint64(1) << 61);
    QTest::newRow("tiny") << QByteArray("1e-400") << qint64(0);
}

void TestRoutes::timestampsOfASend()
{
    QFETCH(QByteArray, ts);
    QFETCH(qint64, micros);
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(request("POST", "/send", "{\"ts\":" + ts.toStdString() + "}"));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp([micros](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.held[0].draft.ts->time_since_epoch().count(), micros);
        gateway.release(false);
    });
    QCOMPARE(client.answer()->status, 200);
}

void TestRoutes::sendRedirectsWithItsQuery()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.decide = [](const node::Submission&) { return node::Redirected{"http://127.0.0.1:8001"}; };
    });
    const Answer answer = ask(server, request("POST", "/send?ack=all&x=%20y", "{}"));
    QCOMPARE(answer.status, 307);
    QCOMPARE(answer.header("location"), std::string("http://127.0.0.1:8001/send?ack=all&x=%20y"));
    QCOMPARE(json(answer)[QStringLiteral("status")].toString(), QStringLiteral("redirect"));
    QCOMPARE(json(answer)[QStringLiteral("leader_url")].toString(), QStringLiteral("http://127.0.0.1:8001"));
    QCOMPARE(json(answer)[QStringLiteral("reason")].toString(), QStringLiteral("node_is_not_leader"));
    QCOMPARE(ask(server, request("POST", "/replicate", R"({"msg":{}})")).header("location"),
             std::string("http://127.0.0.1:8001/replicate"));
}

void TestRoutes::sendRefusals_data()
{
    QTest::addColumn<int>("fate");
    QTest::addColumn<bool>("diskFull");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("answered");
    QTest::addColumn<QString>("outcome");
    using Fate = node::Unavailable::Fate;
    const QString quorum = QStringLiteral("replication quorum not achieved");
    QTest::newRow("no leader") << int(Fate::Rejected) << false << QStringLiteral("no leader is known") << 503
                               << QStringLiteral("no leader is known") << QStringLiteral("rejected");
    QTest::newRow("unknown") << int(Fate::Unknown) << false << QStringLiteral("timed out") << 503 << quorum
                             << QStringLiteral("unknown");
    QTest::newRow("committed") << int(Fate::Committed) << false << QString() << 503 << quorum
                               << QStringLiteral("committed");
    QTest::newRow("disk full") << int(Fate::Rejected) << true << QStringLiteral("disk full") << 507
                               << QStringLiteral("disk full") << QStringLiteral("rejected");
}

void TestRoutes::sendRefusals()
{
    QFETCH(int, fate);
    QFETCH(bool, diskFull);
    QFETCH(QString, reason);
    QFETCH(int, status);
    QFETCH(QString, answered);
    QFETCH(QString, outcome);
    TestServer server;
    node::Unavailable refusal;
    refusal.fate = node::Unavailable::Fate(fate);
    refusal.diskFull = diskFull;
    refusal.reason = reason.toStdString();
    const bool committed = refusal.fate == node::Unavailable::Fate::Committed;
    if (committed) {
        refusal.seq = Seq(9);
        refusal.receipt = node::Receipt{Term(1), LogIndex(10), {"n1", "n2"}};
    }
    server.inHttp([&refusal](FakeGateway& gateway, http::HttpFront&) {
        gateway.decide = [refusal](const node::Submission&) { return refusal; };
    });
    const Answer answer = ask(server, request("POST", "/send", "{}"));
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header("retry-after"), std::string("1"));
    const QJsonObject body = json(answer);
    QCOMPARE(body[QStringLiteral("status")].toString(), QStringLiteral("error"));
    QCOMPARE(body[QStringLiteral("reason")].toString(), answered);
    QCOMPARE(body[QStringLiteral("outcome")].toString(), outcome);
    QCOMPARE(body.contains(QStringLiteral("seq")), committed);
    QCOMPARE(body.contains(QStringLiteral("receipt")), committed);
}

void TestRoutes::acknowledgementLevels()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(request("POST", "/send", "{}") + request("POST", "/send?ack=leader", "{}") +
                request("POST", "/send?ack=quorum", "{}") + request("POST", "/send?ack=all", "{}"));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 4; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        const std::array levels{node::AckLevel::Default, node::AckLevel::Leader, node::AckLevel::Quorum,
                                node::AckLevel::All};
        for (std::size_t i = 0; i < levels.size(); ++i)
            QCOMPARE(gateway.held[i].ack, levels[i]);
    });
    QCOMPARE(ask(server, request("POST", "/send?ack=some", "{}")).status, 400);
}

void TestRoutes::messagesHaveEveryField()
{
    const TestServer server(withMessages(1));
    const Answer answer = ask(server, request("GET", "/messages"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(json(answer)[QStringLiteral("next_after")].toInt(), 1);
    const QJsonObject message = json(answer)[QStringLiteral("messages")].toArray().at(0).toObject();
    QCOMPARE(
        wrongTypes(
            message,
            "seq:n msg_id:s sender:s recipient:s payload:s ts:n original_ts:n corrected_ts:n receive_ts:n "
            "correction_metadata:o delivery_seq:0 late:b clamped:b term:n index:n"),
        QString());
    QCOMPARE(message[QStringLiteral("ts")].toDouble(), 1700000000.2);
    QCOMPARE(message[QStringLiteral("corrected_ts")].toDouble(), 1700000000.2);
    QCOMPARE(message[QStringLiteral("original_ts")].toDouble(), 1700000000.25);
    QCOMPARE(message[QStringLiteral("term")].toInt(), 2);
    QCOMPARE(message[QStringLiteral("index")].toInt(), 6);
    const QJsonObject correction = message[QStringLiteral("correction_metadata")].toObject();
    QCOMPARE(correction[QStringLiteral("applied_offset")].toDouble(), -0.05);
    QCOMPARE(correction[QStringLiteral("magnitude")].toDouble(), 0.05);
    QCOMPARE(correction[QStringLiteral("method")].toString(), QStringLiteral("hybrid"));
    const QJsonObject accuracy = correction[QStringLiteral("accuracy")].toObject();
    QCOMPARE(accuracy[QStringLiteral("confidence_interval")].toDouble(), 0.01);
    QCOMPARE(accuracy[QStringLiteral("lower_bound")].toDouble(), 1700000000.19);
    QCOMPARE(accuracy[QStringLiteral("upper_bound")].toDouble(), 1700000000.21);
}

void TestRoutes::messagesPages()
{
    const TestServer server(withMessages(1200));
    const auto page = [&server](const char* target) {
        const QJsonObject body = json(ask(server, request("GET", target)));
        const QJsonArray messages = body[QStringLiteral("messages")].toArray();
        const QJsonValue next = body[QStringLiteral("next_after")];
        return QStringLiteral("%1 from %2, next %3")
            .arg(messages.size())
            .arg(messages.isEmpty() ? 0 : messages[0].toObject()[QStringLiteral("seq")].toInt())
            .arg(next.isNull() ? QStringLiteral("null") : QString::number(next.toInteger()));
    };
    QCOMPARE(page("/messages"), QStringLiteral("50 from 1, next 50"));
    QCOMPARE(page("/messages?limit=3&after=10"), QStringLiteral("3 from 11, next 13"));
    QCOMPARE(page("/messages?limit=1000"), QStringLiteral("1000 from 1, next 1000"));
    QCOMPARE(page("/messages?limit=5000"), QStringLiteral("1000 from 1, next 1000"));
    QCOMPARE(page("/messages?limit=99999999999999999999999"), QStringLiteral("1000 from 1, next 1000"));
    QCOMPARE(page("/messages?after=1190"), QStringLiteral("10 from 1191, next 1200"));
    QCOMPARE(page("/messages?after=1200"), QStringLiteral("0 from 0, next 1200"));
    QCOMPARE(page("/messages?after=9223372036854775807"),
             QStringLiteral("0 from 0, next 9223372036854775807"));
    QCOMPARE(page("/messages?after=-7&limit=1"), QStringLiteral("1 from 1, next 1"));
    QCOMPARE(page("/messages?order=seq&consistency=local&limit=1"), QStringLiteral("1 from 1, next 1"));
    const TestServer empty;
    QCOMPARE(ask(empty, request("GET", "/messages")).body,
             std::string(R"({"messages":[],"next_after":null,"first_seq":1})"));
    QCOMPARE(ask(empty, request("GET", "/messages?after=-7")).body,
             std::string(R"({"messages":[],"next_after":-7,"first_seq":1})"));
}

void TestRoutes::messagesFilters()
{
    ServerOptions options;
    options.messages = {stored(1, "al ice", "b+b", "1"), stored(2, "bob", "all", "2"),
                        stored(3, "al ice", "all", "3"), stored(4, "", "all", "4")};
    const TestServer server(options);
    const auto seqs = [&server](const char* target) {
        QString text;
        const QJsonObject body = json(ask(server, request("GET", target)));
        for (const QJsonValue& message : body[QStringLiteral("messages")].toArray())
            text += QString::number(message.toObject()[QStringLiteral("seq")].toInt());
        return text;
    };
    QCOMPARE(seqs("/messages?sender=al+ice"), QStringLiteral("13"));
    QCOMPARE(seqs("/messages?sender=al%20ice&recipient=b%2Bb"), QStringLiteral("1"));
    QCOMPARE(seqs("/messages?sender=al"), QString());
    QCOMPARE(seqs("/messages?sender="), QStringLiteral("4"));
    QCOMPARE(seqs("/messages?recipient=all&after=2"), QStringLiteral("34"));
}

void TestRoutes::badMessagesQueriesAre400_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("reason");
    const QString limit = QStringLiteral("limit must be positive integer");
    for (const char* bad : {"limit=0", "limit=-1", "limit=", "limit=x", "limit=1.5", "limit=1e3", "limit=+5",
                            "limit=000", "limit"})
        QTest::newRow(bad) << QByteArray(bad) << limit;
    for (const char* bad :
         {"after=", "after=x", "after=1.0", "after=9223372036854775808", "after=-9223372036854775809"})
        QTest::newRow(bad) << QByteArray(bad) << QStringLiteral("after must be integer");
    for (const char* bad : {"consistency=strong", "order=backwards", "min_seq=x", "min_seq=-1", "sender=%ff"})
        QTest::newRow(bad) << QByteArray(bad) << QString();
}

void TestRoutes::badMessagesQueriesAre400()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, reason);
    const TestServer server;
    const Answer answer = ask(server, request("GET", "/messages?" + query.toStdString()));
    QCOMPARE(answer.status, 400);
    if (!reason.isEmpty())
        QCOMPARE(json(answer)[QStringLiteral("reason")].toString(), reason);
}

/// A thousand large messages are not one answer; the reader goes on where the page ended.
void TestRoutes::pageBodyIsBounded()
{
    ServerOptions options;
    options.limits.pageBytesMax = 100'000;
    const std::string payload = "\"" + std::string(30'000, 'x') + "\"";
    for (std::uint64_t i = 1; i <= 20; ++i)
        options.messages.push_back(stored(i, "a", "b", payload.c_str()));
    const TestServer server(options);
    const Answer answer = ask(server, request("GET", "/messages?limit=1000"));
    QVERIFY(answer.body.size() < 140'000);
    QCOMPARE(json(answer)[QStringLiteral("messages")].toArray().size(), 4);
    QCOMPARE(json(answer)[QStringLiteral("next_after")].toInt(), 4);
    const Answer synced = ask(server, request("POST", "/sync", R"({"since":4})"));
    QCOMPARE(json(synced)[QStringLiteral("next_since")].toInt(), 8);
    QVERIFY(json(synced)[QStringLiteral("has_more")].toBool());
}

void TestRoutes::replicate()
{
    TestServer server;
    const Answer answer =
        ask(server, request("POST", "/replicate",
                            R"({"msg":{"msg_id":"m","seq":77,"corrected_ts":1,"ts":2,"original_ts":3}})"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string(R"({"status":"ok","seq":1,"msg_id":"m"})"));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(request("POST", "/replicate", R"({"msg":{"ts":2,"original_ts":3}})"));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.held[0].draft.ts->time_since_epoch().count(), 3'000'000);
    });
    for (const char* bad : {"{}", R"({"msg":null})", R"({"msg":[]})", R"({"msg":{"sender":1}})", ""}) {
        const Answer refused = ask(server, request("POST", "/replicate", bad));
        QCOMPARE(refused.status, 400);
        QCOMPARE(json(refused)[QStringLiteral("status")].toString(), QStringLiteral("bad_request"));
    }
}

void TestRoutes::sync()
{
    const TestServer server(withMessages(1200));
    const QJsonObject first = json(ask(server, request("POST", "/sync", "{}")));
    QCOMPARE(first[QStringLiteral("messages")].toArray().size(), 1000);
    QCOMPARE(first[QStringLiteral("has_more")].toBool(), true);
    QCOMPARE(first[QStringLiteral("next_since")].toInt(), 1000);
    const QJsonObject rest = json(ask(server, request("POST", "/sync", R"({"since":1000})")));
    QCOMPARE(rest[QStringLiteral("messages")].toArray().size(), 200);
    QCOMPARE(rest[QStringLiteral("has_more")].toBool(), false);
    QCOMPARE(json(ask(server, request("POST", "/sync", R"({"since":1200})")))[QStringLiteral("next_since")]
                 .toInt(),
             1200);
    QCOMPARE(json(ask(server, request("POST", "/sync", R"({"since":-3})")))[QStringLiteral("messages")]
                 .toArray()
                 .size(),
             1000);
    for (const char* bad : {R"({"since":"1"})", R"({"since":1.5})", R"({"since":9223372036854775808})",
                            R"({"since":-1e3})", "[]", "{"})
        QCOMPARE(ask(server, request("POST", "/sync", bad)).status, 400);
}

void TestRoutes::heartbeat()
{
    const TestServer server;
    const QJsonObject body = json(ask(server, request("GET", "/heartbeat")));
    QCOMPARE(body[QStringLiteral("status")].toString(), QStringLiteral("ok"));
    QCOMPARE(body[QStringLiteral("node_id")].toString(), QStringLiteral("n1"));
    const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
    QVERIFY(std::abs(body[QStringLiteral("time")].toDouble() - now) < 10);
}

void TestRoutes::statusHasEveryField()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.status = fullStatus(); });
    const Answer answer = ask(server, request("GET", "/status"));
    QCOMPARE(answer.status, 200);
    const QJsonObject body = json(answer);
    const auto part = [&body](const char* name) { return body[QLatin1String(name)].toObject(); };
    QCOMPARE(
        wrongTypes(
            body,
            "node_id:s host:s port:n peers:a peer_status:o replication_mode:s quorum:n committed_seq:n "
            "commit_index:n metrics:o recent_deliveries:a consensus:o time_sync:o state:s version:s "
            "effective_quorum:n incarnation:s state_hash:s applied_index:n last_log_index:n progress:o disk:o explain:s"),
        QString());
    QCOMPARE(wrongTypes(part("metrics"),
                        "average_store_latency:n average_correction_magnitude:n last_recovery_time:n"),
             QString());
    QCOMPARE(wrongTypes(part("consensus"), "role:s current_term:n voted_for:s leader_id:s leader_url:s"),
             QString());
    QCOMPARE(wrongTypes(part("time_sync"), timeSyncTypes), QString());
    const QJsonObject peers = part("peer_status");
    QCOMPARE(wrongTypes(peers[QStringLiteral("http://127.0.0.1:8001")].toObject(), "alive:b last_ok:n"),
             QString());
    QCOMPARE(
        wrongTypes(peers[QStringLiteral("http://127.0.0.1:8002")].toObject(), "alive:b last_ok:0 problem:s"),
        QString());
    QCOMPARE(body[QStringLiteral("replication_mode")].toString(), QStringLiteral("sync_quorum"));
    QCOMPARE(part("consensus")[QStringLiteral("voted_for")].toString(), QStringLiteral("n1"));
    QCOMPARE(
        part("progress")[QStringLiteral("http://127.0.0.1:8001")].toObject()[QStringLiteral("lag")].toInt(),
        2);
    QCOMPARE(wrongTypes(body[QStringLiteral("recent_deliveries")].toArray()[0].toObject(),
                        "msg_id:s corrected_timestamp:n sender:s"),
             QString());
}

void TestRoutes::rolesOfStatus()
{
    TestServer server;
    const std::array<std::pair<raft::Role, const char*>, 4> roles{{{raft::Role::Follower, "Follower"},
                                                                   {raft::Role::PreCandidate, "Follower"},
                                                                   {raft::Role::Candidate, "Candidate"},
                                                                   {raft::Role::Leader, "Leader"}}};
    for (const auto& [role, name] : roles) {
        server.inHttp(
            [&role = role](FakeGateway& gateway, http::HttpFront&) { gateway.status.raft.role = role; });
        const QJsonObject body = json(ask(server, request("GET", "/status")));
        QCOMPARE(body[QStringLiteral("state")].toString(), QLatin1String(name));
        QCOMPARE(body[QStringLiteral("consensus")].toObject()[QStringLiteral("role")].toString(),
                 QLatin1String(name));
    }
}

void TestRoutes::readiness()
{
    TestServer server;
    QCOMPARE(ask(server, request("GET", "/livez")).status, 200);
    QCOMPARE(ask(server, request("GET", "/readyz")).status, 503);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.status = fullStatus(); });
    QCOMPARE(ask(server, request("GET", "/readyz")).status, 200);
    server.inHttp(
        [](FakeGateway& gateway, http::HttpFront&) { gateway.status.disk.failure = "a write failed"; });
    const Answer answer = ask(server, request("GET", "/readyz"));
    QCOMPARE(answer.status, 503);
    QCOMPARE(json(answer)[QStringLiteral("reason")].toString(), QStringLiteral("a write failed"));
}

void TestRoutes::raftRoutesInBothSpellings()
{
    TestServer server;
    QCOMPARE(ask(server, request("POST", "/request_vote",
                                 R"({"term":9,"candidate_id":"n2","last_log_index":4,"last_log_term":3})",
                                 "X-Dsmsg-Cluster-Id: abc\r\nX-Dsmsg-Cluster-Secret: s\r\n"))
                 .body,
             std::string(R"({"term":7,"vote_granted":false})"));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.lastVote.term, Term(9));
        QCOMPARE(gateway.lastVote.candidateId, std::string("n2"));
        QCOMPARE(gateway.lastVote.lastLogIndex, LogIndex(4));
        QCOMPARE(gateway.lastVote.lastLogTerm, Term(3));
        QCOMPARE(gateway.lastVote.clusterId, std::string("abc"));
        QCOMPARE(gateway.lastVote.secret, std::string("s"));
    });
    QCOMPARE(ask(server, request("POST", "/request_vote",
                                 R"({"term":9,"candidateId":"n2","lastLogIndex":4,"lastLogTerm":3})"))
                 .body,
             std::string(R"({"term":7,"voteGranted":false})"));
    const char* append =
        R"({"term":9,"leader_id":"n2","prev_log_index":4,"prev_log_term":3,"leader_commit":2,)"
        R"("entries":[{"term":9,"data":"aGk="},{"term":9,"index":6,"kind":"noop"}]})";
    QCOMPARE(ask(server, request("POST", "/append_entries", append)).body,
             std::string(R"({"term":7,"success":false,"match_index":5})"));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.lastAppend.leaderId, std::string("n2"));
        QCOMPARE(gateway.lastAppend.entries.size(), 2U);
        QCOMPARE(gateway.lastAppend.entries[0]->data, std::string("hi"));
        QCOMPARE(gateway.lastAppend.entries[0]->index, LogIndex(5));
        QCOMPARE(gateway.lastAppend.entries[1]->kind, raft::EntryKind::NoOp);
        QVERIFY(gateway.lastAppend.clusterId.empty());
    });
    QCOMPARE(ask(server,
                 request("POST", "/append_entries",
                         R"({"term":9,"leaderId":"n2","prevLogIndex":4,"prevLogTerm":3,"leaderCommit":2})"))
                 .body,
             std::string(R"({"term":7,"success":false,"matchIndex":5})"));
}

void TestRoutes::badRaftRequestsAre400_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    const auto vote = [](const char* body) {
        QTest::newRow(body) << QByteArray("/request_vote") << QByteArray(body);
    };
    vote("{}");
    vote(R"({"term":-1,"candidate_id":"n2","last_log_index":4,"last_log_term":3})");
    vote(R"({"term":9223372036854775808,"candidate_id":"n2","last_log_index":4,"last_log_term":3})");
    vote(R"({"term":1.5,"candidate_id":"n2","last_log_index":4,"last_log_term":3})");
    vote(R"({"term":1,"candidate_id":7,"last_log_index":4,"last_log_term":3})");
    vote(R"({"term":1,"candidate_id":"n2","last_log_index":"4","last_log_term":3})");
    const auto append = [](const char* entries) {
        QTest::newRow(entries) << QByteArray("/append_entries")
                               << QByteArray(
                                      R"({"term":9,"leader_id":"n2","prev_log_index":4,"prev_log_term":3,)"
                                      R"("leader_commit":2,"entries":)") +
                                      entries + "}";
    };
    append("1");
    append("[1]");
    append("[{}]");
    append(R"([{"term":1,"index":7}])");
    append(R"([{"term":1,"kind":"configuration"}])");
    append(R"([{"term":1,"data":"?"}])");
    append(R"([{"term":1,"data":5}])");
}

void TestRoutes::badRaftRequestsAre400()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    const TestServer server;
    const Answer answer = ask(server, request("POST", path.toStdString(), body.toStdString()));
    QCOMPARE(answer.status, 400);
    QVERIFY(!json(answer)[QStringLiteral("reason")].toString().isEmpty());
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestRoutes)
#include "tst_routes.moc"
