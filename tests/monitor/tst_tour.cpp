// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tour on a real cluster: each step notices that it was done, and only then goes on.
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/cluster/Requests.h"
#include "app/monitor/tour/Tour.h"
#include "core/client/Client.h"

namespace dsmsg::monitor {

namespace {

constexpr int patienceMs = 30'000;

} // namespace

class TestTour : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStepSeesThatItWasDone();
    void itCanBeLeftAndPassedOver();
};

void TestTour::everyStepSeesThatItWasDone()
{
    const QTemporaryDir root;
    EmbeddedCluster embedded(root.path());
    Requests requests;
    ClusterMonitor cluster(requests);
    FaultLab lab(cluster, embedded);
    Tour tour(cluster, embedded, lab);
    connect(&embedded, &EmbeddedCluster::ready, &cluster, &ClusterMonitor::connectTo);

    tour.start();
    QVERIFY(tour.active());
    QCOMPARE(tour.step(), int(Tour::Start));
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), int(Tour::Send), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(cluster.nodes()->count(), 3, patienceMs);

    client::Client::Options options;
    options.endpoints = embedded.urls();
    client::Client client(options);
    client.send({}, [](const client::SendResult&) {});
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), int(Tour::Watch), patienceMs);
    QVERIFY(tour.praise().contains(QStringLiteral("number 1")));

    tour.setOpenPage(QStringLiteral("messages"));
    QTest::qWait(700); // more samples than one: it waits for the page
    QCOMPARE(tour.step(), int(Tour::Watch));
    tour.setOpenPage(tour.page());
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), int(Tour::Kill), patienceMs);

    embedded.byUrl(cluster.leader()->url())->kill();
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), int(Tour::Verdict), patienceMs);
    lab.healAll();
    QTRY_VERIFY_WITH_TIMEOUT(cluster.state() == ClusterMonitor::Live && cluster.leader() != nullptr,
                             patienceMs);

    lab.run()->breakIt(QStringLiteral("cut-leader"));
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), int(Tour::Copy), 2 * patienceMs);
    tour.copied(QStringLiteral("something else"));
    QCOMPARE(tour.step(), int(Tour::Copy));
    tour.copied(QStringLiteral("curl http://127.0.0.1:8000/status"));
    QVERIFY(tour.finished());
}

void TestTour::itCanBeLeftAndPassedOver()
{
    const QTemporaryDir root;
    EmbeddedCluster embedded(root.path());
    Requests requests;
    ClusterMonitor cluster(requests);
    FaultLab lab(cluster, embedded);
    Tour tour(cluster, embedded, lab);
    tour.start();
    for (int i = 0; i < Tour::count(); ++i) {
        QVERIFY(!tour.title().isEmpty() && !tour.text().isEmpty());
        tour.skip();
    }
    QVERIFY(tour.finished());
    tour.leave();
    QVERIFY(!tour.active());
    tour.skip();
    QVERIFY(!tour.active());
}

} // namespace dsmsg::monitor

QTEST_GUILESS_MAIN(dsmsg::monitor::TestTour)
#include "tst_tour.moc"
