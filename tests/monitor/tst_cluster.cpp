// SPDX-License-Identifier: GPL-3.0-or-later
//
// The monitor's picture of real nodes: found from one address, followed through the death of a leader, and
// steered by calls of the API.
#include <QSet>
#include <QSignalSpy>

#include "app/monitor/cluster/ApiCall.h"
#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/EachNode.h"
#include "app/monitor/cluster/Requests.h"
#include "tests/support/process/ClusterTest.h"

namespace dsmsg::monitor {

using test::ProcessCluster;
using Link = NodeState::Link;

class TestCluster : public test::ClusterTest
{
    Q_OBJECT

private:
    /// A monitor that knows one node's address.
    struct Watched
    {
        explicit Watched(const QString& url) { monitor.connectToText(url); }
        Requests requests;
        ClusterMonitor monitor{requests};
    };

    static bool live(const ClusterMonitor& monitor)
    {
        return monitor.state() == ClusterMonitor::Live && monitor.leader();
    }

private Q_SLOTS:
    void oneAddressIsEnough()
    {
        QVERIFY(startCluster());
        const int leader = cluster().awaitLeader();
        Watched watched(cluster().url(cluster().othersThan(leader).front()));
        ClusterMonitor& monitor = watched.monitor;
        QTRY_COMPARE(monitor.nodes()->count(), 3);
        QTRY_VERIFY(live(monitor));
        QCOMPARE(monitor.leader()->id(), ProcessCluster::id(leader));
        QTRY_COMPARE(monitor.severity(), ClusterMonitor::Good);
        QVERIFY2(monitor.verdict().startsWith(QStringLiteral("Healthy. 3 of 3 nodes, ")),
                 qPrintable(monitor.verdict()));
        QCOMPARE(monitor.mayFail(), 1);
        QCOMPARE(monitor.target(), monitor.leader());
        QTRY_VERIFY(monitor.events()->count() > 0);
        NodeState* node = monitor.nodes()->at(0);
        QTRY_COMPARE(node->peers().size(), 2);
        QTRY_VERIFY(node->peers().front()->alive());
        QCOMPARE(node->mode(), QStringLiteral("sync_quorum"));
    }

    void anotherAddressIsTheSameNode()
    {
        QVERIFY(startCluster());
        QVERIFY(cluster().awaitLeader() >= 0);
        Watched watched(cluster().url(0).replace(QStringLiteral("127.0.0.1"), QStringLiteral("localhost")) +
                        QLatin1Char(',') + cluster().url(1));
        QTRY_VERIFY(live(watched.monitor));
        QTRY_COMPARE(watched.monitor.nodes()->count(), 3);
        QTest::qWait(300); // another status of each would bring the twin
        QCOMPARE(watched.monitor.nodes()->count(), 3);
    }

    void aKilledLeaderIsMissedAndReplaced()
    {
        QVERIFY(startCluster());
        const int leader = cluster().awaitLeader();
        Watched watched(cluster().url(0));
        ClusterMonitor& monitor = watched.monitor;
        QTRY_VERIFY(live(monitor));
        QSignalSpy found(&monitor, &ClusterMonitor::leaderFound);
        NodeState* dead = monitor.nodes()->byId(ProcessCluster::id(leader));
        cluster().kill(leader);
        QTRY_COMPARE_WITH_TIMEOUT(dead->link(), Link::Down, 3000);
        QVERIFY(!dead->problem().isEmpty());
        QTRY_VERIFY(monitor.leader() && monitor.leader() != dead);
        QTRY_COMPARE(found.count(), 1);
        QTRY_VERIFY2(monitor.verdict().contains(QStringLiteral("No more may fail.")),
                     qPrintable(monitor.verdict()));
        QCOMPARE(monitor.state(), ClusterMonitor::Partly);
        QTRY_COMPARE_WITH_TIMEOUT(dead->freshness(), NodeState::Freshness::Stale, 8000);
        QVERIFY(cluster().restart(leader));
        QTRY_VERIFY_WITH_TIMEOUT(live(monitor), 10'000);
        QCOMPARE(dead->link(), Link::Live);
    }

    void noMajorityIsAnnouncedOnce()
    {
        QVERIFY(startCluster());
        const int leader = cluster().awaitLeader();
        Watched watched(cluster().url(0));
        ClusterMonitor& monitor = watched.monitor;
        QTRY_VERIFY(live(monitor));
        QSignalSpy lost(&monitor, &ClusterMonitor::leaderLost);
        QSignalSpy quorumLost(&monitor, &ClusterMonitor::quorumLost);
        const std::vector<int> others = cluster().othersThan(leader);
        cluster().kill(others[0]);
        cluster().kill(others[1]);
        QTRY_COMPARE_WITH_TIMEOUT(quorumLost.count(), 1, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(lost.count(), 1, 10'000);
        QTRY_COMPARE(monitor.severity(), ClusterMonitor::Critical);
        QVERIFY2(monitor.verdict().contains(QStringLiteral("1 of 3 nodes can be reached and 2 are needed")),
                 qPrintable(monitor.verdict()));
    }

    void aPausedNodeIsSilentNotDown()
    {
        QVERIFY(startCluster());
        QVERIFY(cluster().awaitLeader() >= 0);
        Watched watched(cluster().url(0));
        QTRY_VERIFY(live(watched.monitor));
        NodeState* node = watched.monitor.nodes()->byId(ProcessCluster::id(1));
        cluster().process(1).pause();
        QTRY_COMPARE_WITH_TIMEOUT(node->link(), Link::Silent, 6000);
        cluster().process(1).resume();
        QTRY_COMPARE_WITH_TIMEOUT(node->link(), Link::Live, 8000);
    }

    /// Every event once, though the stream was broken in between, and those that came meanwhile too.
    void eventsResumeWithoutRepeats()
    {
        QVERIFY(startCluster());
        const int leader = cluster().awaitLeader();
        Watched watched(cluster().url(0));
        ClusterMonitor& monitor = watched.monitor;
        QTRY_VERIFY(live(monitor));
        QTRY_VERIFY(monitor.events()->count() > 0);
        QSet<QPair<QString, quint64>> seen;
        bool repeated = false;
        bool foundAgain = false;
        connect(&monitor, &ClusterMonitor::happened, this, [&](NodeState*, const RaftEvent& event) {
            repeated = repeated || seen.contains({event.nodeId, event.id});
            seen.insert({event.nodeId, event.id});
            foundAgain = foundAgain || event.kind == QLatin1String("peer_found");
        });
        monitor.setAutoRefresh(false);
        const int other = cluster().othersThan(leader).front();
        QVERIFY(cluster().stop(other));
        QVERIFY(cluster().restart(other));
        QCOMPARE(seen.size(), 0);
        monitor.setAutoRefresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(foundAgain, 10'000);
        QVERIFY(!repeated);
    }

    void aCallIsSentOnToTheLeader()
    {
        QVERIFY(startCluster());
        const int leader = cluster().awaitLeader();
        Watched watched(cluster().url(0));
        ClusterMonitor& monitor = watched.monitor;
        QTRY_VERIFY(live(monitor));
        ApiCall call;
        call.setCluster(&monitor);
        call.setNode(monitor.nodes()->byId(ProcessCluster::id(cluster().othersThan(leader).front())));
        call.setMethod(QStringLiteral("POST"));
        call.setPath(QStringLiteral("/send"));
        call.setBody(QVariantMap{{QStringLiteral("payload"), QStringLiteral("it's")}});
        QSignalSpy redirected(&monitor, &ClusterMonitor::redirected);
        QVERIFY2(call.curl().endsWith(QStringLiteral("'{\"payload\":\"it'\\''s\"}' ") +
                                      call.node()->url().toString() + QStringLiteral("/send")),
                 qPrintable(call.curl()));
        call.run();
        QVERIFY(call.busy());
        QTRY_VERIFY(!call.busy());
        QVERIFY2(call.ok(), qPrintable(call.error()));
        QVERIFY(call.answer().value(QStringLiteral("seq")).toInt() > 0);
        QCOMPARE(call.redirectedFrom(), call.node()->url());
        QCOMPARE(call.answeredBy(), monitor.leader()->url());
        QCOMPARE(redirected.count(), 1);
        QVERIFY(monitor.redirectText().contains(ProcessCluster::id(leader)));

        EachNode each;
        each.setMethod(QStringLiteral("POST"));
        each.setPath(QStringLiteral("/time/sync"));
        each.setCluster(&monitor);
        QCOMPARE(each.count(), 3);
        QVERIFY2(each.curl().startsWith(QStringLiteral("for node in ")) &&
                     each.curl().endsWith(QStringLiteral("-X POST $node/time/sync; done")),
                 qPrintable(each.curl()));
        QSignalSpy answered(&each, &EachNode::answered);
        each.run();
        QTRY_COMPARE(answered.count(), 1);
        for (int row = 0; row < each.count(); ++row)
            QCOMPARE(each.at(row)->answer().value(QStringLiteral("asked")).toInt(), 2);
        each.setOnly(monitor.leader());
        QCOMPARE(each.count(), 1);
        QVERIFY(each.curl().endsWith(monitor.leader()->url().toString() + QStringLiteral("/time/sync")));

        call.setPath(QStringLiteral("/nowhere"));
        call.run();
        QTRY_VERIFY(!call.busy());
        QCOMPARE(call.status(), 404);
        QVERIFY2(call.error().contains(QStringLiteral("there is nothing at /nowhere")),
                 qPrintable(call.error()));
    }
};

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestCluster)
#include "tst_cluster.moc"
