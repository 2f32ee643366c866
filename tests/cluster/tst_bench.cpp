// SPDX-License-Identifier: GPL-3.0-or-later
//
// `dsmsg bench` on real nodes: what it counts as acknowledged is what the cluster has stored, in a closed
// loop, in an open one, and across the death of a leader.
#include <future>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

double figure(const QJsonObject& report, const char* part, const char* name)
{
    return report.value(QLatin1String(part)).toObject().value(QLatin1String(name)).toDouble(-1);
}

} // namespace

class TestBench : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyMessageOfAClosedLoopIsStored_data();
    void everyMessageOfAClosedLoopIsStored();
    void anOpenLoopKeepsItsRate();
    void theDeathOfALeaderLosesNothing();

private:
    QStringList benchLine(const char* options);
    QJsonObject reportOf(const ClientRun& run);
    quint64 storedBy(const QString& run);
};

void TestBench::init()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
}

QStringList TestBench::benchLine(const char* options)
{
    return QString::fromLatin1(options).split(QLatin1Char(' ')) +
           QStringList{QStringLiteral("--json"), QStringLiteral("--quiet"), QStringLiteral("--node"),
                       cluster().urls().join(QLatin1Char(','))};
}

QJsonObject TestBench::reportOf(const ClientRun& run)
{
    return QJsonDocument::fromJson(run.output).object();
}

/// How many messages of that run every node shows; 0 when they differ.
quint64 TestBench::storedBy(const QString& run)
{
    if (!cluster().awaitEqual())
        return 0;
    const auto pages = cluster().client(cluster().members().front()).readAll();
    quint64 count = 0;
    if (pages) {
        for (const auto& page : *pages) {
            for (const auto& message : page.messages)
                count += message.id.startsWith(run) ? 1u : 0u;
        }
    }
    return count;
}

void TestBench::everyMessageOfAClosedLoopIsStored_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::newRow("http") << QByteArray("bench --messages 3000 --connections 32");
    QTest::newRow("one at a time") << QByteArray("bench --messages 100 --connections 1 --size 0");
}

void TestBench::everyMessageOfAClosedLoopIsStored()
{
    QFETCH(QByteArray, options);
    const ClientRun run = runClient(benchLine(options));
    QVERIFY2(run.ok(), run.text().constData());
    const QJsonObject report = reportOf(run);
    const double started = figure(report, "outcomes", "started");
    QCOMPARE(started, figure(report, "outcomes", "acknowledged"));
    QCOMPARE(started, figure(report, "latency_ms", "count"));
    QCOMPARE(report.value(QLatin1String("stored")).toDouble(), started);
    QCOMPARE(double(storedBy(report.value(QLatin1String("run")).toString())), started);
    QVERIFY(figure(report, "latency_ms", "p50") > 0);
    QVERIFY(figure(report, "latency_ms", "p50") <= figure(report, "latency_ms", "p99"));
    QVERIFY(figure(report, "latency_ms", "p99") <= figure(report, "latency_ms", "max"));
    QVERIFY(figure(report, "cpu_us_per_message", "client") > 0);
    QCOMPARE(report.value(QLatin1String("leader_change_count")).toInt(-1), 0);
}

void TestBench::anOpenLoopKeepsItsRate()
{
    const ClientRun run =
        runClient(benchLine("bench --rate 200 --ramp 1 --warmup 0 --duration 2 --connections 16"));
    QVERIFY2(run.ok(), run.text().constData());
    const QJsonObject report = reportOf(run);
    // Half of a second's worth in the ramp, then two seconds; the last one is due at the very end.
    const double started = figure(report, "outcomes", "started");
    QVERIFY2(started >= 500 && started <= 501, run.text().constData());
    QCOMPARE(figure(report, "outcomes", "acknowledged"), started);
    QCOMPARE(double(storedBy(report.value(QLatin1String("run")).toString())), started);
    QVERIFY(qAbs(figure(report, "latency_ms", "count") - 400) <= 1);
}

void TestBench::theDeathOfALeaderLosesNothing()
{
    auto running =
        std::async(std::launch::async, [line = benchLine("bench --connections 16 --duration 4 --warmup 0")] {
            return runClient(line);
        });
    const int leader = cluster().leader();
    QVERIFY(await(Milliseconds(10'000), [&] {
        const auto status = cluster().status(leader);
        return status && status->committedSeq > 200;
    }));
    cluster().kill(leader);
    const ClientRun run = running.get();
    QVERIFY2(run.ok(), run.text().constData());
    const QJsonObject report = reportOf(run);
    QVERIFY(report.value(QLatin1String("leader_change_count")).toInt() >= 1);
    const QJsonObject change = report.value(QLatin1String("leader_changes")).toArray().first().toObject();
    QCOMPARE(change.value(QLatin1String("from")).toString(), cluster().url(leader));
    // Nobody could acknowledge before somebody was elected, and the silence is in the latencies.
    QVERIFY(change.value(QLatin1String("silence_ms")).toDouble() > 100);
    QVERIFY(figure(report, "latency_ms", "max") > 100);
    QCOMPARE(figure(report, "outcomes", "started"), figure(report, "outcomes", "acknowledged"));
    QVERIFY(cluster().restart(leader));
    QCOMPARE(double(storedBy(report.value(QLatin1String("run")).toString())),
             figure(report, "outcomes", "acknowledged"));
}

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"
