// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real answers of nodes (samples/) and what the monitor makes of them: every figure with its unit, unknown
// where the node does not know.
#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "app/monitor/cluster/EventModel.h"
#include "app/monitor/cluster/NodeModel.h"
#include "app/monitor/cluster/NodeState.h"
#include "app/monitor/cluster/NodeTable.h"
#include "app/monitor/cluster/ObserveStream.h"

namespace dsmsg::monitor {

namespace {

QByteArray read(const char* name)
{
    QFile file(QStringLiteral(DSMSG_SAMPLES "/%1").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

RaftEvent raftEvent(const char* node, quint64 id, double ts)
{
    RaftEvent event;
    event.nodeId = QLatin1String(node);
    event.id = id;
    event.clusterTs = ts;
    event.kind = QStringLiteral("peer_lost");
    event.text = QString::number(ts);
    return event;
}

} // namespace

class TestSamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLeadersSample()
    {
        const auto sample = readSample(read("sample_leader.json"));
        QVERIFY(sample);
        QCOMPARE(sample->nodeId, QStringLiteral("n3"));
        QCOMPARE(sample->run, QStringLiteral("b051d504edfc415f"));
        QCOMPARE(sample->monoNs, Q_INT64_C(47704646390000));
        QCOMPARE(sample->role, Role::Leader);
        QVERIFY(sample->serving);
        QCOMPARE(sample->commit, quint64(4));
        QCOMPARE(sample->bound, std::optional(0.000583));
        QVERIFY(!sample->p50Ms);
        QCOMPARE(sample->queues.value("held"), 3.0);
        QCOMPARE(sample->counters.value("entries_applied"), quint64(4));
        QCOMPARE(sample->peers.size(), 2);
        const PeerSample& peer = sample->peers.front();
        QCOMPARE(peer.id, QStringLiteral("n1"));
        QCOMPARE(peer.match, std::optional<quint64>(4));
        QCOMPARE(peer.sent.heartbeat, quint64(40));
        QCOMPARE(peer.voter, std::optional(true));
    }

    void aFollowerKnowsLessOfItsPeers()
    {
        const auto sample = readSample(read("sample_follower.json"));
        QVERIFY(sample);
        QCOMPARE(sample->role, Role::Follower);
        QVERIFY(!sample->peers.front().match);
        QVERIFY(!sample->peers.front().voter);
        NodeState node(QUrl(QStringLiteral("http://127.0.0.1:18001")), nullptr);
        node.take(std::make_shared<const Sample>(*sample));
        QCOMPARE(node.peers().front()->match(), -1.0);
        QVERIFY(std::isnan(node.p99Ms()));
        QVERIFY(node.electionTimeoutMs() > 100);
        QCOMPARE(node.freshness(), NodeState::Freshness::Fresh);
    }

    /// Where there is no stream, /status fills the same fields.
    void aStatusIsASampleToo()
    {
        const QJsonObject status = QJsonDocument::fromJson(read("status_leader.json")).object();
        const Sample sample = sampleOfStatus(status);
        QCOMPARE(sample.role, Role::Leader);
        QCOMPARE(sample.term, quint64(1));
        QCOMPARE(sample.commit, quint64(4));
        QCOMPARE(sample.electionTimeoutMs, std::optional(584.711));
        QVERIFY(std::isnan(sample.acknowledgedPerS));
        QCOMPARE(sample.peers.size(), 2);
        QCOMPARE(sample.peers.front().match, std::optional<quint64>(4));

        NodeState node(QUrl(QStringLiteral("http://127.0.0.1:18002")), nullptr);
        node.take(std::make_shared<const Sample>(sample));
        node.takeStatus(status);
        QCOMPARE(node.name(), QStringLiteral("n3"));
        QCOMPARE(node.quorum(), 2);
        QCOMPARE(node.clockOffsetMs(), -0.003);
        QCOMPARE(node.peer(QStringLiteral("n1"))->delayMs(), 0.269);
        QVERIFY(node.peer(QStringLiteral("n1"))->lastHeardS() >= 0);
    }

    void garbageIsNoSample_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("list") << QByteArray("[1]");
        QTest::newRow("other") << QByteArray("{\"node_id\":7,\"log\":[]}");
    }

    void garbageIsNoSample()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!readSample(json));
        QVERIFY(!readRaftEvent(json));
    }

    void figuresAge()
    {
        NodeState node(QUrl(QStringLiteral("http://a:1")), nullptr);
        QCOMPARE(node.freshness(), NodeState::Freshness::Never);
        const auto sample = std::make_shared<const Sample>(*readSample(read("sample_leader.json")));
        node.take(sample);
        QSignalSpy aged(&node, &NodeState::ageChanged);
        QSignalSpy changed(&node, &NodeState::freshnessChanged);
        const auto at = [&](qint64 ms) {
            node.tick(sample->receivedMs + ms);
            return node.freshness();
        };
        QCOMPARE(at(1000), NodeState::Freshness::Fresh);
        QCOMPARE(aged.count(), 0); // still "now"
        QCOMPARE(at(2500), NodeState::Freshness::Aging);
        QCOMPARE(node.ageText(), QStringLiteral("2 s ago"));
        QCOMPARE(at(5000), NodeState::Freshness::Stale);
        QCOMPARE(at(14'000), NodeState::Freshness::LastKnown);
        QCOMPARE(node.ageText(), QStringLiteral("last known 14 s ago"));
        QCOMPARE(changed.count(), 3);
    }

    void eventsAreInTheOrderOfClusterTime()
    {
        EventModel events;
        const QAbstractItemModelTester tester(&events);
        QVERIFY(readRaftEvent(read("event_peer_found.json")));
        events.add(raftEvent("n1", 1, 10));
        events.add(raftEvent("n1", 2, 30));
        events.add(raftEvent("n2", 1, 20));
        events.add(raftEvent("n2", 1, 20));
        QStringList texts;
        for (int row = 0; row < events.count(); ++row)
            texts.append(events.get(row).value(QStringLiteral("text")).toString());
        QCOMPARE(texts, QStringList({QStringLiteral("30"), QStringLiteral("20"), QStringLiteral("10")}));
        QCOMPARE(events.get(0).value(QStringLiteral("severity")).toInt(), int(EventModel::Warning));
        QVERIFY(events.get(7).isEmpty());
    }

    void eventsAroundATime()
    {
        EventModel events;
        for (quint64 id = 1; id <= 20; ++id)
            events.add(raftEvent("n1", id, double(id)));
        const auto times = [&](double ts, double seconds, int most) {
            QStringList texts;
            const QVariantList found = events.around(ts, seconds, most);
            for (const QVariant& event : found)
                texts.append(event.toMap().value(QStringLiteral("text")).toString());
            return texts.join(QLatin1Char(' '));
        };
        QCOMPARE(times(10, 2, 12), QStringLiteral("9 10 11 12"));
        QCOMPARE(times(10, 5, 3), QStringLiteral("9 10 11"));
        QCOMPARE(times(1, 1.5, 12), QStringLiteral("1 2"));
        QCOMPARE(times(40, 2, 12), QString());
    }

    void eventsHaveABound()
    {
        EventModel events;
        for (quint64 id = 1; id <= EventModel::capacity + 100; ++id)
            events.add(raftEvent("n1", id, double(id)));
        QCOMPARE(events.count(), int(EventModel::capacity));
        QCOMPARE(events.event(0).id, quint64(EventModel::capacity + 100));
        events.add(raftEvent("n2", 1, 5)); // older than all that is kept
        QCOMPARE(events.count(), int(EventModel::capacity));
    }

    void nodesAreSortedByName()
    {
        NodeModel nodes;
        const QAbstractItemModelTester tester(&nodes);
        std::vector<std::unique_ptr<NodeState>> made;
        for (const char* id : {"n10", "n2", "n1"}) {
            made.push_back(std::make_unique<NodeState>(
                QUrl(QStringLiteral("http://h:%1").arg(8000 + made.size())), nullptr));
            nodes.insert(made.back().get());
            Sample sample;
            sample.nodeId = QLatin1String(id);
            sample.receivedMs = monotonicMs();
            made.back()->take(std::make_shared<const Sample>(sample));
        }
        QCOMPARE(nodes.at(0)->id(), QStringLiteral("n1"));
        QCOMPARE(nodes.at(2)->id(), QStringLiteral("n10"));
        QCOMPARE(nodes.byId(QStringLiteral("n2")), made[1].get());
        nodes.remove(made[1].get());
        QCOMPARE(nodes.count(), 2);
        nodes.clear();
        QCOMPARE(nodes.count(), 0);
    }

    void differencesBetweenNodes_data()
    {
        using Compare = NodeField::Compare;
        QTest::addColumn<QVariantList>("cells");
        QTest::addColumn<Compare>("compare");
        QTest::addColumn<QVariantList>("odd");
        const QVariant none;
        QTest::newRow("same") << QVariantList{5, 5, 5} << Compare::Equal << QVariantList{false, false, false};
        QTest::newRow("one of three")
            << QVariantList{5, 4, 5} << Compare::Equal << QVariantList{false, true, false};
        QTest::newRow("unknown is no difference")
            << QVariantList{5, none, 5} << Compare::Equal << QVariantList{false, false, false};
        QTest::newRow("by nature") << QVariantList{1, 2, 3} << Compare::Never
                                   << QVariantList{false, false, false};
        QTest::newRow("a moment later")
            << QVariantList{100.0, 104.0, 101.0} << Compare::Closely << QVariantList{false, false, false};
        QTest::newRow("far behind") << QVariantList{100.0, 20.0, 101.0} << Compare::Closely
                                    << QVariantList{false, true, false};
    }

    void differencesBetweenNodes()
    {
        QFETCH(QVariantList, cells);
        QFETCH(NodeField::Compare, compare);
        QTEST(differing(cells, compare, 8), "odd");
    }

    /// A GUI that does not look gets the newest sample and no more events than the bound, told once.
    void aSlowReaderCostsNoMemory()
    {
        int called = 0;
        ObservedBox box([&] { ++called; });
        for (quint64 id = 1; id <= 20'000; ++id) {
            box.putEvent(raftEvent("n1", id, double(id)));
            Sample sample;
            sample.term = id;
            box.putSample(std::move(sample));
        }
        box.putEnd(QStringLiteral("closed"));
        QCOMPARE(called, 1);
        Observed first = box.take();
        QCOMPARE(first.sample->term, quint64(20'000));
        QCOMPARE(first.events.size(), ObservedBox::eventsAtOnce);
        QVERIFY(!first.ended); // not before the events that came before it
        QCOMPARE(called, 2);
        qsizetype events = first.events.size();
        bool ended = false;
        while (!ended) {
            const Observed more = box.take();
            events += more.events.size();
            ended = more.ended.has_value();
        }
        QCOMPARE(events, qsizetype(ObservedBox::eventsMax));
    }
};

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestSamples)
#include "tst_samples.moc"
