// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leaders killed with SIGKILL under load: no acknowledged message lost, no gap, no duplicate, all nodes
// equal.
#include <QElapsedTimer>
#include <algorithm>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/StatusWatch.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestKills : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void fiftyLeadersDie();
    void aLeaderDiesEveryFiveSeconds();
    void aMinuteWithoutAnElection();

private:
    /// Ends the load and checks what the cluster made of it.
    void conclude(LoadClients& load, StatusWatch& watch);
};

void TestKills::conclude(LoadClients& load, StatusWatch& watch)
{
    QVERIFY(cluster().awaitLeader() >= 0);
    const std::vector<Sent> sent = load.stop();
    std::vector<qint64> latencies;
    qsizetype retried = 0;
    for (const Sent& message : sent) {
        if (message.seq > 0)
            latencies.push_back(message.latency.count());
        retried += message.tries > 1 ? 1 : 0;
    }
    QVERIFY(!latencies.empty());
    std::ranges::sort(latencies);
    qInfo(
        "%zu of %zu messages acknowledged, %lld by way of another node or try; latency median %lld ms, greatest %lld ms; "
        "longest silence %lld ms; %d terms with a leader in %d looks.",
        latencies.size(), sent.size(), static_cast<long long>(retried),
        static_cast<long long>(latencies[latencies.size() / 2]), static_cast<long long>(latencies.back()),
        static_cast<long long>(LoadClients::longestSilence(sent).count()), watch.termsWithLeader(),
        watch.samples());
    QCOMPARE(watch.stop(), QStringList());
    QCOMPARE(latencies.size(), sent.size());
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestKills::fiftyLeadersDie()
{
    constexpr int kills = 50;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 16});
    StatusWatch watch(cluster().urls(), Milliseconds(50));
    QElapsedTimer whole;
    whole.start();
    std::vector<qint64> elections;
    for (int round = 0; round < kills; ++round) {
        const int old = cluster().awaitLeader();
        QVERIFY2(old >= 0, qPrintable(QStringLiteral("no leader in round %1").arg(round)));
        const int acknowledged = load.acknowledged();
        QVERIFY(await(Milliseconds(20'000), [&] { return load.acknowledged() > acknowledged + 150; }));
        QElapsedTimer sinceKill;
        sinceKill.start();
        cluster().kill(old);
        int next = -1;
        QVERIFY(await(Milliseconds(10'000), [&] { return (next = cluster().leader()) >= 0; }));
        elections.push_back(sinceKill.elapsed());
        QVERIFY(next != old);
        QVERIFY(cluster().restart(old));
    }
    std::ranges::sort(elections);
    qInfo("%d kills in %lld s; a new leader after %lld ms (median), %lld ms (greatest).", kills,
          static_cast<long long>(whole.elapsed() / 1000),
          static_cast<long long>(elections[elections.size() / 2]), static_cast<long long>(elections.back()));
    QVERIFY(watch.termsWithLeader() > kills);
    conclude(load, watch);
}

/// As users do it by hand: every 5 s, under 50 messages a second; for a minute, or DSMSG_TEST_KILLS times.
/// With
/// ./test.sh --full for two.
void TestKills::aLeaderDiesEveryFiveSeconds()
{
    const int kills =
        qEnvironmentVariableIsSet("DSMSG_TEST_KILLS") ? qEnvironmentVariableIntValue("DSMSG_TEST_KILLS") : 12;
    constexpr Milliseconds between{5000};
    constexpr int clients = 10;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = clients, .pause = Milliseconds(1000 * clients / 50)});
    StatusWatch watch(cluster().urls(), Milliseconds(50));
    QDeadlineTimer next(between);
    for (int round = 0; round < kills; ++round) {
        QVERIFY(await(between * 2, [&] { return next.hasExpired(); }));
        next = QDeadlineTimer(between);
        const int old = cluster().awaitLeader(between);
        QVERIFY2(old >= 0, qPrintable(QStringLiteral("no leader in round %1").arg(round)));
        cluster().kill(old);
        QVERIFY(cluster().awaitLeader(between) >= 0);
        QVERIFY(cluster().restart(old));
    }
    conclude(load, watch);
}

/// Load alone must not cost a leader its office: 256 connections that send as fast as they are answered.
void TestKills::aMinuteWithoutAnElection()
{
    constexpr Milliseconds minute{60'000};
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const quint64 term = cluster().status(leader)->term;
    LoadClients load(cluster().urls(), {.clients = 256, .tryPatience = Milliseconds(10'000)});
    StatusWatch watch(cluster().urls(), Milliseconds(100));
    const QDeadlineTimer end(minute);
    QVERIFY(await(minute * 2, [&] { return end.hasExpired(); }));
    qInfo("%d messages a second.", load.acknowledged() / 60);
    QCOMPARE(cluster().leader(), leader);
    QCOMPARE(watch.termsWithLeader(), 1);
    conclude(load, watch);
    QCOMPARE(cluster().status(leader)->term, term);
}

QTEST_GUILESS_MAIN(TestKills)
#include "tst_kills.moc"
