// SPDX-License-Identifier: GPL-3.0-or-later
//
// Clients that leave in the middle, clients that pipeline, and more clients than descriptors, on nodes that
// may open 1024 files as in a bare login: no node dies, every answer is right and in its turn, nothing leaks.
#include <QElapsedTimer>
#include <memory>
#include <sys/resource.h>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr unsigned bareLoginFiles = 1024;
constexpr Milliseconds patience{10'000};

QByteArray bodyOf(const QString& id)
{
    return R"({"msg_id":")" + id.toUtf8() + R"(","payload":{"for":")" + id.toUtf8() + R"("}})";
}

/// A limit on open files in this process that leaves room for `wanted`; false when it may not be raised.
bool mayOpen(rlim_t wanted)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= wanted;
}

} // namespace

class TestStorm : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void tenThousandClientsLeave();
    void pipelinedRequestsAreAnsweredInTurn();
    void moreClientsThanDescriptors();

private:
    /// `count` clients ask, and leave before the answer.
    void comeAndGo(int node, int round, int count, std::vector<Sent>& sent);
    void checkNothingLeaked(const std::vector<qint64>& pids, const std::vector<qsizetype>& files);
};

void TestStorm::comeAndGo(int node, int round, int count, std::vector<Sent>& sent)
{
    std::vector<std::unique_ptr<HttpClient>> clients;
    clients.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<HttpClient>(cluster().url(node)));
        HttpClient& client = *clients.back();
        const QString id = QStringLiteral("storm-%1-%2").arg(round).arg(i);
        QByteArray bytes = client.format("POST", "/send", bodyOf(id));
        sent.push_back({.id = id});
        if (i % 3 == 1) // two more answers that nobody will take
            bytes += client.format("GET", "/status", {}) + client.format("GET", "/messages?limit=1000", {});
        if (i % 10 == 9) // or not even a whole request
            bytes.chop(bytes.size() / 2);
        QVERIFY2(client.write(bytes, QDeadlineTimer(patience)), qPrintable(client.error()));
    }
    for (const auto& client : clients)
        client->abort();
}

void TestStorm::checkNothingLeaked(const std::vector<qint64>& pids, const std::vector<qsizetype>& files)
{
    constexpr qsizetype slack = 8; // links between the nodes that are being dialled
    for (int node = 0; node < cluster().size(); ++node) {
        const auto at = static_cast<std::size_t>(node);
        QVERIFY(cluster().process(node).running());
        QCOMPARE(cluster().process(node).pid(), pids[at]);
        const bool closed =
            await(patience, [&] { return cluster().process(node).openFiles() <= files[at] + slack; });
        QVERIFY2(closed, qPrintable(QStringLiteral("%1 files open, %2 before")
                                        .arg(cluster().process(node).openFiles())
                                        .arg(files[at])));
    }
}

void TestStorm::tenThousandClientsLeave()
{
    constexpr int rounds = 100;
    constexpr int clientsOfARound = 100;
    QVERIFY(startCluster({.openFilesMax = bareLoginFiles}));
    QVERIFY(cluster().awaitLeader() >= 0);
    std::vector<qint64> pids;
    std::vector<qsizetype> files;
    for (int node = 0; node < cluster().size(); ++node) {
        pids.push_back(cluster().process(node).pid());
        files.push_back(cluster().process(node).openFiles());
    }
    QElapsedTimer clock;
    clock.start();
    std::vector<Sent> sent;
    for (int round = 0; round < rounds; ++round) {
        const int leader = cluster().awaitLeader();
        QVERIFY(leader >= 0);
        const int target = round % 5 == 4 ? cluster().othersThan(leader).front() : leader;
        // In every tenth round no quorum can answer before the clients have left.
        const std::vector<int> paused = round % 10 == 0 ? cluster().othersThan(leader) : std::vector<int>();
        for (const int node : paused)
            cluster().process(node).pause();
        comeAndGo(target, round, clientsOfARound, sent);
        for (const int node : paused)
            cluster().process(node).resume();
        if (QTest::currentTestFailed())
            return;
    }
    qInfo("%zu clients came and went in %lld ms.", sent.size(), static_cast<long long>(clock.elapsed()));
    checkNothingLeaked(pids, files);
    if (QTest::currentTestFailed())
        return;
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const SendReply reply = cluster().client(leader).send(messageOf(QStringLiteral("after the storm")));
    QVERIFY2(reply.ok(), qPrintable(reply.text()));
    sent.push_back({.id = QStringLiteral("after the storm"), .seq = reply.seq});
    // Most of them were taken, though nobody waited.
    QVERIFY(reply.seq > sent.size() / 2);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestStorm::pipelinedRequestsAreAnsweredInTurn()
{
    constexpr int connections = 40;
    constexpr int depth = 30;
    QVERIFY(startCluster({.openFilesMax = bareLoginFiles}));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    std::vector<std::unique_ptr<HttpClient>> clients;
    clients.reserve(connections);
    const auto idOf = [](int connection, int i) {
        return QStringLiteral("pipe-%1-%2").arg(connection).arg(i);
    };
    for (int connection = 0; connection < connections; ++connection) {
        clients.push_back(std::make_unique<HttpClient>(cluster().url(leader)));
        QByteArray bytes;
        for (int i = 0; i < depth; ++i) {
            switch (i % 4) {
            case 0:
            case 1:
                bytes += clients.back()->format("POST", "/send", bodyOf(idOf(connection, i)));
                break;
            case 2:
                bytes += clients.back()->format("GET", "/heartbeat", {});
                break;
            default:
                bytes += clients.back()->format("GET", "/nowhere", {});
            }
        }
        QVERIFY2(clients.back()->write(bytes, QDeadlineTimer(patience)), qPrintable(clients.back()->error()));
    }
    std::vector<Sent> sent;
    for (int connection = 0; connection < connections; ++connection) {
        for (int i = 0; i < depth; ++i) {
            const HttpReply reply =
                clients[static_cast<std::size_t>(connection)]->receive(QDeadlineTimer(patience));
            const QByteArray shown = reply.error.toUtf8() + reply.body;
            const QJsonObject json = reply.json();
            if (i % 4 < 2) {
                QVERIFY2(reply.status == 200, shown);
                QCOMPARE(json.value(QLatin1String("msg_id")).toString(), idOf(connection, i));
                sent.push_back({.id = idOf(connection, i),
                                .seq = static_cast<quint64>(json.value(QLatin1String("seq")).toInteger())});
            } else if (i % 4 == 2) {
                QVERIFY2(reply.status == 200 && json.contains(QLatin1String("node_id")), shown);
            } else {
                QVERIFY2(reply.status == 404, shown);
            }
        }
    }
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestStorm::moreClientsThanDescriptors()
{
    constexpr int clientsMax = 1200;
    if (!mayOpen(clientsMax + 200))
        QSKIP("This test itself may not open enough files (ulimit -Hn).");
    QVERIFY(startCluster({.openFilesMax = bareLoginFiles}));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const quint64 term = cluster().status(leader)->term;
    std::vector<std::unique_ptr<HttpClient>> clients;
    clients.reserve(clientsMax);
    int answered = 0;
    int refused = 0;
    for (int i = 0; i < clientsMax; ++i) {
        clients.push_back(std::make_unique<HttpClient>(cluster().url(leader)));
        HttpClient& client = *clients.back();
        const HttpReply reply = client.get("/heartbeat", patience);
        answered += reply.status == 200 ? 1 : 0;
        refused += reply.status == 503 ? 1 : 0;
    }
    qInfo("Of %d connections %d are served, %d refused with 503.", clientsMax, answered, refused);
    QVERIFY(answered > 800);
    QVERIFY(refused > 0);
    // Whoever has a connection is served, the nodes among themselves too.
    const SendReply reply = cluster().client(leader).send(messageOf(QStringLiteral("in the crowd")));
    QVERIFY2(reply.ok(), qPrintable(reply.text()));
    QCOMPARE(cluster().status(leader)->term, term);
    clients.clear();
    QVERIFY(await(patience, [&] {
        return HttpClient(cluster().url(leader)).get("/heartbeat", patience).status == 200;
    }));
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("in the crowd"), .seq = 1}}), QStringList());
}

QTEST_GUILESS_MAIN(TestStorm)
#include "tst_storm.moc"
