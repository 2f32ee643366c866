// SPDX-License-Identifier: GPL-3.0-or-later
//
// /ws before a node that does what the test says: every frame, every refusal, every bound.
#include <QCborArray>
#include <QCborMap>
#include <QJsonArray>
#include <QTest>

#include "core/http/ws/WebSocketFront.h"
#include "tests/http/TestServer.h"
#include "tests/support/WsClient.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

QString url(const TestServer& server)
{
    return QStringLiteral("http://127.0.0.1:%1").arg(server.port());
}

QString text(const QJsonObject& frame, const char* member)
{
    return frame[QLatin1String(member)].toString();
}

/// {"type":"pub","ref":ref,"messages":[{"msg_id":"m<ref>"}, ...]}
QJsonObject pub(int ref, int count = 1)
{
    QJsonArray messages;
    for (int i = 0; i < count; ++i)
        messages.append(QJsonObject{{QStringLiteral("msg_id"), QStringLiteral("m%1").arg(ref + i)}});
    return {{QStringLiteral("type"), QStringLiteral("pub")},
            {QStringLiteral("ref"), ref},
            {QStringLiteral("messages"), messages}};
}

QJsonObject frame(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

ServerOptions withMessages(int count)
{
    ServerOptions options;
    for (int i = 1; i <= count; ++i) {
        messaging::StoredMessage stored;
        stored.message.msgId = "id" + std::to_string(i);
        stored.message.sender = i % 2 == 0 ? "even" : "odd";
        stored.message.recipient = "all";
        stored.message.payload = std::to_string(i) + ".50";
        stored.seq = Seq(static_cast<std::uint64_t>(i));
        stored.term = Term(2);
        stored.index = LogIndex(static_cast<std::uint64_t>(i) + 5);
        stored.delivery = DeliverySeq(static_cast<std::uint64_t>(count + 1 - i));
        options.messages.push_back(stored);
    }
    return options;
}

std::string upgradeRequest(std::string_view extra = {}, std::string_view version = "13",
                           std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==")
{
    return "GET /ws HTTP/1.1\r\nHost: test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
           "Sec-WebSocket-Version: " +
           std::string(version) + "\r\nSec-WebSocket-Key: " + std::string(key) + "\r\n" + std::string(extra) +
           "\r\n";
}

/// A masked frame of a client (RFC 6455 section 5.2), the mask being zero.
std::string rawFrame(unsigned char firstByte, std::string_view payload)
{
    std::string bytes(1, static_cast<char>(firstByte));
    if (payload.size() < 126) {
        bytes.push_back(static_cast<char>(0x80 | payload.size()));
    } else {
        bytes.push_back(static_cast<char>(0x80 | 126));
        bytes.push_back(static_cast<char>(payload.size() >> 8 & 0xFF));
        bytes.push_back(static_cast<char>(payload.size() & 0xFF));
    }
    return bytes + std::string(4, '\0') + std::string(payload);
}

std::size_t openConnections(TestServer& server)
{
    std::size_t count = 0;
    server.inHttp(
        [&](FakeGateway&, http::HttpFront& front) { count = front.webSockets().connectionCount(); });
    return count;
}

} // namespace

class TestWs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helloSaysWhatIsAllowed();
    void resultsOfOneTurnAreOneFrame();
    void aSingleMessage();
    void cborHasTheSameFields();
    void payloadsKeepTheirDigits();
    void badMessagesSpoilNoOthers();
    void refusalsAreResults();
    void acknowledgementLevels();
    void windowIsBounded();
    void windowBytesAreBounded();
    void badFramesAreAnswered_data();
    void badFramesAreAnswered();
    void garbageEndsTheConnection_data();
    void garbageEndsTheConnection();
    void badUpgradesAreRefused_data();
    void badUpgradesAreRefused();
    void originsAreChecked();
    void upgradeByteByByte();
    void silentClientsAreCutOff();
    void whoDoesNotReadIsCutOff();
    void clientsLeaveWithAnswersPending();
    void shutdownSaysGoodbye();
    void creditBoundsMessages();
    void subscriptionsFilter();
    void subscriptionsOfDeliveries();
    void badSubscriptions_data();
    void badSubscriptions();
    void subscriptionsEnd();
};

void TestWs::helloSaysWhatIsAllowed()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.status.nodeId = "n1";
        gateway.status.version = "9.9";
        gateway.status.leaderUrl = "http://127.0.0.1:7";
    });
    WsClient client(url(server));
    QVERIFY(client.open());
    QCOMPARE(text(client.hello(), "node_id"), QStringLiteral("n1"));
    QCOMPARE(text(client.hello(), "version"), QStringLiteral("9.9"));
    QCOMPARE(text(client.hello(), "role"), QStringLiteral("Follower"));
    QCOMPARE(text(client.hello(), "leader_url"), QStringLiteral("http://127.0.0.1:7"));
    const http::HttpLimits limits;
    QCOMPARE(client.hello()[QLatin1String("window")].toInteger(), static_cast<qint64>(limits.wsWindow));
    QCOMPARE(client.hello()[QLatin1String("credit_max")].toInteger(),
             static_cast<qint64>(limits.wsCreditMax));
    QCOMPARE(openConnections(server), 1U);
}

void TestWs::resultsOfOneTurnAreOneFrame()
{
    TestServer server;
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(pub(10, 3));
    const QJsonObject ack = client.next();
    QCOMPARE(text(ack, "type"), QStringLiteral("ack"));
    const QJsonArray results = ack[QLatin1String("results")].toArray();
    QCOMPARE(results.size(), 3);
    for (int i = 0; i < 3; ++i) {
        const QJsonObject result = results[i].toObject();
        QCOMPARE(result[QLatin1String("ref")].toInt(), 10 + i);
        QCOMPARE(text(result, "status"), QStringLiteral("ok"));
        QCOMPARE(text(result, "msg_id"), QStringLiteral("m%1").arg(10 + i));
        QVERIFY(result[QLatin1String("seq")].toInt() > 0);
        QVERIFY(result[QLatin1String("committed")].toBool());
        QVERIFY(!result[QLatin1String("duplicate")].toBool(true));
        QCOMPARE(result[QLatin1String("receipt")].toObject().keys().size(), 3);
    }
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.batches, std::vector<std::size_t>{3});
    });
}

void TestWs::aSingleMessage()
{
    const TestServer server;
    WsClient client(url(server), QStringLiteral("dsmsg.json"));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"pub","ref":5,"message":{"payload":[1]}})"));
    QCOMPARE(client.results(1)[0].toObject()[QLatin1String("ref")].toInt(), 5);
}

void TestWs::cborHasTheSameFields()
{
    TestServer server(withMessages(2));
    WsClient json(url(server));
    WsClient cbor(url(server), QStringLiteral("dsmsg.cbor"));
    QVERIFY(json.open());
    QVERIFY(cbor.open());
    QCOMPARE(cbor.hello(), json.hello());
    const auto same = [&](const QJsonObject& request, const char* elements) {
        json.send(request);
        cbor.send(request);
        const QJsonObject a = json.next();
        const QJsonObject b = cbor.next();
        QCOMPARE(b.keys(), a.keys());
        const QJsonArray left = a[QLatin1String(elements)].toArray();
        const QJsonArray right = b[QLatin1String(elements)].toArray();
        QCOMPARE(right.size(), left.size());
        QVERIFY(!left.isEmpty());
        for (qsizetype i = 0; i < left.size(); ++i)
            QCOMPARE(right[i].toObject().keys(), left[i].toObject().keys());
    };
    same(pub(1, 2), "results");
    const QJsonObject sub = frame(R"({"type":"sub","sub":4,"after":"s:0","credit":9})");
    json.send(sub);
    cbor.send(sub);
    const QJsonObject started = json.next();
    QCOMPARE(text(started, "type"), QStringLiteral("sub"));
    QCOMPARE(cbor.next(), started);
    const QJsonObject a = json.next();
    const QJsonObject b = cbor.next();
    QCOMPARE(b.keys(), a.keys());
    QCOMPARE(text(b, "id"), QStringLiteral("s:2"));
    QCOMPARE(b[QLatin1String("messages")].toArray()[1].toObject().keys(),
             a[QLatin1String("messages")].toArray()[1].toObject().keys());
}

void TestWs::payloadsKeepTheirDigits()
{
    const QByteArray digits = "{ \"n\": 12345678901234567890.10e+1 }";
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    WsClient json(url(server));
    WsClient cbor(url(server), QStringLiteral("dsmsg.cbor"));
    QVERIFY(json.open());
    QVERIFY(cbor.open());
    json.sendText(QStringLiteral(R"({"type":"pub","ref":0,"messages":[{"payload":%1}]})")
                      .arg(QString::fromUtf8(digits)));
    const QCborMap message{{QStringLiteral("payload"), " " + digits + "\n"},
                           {QStringLiteral("ts"), 1.5},
                           {QStringLiteral("else"), QCborArray{1, QCborMap{{1, 2}}}}};
    cbor.sendBinary(QCborMap{{QStringLiteral("type"), QStringLiteral("pub")},
                             {QStringLiteral("ref"), 0},
                             {QStringLiteral("messages"), QCborArray{message}}}
                        .toCborValue()
                        .toCbor());
    QTRY_VERIFY(
        server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 2; }));
    server.inHttp([&](FakeGateway& gateway, http::HttpFront&) {
        for (const node::Submission& one : gateway.held)
            QCOMPARE(QByteArray::fromStdString(one.draft.payload), digits);
    });
}

void TestWs::badMessagesSpoilNoOthers()
{
    const TestServer server;
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"pub","ref":1,"messages":[{},{"sender":1},7,{"msg_id":"z"}]})"));
    QMap<int, QString> statuses;
    for (const QJsonValue& result : client.results(4))
        statuses[result[QLatin1String("ref")].toInt()] = result[QLatin1String("status")].toString();
    QCOMPARE(statuses.values().join(QLatin1Char(' ')), QStringLiteral("ok bad_request bad_request ok"));

    WsClient cbor(url(server), QStringLiteral("dsmsg.cbor"));
    QVERIFY(cbor.open());
    const QCborArray messages{QCborMap(), QCborMap{{QStringLiteral("payload"), QByteArray("{")}},
                              QCborMap{{QStringLiteral("payload"), QStringLiteral("text")}},
                              QCborMap{{QStringLiteral("ts"), qInf()}}, 3};
    cbor.sendBinary(QCborMap{{QStringLiteral("type"), QStringLiteral("pub")},
                             {QStringLiteral("ref"), 1},
                             {QStringLiteral("messages"), messages}}
                        .toCborValue()
                        .toCbor());
    statuses.clear();
    for (const QJsonValue& result : cbor.results(5))
        statuses[result[QLatin1String("ref")].toInt()] = result[QLatin1String("status")].toString();
    QCOMPARE(statuses.values().join(QLatin1Char(' ')),
             QStringLiteral("ok bad_request bad_request bad_request bad_request"));
}

void TestWs::refusalsAreResults()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.decide = [](const node::Submission& one) -> FakeGateway::Result {
            node::Unavailable refusal;
            refusal.fate = node::Unavailable::Fate::Unknown;
            return one.draft.msgId == "m0" ? FakeGateway::Result(node::Redirected{"http://127.0.0.1:9"})
                                           : FakeGateway::Result(refusal);
        };
    });
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(pub(0, 2));
    const QJsonArray results = client.results(2);
    QCOMPARE(text(results[0].toObject(), "status"), QStringLiteral("error"));
    QCOMPARE(text(results[0].toObject(), "outcome"), QStringLiteral("rejected"));
    QCOMPARE(text(results[0].toObject(), "leader_url"), QStringLiteral("http://127.0.0.1:9"));
    QCOMPARE(text(results[1].toObject(), "outcome"), QStringLiteral("unknown"));
}

void TestWs::acknowledgementLevels()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"pub","ref":0,"ack":"all","messages":[{}]})"));
    QTRY_VERIFY(
        server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp(
        [](FakeGateway& gateway, http::HttpFront&) { QCOMPARE(gateway.held[0].ack, node::AckLevel::All); });
}

void TestWs::windowIsBounded()
{
    ServerOptions options;
    options.limits.wsWindow = 2;
    TestServer server(options);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(pub(0, 3));
    const QJsonObject refused = client.results(1)[0].toObject();
    QCOMPARE(refused[QLatin1String("ref")].toInt(), 2);
    QCOMPARE(text(refused, "outcome"), QStringLiteral("rejected"));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.held.size(), 2U);
        gateway.hold = false;
        gateway.release(false);
    });
    QCOMPARE(client.results(2).size(), 2);
    client.send(pub(7, 2));
    for (const QJsonValue& result : client.results(2))
        QCOMPARE(result[QLatin1String("status")].toString(), QStringLiteral("ok"));
}

void TestWs::windowBytesAreBounded()
{
    ServerOptions options;
    options.limits.wsWindowBytesMax = 10;
    TestServer server(options);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"pub","ref":0,"messages":[{"payload":"longer than ten"},{"payload":1}]})"));
    QCOMPARE(client.results(1)[0].toObject()[QLatin1String("ref")].toInt(), 1);
}

void TestWs::badFramesAreAnswered_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* sent, const char* reason) {
        QTest::newRow(sent) << QByteArray(sent) << QByteArray(reason);
    };
    row("{}", "a frame needs type");
    row(R"({"type":"hello"})", "unknown type 'hello'");
    row(R"({"type":3})", "type must be a string");
    row(R"({"type":"pub","messages":[{}]})", "pub needs ref");
    row(R"({"type":"pub","ref":-1,"messages":[{}]})", "ref must be a whole number");
    row(R"({"type":"pub","ref":18446744073709551615,"messages":[{}]})", "ref is too large");
    row(R"({"type":"pub","ref":1})", "pub needs messages");
    row(R"({"type":"pub","ref":1,"messages":[]})", "pub needs messages");
    row(R"({"type":"pub","ref":1,"messages":{}})", "messages must be an array");
    row(R"({"type":"pub","ref":1,"messages":[{},{},{},{}]})", "a frame holds at most 3 messages");
    row(R"({"type":"pub","ref":1,"ack":"none","messages":[{}]})", "ack must be");
    row(R"({"type":"sub"})", "sub needs sub");
    row(R"({"type":"sub","sub":1,"order":"time"})", "order must be");
    row(R"({"type":"unsub","sub":9})", "there is no such sub");
    row(R"({"type":"credit","sub":9})", "credit needs n");
    row(R"({"type":"credit","sub":9,"n":1})", "there is no such sub");
}

void TestWs::badFramesAreAnswered()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, reason);
    ServerOptions options;
    options.limits.batchMessagesMax = 3;
    const TestServer server(options);
    WsClient client(url(server));
    QVERIFY(client.open());
    client.sendText(QString::fromUtf8(sent));
    const QJsonObject error = client.next();
    QCOMPARE(text(error, "type"), QStringLiteral("error"));
    QVERIFY2(text(error, "reason").startsWith(QString::fromUtf8(reason)), qPrintable(text(error, "reason")));
    client.send(pub(1)); // and the connection stays
    QCOMPARE(client.results(1).size(), 1);
}

void TestWs::garbageEndsTheConnection_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("subprotocol");
    QTest::addColumn<bool>("binary");
    QTest::addColumn<int>("code");
    const QString cbor = QStringLiteral("dsmsg.cbor");
    QTest::newRow("no JSON") << QByteArray("hello") << QString() << false << 1007;
    QTest::newRow("no object") << QByteArray("[]") << QString() << false << 1007;
    QTest::newRow("binary without CBOR") << QByteArray("{}") << QString() << true << 1003;
    QTest::newRow("text with CBOR") << QByteArray("{}") << cbor << false << 1003;
    QTest::newRow("no CBOR") << QByteArray("\xff\xff") << cbor << true << 1007;
    QTest::newRow("no map") << QByteArray("\x80") << cbor << true << 1007;
    QTest::newRow("half a map") << QByteArray("\xa2\x61"
                                              "a\x01")
                                << cbor << true << 1007;
    QTest::newRow("too large") << QByteArray(2000, ' ') << QString() << false << 1009;
}

void TestWs::garbageEndsTheConnection()
{
    QFETCH(QByteArray, sent);
    QFETCH(QString, subprotocol);
    QFETCH(bool, binary);
    QFETCH(int, code);
    ServerOptions options;
    options.limits.wsFrameBytesMax = 1000;
    TestServer server(options);
    WsClient client(url(server), subprotocol);
    QVERIFY(client.open());
    if (binary)
        client.sendBinary(sent);
    else
        client.sendText(QString::fromUtf8(sent));
    QCOMPARE(client.closeCode(), std::optional(code));
    QTRY_COMPARE(openConnections(server), 0U);
}

void TestWs::badUpgradesAreRefused_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const std::string& bytes, int status) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status;
    };
    row("no upgrade", request("GET", "/ws"), 426);
    row("POST", request("POST", "/ws"), 405);
    row("another upgrade", request("GET", "/ws", {}, "Connection: Upgrade\r\nUpgrade: h2c\r\n"), 426);
    row("no Connection: Upgrade", request("GET", "/ws", {}, "Upgrade: websocket\r\n"), 426);
    row("version", upgradeRequest({}, "8"), 426);
    row("key", upgradeRequest({}, "13", "short"), 400);
    row("two hosts", upgradeRequest("Host: other\r\n"), 400);
    row("too large", upgradeRequest("X: " + std::string(20'000, 'x') + "\r\n"), 431);
}

void TestWs::badUpgradesAreRefused()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const TestServer server;
    RawClient client(server);
    client.send(request.toStdString());
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QVERIFY(answer->body.find("\"reason\":") != std::string::npos);
    QCOMPARE(answer->header("access-control-allow-origin"), std::string("*"));
    QCOMPARE(answer->header("upgrade"), std::string(status == 426 ? "websocket" : ""));
}

void TestWs::originsAreChecked()
{
    ServerOptions options;
    options.allowedOrigins = {"https://good.example"};
    const TestServer server(options);
    const auto statusFor = [&](std::string_view header) {
        RawClient client(server);
        client.send(upgradeRequest(header));
        return client.answer(true).value_or(Answer{}).status;
    };
    QCOMPARE(statusFor({}), 101);
    QCOMPARE(statusFor("Origin: https://good.example\r\n"), 101);
    QCOMPARE(statusFor("Origin: https://bad.example\r\n"), 403);
}

void TestWs::upgradeByteByByte()
{
    const TestServer server;
    RawClient client(server);
    for (const char c : upgradeRequest())
        client.send(std::string_view(&c, 1));
    QCOMPARE(client.answer(true).value_or(Answer{}).status, 101);
}

void TestWs::silentClientsAreCutOff()
{
    ServerOptions options;
    options.limits.wsPingInterval = 50ms;
    options.limits.wsSilenceMax = 300ms;
    TestServer server(options);
    WsClient living(url(server)); // answers pings by itself
    QVERIFY(living.open());
    RawClient dead(server);
    dead.send(upgradeRequest());
    QCOMPARE(dead.answer(true).value_or(Answer{}).status, 101);
    QTRY_COMPARE(openConnections(server), 2U);
    QTRY_COMPARE(openConnections(server), 1U); // and the events of the living one are handled meanwhile
    QVERIFY(dead.closedByServer());
    living.send(pub(1));
    QCOMPARE(living.results(1).size(), 1);
}

void TestWs::whoDoesNotReadIsCutOff()
{
    ServerOptions options;
    options.limits.wsWriteBufferBytesMax = 64 * 1024;
    TestServer server(options);
    RawClient client(server);
    client.send(upgradeRequest());
    QCOMPARE(client.answer(true).value_or(Answer{}).status, 101);
    client.limitReading(true);
    // Each frame asks for an answer of some 10 kB, and nobody reads.
    std::string messages = "7";
    for (int i = 0; i < 200; ++i)
        messages += ",7";
    const std::string asking = rawFrame(0x81, R"({"type":"pub","ref":1,"messages":[)" + messages + "]}");
    for (int i = 0; i < 2000 && openConnections(server) > 0; ++i)
        client.send(asking);
    QTRY_COMPARE(openConnections(server), 0U);
}

void TestWs::clientsLeaveWithAnswersPending()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    {
        WsClient client(url(server));
        QVERIFY(client.open());
        client.send(pub(0, 5));
        QVERIFY(
            server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 5; }));
        client.abort();
    }
    QTRY_COMPARE(openConnections(server), 0U);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.release(false); });
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = false; });
    WsClient next(url(server));
    QVERIFY(next.open());
    next.send(pub(9));
    QCOMPARE(next.results(1).size(), 1);
}

void TestWs::shutdownSaysGoodbye()
{
    auto server = std::make_unique<TestServer>();
    WsClient client(url(*server));
    QVERIFY(client.open());
    server.reset();
    QCOMPARE(client.closeCode(), std::optional(1001));
}

void TestWs::creditBoundsMessages()
{
    TestServer server(withMessages(10));
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"sub","sub":1,"after":"s:2","credit":3})"));
    const QJsonObject started = client.next();
    QCOMPARE(text(started, "type"), QStringLiteral("sub"));
    QCOMPARE(text(started, "id"), QStringLiteral("s:2"));
    QJsonArray got = client.messages(3);
    QCOMPARE(got.size(), 3);
    QCOMPARE(got[0].toObject()[QLatin1String("seq")].toInt(), 3);
    QCOMPARE(got[2].toObject()[QLatin1String("seq")].toInt(), 5);
    client.send(pub(1)); // what comes next is its answer, and no message
    QCOMPARE(text(client.next(), "type"), QStringLiteral("ack"));
    client.send(frame(R"({"type":"credit","sub":1,"n":100})"));
    got = client.messages(5);
    QCOMPARE(got.size(), 5);
    QCOMPARE(got[4].toObject()[QLatin1String("seq")].toInt(), 10);
}

void TestWs::subscriptionsFilter()
{
    TestServer server(withMessages(10));
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"sub","sub":1,"after":0,"sender":"even","recipient":"all","credit":100})"));
    const QJsonArray got = client.messages(5);
    QCOMPARE(got.size(), 5);
    for (const QJsonValue& message : got)
        QCOMPARE(message[QLatin1String("sender")].toString(), QStringLiteral("even"));
}

void TestWs::subscriptionsOfDeliveries()
{
    TestServer server(withMessages(4));
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"sub","sub":1,"after":"d:1","order":"delivery","credit":100})"));
    const QJsonArray got = client.messages(3);
    QCOMPARE(got.size(), 3);
    QCOMPARE(got[0].toObject()[QLatin1String("delivery_seq")].toInt(), 2);
    QCOMPARE(got[0].toObject()[QLatin1String("seq")].toInt(), 3);
}

void TestWs::badSubscriptions_data()
{
    QTest::addColumn<QByteArray>("sent");
    for (const char* sent :
         {R"({"type":"sub","sub":1,"after":"d:1"})", R"({"type":"sub","sub":1,"order":"delivery","after":1})",
          R"({"type":"sub","sub":1,"after":"x"})", R"({"type":"sub","sub":1,"after":-1})",
          R"({"type":"sub","sub":1,"sender":5})", R"({"type":"sub","sub":7})"})
        QTest::newRow(sent) << QByteArray(sent);
}

void TestWs::badSubscriptions()
{
    QFETCH(QByteArray, sent);
    const TestServer server;
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"sub","sub":7})"));
    QCOMPARE(text(client.next(), "type"), QStringLiteral("sub"));
    client.sendText(QString::fromUtf8(sent));
    const QJsonObject error = client.next();
    QCOMPARE(text(error, "type"), QStringLiteral("error"));
    QVERIFY(error.contains(QLatin1String("sub")));
}

void TestWs::subscriptionsEnd()
{
    ServerOptions options = withMessages(10);
    options.limits.wsSubscriptionsMax = 1;
    TestServer server(options);
    WsClient client(url(server));
    QVERIFY(client.open());
    client.send(frame(R"({"type":"sub","sub":1,"after":0})"));
    QCOMPARE(text(client.next(), "type"), QStringLiteral("sub"));
    client.send(frame(R"({"type":"sub","sub":2})"));
    QCOMPARE(text(client.next(), "type"), QStringLiteral("error"));
    client.send(frame(R"({"type":"unsub","sub":1})"));
    QCOMPARE(text(client.next(), "type"), QStringLiteral("unsub"));
    client.send(frame(R"({"type":"sub","sub":2})"));
    QCOMPARE(text(client.next(), "type"), QStringLiteral("sub"));
    client.abort();
    QTRY_COMPARE(openConnections(server), 0U);
    server.inHttp([](FakeGateway&, http::HttpFront& front) { QCOMPARE(front.feed().subscriberCount(), 0U); });
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestWs)
#include "tst_ws.moc"
