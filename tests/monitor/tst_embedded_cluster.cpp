// SPDX-License-Identifier: GPL-3.0-or-later
//
// The embedded cluster starts, keeps its data and its ports, loses nodes and gets them back, and leaves
// nothing when it is wiped.
#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/embedded/EmbeddedCluster.h"
#include "core/client/Client.h"

namespace dsmsg::monitor {

namespace {

constexpr int patienceMs = 20'000;

client::Client::Options clientOf(const QList<QUrl>& urls)
{
    client::Client::Options options;
    options.endpoints = urls;
    options.seed = 1;
    return options;
}

/// The seq that a message was acknowledged with; 0: it was not.
quint64 send(const QList<QUrl>& urls)
{
    client::Client client(clientOf(urls));
    std::optional<client::SendResult> result;
    client.send({}, [&](const client::SendResult& one) { result = one; });
    if (!QTest::qWaitFor([&] { return result.has_value(); }, patienceMs))
        return 0;
    return result->outcome == client::SendOutcome::Acknowledged ? result->seq : 0;
}

} // namespace

class TestEmbeddedCluster : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { root_ = std::make_unique<QTemporaryDir>(); }
    void startsAndServes_data();
    void startsAndServes();
    void keepsDataAndPorts();
    void twoRunSideBySide();
    void aNodeIsKilledAndComesBack();
    void wipedIsGone();
    void whatCannotStartSaysWhy();
    void endsWhileItStarts();

private:
    bool start(EmbeddedCluster& cluster, int nodes);
    std::unique_ptr<QTemporaryDir> root_;
};

bool TestEmbeddedCluster::start(EmbeddedCluster& cluster, int nodes)
{
    cluster.start(nodes);
    return QTest::qWaitFor([&] { return cluster.running() || !cluster.problem().isEmpty(); }, patienceMs) &&
           cluster.running();
}

void TestEmbeddedCluster::startsAndServes_data()
{
    QTest::addColumn<int>("nodes");
    for (const int nodes : {1, 3, 5})
        QTest::addRow("%d nodes", nodes) << nodes;
}

void TestEmbeddedCluster::startsAndServes()
{
    QFETCH(int, nodes);
    EmbeddedCluster cluster(root_->path());
    QSignalSpy ready(&cluster, &EmbeddedCluster::ready);
    QVERIFY2(start(cluster, nodes), qPrintable(cluster.problem()));
    QCOMPARE(ready.size(), 1);
    QCOMPARE(cluster.size(), nodes);
    QCOMPARE(cluster.urls().size(), nodes);
    QCOMPARE(send(cluster.urls()), 1U);
    QSignalSpy ended(&cluster, &EmbeddedCluster::ended);
    cluster.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    QCOMPARE(cluster.state(), EmbeddedCluster::None);
    QCOMPARE(cluster.size(), 0);
}

void TestEmbeddedCluster::keepsDataAndPorts()
{
    QList<QUrl> urls;
    {
        EmbeddedCluster first(root_->path());
        QVERIFY(start(first, 3));
        QVERIFY(!first.kept());
        urls = first.urls();
        QCOMPARE(send(urls), 1U);
    }
    EmbeddedCluster second(root_->path());
    QVERIFY(start(second, 3));
    QVERIFY(second.kept());
    QCOMPARE(second.urls(), urls);
    QCOMPARE(send(urls), 2U);
}

/// Or somebody else has taken a port meanwhile, which is the same.
void TestEmbeddedCluster::twoRunSideBySide()
{
    EmbeddedCluster first(root_->path());
    EmbeddedCluster second(root_->path());
    QVERIFY(start(first, 1));
    QVERIFY(start(second, 1));
    QVERIFY(first.folder() != second.folder());
    QCOMPARE(send(first.urls()), 1U);
    QCOMPARE(send(second.urls()), 1U);
}

void TestEmbeddedCluster::aNodeIsKilledAndComesBack()
{
    EmbeddedCluster cluster(root_->path());
    QVERIFY(start(cluster, 3));
    QCOMPARE(send(cluster.urls()), 1U);
    EmbeddedNode* node = cluster.nodes().first();
    node->kill();
    QTRY_COMPARE_WITH_TIMEOUT(node->state(), EmbeddedNode::Killed, patienceMs);
    QVERIFY(cluster.running());
    QCOMPARE(send(cluster.urls()), 2U);
    node->start();
    QTRY_COMPARE_WITH_TIMEOUT(node->state(), EmbeddedNode::Running, patienceMs);
    node->restart();
    QTRY_COMPARE_WITH_TIMEOUT(node->state(), EmbeddedNode::Stopping, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(node->state(), EmbeddedNode::Running, patienceMs);
    QCOMPARE(send(cluster.urls()), 3U);
}

void TestEmbeddedCluster::wipedIsGone()
{
    EmbeddedCluster cluster(root_->path());
    QVERIFY(start(cluster, 1));
    const QString folder = cluster.folder();
    QVERIFY(QFileInfo::exists(folder));
    QSignalSpy ended(&cluster, &EmbeddedCluster::ended);
    cluster.wipe();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    QVERIFY(!QFileInfo::exists(folder));
    QVERIFY(start(cluster, 1));
    QVERIFY(!cluster.kept());
}

void TestEmbeddedCluster::whatCannotStartSaysWhy()
{
    QList<QUrl> urls;
    QString folder;
    {
        EmbeddedCluster first(root_->path());
        QVERIFY(start(first, 1));
        folder = first.folder();
    }
    // The directory of another node.
    QFile identity(folder + QStringLiteral("/n1/identity"));
    QVERIFY2(identity.exists(), qPrintable(QDir(folder + QStringLiteral("/n1")).entryList().join(u' ')));
    QVERIFY(identity.open(QIODevice::WriteOnly));
    identity.write("nonsense");
    identity.close();
    EmbeddedCluster second(root_->path());
    QVERIFY(!start(second, 1));
    QVERIFY2(second.problem().contains(QStringLiteral("n1 did not start")), qPrintable(second.problem()));
    QTRY_COMPARE_WITH_TIMEOUT(second.state(), EmbeddedCluster::None, patienceMs);
    QVERIFY(!second.problem().isEmpty());
}

void TestEmbeddedCluster::endsWhileItStarts()
{
    EmbeddedCluster cluster(root_->path());
    cluster.start(3);
    QTRY_COMPARE_WITH_TIMEOUT(cluster.size(), 3, patienceMs);
    cluster.stop();
    QTRY_COMPARE_WITH_TIMEOUT(cluster.state(), EmbeddedCluster::None, patienceMs);
    cluster.start(3); // and its destructor is the next who ends it
    QTRY_COMPARE_WITH_TIMEOUT(cluster.size(), 3, patienceMs);
}

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestEmbeddedCluster)
#include "tst_embedded_cluster.moc"
