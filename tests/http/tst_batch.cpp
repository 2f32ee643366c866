// SPDX-License-Identifier: GPL-3.0-or-later
//
// POST /send/batch: each message has its own result in its own place, and the answer as a whole says what a
// client may do next.
#include <QJsonArray>
#include <QTest>

#include "tests/http/JsonTypes.h"

namespace dsmsg::test {

namespace {

const std::string lines = "Content-Type: application/x-ndjson; charset=utf-8\r\n";

Answer post(const TestServer& server, std::string_view body, std::string_view headers = {},
            std::string_view target = "/send/batch")
{
    return ask(server, request("POST", target, body, headers));
}

/// The results' statuses, one letter each: o ok, e error, b bad_request.
std::string letters(const QJsonObject& answer)
{
    std::string all;
    for (const QJsonValue& result : answer[QLatin1String("results")].toArray())
        all += result.toObject()[QLatin1String("status")].toString().toStdString().substr(0, 1);
    return all;
}

QJsonObject resultOf(const Answer& answer, int position)
{
    return json(answer)[QLatin1String("results")].toArray()[position].toObject();
}

/// What the node says to each message is its payload's affair.
FakeGateway::Result asThePayloadSays(FakeGateway& gateway, const node::Submission& submission)
{
    const auto unavailable = [](node::Unavailable::Fate fate, bool diskFull = false) {
        node::Unavailable refusal;
        refusal.fate = fate;
        refusal.reason = "as asked";
        refusal.diskFull = diskFull;
        return refusal;
    };
    const std::string& payload = submission.draft.payload;
    if (payload == "\"redirected\"")
        return node::Redirected{"http://127.0.0.1:9"};
    if (payload == "\"rejected\"")
        return unavailable(node::Unavailable::Fate::Rejected);
    if (payload == "\"unknown\"")
        return unavailable(node::Unavailable::Fate::Unknown);
    if (payload == "\"full\"")
        return unavailable(node::Unavailable::Fate::Rejected, true);
    return gateway.accept(submission);
}

void obeyPayloads(TestServer& server)
{
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.decide = [&gateway](const node::Submission& one) { return asThePayloadSays(gateway, one); };
    });
}

} // namespace

class TestBatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageHasItsResult();
    void resultsKeepTheirPlaces();
    void aBatchIsOneSubmission();
    void formsOfTheBody_data();
    void formsOfTheBody();
    void badMessagesSpoilNoOthers();
    void badBodiesAreRefusedWhole_data();
    void badBodiesAreRefusedWhole();
    void statusOfTheWhole_data();
    void statusOfTheWhole();
    void redirectKeepsTheQuery();
    void acknowledgementLevels();
    void boundOnMessages();
    void boundsOfTheQueueHoldForEach();
};

void TestBatch::everyMessageHasItsResult()
{
    const TestServer server;
    const Answer answer = post(server, R"({"messages":[{"msg_id":"a","payload":1},{"payload":"x"}]})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(wrongTypes(json(answer), "status:s results:a leader_url:s"), QString());
    QCOMPARE(json(answer)[QLatin1String("status")].toString(), QStringLiteral("ok"));
    QCOMPARE(wrongTypes(resultOf(answer, 0),
                        "status:s seq:n msg_id:s corrected_ts:n committed:b duplicate:b receipt:o"),
             QString());
    QCOMPARE(
        wrongTypes(resultOf(answer, 0)[QLatin1String("receipt")].toObject(), "term:n index:n durable_on:a"),
        QString());
    QCOMPARE(resultOf(answer, 0)[QLatin1String("msg_id")].toString(), QStringLiteral("a"));
    QCOMPARE(resultOf(answer, 1)[QLatin1String("msg_id")].toString().size(), 36);
}

void TestBatch::resultsKeepTheirPlaces()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    std::string body;
    for (int i = 0; i < 100; ++i)
        body += "{\"msg_id\":\"m" + std::to_string(i) + "\"}\n";
    client.send(request("POST", "/send/batch", body, lines));
    QVERIFY(
        server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 100; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.release(true); });
    const auto answer = client.answer();
    QVERIFY(answer);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(resultOf(*answer, i)[QLatin1String("msg_id")].toString(), QStringLiteral("m%1").arg(i));
}

void TestBatch::aBatchIsOneSubmission()
{
    TestServer server;
    QCOMPARE(letters(json(post(server, R"({"messages":[{},{},{}]})"))), std::string("ooo"));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        QCOMPARE(gateway.batches, std::vector<std::size_t>{3});
    });
}

void TestBatch::formsOfTheBody_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("results");
    const QByteArray none;
    const auto stated = QByteArray::fromStdString(lines);
    const QByteArray curl = "Content-Type: application/x-www-form-urlencoded\r\n";
    QTest::newRow("object") << none << QByteArray("{\"messages\":[{},{}]}") << QByteArray("oo");
    QTest::newRow("object over lines")
        << none << QByteArray("\n{\n\"messages\":[\n{},\n{}]\n}\n") << QByteArray("oo");
    QTest::newRow("object that says more")
        << none << QByteArray("{\"x\":[{}],\"messages\":[{}]}") << QByteArray("o");
    QTest::newRow("stated lines") << stated << QByteArray("{}\n{}\r\n\n{}") << QByteArray("ooo");
    QTest::newRow("one stated line") << stated << QByteArray("{}") << QByteArray("o");
    QTest::newRow("lines as curl sends them")
        << curl << QByteArray("{\"payload\":1}\n{}\n") << QByteArray("oo");
    QTest::newRow("a bad line") << stated << QByteArray("{}\n{\n{}\n\"x\"\n") << QByteArray("obob");
    QTest::newRow("a line that is not UTF-8")
        << stated << QByteArray("{\"payload\":\"\xff\"}\n{}") << QByteArray("bo");
    QTest::newRow("a bad line, not stated") << none << QByteArray("{}\n}\n{}") << QByteArray("obo");
}

void TestBatch::formsOfTheBody()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, results);
    const TestServer server;
    const Answer answer = post(server, body.toStdString(), headers.toStdString());
    QCOMPARE(answer.status, 200);
    QCOMPARE(letters(json(answer)), results.toStdString());
}

void TestBatch::badMessagesSpoilNoOthers()
{
    ServerOptions options;
    options.limits.payloadBytesMax = 10;
    const TestServer server(options);
    const Answer answer = post(server, R"({"messages":[{"msg_id":"a"},{"msg_id":7},3,{"ts":"now"},null,[],)"
                                       R"({"payload":"longer than ten"},{"msg_id":"b","payload":[1e400]}]})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(json(answer)[QLatin1String("status")].toString(), QStringLiteral("partial"));
    QCOMPARE(letters(json(answer)), std::string("obbbbbbo"));
    QCOMPARE(resultOf(answer, 1)[QLatin1String("reason")].toString(),
             QStringLiteral("msg_id must be a string"));
    QCOMPARE(resultOf(answer, 7)[QLatin1String("msg_id")].toString(), QStringLiteral("b"));
}

void TestBatch::badBodiesAreRefusedWhole_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray(" ");
    QTest::newRow("array") << QByteArray("[{}]");
    QTest::newRow("no messages") << QByteArray("{\"payload\":1}");
    QTest::newRow("no array") << QByteArray("{\"messages\":{}}");
    QTest::newRow("no message in it") << QByteArray("{\"messages\":[]}");
    QTest::newRow("malformed at its end") << QByteArray("{\"messages\":[{},{}]");
    QTest::newRow("malformed message") << QByteArray("{\"messages\":[{},{\"a\"}]}");
    QTest::newRow("something follows") << QByteArray("{\"messages\":[{}]} {}");
    QTest::newRow("not UTF-8") << QByteArray("{\"messages\":[{\"payload\":\"\xc3\"}]}");
}

void TestBatch::badBodiesAreRefusedWhole()
{
    QFETCH(QByteArray, body);
    TestServer server;
    const Answer answer = post(server, body.toStdString());
    QCOMPARE(answer.status, 400);
    QCOMPARE(wrongTypes(json(answer), "status:s reason:s"), QString());
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { QVERIFY(gateway.batches.empty()); });
}

void TestBatch::statusOfTheWhole_data()
{
    QTest::addColumn<QByteArray>("payloads");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QByteArray>("results");
    const auto row = [](const char* payloads, int status, const char* word, const char* results) {
        QTest::newRow(payloads) << QByteArray(payloads) << status << QString::fromLatin1(word)
                                << QByteArray(results);
    };
    row("ok ok", 200, "ok", "oo");
    row("ok rejected unknown", 200, "partial", "oee");
    row("rejected ok redirected", 200, "partial", "eoe");
    row("rejected rejected", 503, "error", "ee");
    row("unknown redirected", 503, "error", "ee");
    row("full full", 507, "error", "ee");
    row("full rejected", 503, "error", "ee");
    row("redirected redirected", 307, "redirect", "");
    row("rejected redirected", 307, "redirect", "");
    row("bad", 400, "bad_request", "b");
    row("bad rejected", 503, "error", "be");
    row("bad redirected", 307, "redirect", "");
}

void TestBatch::statusOfTheWhole()
{
    QFETCH(QByteArray, payloads);
    QFETCH(int, status);
    QFETCH(QString, word);
    QFETCH(QByteArray, results);
    TestServer server;
    obeyPayloads(server);
    std::string body;
    for (const QByteArray& payload : payloads.split(' '))
        body += payload == "bad" ? "7\n" : "{\"payload\":\"" + payload.toStdString() + "\"}\n";
    const Answer answer = post(server, body, lines);
    QCOMPARE(answer.status, status);
    QCOMPARE(json(answer)[QLatin1String("status")].toString(), word);
    QCOMPARE(letters(json(answer)), results.toStdString());
    QCOMPARE(answer.count("retry-after"), status == 503 || status == 507 ? 1U : 0U);
}

void TestBatch::redirectKeepsTheQuery()
{
    TestServer server;
    obeyPayloads(server);
    const Answer answer =
        post(server, R"({"messages":[{"payload":"redirected"}]})", {}, "/send/batch?ack=all");
    QCOMPARE(answer.status, 307);
    QCOMPARE(answer.header("location"), std::string("http://127.0.0.1:9/send/batch?ack=all"));
}

void TestBatch::acknowledgementLevels()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        gateway.decide = [&gateway](const node::Submission& one) -> FakeGateway::Result {
            return one.ack == node::AckLevel::All ? FakeGateway::Result(gateway.accept(one))
                                                  : node::Unavailable{};
        };
    });
    QCOMPARE(post(server, "{}\n{}", lines, "/send/batch?ack=all").status, 200);
    QCOMPARE(post(server, "{}\n{}", lines).status, 503);
    QCOMPARE(post(server, "{}\n{}", lines, "/send/batch?ack=some").status, 400);
}

void TestBatch::boundOnMessages()
{
    ServerOptions options;
    options.limits.batchMessagesMax = 3;
    const TestServer server(options);
    QCOMPARE(post(server, "{}\n{}\n{}\n", lines).status, 200);
    QCOMPARE(post(server, "{}\n{}\n{}\n{}\n", lines).status, 413);
    QCOMPARE(post(server, R"({"messages":[{},{},{}]})").status, 200);
    QCOMPARE(post(server, R"({"messages":[{},{},{},{}]})").status, 413);
}

void TestBatch::boundsOfTheQueueHoldForEach()
{
    ServerOptions options;
    options.limits.pendingSubmissionsMax = 2;
    const TestServer server(options);
    const Answer answer = post(server, "{}\n{}\n{}\n", lines);
    QCOMPARE(answer.status, 200);
    QCOMPARE(letters(json(answer)), std::string("ooe"));
    QCOMPARE(resultOf(answer, 2)[QLatin1String("outcome")].toString(), QStringLiteral("rejected"));
    QCOMPARE(letters(json(post(server, "{}\n{}\n", lines))), std::string("oo"));
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestBatch)
#include "tst_batch.moc"
