// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET /metrics and the health routes: the text is what Prometheus can read, and says what is so.
#include <QFile>
#include <QProcess>
#include <QTest>

#include "tests/http/TestServer.h"
#include "tests/support/MetricsCheck.h"

using namespace dsmsg;
using namespace dsmsg::test;
using namespace std::chrono_literals;

namespace {

node::Metrics busyNode()
{
    node::Metrics metrics;
    metrics.version = "1.2.3";
    node::Sample& sample = metrics.sample;
    sample.nodeId = "n\"1\\\n"; // whatever an operator may call it
    sample.role = raft::Role::Leader;
    sample.leaderId = "n1";
    sample.term = Term(7);
    sample.bound = 1500us;
    sample.counters.submissions = {10, 1, 2, 3, 4};
    node::PeerSample peer;
    peer.id = "n2";
    peer.alive = true;
    peer.lag = 12;
    peer.progress.emplace();
    peer.progress->sinceContact = 20ms;
    peer.offset = -3ms;
    peer.traffic.append = 5;
    sample.peers.push_back(peer);
    for (int i = 1; i <= 1000; ++i)
        metrics.send.record(i * 100us);
    return metrics;
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        server_ = std::make_unique<TestServer>();
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.metrics = busyNode(); });
    }
    void cleanup() { server_.reset(); }

    void theTextIsWellFormed()
    {
        const Answer answer = ask(*server_, request("GET", "/metrics"));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.header("content-type"), std::string("text/plain; version=0.0.4; charset=utf-8"));
        const MetricsText text(answer.body);
        QVERIFY2(text.problems().empty(), text.problems().c_str());
        QVERIFY(text.size() > 100);
    }

    void aRealParserReadsIt()
    {
        const Answer answer = ask(*server_, request("GET", "/metrics"));
        QProcess python;
        // The system's own first: that is what the package is installed for.
        const QString system = QStringLiteral("/usr/bin/python3");
        python.start(
            QFile::exists(system) ? system : QStringLiteral("python3"),
            {QStringLiteral("-c"),
             QStringLiteral(
                 "import sys\n"
                 "try:\n from prometheus_client.parser import text_string_to_metric_families as parse\n"
                 "except ImportError:\n sys.exit(77)\n"
                 "families = list(parse(sys.stdin.read()))\n"
                 "assert families and all(f.documentation and f.type != 'unknown' for f in families)\n"
                 "print(len(families))")});
        if (!python.waitForStarted())
            QSKIP("python3 is not installed, so that Prometheus' own parser could not be asked.");
        python.write(QByteArray::fromStdString(answer.body));
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished());
        if (python.exitCode() == 77)
            QSKIP(
                "python3-prometheus-client is not installed, so that Prometheus' own parser could not be asked.");
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        QVERIFY(python.readAllStandardOutput().toInt() > 50);
    }

    void valuesAreThoseOfTheNode()
    {
        const MetricsText text(ask(*server_, request("GET", "/metrics")).body);
        QCOMPARE(text.value("dsmsg_raft_term"), std::optional(7.0));
        QCOMPARE(text.value("dsmsg_raft_role{role=\"Leader\"}"), std::optional(1.0));
        QCOMPARE(text.value("dsmsg_raft_role{role=\"Follower\"}"), std::optional(0.0));
        QCOMPARE(text.value("dsmsg_submissions_total{outcome=\"unknown\"}"), std::optional(3.0));
        QCOMPARE(text.value("dsmsg_peer_lag_entries{peer=\"n2\"}"), std::optional(12.0));
        QCOMPARE(text.value("dsmsg_peer_clock_offset_seconds{peer=\"n2\"}"), std::optional(-0.003));
        QCOMPARE(text.value("dsmsg_peer_sent_total{peer=\"n2\",kind=\"append\"}"), std::optional(5.0));
        QCOMPARE(text.value("dsmsg_clock_bound_seconds"), std::optional(0.0015));
        // What is not known is not there: this peer was never pinged.
        QVERIFY(!text.value("dsmsg_peer_round_trip_seconds{peer=\"n2\"}"));
        QVERIFY(*text.value("process_resident_memory_bytes") > 1e6);
        QVERIFY(*text.value("process_open_fds") > 3);
        QVERIFY(*text.value("process_start_time_seconds") > 1.6e9);
    }

    void theConsumersFurthestBehindAreNamed()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            for (std::uint64_t n = 0; n < 12; ++n)
                gateway.cursors["r" + std::to_string(n)] = Seq(n);
        });
        const MetricsText text(ask(*server_, request("GET", "/metrics")).body);
        QCOMPARE(text.value("dsmsg_inboxes"), std::optional(12.0));
        const double last = *text.value("dsmsg_inbox_lag_seqs{recipient=\"r0\"}");
        QCOMPARE(text.value("dsmsg_inbox_lag_seqs{recipient=\"r9\"}"),
                 std::optional(std::max(0.0, last - 9)));
        QVERIFY(!text.value("dsmsg_inbox_lag_seqs{recipient=\"r10\"}"));
        QVERIFY(text.value("dsmsg_kept_messages"));
    }

    void theHistogramIsExactAtItsLimits()
    {
        const MetricsText text(ask(*server_, request("GET", "/metrics")).body);
        QCOMPARE(text.value("dsmsg_send_latency_seconds_count"), std::optional(1000.0));
        QCOMPARE(text.value("dsmsg_send_latency_seconds_bucket{le=\"+Inf\"}"), std::optional(1000.0));
        QCOMPARE(text.value("dsmsg_send_latency_seconds_bucket{le=\"0.001024\"}"), std::optional(10.0));
        QCOMPARE(text.value("dsmsg_send_latency_seconds_sum"), std::optional(50.05));
    }

    void aLimitShowsItsUseAndItsRejections()
    {
        ServerOptions options;
        options.limits.pendingQueriesMax = 1;
        TestServer server(std::move(options));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.holdStatus = true; });
        RawClient first(server);
        first.send(request("GET", "/status"));
        QVERIFY(server.waitFor(
            [](FakeGateway& gateway, http::HttpFront&) { return !gateway.heldStatus.empty(); }));
        QCOMPARE(ask(server, request("GET", "/status")).status, 503);
        server.inHttp(
            [](FakeGateway& gateway, http::HttpFront&) { gateway.heldStatus.front()(gateway.status); });
        QVERIFY(first.answer());
        const MetricsText text(ask(server, request("GET", "/metrics")).body);
        QCOMPARE(text.value("dsmsg_rejections_total{limit=\"queries\"}"), std::optional(1.0));
        QCOMPARE(text.value("dsmsg_limit{limit=\"queries\"}"), std::optional(1.0));
    }

    void refusedRequestsAreCounted()
    {
        {
            RawClient client(*server_);
            client.send("nonsense\r\n\r\n");
            QCOMPARE(client.answer()->status, 400);
        }
        QVERIFY(server_->waitFor(
            [](FakeGateway&, http::HttpFront& front) { return front.counters().refused == 1; }));
    }

    void theCheckerNoticesWhatIsWrong()
    {
        const auto complains = [](const char* text) { return !MetricsText(text).problems().empty(); };
        const std::string head = "# HELP a b\n# TYPE a gauge\n";
        QVERIFY(!complains((head + "a 1\n").c_str()));
        QVERIFY(complains("a 1\n"));                               // neither help nor type
        QVERIFY(complains((head + "a x\n").c_str()));              // no number
        QVERIFY(complains((head + "a 1\na 2\n").c_str()));         // twice
        QVERIFY(complains((head + head + "a 1\n").c_str()));       // two families of one name
        QVERIFY(complains("# HELP a b\n# TYPE a counter\na 1\n")); // not _total
        const std::string histogram = "# HELP h x\n# TYPE h histogram\n";
        QVERIFY(complains((histogram + "h_bucket{le=\"1\"} 2\nh_sum 1\nh_count 2\n").c_str())); // no +Inf
        QVERIFY(complains(
            (histogram + "h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 2\n").c_str()));
    }

    void readiness_data()
    {
        QTest::addColumn<int>("role");
        QTest::addColumn<bool>("serving");
        QTest::addColumn<bool>("leaderKnown");
        QTest::addColumn<bool>("removed");
        QTest::addColumn<int>("expected");
        const int leader = static_cast<int>(raft::Role::Leader);
        const int follower = static_cast<int>(raft::Role::Follower);
        QTest::newRow("follower of a leader") << follower << false << true << false << 200;
        QTest::newRow("no leader") << follower << false << false << false << 503;
        QTest::newRow("leader that serves") << leader << true << true << false << 200;
        QTest::newRow("leader that does not serve yet") << leader << false << true << false << 503;
        QTest::newRow("removed from the cluster") << follower << false << true << true << 503;
    }
    /// What an orchestrator does with it: 503 takes the node out of the rotation, and the reason is for
    /// people.
    void readiness()
    {
        QFETCH(int, role);
        QFETCH(bool, serving);
        QFETCH(bool, leaderKnown);
        QFETCH(bool, removed);
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) {
            gateway.status.raft.role = static_cast<raft::Role>(role);
            gateway.status.raft.serving = serving;
            gateway.status.raft.removed = removed;
            gateway.status.leaderUrl = leaderKnown ? "http://127.0.0.1:1" : "";
        });
        const Answer answer = ask(*server_, request("GET", "/readyz"));
        QTEST(answer.status, "expected");
        if (answer.status == 503)
            QVERIFY(answer.body.find("\"reason\":\"") != std::string::npos);
        QCOMPARE(ask(*server_, request("GET", "/livez")).status, 200);
    }

private:
    std::unique_ptr<TestServer> server_;
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
