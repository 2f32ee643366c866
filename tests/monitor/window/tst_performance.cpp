// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window costs, in the software renderer at 1280x800, on nodes in processes of their own. Every
// figure is printed. What is judged is processor time, which a loaded machine does not change; the limits are
// those of a program that was built without optimisation, and what an optimised one takes is in
// docs/MONITOR.md.
#include <QEventLoop>
#include <QProcess>
#include <QTest>
#include <QTimer>

#include "app/monitor/scope/ScopeView.h"
#include "tests/monitor/window/GuiThreadMeter.h"
#include "tests/monitor/window/WindowTest.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ProcessCluster.h"

namespace dsmsg::test {

namespace {

/// Lets the window live for so long: a measurement, not a wait for something. Not by QTest::qWait(), which
/// sleeps 10 ms between two looks at the events, and so decides when frames come.
void live(Milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

class TestPerformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void idle_data();
    void idle();
    void aHiddenPagePaintsNothing();
    void underLoad_data();
    void underLoad();

private:
    bool look(const QString& page);
    void comeToRest();
    double coreShare(Milliseconds time) const;

    std::unique_ptr<ProcessCluster> cluster_;
    std::unique_ptr<MonitorWindow> window_;
    QProcess load_;
};

void TestPerformance::initTestCase()
{
    ClusterOptions options;
    options.nodes = 5;
    cluster_ = std::make_unique<ProcessCluster>(options);
    QVERIFY2(cluster_->start(), qPrintable(cluster_->problem()));
    QVERIFY(cluster_->awaitLeader() >= 0);
    const QStringList fill{QStringLiteral("bench"),
                           QStringLiteral("--node"),
                           cluster_->urls().join(QLatin1Char(',')),
                           QStringLiteral("--messages"),
                           QStringLiteral("10000"),
                           QStringLiteral("--transport"),
                           QStringLiteral("batch"),
                           QStringLiteral("--connections"),
                           QStringLiteral("4"),
                           QStringLiteral("--quiet")};
    const ClientRun filled = runClient(fill);
    QVERIFY2(filled.ok(), filled.text().constData());
    window_ = std::make_unique<MonitorWindow>(QSize(1280, 800), true);
    QVERIFY(window_->isOpen());
    auto* monitor = window_->session().cluster();
    monitor->connectTo({QUrl(cluster_->url(0))});
    QVERIFY(await([&] { return monitor->leader() != nullptr && monitor->reachable() == 5; },
                  Milliseconds(15'000)));
}

void TestPerformance::cleanupTestCase()
{
    if (load_.state() != QProcess::NotRunning) {
        load_.terminate();
        load_.waitForFinished();
    }
    window_.reset();
    cluster_.reset();
}

bool TestPerformance::look(const QString& page)
{
    // Not settle(): what moves never rests.
    window_->goTo(page);
    return await([this] { return window_->shownPage() != nullptr && window_->shownPage()->width() > 0; });
}

/// A page that was just opened still loads, and young nodes still compare their clocks.
void TestPerformance::comeToRest()
{
    MeteredApplication& meter = MeteredApplication::instance();
    for (int second = 0; second < 3; ++second) {
        meter.measure(window_->window());
        live(Milliseconds(1'000));
        meter.stopMeasuring();
        if (meter.frames().size() <= 4)
            return;
    }
}

double TestPerformance::coreShare(Milliseconds time) const
{
    const double before = processCpuS();
    QElapsedTimer timer;
    timer.start();
    live(time);
    return (processCpuS() - before) / (static_cast<double>(timer.elapsed()) / 1000);
}

void TestPerformance::idle_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("minimised");
    QTest::addColumn<double>("most"); ///< share of a core
    QTest::newRow("overview") << "overview" << false << 0.02;
    QTest::newRow("messages") << "messages" << false << 0.02;
    QTest::newRow("timeline") << "timeline" << false << 0.02;
    QTest::newRow("nodes") << "nodes" << false << 0.02;
    QTest::newRow("minimised") << "overview" << true << 0.005;
}

void TestPerformance::idle()
{
    QFETCH(QString, page);
    QFETCH(bool, minimised);
    QFETCH(double, most);
    QVERIFY(look(page));
    if (minimised)
        window_->window().showMinimized();
    comeToRest();
    MeteredApplication::instance().measure(window_->window());
    const double share = coreShare(Milliseconds(4'000));
    MeteredApplication::instance().stopMeasuring();
    qInfo("idle: %.2f %% of a core, %zu frames", 100 * share, MeteredApplication::instance().frames().size());
    if (minimised)
        window_->window().showNormal();
    // What is wanted is `most`; docs/MONITOR.md has what is reached. This finds what is far from it, on busy
    // machines too.
    QVERIFY2(share < 3 * most, qPrintable(QString::number(share)));
}

void TestPerformance::aHiddenPagePaintsNothing()
{
    for (const QString& page : pageNames())
        QVERIFY(look(page));
    QVERIFY(look(QStringLiteral("settings")));
    comeToRest();
    MeteredApplication::instance().measure(window_->window());
    live(Milliseconds(2'000));
    MeteredApplication::instance().stopMeasuring();
    const std::size_t frames = MeteredApplication::instance().frames().size();
    qInfo("%zu frames in 2 s on a page where nothing moves", frames);
    QVERIFY2(frames <= 4, qPrintable(QString::number(frames)));
}

void TestPerformance::underLoad_data()
{
    QTest::addColumn<QString>("page");
    for (const char* page : {"overview", "raft", "messages", "timeline", "nodes"})
        QTest::newRow(page) << QString::fromLatin1(page);
}

void TestPerformance::underLoad()
{
    QFETCH(QString, page);
    if (load_.state() == QProcess::NotRunning) {
        load_.start(clientProgram(),
                    {QStringLiteral("bench"), QStringLiteral("--node"),
                     cluster_->urls().join(QLatin1Char(',')), QStringLiteral("--rate"),
                     QStringLiteral("1000"), QStringLiteral("--transport"), QStringLiteral("ws"),
                     QStringLiteral("--connections"), QStringLiteral("4"), QStringLiteral("--duration"),
                     QStringLiteral("120"), QStringLiteral("--quiet")});
        QVERIFY(load_.waitForStarted());
        auto* monitor = window_->session().cluster();
        QVERIFY(await([&] { return monitor->acknowledgedPerS() > 100; }, Milliseconds(15'000)));
    }
    QVERIFY(look(page));
    MeteredApplication& meter = MeteredApplication::instance();
    // Only the ring of the scope moves all the time; what else changes does so when a figure comes.
    const auto* ring = window_->shownPage()->findChild<const monitor::ScopeView*>();
    meter.measure(window_->window(), [ring]() -> std::optional<qint64> {
        if (ring == nullptr || !ring->animating())
            return {};
        return ring->picture().cacheKey();
    });
    const double share = coreShare(Milliseconds(4'000));
    meter.stopMeasuring();
    qInfo("%.0f messages/s: %.0f %% of a core; %s", window_->session().cluster()->acknowledgedPerS(),
          100 * share, qPrintable(meter.summary()));
    for (const LongEvent& one : meter.longEvents())
        qInfo("  %.0f ms (%.0f of processor time): %s", one.span.wallMs, one.span.cpuMs,
              qPrintable(one.what));
    std::vector<double> work;
    for (const Span& frame : meter.frames())
        work.push_back(frame.cpuMs);
    QVERIFY(percentile(work, 0.95) <= 16.7);
    QVERIFY(meter.longest().cpuMs <= 50);
}

} // namespace dsmsg::test

DSMSG_WINDOW_TEST(dsmsg::test::TestPerformance)
#include "tst_performance.moc"
