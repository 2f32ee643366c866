// SPDX-License-Identifier: GPL-3.0-or-later
//
// What answers at an address and is no node of this cluster: each is told apart, in words that say what to
// do.
#include <QTest>

#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/CurlLine.h"
#include "app/monitor/cluster/NodeAddress.h"
#include "app/monitor/cluster/Requests.h"
#include "tests/client/FakeNode.h"

namespace dsmsg::monitor {

using test::FakeNode;
using test::FakeReply;
using test::FakeRequest;
using Link = NodeState::Link;

namespace {

QByteArray status(const QByteArray& id, const QByteArray& cluster, const QByteArray& version)
{
    return "{\"node_id\":\"" + id + "\",\"version\":\"" + version + "\",\"incarnation\":\"" + id +
           "\",\"peers\":[],\"consensus\":{\"role\":\"Follower\",\"current_term\":3,\"cluster_id\":\"" +
           cluster + "\"}}";
}

FakeNode::Script answering(int code, const QByteArray& body)
{
    return [=](const FakeRequest& request) {
        return request.target.startsWith("/status")
                   ? test::answer(code, body)
                   : test::answer(503, "{\"reason\":\"too many observers\"}");
    };
}

} // namespace

class TestStrangers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strangers_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Link>("link");
        QTest::addColumn<int>("state");
        QTest::newRow("a web page") << 200 << QByteArray("<html></html>") << Link::NotDsmsg
                                    << int(ClusterMonitor::NotDsmsg);
        QTest::newRow("other JSON") << 200 << QByteArray("{\"ok\":true}") << Link::NotDsmsg
                                    << int(ClusterMonitor::NotDsmsg);
        QTest::newRow("not found") << 404 << QByteArray("{}") << Link::NotDsmsg
                                   << int(ClusterMonitor::NotDsmsg);
        QTest::newRow("password") << 401 << QByteArray() << Link::Unauthorised
                                  << int(ClusterMonitor::Unauthorised);
        QTest::newRow("forbidden") << 403 << QByteArray() << Link::Unauthorised
                                   << int(ClusterMonitor::Unauthorised);
        QTest::newRow("version") << 200 << status("n1", "c1", "77.0.0") << Link::OtherVersion
                                 << int(ClusterMonitor::OtherVersion);
        QTest::newRow("only polls") << 200 << status("n1", "c1", DSMSG_VERSION) << Link::Polling
                                    << int(ClusterMonitor::Polling);
    }

    void strangers()
    {
        QFETCH(int, code);
        QFETCH(QByteArray, body);
        QFETCH(Link, link);
        QFETCH(int, state);
        FakeNode node(answering(code, body));
        Requests requests;
        ClusterMonitor monitor(requests);
        monitor.connectTo({node.url()});
        QTRY_COMPARE(monitor.nodes()->at(0)->link(), link);
        QTRY_COMPARE(int(monitor.state()), state);
        QVERIFY(!monitor.nodes()->at(0)->problem().isEmpty());
        QVERIFY(!monitor.stateText().isEmpty());
        QVERIFY(!monitor.verdict().isEmpty());
    }

    void nothingListens()
    {
        Requests requests;
        ClusterMonitor monitor(requests);
        monitor.connectTo({test::deadUrl()});
        QCOMPARE(monitor.state(), ClusterMonitor::Connecting);
        QTRY_COMPARE(monitor.state(), ClusterMonitor::Down);
        QCOMPARE(monitor.severity(), ClusterMonitor::Critical);
        monitor.disconnectFromCluster();
        QCOMPARE(monitor.state(), ClusterMonitor::NotConnected);
        QCOMPARE(monitor.nodes()->count(), 0);
    }

    void anotherClusterIsNotMixedIn()
    {
        FakeNode ours(answering(200, status("n1", "c1", DSMSG_VERSION)));
        FakeNode theirs(answering(200, status("n1", "c2", DSMSG_VERSION)));
        Requests requests;
        ClusterMonitor monitor(requests);
        monitor.connectTo({ours.url()});
        QTRY_COMPARE(monitor.clusterId(), QStringLiteral("c1"));
        monitor.connectTo({ours.url(), theirs.url()});
        QTRY_COMPARE(monitor.nodes()->count(), 2);
        const auto linkOf = [&](const FakeNode& node) { return monitor.nodes()->byUrl(node.url())->link(); };
        QTRY_VERIFY((linkOf(ours) == Link::WrongCluster) != (linkOf(theirs) == Link::WrongCluster));
        QTRY_COMPARE(monitor.voters(), 1);
        QVERIFY(monitor.nodes()->byUrl(theirs.url())->name().size() > 0);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("urls");
        QTest::newRow("bare") << "127.0.0.1:8000"
                              << "http://127.0.0.1:8000";
        QTest::newRow("many") << " http://a:1, b:2;c "
                              << "http://a:1 http://b:2 http://c:8000";
        QTest::newRow("path") << "http://a:1/status"
                              << "http://a:1";
        QTest::newRow("IPv6") << "http://[::1]:8000"
                              << "http://[::1]:8000";
        QTest::newRow("twice") << "a:1,a:1"
                               << "http://a:1";
        QTest::newRow("nothing") << " , "
                                 << "";
        QTest::newRow("https") << "https://a:1"
                               << "";
        QTest::newRow("port") << "a:99999"
                              << "";
    }

    void addresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, urls);
        const NodeAddresses read = readAddresses(text);
        QStringList got;
        for (const QUrl& url : read.urls)
            got.append(url.toString());
        QCOMPARE(got.join(QLatin1Char(' ')), urls);
        QCOMPARE(read.problem.isEmpty(), !urls.isEmpty());
    }

    void curlLines_data()
    {
        using Method = client::HttpRequest::Method;
        QTest::addColumn<Method>("method");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("line");
        QTest::newRow("get") << Method::Get << "http://h:1/messages?after=1&limit=2" << QByteArray()
                             << "curl --noproxy '*' -L 'http://h:1/messages?after=1&limit=2'";
        QTest::newRow("post") << Method::Post << "http://h:1/time/sync" << QByteArray()
                              << "curl --noproxy '*' -L -X POST http://h:1/time/sync";
        QTest::newRow("steer") << Method::Post << "http://h:1/cluster/transfer" << QByteArray("{}")
                               << "curl --noproxy '*' -L -H 'Content-Type: application/json' -d '{}' "
                                  "http://h:1/cluster/transfer";
        QTest::newRow("delete") << Method::Delete << "http://h:1/faults" << QByteArray()
                                << "curl --noproxy '*' -L -X DELETE -H 'Content-Type: application/json' "
                                   "http://h:1/faults";
    }

    void curlLines()
    {
        QFETCH(client::HttpRequest::Method, method);
        QFETCH(QString, url);
        QFETCH(QByteArray, body);
        client::HttpRequest request;
        request.method = method;
        request.url = QUrl(url);
        request.body = body;
        QTEST(curlLine(request), "line");
    }
};

} // namespace dsmsg::monitor

Q_DECLARE_METATYPE(dsmsg::client::HttpRequest::Method)
QTEST_GUILESS_MAIN(dsmsg::monitor::TestStrangers)
#include "tst_strangers.moc"
