// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fifty leaders killed with SIGKILL under load: no acknowledged message lost, no gap, no duplicate, all nodes
// equal. As fast as leaders come back.
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
};

void TestKills::fiftyLeadersDie()
{
    constexpr int kills = 50;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 8});
    StatusWatch watch(cluster().urls(), Milliseconds(50));
    QElapsedTimer whole;
    whole.start();
    std::vector<qint64> elections;
    for (int round = 0; round < kills; ++round) {
        const int old = cluster().awaitLeader();
        QVERIFY2(old >= 0, qPrintable(QStringLiteral("no leader in round %1").arg(round)));
        const int acknowledged = load.acknowledged();
        QVERIFY(await(Milliseconds(20'000), [&] { return load.acknowledged() > acknowledged + 20; }));
        QElapsedTimer sinceKill;
        sinceKill.start();
        cluster().kill(old);
        int next = -1;
        QVERIFY(await(Milliseconds(10'000), [&] { return (next = cluster().leader()) >= 0; }));
        elections.push_back(sinceKill.elapsed());
        QVERIFY(next != old);
        QVERIFY(cluster().restart(old));
    }
    QVERIFY(cluster().awaitLeader() >= 0);
    const std::vector<Sent> sent = load.stop();
    const auto acknowledged = std::ranges::count_if(sent, [](const Sent& m) { return m.seq > 0; });
    const auto retried = std::ranges::count_if(sent, [](const Sent& m) { return m.tries > 1; });
    std::ranges::sort(elections);
    qInfo(
        "%d kills in %lld s; new leader: median %lld ms, greatest %lld ms; %lld of %zu messages acknowledged, "
        "%lld of them in several tries; longest silence %lld ms; %d terms with a leader, %d looks.",
        kills, static_cast<long long>(whole.elapsed() / 1000),
        static_cast<long long>(elections[elections.size() / 2]), static_cast<long long>(elections.back()),
        static_cast<long long>(acknowledged), sent.size(), static_cast<long long>(retried),
        static_cast<long long>(LoadClients::longestSilence(sent).count()), watch.termsWithLeader(),
        watch.samples());
    QVERIFY(watch.termsWithLeader() > kills);
    QCOMPARE(watch.stop(), QStringList());
    QCOMPARE(verify(cluster(), sent), QStringList());
}

QTEST_GUILESS_MAIN(TestKills)
#include "tst_kills.moc"
