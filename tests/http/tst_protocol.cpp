// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every fault of Qt's HTTP server that QT.md names, and the limits, seen from a raw socket.
#include <QTest>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

/// Limits small enough that a test reaches them.
ServerOptions impatient()
{
    ServerOptions options;
    options.limits.headerTimeMax = 200ms;
    options.limits.bodyTimeMax = 200ms;
    options.limits.idleTimeMax = 300ms;
    options.limits.lingerTimeMax = 200ms;
    options.acceptor.headerTimeMax = 200ms;
    return options;
}

std::string nested(int depth)
{
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
}

} // namespace

class TestProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headHasTheHeadersOfGetAndNoBody();
    void closesWhenAskedTo_data();
    void closesWhenAskedTo();
    void keepsOpenOtherwise();
    void continueIsSentBeforeTheBody();
    void continueWaitsForEarlierAnswers();
    void malformedIsRefused_data();
    void malformedIsRefused();
    void unknownMethodIs405();
    void unknownPathIs404();
    void optionsIs204();
    void largeHeadIs431();
    void manyHeadersAre431();
    void largeBodyIs413BeforeItIsSent();
    void largeChunkedBodyIs413();
    void answerToRefusedBodyIsReadable();
    void chunkedBodyIsTakenApart();
    void bytesOneAtATime();
    void slowHeadIsCutOff();
    void slowBodyIsCutOff();
    void idleConnectionIsClosed();
    void neverSendingIsClosed();
    void readerThatNeverReadsIsBounded();
    void pipelinedBeyondTheBoundIsNotRead();
    void corsOnEveryAnswer_data();
    void corsOnEveryAnswer();
    void onlyAllowedOrigins();
    void deepJsonIs400();
};

void TestProtocol::headHasTheHeadersOfGetAndNoBody()
{
    const TestServer server;
    RawClient client(server);
    client.send(request("HEAD", "/heartbeat") + request("GET", "/livez"));
    const auto head = client.answer(true);
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QVERIFY(std::stoul(head->header("content-length")) > 0);
    const auto get = client.answer();
    QVERIFY(get);
    QCOMPARE(get->status, 200);
    QCOMPARE(get->body, std::string(R"({"status":"ok"})"));
}

void TestProtocol::closesWhenAskedTo_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("Connection: close")
        << QByteArray("GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    QTest::newRow("in a list, other case")
        << QByteArray("GET /livez HTTP/1.1\r\nHost: a\r\nConnection: te, CLOSE\r\n\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("GET /livez HTTP/1.0\r\n\r\n");
}

void TestProtocol::closesWhenAskedTo()
{
    QFETCH(QByteArray, bytes);
    const TestServer server;
    RawClient client(server);
    client.send(bytes.toStdString());
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->header("connection"), std::string("close"));
    QVERIFY(client.closedByServer());
}

void TestProtocol::keepsOpenOtherwise()
{
    const TestServer server;
    RawClient client(server);
    for (const char* bytes :
         {"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n", "GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          "\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n"}) {
        client.send(bytes);
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
    }
}

void TestProtocol::continueIsSentBeforeTheBody()
{
    const TestServer server;
    RawClient client(server);
    client.send("POST /send HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 15\r\n\r\n");
    const auto go = client.answer(true);
    QVERIFY(go);
    QCOMPARE(go->status, 100);
    client.send(R"({"payload":"x"})");
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
}

void TestProtocol::continueWaitsForEarlierAnswers()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(request("POST", "/send", "{}") +
                "POST /send HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.hold = false;
        gateway.release(false);
    });
    QCOMPARE(client.answer()->status, 200);
    QCOMPARE(client.answer(true)->status, 100);
    client.send("{}");
    QCOMPARE(client.answer()->status, 200);
}

void TestProtocol::malformedIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST /send HTTP/1.1\r\nHost: a\r\n";
    QTest::newRow("negative length") << post + "Content-Length: -5\r\n\r\n" << 400;
    QTest::newRow("length with plus") << post + "Content-Length: +5\r\n\r\n" << 400;
    QTest::newRow("length not a number") << post + "Content-Length: 5x\r\n\r\n12345" << 400;
    QTest::newRow("empty length") << post + "Content-Length: \r\n\r\n" << 400;
    QTest::newRow("length list") << post + "Content-Length: 2, 2\r\n\r\n{}" << 400;
    QTest::newRow("two lengths") << post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} " << 400;
    QTest::newRow("length overflows") << post + "Content-Length: 99999999999999999999999\r\n\r\n" << 413;
    QTest::newRow("length and chunked")
        << post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        << 400;
    QTest::newRow("chunked twice") << post +
                                          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   << 400;
    QTest::newRow("chunked in 1.0") << QByteArray("POST /send HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
                                    << 400;
    QTest::newRow("gzip coding") << post + "Transfer-Encoding: gzip\r\n\r\n" << 501;
    QTest::newRow("chunk size not hex") << post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" << 400;
    QTest::newRow("negative chunk size") << post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n" << 400;
    QTest::newRow("chunk longer than said") << post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n" << 400;
    QTest::newRow("endless chunk line")
        << post + "Transfer-Encoding: chunked\r\n\r\n1;" + QByteArray(3000, 'x') << 400;
    QTest::newRow("other expectation") << post + "Expect: miracles\r\n\r\n" << 417;
    QTest::newRow("bare LF") << QByteArray("GET /livez HTTP/1.1\nHost: a\n\n") << 400;
    QTest::newRow("space before colon") << QByteArray("GET /livez HTTP/1.1\r\nHost : a\r\n\r\n") << 400;
    QTest::newRow("folded header") << QByteArray("GET /livez HTTP/1.1\r\nHost: a\r\n b\r\n\r\n") << 400;
    QTest::newRow("header without colon")
        << QByteArray("GET /livez HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n") << 400;
    QTest::newRow("control in header")
        << QByteArray("GET /livez HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n") << 400;
    QTest::newRow("no host") << QByteArray("GET /livez HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("two hosts") << QByteArray("GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") << 400;
    QTest::newRow("no version") << QByteArray("GET /livez\r\n\r\n") << 400;
    QTest::newRow("HTTP/2 preface") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 400;
    QTest::newRow("HTTP/1.2") << QByteArray("GET /livez HTTP/1.2\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("relative target") << QByteArray("GET livez HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("two slashes") << QByteArray("GET //livez HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("space in target") << QByteArray("GET /li vez HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) << 400;
    QTest::newRow("zeros") << QByteArray(64, '\0') << 400;
}

/// Answered once, as JSON with a reason, and closed: after a framing error nothing more can be understood.
void TestProtocol::malformedIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    const TestServer server;
    RawClient client(server);
    client.send(bytes.toStdString());
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->header("content-type"), std::string("application/json"));
    QVERIFY(answer->body.find("\"reason\":\"") != std::string::npos);
    QCOMPARE(answer->header("connection"), std::string("close"));
    QVERIFY(client.closedByServer());
    QCOMPARE(client.leftover(), std::string());
}

void TestProtocol::unknownMethodIs405()
{
    const TestServer server;
    RawClient client(server);
    for (const char* method : {"PUT", "DELETE", "PATCH", "TRACE", "BREW", "GET"}) {
        client.send(request(method, "/send"));
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 405);
        QCOMPARE(answer->header("allow"), std::string("POST, OPTIONS"));
    }
    client.send(request("POST", "/messages", "{}"));
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 405);
    QCOMPARE(answer->header("allow"), std::string("GET, HEAD, OPTIONS"));
}

void TestProtocol::unknownPathIs404()
{
    const TestServer server;
    for (const char* target : {"/", "/nothing", "/send/", "/SEND", "/send/../livez", "/%00", "/%ff%fe"}) {
        const Answer answer = ask(server, request("GET", target));
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.body.find("\"reason\":\"") != std::string::npos);
    }
}

void TestProtocol::optionsIs204()
{
    const TestServer server;
    for (const char* target : {"/send", "/nothing", "*"}) {
        const Answer answer = ask(server, request("OPTIONS", target));
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.count("content-length"), 0U);
        QCOMPARE(answer.body, std::string());
    }
}

void TestProtocol::largeHeadIs431()
{
    const TestServer server;
    for (const char* start : {"GET /", "GET /livez HTTP/1.1\r\nHost: a\r\nX: "}) {
        RawClient client(server);
        client.send(std::string(start) + std::string(20'000, 'x'));
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 431);
        QVERIFY(client.closedByServer());
    }
    const std::string fits = "X: " + std::string(15'000, 'x') + "\r\n";
    QCOMPARE(ask(server, request("GET", "/livez", {}, fits)).status, 200);
}

void TestProtocol::manyHeadersAre431()
{
    const TestServer server;
    std::string headers;
    for (int i = 0; i < 200; ++i)
        headers += "X-" + std::to_string(i) + ": 1\r\n";
    QCOMPARE(ask(server, request("GET", "/livez", {}, headers)).status, 431);
}

void TestProtocol::largeBodyIs413BeforeItIsSent()
{
    const TestServer server;
    RawClient client(server);
    client.send("POST /send HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 8388609\r\n\r\n");
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 413);
    QVERIFY(client.closedByServer());
}

void TestProtocol::largeChunkedBodyIs413()
{
    ServerOptions options;
    options.limits.bodyBytesMax = 1000;
    const TestServer server(options);
    const std::string chunk = "190\r\n" + std::string(400, 'x') + "\r\n";
    QCOMPARE(ask(server, "POST /send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk +
                             chunk + chunk)
                 .status,
             413);
    QCOMPARE(ask(server,
                 "POST /send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n")
                 .status,
             413);
}

/// A client that goes on sending must still be able to read why it was refused, not see a reset.
void TestProtocol::answerToRefusedBodyIsReadable()
{
    const TestServer server;
    RawClient client(server);
    client.send("POST /send HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n");
    for (int i = 0; i < 64; ++i)
        client.send(std::string(16 * 1024, 'x'));
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 413);
}

void TestProtocol::chunkedBodyIsTakenApart()
{
    TestServer server;
    RawClient client(server);
    client.send("POST /send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                "d;name=value\r\n{\"payload\":\"1\r\n3\r\n23\"\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n" +
                request("GET", "/livez"));
    QCOMPARE(client.answer()->status, 200);
    QCOMPARE(client.answer()->body, std::string(R"({"status":"ok"})"));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    client.send(
        "POST /send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n{\"payload\":\"1234\"\r\n1\r\n}\r\n0\r\n\r\n");
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) {
        return gateway.held.size() == 1 && gateway.held[0].draft.payload == "\"1234\"";
    }));
}

void TestProtocol::bytesOneAtATime()
{
    const TestServer server;
    RawClient client(server);
    for (const std::string& bytes :
         {request("POST", "/send", R"({"payload":[1,2]})"),
          std::string(
              "POST /send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")}) {
        for (const char c : bytes)
            client.send(std::string_view(&c, 1));
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
    }
}

void TestProtocol::slowHeadIsCutOff()
{
    const TestServer server(impatient());
    RawClient client(server);
    client.send("GET /livez HTTP/1.1\r\nHost: a\r\n");
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 408);
    QVERIFY(client.closedByServer());
}

void TestProtocol::slowBodyIsCutOff()
{
    ServerOptions options = impatient();
    options.limits.idleTimeMax = 60s;
    const TestServer server(options);
    RawClient client(server);
    client.send("POST /send HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{");
    std::optional<Answer> answer;
    // Progress does not help: the whole body has a deadline.
    while (!client.waitBytes(20))
        client.send(" ");
    answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 408);
}

void TestProtocol::idleConnectionIsClosed()
{
    TestServer server(impatient());
    RawClient client(server);
    client.send(request("GET", "/livez"));
    QCOMPARE(client.answer()->status, 200);
    QVERIFY(client.closedByServer());
    QVERIFY(
        server.waitFor([](FakeGateway&, http::HttpFront& front) { return front.connectionCount() == 0; }));
}

void TestProtocol::neverSendingIsClosed()
{
    const TestServer server(impatient());
    RawClient client(server);
    QVERIFY(client.closedByServer());
    QCOMPARE(server.accepting().tooSlow.load(), 1U);
}

/// Asks for far more than the socket takes and never reads: the front stops reading, and in the end gives up.
void TestProtocol::readerThatNeverReadsIsBounded()
{
    ServerOptions options;
    options.limits.writeBufferBytesMax = 256 * 1024;
    options.limits.idleTimeMax = 500ms;
    messaging::StoredMessage stored;
    stored.seq = Seq(1);
    stored.message.payload = "\"" + std::string(200'000, 'x') + "\"";
    options.messages = {stored};
    TestServer server(options);
    RawClient client(server);
    std::string many;
    for (int i = 0; i < 500; ++i)
        many += request("GET", "/messages");
    client.send(many);
    QVERIFY(
        server.waitFor([](FakeGateway&, http::HttpFront& front) { return front.counters().requests > 0; }));
    QVERIFY(
        server.waitFor([](FakeGateway&, http::HttpFront& front) { return front.connectionCount() == 0; }));
    server.inHttp([](FakeGateway&, http::HttpFront& front) { QVERIFY(front.counters().requests < 100); });
}

void TestProtocol::pipelinedBeyondTheBoundIsNotRead()
{
    ServerOptions options;
    options.limits.pipelinedMax = 4;
    TestServer server(options);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    std::string many;
    for (int i = 0; i < 20; ++i)
        many += request("POST", "/send", "{}");
    client.send(many);
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 4; }));
    server.inHttp([](FakeGateway&, http::HttpFront& front) { QCOMPARE(front.counters().requests, 4U); });
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.hold = false;
        gateway.release(false);
    });
    for (int i = 0; i < 20; ++i)
        QCOMPARE(client.answer()->status, 200);
}

void TestProtocol::corsOnEveryAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const std::string& bytes, int status) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << status;
    };
    const std::string origin = "Origin: http://dash\r\n";
    row("200", request("GET", "/livez", {}, origin), 200);
    row("204", request("OPTIONS", "/send", {}, origin), 204);
    row("307", request("POST", "/send", "{}", origin), 307);
    row("400", request("POST", "/send", "{", origin), 400);
    row("400 framing", request("GET", "/livez", {}, origin + "Content-Length: x\r\n"), 400);
    row("404", request("GET", "/nothing", {}, origin), 404);
    row("405", request("PUT", "/send", {}, origin), 405);
    row("413", request("POST", "/send", {}, origin + "Content-Length: 99999999\r\n"), 413);
    row("431", request("GET", "/livez", {}, origin + "X: " + std::string(20'000, 'x')), 431);
    row("503", request("GET", "/readyz", {}, origin), 503);
}

void TestProtocol::corsOnEveryAnswer()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.decide = [](const node::Submission&) { return node::Redirected{"http://leader:1"}; };
    });
    const Answer answer = ask(server, bytes.toStdString());
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.header("access-control-allow-origin"), std::string("http://dash"));
    QCOMPARE(answer.header("access-control-allow-methods"), std::string("GET,POST,OPTIONS"));
    QCOMPARE(answer.header("access-control-allow-headers"), std::string("Content-Type,Accept"));
    QCOMPARE(answer.header("access-control-max-age"), std::string("86400"));
    QCOMPARE(answer.header("vary"), std::string("Origin"));
}

void TestProtocol::onlyAllowedOrigins()
{
    ServerOptions options;
    options.allowedOrigins = {"http://one", "http://two"};
    const TestServer server(options);
    const auto allowed = [&server](const char* origin) {
        return ask(server, request("GET", "/livez", {}, origin)).header("access-control-allow-origin");
    };
    QCOMPARE(allowed("Origin: http://two\r\n"), std::string("http://two"));
    QCOMPARE(allowed("Origin: http://evil\r\n"), std::string("http://one"));
    QCOMPARE(allowed(""), std::string("http://one"));
    QCOMPARE(ask(TestServer(), request("GET", "/livez")).header("access-control-allow-origin"),
             std::string("*"));
}

void TestProtocol::deepJsonIs400()
{
    const TestServer server;
    QCOMPARE(ask(server, request("POST", "/send", R"({"payload":)" + nested(200) + "}")).status, 200);
    QCOMPARE(ask(server, request("POST", "/send", R"({"payload":)" + nested(100'000) + "}")).status, 400);
    QCOMPARE(ask(server, request("POST", "/send", std::string(1'000'000, '['))).status, 400);
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestProtocol)
#include "tst_protocol.moc"
