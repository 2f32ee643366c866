// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a connection goes, and what happens when there are too many.
#include <QTest>
#include <deque>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

const std::string upgrade = "Host: a\r\nConnection: Upgrade\r\nUPGRADE: websocket\r\n\r\n";

} // namespace

class TestAcceptor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upgradesGoToThePeerThread_data();
    void upgradesGoToThePeerThread();
    void withoutUpgradeHttpAnswers();
    void tooManyConnectionsAre503();
    void limitFollowsOpenFiles();
    void survivesRunningOutOfDescriptors();
    void badAddressesAreSaid();
};

void TestAcceptor::upgradesGoToThePeerThread_data()
{
    QTest::addColumn<QByteArray>("head");
    for (const char* line : {"GET /peer HTTP/1.1\r\n", "GET /peer?x=1 HTTP/1.1\r\n"})
        QTest::newRow(line) << QByteArray(line) + QByteArray::fromStdString(upgrade);
}

/// Whether the bytes come at once or one by one.
void TestAcceptor::upgradesGoToThePeerThread()
{
    QFETCH(QByteArray, head);
    const TestServer server;
    RawClient atOnce(server);
    atOnce.send(head.toStdString());
    QVERIFY(atOnce.closedByServer());
    QCOMPARE(server.upgraded(), 1);
    RawClient slowly(server);
    for (const char c : head)
        slowly.send(std::string_view(&c, 1));
    QVERIFY(slowly.closedByServer());
    QCOMPARE(server.upgraded(), 2);
}

void TestAcceptor::withoutUpgradeHttpAnswers()
{
    const TestServer server;
    for (const char* target : {"/peer", "/peers", "/ws/x"})
        QCOMPARE(ask(server, request("GET", target)).status, 404);
    QCOMPARE(ask(server, request("GET", "/ws")).status, 426);
    QCOMPARE(
        ask(server, request("GET", "/livez", {}, "Connection: Upgrade\r\nUpgrade: websocket\r\n")).status,
        200);
    QCOMPARE(
        ask(server, request("GET", "/livez", {}, "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"))
            .status,
        200);
    QCOMPARE(server.upgraded(), 0);
}

void TestAcceptor::tooManyConnectionsAre503()
{
    ServerOptions options;
    options.acceptor.connectionsMax = 5;
    const TestServer server(options);
    {
        std::deque<RawClient> clients;
        for (int i = 0; i < 5; ++i) {
            clients.emplace_back(server).send(request("GET", "/livez"));
            QCOMPARE(clients.back().answer()->status, 200);
        }
        for (int i = 0; i < 100; ++i) {
            RawClient client(server);
            client.send(request("POST", "/send", "{}"));
            const auto answer = client.answer();
            if (i >= 20 && !answer)
                continue; // in a flood a reset is all they get
            QVERIFY(answer);
            QCOMPARE(answer->status, 503);
            QCOMPARE(answer->header("retry-after"), std::string("1"));
            QVERIFY(client.closedByServer());
        }
        QCOMPARE(server.accepting().refused.load(), 100U);
        clients.front().send(request("GET", "/livez"));
        QCOMPARE(clients.front().answer()->status, 200);
    }
    QTRY_COMPARE(server.accepting().open.load(), 0U);
    QCOMPARE(ask(server, request("GET", "/livez")).status, 200);
}

void TestAcceptor::limitFollowsOpenFiles()
{
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    QCOMPARE(net::connectionsForOpenFileLimit(), static_cast<std::size_t>(limit.rlim_cur) - 128);
}

/// Every descriptor but one is taken: the client's own connects, accepting it fails. Once there are some
/// again, the waiting client is served; and the failure did not spin.
void TestAcceptor::survivesRunningOutOfDescriptors()
{
    const TestServer server;
    QCOMPARE(ask(server, request("GET", "/livez")).status, 200);
    QTRY_COMPARE(server.accepting().open.load(), 0U); // or its descriptor is freed in the middle of the test
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit few = before;
    few.rlim_cur = 200;
    ::setrlimit(RLIMIT_NOFILE, &few);
    std::vector<int> taken;
    for (int fd; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;)
        taken.push_back(fd);
    ::close(taken.back());
    taken.pop_back();
    RawClient client(server);
    client.send(request("GET", "/livez"));
    rusage start{};
    ::getrusage(RUSAGE_SELF, &start);
    QVERIFY(!client.waitBytes(500));
    rusage end{};
    ::getrusage(RUSAGE_SELF, &end);
    for (const int fd : taken)
        ::close(fd);
    ::setrlimit(RLIMIT_NOFILE, &before);
    const auto answer = client.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    const auto micros = [](const rusage& usage) {
        return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000 + usage.ru_utime.tv_usec +
               usage.ru_stime.tv_usec;
    };
    QVERIFY(micros(end) - micros(start) < 250'000);
}

void TestAcceptor::badAddressesAreSaid()
{
    const auto nonsense = net::Acceptor::listen(QStringLiteral("not an address"), 0);
    QVERIFY(!nonsense);
    QVERIFY(nonsense.error().text.find("not an address") != std::string::npos);
    const TestServer server;
    const auto taken = net::Acceptor::listen(QStringLiteral("127.0.0.1"), server.port());
    QVERIFY(!taken);
    QVERIFY(taken.error().text.find(std::to_string(server.port())) != std::string::npos);
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestAcceptor)
#include "tst_acceptor.moc"
