// SPDX-License-Identifier: GPL-3.0-or-later
//
// What used to crash Qt's own server: clients that leave while their answer is pending, and answers that come
// in another order than the requests. Ten thousand of them, under AddressSanitizer as well (test.sh).
#include <QTest>
#include <deque>
#include <sys/resource.h>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

constexpr int leavers = 10'000;

/// A bare login has 1024 descriptors (QT.md, Debian); what works there works with more.
void limitDescriptors()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 1024;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::string sendNumbered(int number)
{
    return request("POST", "/send", "{\"msg_id\":\"" + std::to_string(number) + "\"}");
}

bool answers(const Answer& answer, int number)
{
    return answer.status == 200 &&
           answer.body.find("\"msg_id\":\"" + std::to_string(number) + "\"") != std::string::npos;
}

} // namespace

class TestFrontStorm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { limitDescriptors(); }
    void clientsThatLeaveBeforeTheirAnswer();
    void clientsThatLeaveDuringTheStatus();
    void pipelinedInOrderWhateverOrderAnswersComeIn();
    void pipelinedMixOfRoutes();
    void manyConnectionsAtOnce();
    void writesOfOneTurnGoTogether();
    void tooManyPendingWritesAre503();
    void frontGoesAwayWithAnswersPending();
};

void TestFrontStorm::clientsThatLeaveBeforeTheirAnswer()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    int gone = 0;
    while (gone < leavers) {
        // Two hundred at a time leave, some by a reset, some after a second pipelined request, and are then
        // answered.
        std::deque<RawClient> clients;
        for (int i = 0; i < 200; ++i, ++gone) {
            RawClient& client = clients.emplace_back(server);
            client.send(sendNumbered(gone) + (i % 2 == 0 ? sendNumbered(gone) : std::string()));
        }
        QVERIFY(server.waitFor(
            [](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 300; }));
        std::size_t left = clients.size();
        for (std::size_t i = 0; i < clients.size(); i += 3, --left)
            clients[i].abort();
        QVERIFY(server.waitFor(
            [left](FakeGateway&, http::HttpFront& front) { return front.connectionCount() == left; }));
        // A third is still there, a third leaves while the answers are written, a third has left.
        server.inHttp(
            [&clients](FakeGateway& gateway, http::HttpFront&) { gateway.release(clients.size() % 2 == 0); });
        clients.clear();
    }
    QVERIFY(
        server.waitFor([](FakeGateway&, http::HttpFront& front) { return front.connectionCount() == 0; }));
    server.inHttp([](FakeGateway&, http::HttpFront& front) { QVERIFY(front.counters().answersDropped > 0); });
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = false; });
    QVERIFY(answers(ask(server, sendNumbered(1)), 1));
}

void TestFrontStorm::clientsThatLeaveDuringTheStatus()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.holdStatus = true; });
    {
        std::deque<RawClient> clients;
        for (int i = 0; i < 300; ++i)
            clients.emplace_back(server).send(request("GET", "/status"));
        QVERIFY(server.waitFor(
            [](FakeGateway& gateway, http::HttpFront&) { return gateway.heldStatus.size() == 300; }));
    }
    QVERIFY(
        server.waitFor([](FakeGateway&, http::HttpFront& front) { return front.connectionCount() == 0; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
        for (const auto& answer : std::exchange(gateway.heldStatus, {}))
            answer(gateway.status);
        gateway.holdStatus = false;
    });
    QCOMPARE(ask(server, request("GET", "/status")).status, 200);
}

void TestFrontStorm::pipelinedInOrderWhateverOrderAnswersComeIn()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    for (int round = 0; round < 20; ++round) {
        std::string burst;
        for (int i = 0; i < 50; ++i)
            burst += sendNumbered(round * 50 + i);
        client.send(burst);
        QVERIFY(
            server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 50; }));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.release(true); });
        for (int i = 0; i < 50; ++i) {
            const auto answer = client.answer();
            QVERIFY(answer);
            QVERIFY(answers(*answer, round * 50 + i));
        }
    }
}

/// An answer that is ready at once waits for the slow one before it; a HEAD among them has no body.
void TestFrontStorm::pipelinedMixOfRoutes()
{
    TestServer server;
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    client.send(sendNumbered(1) + request("HEAD", "/livez") + request("GET", "/nothing") +
                request("POST", "/send", "{") + sendNumbered(2) +
                "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + request("GET", "/livez"));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 2; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.release(true); });
    QVERIFY(answers(*client.answer(), 1));
    QCOMPARE(client.answer(true)->status, 200);
    QCOMPARE(client.answer()->status, 404);
    QCOMPARE(client.answer()->status, 400);
    QVERIFY(answers(*client.answer(), 2));
    QCOMPARE(client.answer()->status, 200);
    QVERIFY(client.closedByServer());
    QCOMPARE(client.leftover(), std::string()); // nothing is answered after Connection: close
}

/// Client and server share this process's 1024 descriptors.
void TestFrontStorm::manyConnectionsAtOnce()
{
    const TestServer server;
    std::deque<RawClient> clients;
    for (int i = 0; i < 300; ++i)
        clients.emplace_back(server).send(sendNumbered(i));
    for (int i = 0; i < 300; ++i) {
        const auto answer = clients[static_cast<std::size_t>(i)].answer();
        QVERIFY(answer);
        QVERIFY(answers(*answer, i));
    }
}

void TestFrontStorm::writesOfOneTurnGoTogether()
{
    TestServer server;
    RawClient client(server);
    std::string burst;
    for (int i = 0; i < 50; ++i)
        burst += sendNumbered(i);
    client.send(burst);
    for (int i = 0; i < 50; ++i)
        QVERIFY(client.answer());
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { QVERIFY(gateway.batches.size() < 10); });
}

void TestFrontStorm::tooManyPendingWritesAre503()
{
    ServerOptions options;
    options.limits.pendingSubmissionsMax = 3;
    options.limits.pendingSubmissionBytesMax = 1000;
    TestServer server(options);
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.hold = true; });
    RawClient client(server);
    const std::string large = request("POST", "/send", "{\"payload\":\"" + std::string(900, 'x') + "\"}");
    client.send(large + large);
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) { return gateway.held.size() == 1; }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.release(false); });
    QCOMPARE(client.answer()->status, 200);
    auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 503);
    QCOMPARE(answer->header("retry-after"), std::string("1"));
    QVERIFY(answer->body.find(R"("outcome":"rejected")") != std::string::npos);

    for (int i = 0; i < 4; ++i)
        client.send(sendNumbered(i));
    QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront& front) {
        return gateway.held.size() == 3 && front.counters().requests == 6;
    }));
    server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.release(false); });
    for (int i = 0; i < 3; ++i)
        QCOMPARE(client.answer()->status, 200);
    QCOMPARE(client.answer()->status, 503);
}

void TestFrontStorm::frontGoesAwayWithAnswersPending()
{
    std::function<void(node::NodeStatus)> late;
    {
        TestServer server;
        server.inHttp(
            [](FakeGateway& gateway, http::HttpFront&) { gateway.hold = gateway.holdStatus = true; });
        RawClient client(server);
        client.send(sendNumbered(1) + request("GET", "/status"));
        QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront&) {
            return gateway.held.size() == 1 && gateway.heldStatus.size() == 1;
        }));
        server.inHttp([&late](FakeGateway& gateway, http::HttpFront&) { late = gateway.heldStatus[0]; });
    }
    late({});
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestFrontStorm)
#include "tst_front_storm.moc"
