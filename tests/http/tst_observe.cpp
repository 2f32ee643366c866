// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET /observe and /observe/history: what an observer sees, where it resumes, and what many of them or a slow
// one cost the node.
#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <algorithm>
#include <functional>

#include "core/http/ObserveStream.h"
#include "tests/http/TestServer.h"
#include "tests/support/EventText.h"

using namespace dsmsg;
using namespace dsmsg::test;
using namespace std::chrono_literals;

namespace {

/// A client of /observe.
class Watcher
{
public:
    explicit Watcher(const TestServer& server, const std::string& query = "every_ms=100",
                     const std::string& headers = {})
        : client_(server)
    {
        client_.send(request("GET", "/observe?" + query, {}, headers));
        head = client_.answer(true).value_or(Answer{});
        text_.add(client_.takeLeftover());
    }

    /// Waits for that many events of the kind.
    bool await(const std::string& kind, std::size_t count)
    {
        return awaitUntil([&] { return of(kind).size() >= count; });
    }
    bool awaitPosition(const std::string& id)
    {
        return awaitUntil([&] { return text_.lastEventId == id; });
    }
    bool awaitComment()
    {
        return awaitUntil([&] { return text_.comments > 0; });
    }
    std::vector<ServerEvent> of(const std::string& kind) const
    {
        std::vector<ServerEvent> found;
        std::ranges::copy_if(text_.events, std::back_inserter(found),
                             [&](const ServerEvent& event) { return event.kind == kind; });
        return found;
    }
    QJsonObject first(const std::string& kind) const
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(of(kind).front().data)).object();
    }
    /// "1001 1002"
    std::string raftIds() const
    {
        std::string ids;
        for (const ServerEvent& event : of("raft"))
            ids += (ids.empty() ? "" : " ") + event.id;
        return ids;
    }

    Answer head;

private:
    bool awaitUntil(const std::function<bool()>& condition)
    {
        const QDeadlineTimer deadline(10'000);
        while (!condition() && !deadline.hasExpired()) {
            if (!client_.waitBytes(static_cast<int>(deadline.remainingTime())))
                break;
            text_.add(client_.takeLeftover());
        }
        return condition();
    }

    RawClient client_;
    EventText text_;
};

void happen(TestServer& server, int count)
{
    server.inHttp([count](FakeGateway& gateway, http::HttpFront&) {
        for (int i = 0; i < count; ++i) {
            node::ObservedEvent event;
            event.kind = "leader_elected";
            event.term = Term(4);
            event.text = "Term 4: this node leads.";
            gateway.events.add(std::move(event));
        }
    });
}

/// A client that takes `room` bytes and then nothing more.
class NarrowWriter final : public http::StreamWriter
{
public:
    void write(std::string_view bytes) override
    {
        text.add(bytes);
        held += bytes.size() > room ? bytes.size() - room : 0;
        room -= std::min(room, bytes.size());
    }
    std::size_t unsent() const override { return held; }
    void finish() override {}

    EventText text;
    std::size_t room = SIZE_MAX;
    std::size_t held = 0;
};

} // namespace

class TestObserve : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { server_ = std::make_unique<TestServer>(); }
    void cleanup() { server_.reset(); }

    void aSampleComesAtOnceAndThenRegularly()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            node::Sample& sample = gateway.observation.sample;
            sample.nodeId = "n1";
            sample.incarnation = ServerId(0xabc);
            sample.at = Instant(2ms);
            sample.clusterTime = UnixTime(1'700'000'000'250'000us);
            sample.bound = 1ms;
            sample.electionRemaining = 250ms;
            sample.commit = LogIndex(41);
            sample.first = LogIndex(10);
            node::PeerSample peer;
            peer.id = "n2";
            peer.progress.emplace();
            peer.progress->state = raft::PeerStatus::State::Replicate;
            peer.progress->sinceContact = 12ms;
            peer.traffic.heartbeat = 9;
            sample.peers = {peer};
        });
        Watcher watcher(*server_);
        QCOMPARE(watcher.head.status, 200);
        QCOMPARE(watcher.head.header("content-type"), std::string("text/event-stream"));
        QVERIFY(watcher.await("sample", 3));
        const QJsonObject sample = watcher.first("sample");
        QCOMPARE(sample[QLatin1String("incarnation")].toString(), QStringLiteral("0000000000000abc"));
        QCOMPARE(sample[QLatin1String("mono_ns")].toInteger(), 2'000'000);
        QCOMPARE(sample[QLatin1String("cluster_ts")].toDouble(), 1'700'000'000.25);
        QCOMPARE(sample[QLatin1String("bound")].toDouble(), 0.001);
        QCOMPARE(sample[QLatin1String("election")][QLatin1String("remaining_ms")].toDouble(), 250.0);
        QCOMPARE(sample[QLatin1String("log")][QLatin1String("commit")].toInteger(), 41);
        QCOMPARE(sample[QLatin1String("log")][QLatin1String("snapshot")].toInteger(), 9);
        const QJsonValue peer = sample[QLatin1String("peers")][QLatin1String("n2")];
        QCOMPARE(peer[QLatin1String("state")].toString(), QStringLiteral("replicate"));
        QCOMPARE(peer[QLatin1String("last_ack_ms")].toDouble(), 12.0);
        QCOMPARE(peer[QLatin1String("sent")][QLatin1String("heartbeat")].toInteger(), 9);
        QVERIFY(sample[QLatin1String("latency")][QLatin1String("p99")].isNull());
        QCOMPARE(sample[QLatin1String("observers")].toInteger(), 1);
    }

    void eventsFromNowOn()
    {
        happen(*server_, 2);
        Watcher watcher(*server_);
        QVERIFY(watcher.await("sample", 1));
        QVERIFY(watcher.awaitPosition("1002")); // a browser that is cut off now misses nothing
        happen(*server_, 1);
        QVERIFY(watcher.await("raft", 1));
        QCOMPARE(watcher.raftIds(), std::string("1003"));
        const QJsonObject event = watcher.first("raft");
        QCOMPARE(event[QLatin1String("id")].toInteger(), 1003);
        QCOMPARE(event[QLatin1String("kind")].toString(), QStringLiteral("leader_elected"));
        QCOMPARE(event[QLatin1String("term")].toInteger(), 4);
        QVERIFY(!event.contains(QLatin1String("index")) && !event.contains(QLatin1String("peer")));
        QVERIFY(watcher.of("gap").empty());
    }

    void allThatAreKept()
    {
        happen(*server_, 3);
        Watcher watcher(*server_, "after=0");
        QVERIFY(watcher.await("raft", 3));
        QCOMPARE(watcher.raftIds(), std::string("1001 1002 1003"));
        QVERIFY(watcher.of("gap").empty());
    }

    void lastEventIdWinsOverTheQuery()
    {
        happen(*server_, 3);
        Watcher watcher(*server_, "after=0", "Last-Event-ID: 1002\r\n");
        QVERIFY(watcher.await("raft", 1));
        QCOMPARE(watcher.raftIds(), std::string("1003"));
    }

    void aGapIsSaid()
    {
        happen(*server_, 9); // the fake's ring keeps five
        Watcher watcher(*server_, "after=1002");
        QVERIFY(watcher.await("raft", 5));
        QCOMPARE(watcher.raftIds(), std::string("1005 1006 1007 1008 1009"));
        QCOMPARE(watcher.of("gap").size(), std::size_t(1));
        QCOMPARE(watcher.first("gap")[QLatin1String("first_kept")].toInteger(), 1005);
        QCOMPARE(watcher.of("gap").front().id, std::string("1004"));
    }

    void moreThanAPageOfEventsComesInSeveral()
    {
        ServerOptions options;
        options.limits.observedEventsMax = 2;
        TestServer server(std::move(options));
        happen(server, 5);
        Watcher watcher(server, "every_ms=100&after=0");
        QVERIFY(watcher.await("raft", 5));
        QCOMPARE(watcher.raftIds(), std::string("1001 1002 1003 1004 1005"));
    }

    void differentObserversGetWhatEachLacks()
    {
        happen(*server_, 2);
        Watcher all(*server_, "every_ms=100&after=0");
        Watcher late(*server_, "every_ms=100&after=1001");
        QVERIFY(all.await("raft", 2) && late.await("raft", 1));
        happen(*server_, 1);
        QVERIFY(all.await("raft", 3) && late.await("raft", 2));
        QCOMPARE(all.raftIds(), std::string("1001 1002 1003"));
        QCOMPARE(late.raftIds(), std::string("1002 1003"));
        QVERIFY(all.of("gap").empty() && late.of("gap").empty());
    }

    void aNodeThatDoesNotAnswerIsAskedOnce()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.holdObservations = true; });
        Watcher one(*server_);
        Watcher other(*server_);
        QVERIFY(one.awaitComment() && other.awaitComment());
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.observations, 1);
            gateway.holdObservations = false;
            gateway.heldObservations.front()();
        });
        QVERIFY(one.await("sample", 2) && other.await("sample", 2));
    }

    void nobodyIsAskedForNobody()
    {
        {
            Watcher watcher(*server_);
            QVERIFY(watcher.await("sample", 1));
        }
        QVERIFY(server_->waitFor(
            [](FakeGateway&, http::HttpFront& front) { return front.figures().observers.used == 0; }));
    }

    void tooManyAreRefused()
    {
        ServerOptions options;
        options.limits.observersMax = 1;
        TestServer server(std::move(options));
        Watcher watcher(server);
        QVERIFY(watcher.await("sample", 1));
        const Answer refused = ask(server, request("GET", "/observe"));
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        server.inHttp([](FakeGateway&, http::HttpFront& front) {
            QCOMPARE(front.figures().observers.refused, std::uint64_t(1));
        });
    }

    void headIsNoObserver()
    {
        QCOMPARE(ask(*server_, request("HEAD", "/observe")).status, 200);
        server_->inHttp([](FakeGateway&, http::HttpFront& front) {
            QCOMPARE(front.figures().observers.used, std::size_t(0));
        });
    }

    void whatIsMalformed_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char* target :
             {"/observe?every_ms=99", "/observe?every_ms=2001", "/observe?every_ms=1s", "/observe?after=x",
              "/observe?after=-1", "/observe/history?step=0", "/observe/history?step=1.5",
              "/observe/history?from=now", "/observe/history?to=nan", "/observe/history?step=86401"})
            QTest::newRow(target) << QByteArray(target);
    }
    void whatIsMalformed()
    {
        QFETCH(QByteArray, target);
        const Answer answer = ask(*server_, request("GET", target.toStdString()));
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.body.find("\"reason\":\"") != std::string::npos);
    }

    /// What it cannot take is left out; events come once it can, in order and each once.
    void aSlowObserverLosesSamplesAndNoEvents()
    {
        http::ObserveStream stream({.every = 100ms, .after = 1000}, 1);
        NarrowWriter writer;
        stream.begin(writer);
        node::EventRing ring(1000, 100);
        for (int i = 0; i < 4; ++i)
            ring.add({});
        writer.room = 300; // about one event
        stream.deliver(ring.after(1000, 100), 1000, {});
        QVERIFY(!stream.ready());
        QVERIFY(!stream.wantsSample(http::ObserveStream::Time(1h), 0ms));
        const std::size_t taken = writer.text.events.size();
        QVERIFY(taken >= 1 && taken < 4);
        stream.deliver(ring.after(1000, 100), 1000, {}); // nothing more is written
        QCOMPARE(writer.text.events.size(), taken);
        writer.held = 0;
        writer.room = SIZE_MAX;
        stream.deliver(ring.after(*stream.cursor(), 100), *stream.cursor(), {});
        std::vector<std::string> ids;
        for (const ServerEvent& event : writer.text.events)
            ids.push_back(event.id);
        QCOMPARE(ids, (std::vector<std::string>{"1001", "1002", "1003", "1004"}));
    }

    void historyIsAskedForAndTold()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            node::HistoryRow row;
            row.at = UnixTime(1'700'000'005s);
            row.role = raft::Role::Leader;
            row.acknowledged = 12.5f;
            row.p99 = 3.5f;
            gateway.historyPage = {{row}, true};
        });
        const Answer answer =
            ask(*server_, request("GET", "/observe/history?from=1700000000&to=1700000060.5&step=5"));
        QCOMPARE(answer.status, 200);
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.lastHistory.from, UnixTime(1'700'000'000s));
            QCOMPARE(gateway.lastHistory.to, UnixTime(1'700'000'060'500ms));
            QCOMPARE(gateway.lastHistory.step, 5s);
            QCOMPARE(gateway.lastHistory.rowsMax, std::size_t(2000));
        });
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
        const QJsonArray columns = json[QLatin1String("columns")].toArray();
        const QJsonArray row = json[QLatin1String("rows")][0].toArray();
        QCOMPARE(row.size(), columns.size());
        const auto at = [&](const char* column) {
            for (qsizetype i = 0; i < columns.size(); ++i)
                if (columns[i].toString() == QLatin1String(column))
                    return row[i];
            return QJsonValue();
        };
        QCOMPARE(at("ts").toDouble(), 1'700'000'005.0);
        QCOMPARE(at("role").toString(), QStringLiteral("Leader"));
        QCOMPARE(at("acknowledged_per_s").toDouble(), 12.5);
        QCOMPARE(at("p99_ms").toDouble(), 3.5);
        QVERIFY(at("p50_ms").isNull());
        QVERIFY(json[QLatin1String("has_more")].toBool());
        QVERIFY(json[QLatin1String("next_from")].toDouble() > 1'700'000'005.0);
    }

private:
    std::unique_ptr<TestServer> server_;
};

QTEST_GUILESS_MAIN(TestObserve)
#include "tst_observe.moc"
