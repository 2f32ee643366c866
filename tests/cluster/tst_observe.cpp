// SPDX-License-Identifier: GPL-3.0-or-later
//
// Watching real nodes: an election as those who remain see it, resuming, the life of a message, and metrics
// that move.
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <algorithm>

#include "tests/support/MetricsCheck.h"
#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/StreamClient.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};

QJsonObject jsonOf(const ServerEvent& event)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(event.data)).object();
}

/// The raft events of one kind, oldest first.
std::vector<QJsonObject> eventsOf(const EventText& text, const char* kind)
{
    std::vector<QJsonObject> found;
    for (const ServerEvent& event : text.events) {
        const QJsonObject json = jsonOf(event);
        if (event.kind == "raft" && json[QLatin1String("kind")].toString() == QLatin1String(kind))
            found.push_back(json);
    }
    return found;
}

std::vector<QJsonObject> samplesOf(const EventText& text)
{
    std::vector<QJsonObject> found;
    for (const ServerEvent& event : text.events)
        if (event.kind == "sample")
            found.push_back(jsonOf(event));
    return found;
}

} // namespace

class TestClusterObserve : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void survivorsSeeTheElection();
    void anObserverGoesOnWhereItStopped();
    void theLifeOfAMessage();
    void metricsMoveUnderLoad();
    void historyFills();
    void faultsAndJumpsAreEvents();
};

void TestClusterObserve::survivorsSeeTheElection()
{
    QVERIFY(startCluster());
    const int old = cluster().awaitLeader();
    QVERIFY(old >= 0);
    const quint64 oldTerm = cluster().status(old)->term;
    const std::vector<int> others = cluster().othersThan(old);
    StreamClient one(cluster().url(others[0]), "/observe?every_ms=100");
    StreamClient two(cluster().url(others[1]), "/observe?every_ms=100");
    const auto sampled = [](const EventText& text) { return samplesOf(text).size() >= 2; };
    QVERIFY(one.await(patience, sampled) && two.await(patience, sampled));
    const QJsonObject before = samplesOf(one.text()).back();
    QCOMPARE(before[QLatin1String("leader_id")].toString(), ProcessCluster::id(old));
    QVERIFY(before[QLatin1String("election")][QLatin1String("remaining_ms")].toDouble() > 0);
    QVERIFY(before[QLatin1String("bound")].isDouble());

    cluster().kill(old);
    const int next = cluster().awaitLeader();
    QVERIFY(next >= 0);
    StreamClient& winner = next == others[0] ? one : two;
    StreamClient& voter = next == others[0] ? two : one;
    const auto saw = [&](StreamClient& client, const char* kind) {
        return client.await(patience, [&](const EventText& text) { return !eventsOf(text, kind).empty(); });
    };
    QVERIFY(saw(winner, "leader_elected"));
    QVERIFY(!eventsOf(winner.text(), "election_started").empty());
    QVERIFY(saw(voter, "vote_granted"));
    QVERIFY(saw(voter, "leader_followed"));

    const QJsonObject elected = eventsOf(winner.text(), "leader_elected").back();
    QVERIFY(elected[QLatin1String("term")].toInteger() > static_cast<qint64>(oldTerm));
    QVERIFY(elected[QLatin1String("index")].toInteger() > 0);
    QVERIFY(!elected[QLatin1String("text")].toString().isEmpty());
    QCOMPARE(elected[QLatin1String("incarnation")].toString(), cluster().incarnation(next));
    const QJsonObject granted = eventsOf(voter.text(), "vote_granted").back();
    QCOMPARE(granted[QLatin1String("peer")].toString(), ProcessCluster::id(next));
    // Seen through two nodes' clocks the vote comes before the victory, as far as their bounds can tell.
    const auto at = [](const QJsonObject& event) { return event[QLatin1String("cluster_ts")].toDouble(); };
    const auto bound = [](const QJsonObject& event) { return event[QLatin1String("bound")].toDouble(); };
    QVERIFY(at(granted) - bound(granted) <= at(elected) + bound(elected));
}

void TestClusterObserve::anObserverGoesOnWhereItStopped()
{
    QVERIFY(startCluster({.nodes = 1, .arguments = {}}));
    QCOMPARE(cluster().awaitLeader(), 0);
    StreamClient first(cluster().url(0), "/observe?every_ms=100&after=0");
    const auto elected = [](const EventText& text) { return !eventsOf(text, "leader_elected").empty(); };
    QVERIFY(first.await(patience, elected));
    // From the election on: nothing that was seen comes again.
    const QJsonObject event = eventsOf(first.text(), "election_started").front();
    const QByteArray id = QByteArray::number(event[QLatin1String("id")].toInteger());
    StreamClient second(cluster().url(0), "/observe?every_ms=100", "Last-Event-ID: " + id + "\r\n");
    QVERIFY(second.await(patience, elected));
    QVERIFY(eventsOf(second.text(), "election_started").empty());
    const auto gaps = [](const EventText& text) {
        return std::ranges::count(text.events, "gap", &ServerEvent::kind);
    };
    QCOMPARE(gaps(second.text()), 0);

    // A node that was started anew has other events; who comes from the earlier run is told.
    QVERIFY(cluster().restart(0));
    QCOMPARE(cluster().awaitLeader(), 0);
    StreamClient third(cluster().url(0), "/observe?every_ms=100", "Last-Event-ID: " + id + "\r\n");
    QVERIFY(third.await(patience, elected));
    QCOMPARE(gaps(third.text()), 1);
    const auto runOf = [](const StreamClient& client) {
        return jsonOf(client.text().events.front())[QLatin1String("run")].toString();
    };
    QVERIFY(runOf(third) != runOf(second));
}

void TestClusterObserve::theLifeOfAMessage()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("followed"))).ok());
    QJsonObject trace;
    const auto asked = [&](int node) {
        trace = cluster().client(node).http().get("/trace?msg_id=followed", patience).json();
        return trace;
    };
    // Complete once it is delivered, and then both followers have acknowledged it too.
    QVERIFY(await(patience, [&] {
        return asked(leader)[QLatin1String("complete")].toBool() &&
               trace[QLatin1String("durable")].toObject().size() == 3;
    }));
    const auto at = [&](const char* step) { return trace[QLatin1String(step)].toDouble(); };
    QVERIFY(at("received") > 1.6e9);
    QVERIFY(at("received") <= at("appended"));
    const QJsonObject durable = trace[QLatin1String("durable")].toObject();
    QStringList early; // on disk by the time it was committed
    for (auto node = durable.begin(); node != durable.end(); ++node) {
        QVERIFY2(node->toDouble() >= at("appended"), qPrintable(node.key()));
        if (node->toDouble() <= at("committed"))
            early.append(node.key());
    }
    QVERIFY2(early.size() >= 2, "committed before a majority had it");
    QVERIFY(at("committed") <= at("applied"));
    QVERIFY(at("applied") <= at("delivered"));
    QCOMPARE(trace[QLatin1String("delivery_seq")].toInteger(), 1);
    QCOMPARE(trace[QLatin1String("held_by")].toArray().size(), 3);

    const int follower = cluster().othersThan(leader).front();
    QVERIFY(await(patience, [&] { return asked(follower).contains(QLatin1String("seq")); }));
    QVERIFY(!trace[QLatin1String("complete")].toBool());
    QVERIFY(trace[QLatin1String("received")].isNull());
    QVERIFY(trace[QLatin1String("applied")].isDouble());
    QCOMPARE(trace[QLatin1String("leader_url")].toString(), cluster().url(leader));
    QCOMPARE(cluster().client(leader).http().get("/trace?msg_id=nobody", patience).status, 404);
}

void TestClusterObserve::metricsMoveUnderLoad()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const auto scrape = [&](int node) {
        return MetricsText(cluster().client(node).http().get("/metrics", patience).body.toStdString());
    };
    const MetricsText before = scrape(leader);
    QVERIFY2(before.problems().empty(), before.problems().c_str());
    constexpr int messages = 50;
    for (int i = 0; i < messages; ++i)
        QVERIFY(cluster().client(leader).send(messageOf(QString::number(i))).ok());
    const MetricsText after = scrape(leader);
    const auto moved = [&](const char* sample) { return *after.value(sample) - *before.value(sample); };
    QCOMPARE(moved("dsmsg_submissions_total{outcome=\"accepted\"}"), double(messages));
    QCOMPARE(moved("dsmsg_messages_applied_total"), double(messages));
    QCOMPARE(moved("dsmsg_send_latency_seconds_count"), double(messages));
    QVERIFY(moved("dsmsg_send_latency_seconds_sum") > 0);
    QVERIFY(moved("dsmsg_fsync_seconds_count") >= messages);
    QVERIFY(moved("dsmsg_raft_commit_index") >= messages);
    QCOMPARE(*after.value("dsmsg_raft_role{role=\"Leader\"}"), 1.0);
    QVERIFY(*after.value("dsmsg_limit{limit=\"connections\"}") >= 64);
    QVERIFY(*after.value("dsmsg_usage{limit=\"connections\"}") >= 1);
    for (const int other : cluster().othersThan(leader)) {
        const std::string label = "{peer=\"" + ProcessCluster::id(other).toStdString() + "\"";
        QVERIFY(moved(("dsmsg_peer_sent_total" + label + ",kind=\"append\"}").c_str()) >= messages);
        QVERIFY(moved(("dsmsg_peer_answers_total" + label + ",result=\"ok\"}").c_str()) > 0);
        QVERIFY(moved(("dsmsg_peer_sent_bytes_total" + label + "}").c_str()) > 0);
        const MetricsText follower = scrape(other);
        QVERIFY2(follower.problems().empty(), follower.problems().c_str());
        QCOMPARE(*follower.value("dsmsg_raft_role{role=\"Follower\"}"), 1.0);
    }
    // It shows in the samples too, as a rate.
    StreamClient watcher(cluster().url(leader), "/observe?every_ms=100");
    QVERIFY(watcher.await(patience, [](const EventText& text) {
        const auto samples = samplesOf(text);
        return !samples.empty() &&
               samples.back()[QLatin1String("counters")][QLatin1String("accepted")].toInteger() == messages;
    }));
}

void TestClusterObserve::historyFills()
{
    QVERIFY(startCluster({.nodes = 1, .arguments = {}}));
    QCOMPARE(cluster().awaitLeader(), 0);
    QVERIFY(cluster().client(0).send(messageOf(QStringLiteral("seen"))).ok());
    QJsonObject json;
    QVERIFY(await(patience, [&] {
        json = cluster().client(0).http().get("/observe/history?step=1", patience).json();
        return json[QLatin1String("rows")].toArray().size() >= 2;
    }));
    const QJsonArray columns = json[QLatin1String("columns")].toArray();
    const QJsonArray row = json[QLatin1String("rows")].toArray().last().toArray();
    QCOMPARE(row.size(), columns.size());
    QCOMPARE(columns[2].toString(), QStringLiteral("role"));
    QCOMPARE(row[2].toString(), QStringLiteral("Leader"));
    QCOMPARE(row[6].toInteger(), 1); // seq
}

void TestClusterObserve::faultsAndJumpsAreEvents()
{
    QVERIFY(startCluster({.nodes = 1, .arguments = {QStringLiteral("--fault-injection")}}));
    QCOMPARE(cluster().awaitLeader(), 0);
    StreamClient watcher(cluster().url(0), "/observe?every_ms=100&after=0");
    // Longer than the second in which the clock is looked at.
    const HttpReply injected = cluster().client(0).http().post(
        "/faults", R"({"kind":"clock_offset","value":20,"for_s":3})", patience);
    QVERIFY2(injected.status < 300, injected.body.constData());
    QVERIFY(watcher.await(patience, [](const EventText& text) {
        return !eventsOf(text, "fault_off").empty() && !eventsOf(text, "clock_jump").empty();
    }));
    QCOMPARE(eventsOf(watcher.text(), "fault_on").size(), std::size_t(1));
    const QString text = eventsOf(watcher.text(), "fault_on").front()[QLatin1String("text")].toString();
    QVERIFY2(text.contains(QLatin1String("clock_offset")), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestClusterObserve)
#include "tst_observe.moc"
