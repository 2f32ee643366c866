// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leadership handed to a node that does not take it (dissertation 3.10): the order is refused or given up in
// words within about an election timeout, and the leader, who takes no writes meanwhile, serves on. The same
// in the core: ScenariosTransfer::aSuccessorThatDiesIsGivenUp.
#include <QElapsedTimer>
#include <QJsonDocument>
#include <csignal>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

/// The greatest election timeout, and what a loaded machine adds.
constexpr Milliseconds givenUpAfter{1200};
/// See tst_members.cpp.
constexpr Milliseconds oneElection{2000};

} // namespace

class TestTransfer : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void toADeadNode_data();
    void toADeadNode();
    void aLeaderThatIsToldToStop();
    void fromOneFullDiskToAnother();
};

void TestTransfer::toADeadNode_data()
{
    QTest::addColumn<QString>("state");
    QTest::newRow("dead for long") << QStringLiteral("dead");
    QTest::newRow("stands still since just now") << QStringLiteral("paused");
    QTest::newRow("died just now") << QStringLiteral("killed");
}

void TestTransfer::toADeadNode()
{
    QFETCH(QString, state);
    ClusterOptions options;
    options.arguments << QStringLiteral("--peer-down-after") << QStringLiteral("2000");
    QVERIFY(startCluster(options));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const std::vector<int> others = cluster().othersThan(leader);
    const int successor = others.front();
    const quint64 term = cluster().status(leader)->term;
    // A client that asks the dead one first would measure its own patience.
    LoadClients load({cluster().url(leader), cluster().url(others.back())}, {.clients = 16});
    QVERIFY(load.awaitMore(500));

    if (state == QLatin1String("paused"))
        cluster().process(successor).pause();
    else
        cluster().kill(successor);
    if (state == QLatin1String("dead")) {
        QVERIFY2(await(Milliseconds(10'000),
                       [&] {
                           const auto seen = cluster().status(leader);
                           return seen && !seen->peerAlive.value(cluster().url(successor), true);
                       }),
                 "the leader sees it as dead");
    }
    QElapsedTimer clock;
    clock.start();
    const HttpReply reply = cluster().client(leader).http().post(
        "/cluster/transfer",
        QJsonDocument(QJsonObject{{QStringLiteral("to"), ProcessCluster::id(successor)}}).toJson(),
        Milliseconds(10'000));
    const qint64 took = clock.elapsed();
    QCOMPARE(reply.status, 503);
    const QString reason = reply.json()[QLatin1String("reason")].toString();
    qInfo("Answered after %lld ms: %s", static_cast<long long>(took), qPrintable(reason));
    QVERIFY2(reason.contains(QLatin1String("successor")), reply.body.constData());
    QVERIFY(took < givenUpAfter.count());

    QVERIFY2(load.awaitMore(500), "the leader serves on");
    QCOMPARE(cluster().leader(), leader);
    QCOMPARE(cluster().status(leader)->term, term);
    // An order to campaign may have waited in the paused one's socket: it must do no harm.
    if (cluster().process(successor).paused())
        cluster().process(successor).resume();
    else
        QVERIFY(cluster().restart(successor));
    QVERIFY(load.awaitMore(500));
    const std::vector<Sent> sent = load.stop();
    qInfo("Longest silence %lld ms, greatest latency %lld ms.",
          static_cast<long long>(LoadClients::longestSilence(sent).count()),
          static_cast<long long>(LoadClients::latencyOf(1, sent).count()));
    QVERIFY(LoadClients::latencyOf(1, sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestTransfer::aLeaderThatIsToldToStop()
{
    // Without a hand-over it would take five seconds until another leads.
    ClusterOptions options;
    options.arguments << QStringLiteral("--election-timeout-min") << QStringLiteral("5000")
                      << QStringLiteral("--election-timeout-max") << QStringLiteral("5500");
    QVERIFY(startCluster(options));
    const int leader = cluster().awaitLeader(Milliseconds(20'000));
    QVERIFY(leader >= 0);
    QElapsedTimer clock;
    clock.start();
    cluster().process(leader).signal(SIGTERM);
    QCOMPARE(cluster().process(leader).exitCode(Milliseconds(5000)), std::optional(0));
    QVERIFY2(await(Milliseconds(3000),
                   [&] {
                       const int next = cluster().leader();
                       return next >= 0 && next != leader;
                   }),
             "the node that stops hands its leadership over");
    QVERIFY2(clock.elapsed() < 4000, qPrintable(QString::number(clock.elapsed())));
}

/// Nobody has room, so nobody hands over; who is told to does.
void TestTransfer::fromOneFullDiskToAnother()
{
    QVERIFY(startCluster(breakable()));
    QVERIFY(cluster().awaitLeader() >= 0);
    for (int node = 0; node < cluster().size(); ++node) {
        const HttpReply ordered = cluster().client(node).http().post(
            "/faults", R"({"kind":"disk_full","value":40000000,"for_s":60})", Milliseconds(5000));
        QCOMPARE(ordered.status, 200);
    }
    const auto isFull = [&](int node) {
        const auto status = cluster().status(node);
        return status && !status->json[QLatin1String("disk")][QLatin1String("sufficient")].toBool(true);
    };
    QVERIFY(await(Milliseconds(10'000), [&] { return isFull(0) && isFull(1) && isFull(2); }));
    // Whoever noticed it first may just be handing over to one that had not.
    int leader = -1;
    HttpReply reply;
    const auto handedOver = [&] {
        leader = cluster().leader();
        if (leader < 0)
            return false;
        reply = cluster().client(leader).http().post("/cluster/transfer", "{}", Milliseconds(10'000));
        return reply.status == 200;
    };
    QVERIFY2(await(Milliseconds(10'000), handedOver), reply.body.constData());
    QVERIFY2(await(Milliseconds(10'000),
                   [&] {
                       const int next = cluster().leader();
                       return next >= 0 && next != leader;
                   }),
             "another node leads");
}

QTEST_GUILESS_MAIN(TestTransfer)
#include "tst_transfer.moc"
