// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drift: what is assumed, what is measured, what is made of it; and the figures of offsets.
#include <QTest>

#include "core/base/Random.h"
#include "core/timesync/Drift.h"
#include "core/timesync/OffsetHistory.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace std::chrono_literals;

namespace {

/// One a second; offset = start + slope * time.
std::vector<OffsetPoint> line(std::size_t count, double partsPerMillion, Duration noise, std::uint64_t seed)
{
    Random random(seed);
    std::vector<OffsetPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const Duration at = std::chrono::seconds(i);
        const Duration off =
            Duration(static_cast<std::int64_t>(static_cast<double>(at.count()) * partsPerMillion / 1e6));
        const Duration wrong(noise > 0us ? random.between(-noise.count(), noise.count() + 1) : 0);
        points.push_back({Instant(7h + at), 3s + off + wrong, 50us + noise});
    }
    return points;
}

} // namespace

class TestDrift : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theAllowanceIsNeverTooSmall()
    {
        QVERIFY(driftAllowance(0us, 500) == 0us);
        QVERIFY(driftAllowance(1us, 500) == 1us);
        QVERIFY(driftAllowance(1s, 500) == 501us); // 500.25, the own clock being the slow one
        QVERIFY(driftAllowance(1h, 100) == 360'037us);
    }

    void aStraightLineIsFound()
    {
        for (const double slope : {-200.0, -3.0, 0.0, 0.5, 120.0}) {
            const auto drift = fitDrift(line(30, slope, 0us, 1), 500);
            QVERIFY(drift);
            QVERIFY(std::abs(drift->partsPerMillion - slope) < 0.2);
            QVERIFY(drift->deviation < 0.2);
        }
    }

    void noiseIsSaid()
    {
        int within = 0;
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            const auto drift = fitDrift(line(60, 40, 200us, seed), 500);
            within += std::abs(drift->partsPerMillion - 40) < 2 * drift->deviation ? 1 : 0;
        }
        QVERIFY2(within > 180 && within < 200, qPrintable(QString::number(within)));
    }

    void aSlowLopsidedPathBendsItLittle()
    {
        auto points = line(40, 50, 0us, 1);
        for (std::size_t i = 30; i < 40; i += 2) {
            points[i].offset += 90ms;
            points[i].halfWidth = 100ms;
        }
        QVERIFY(std::abs(fitDrift(points, 500)->partsPerMillion - 50) < 1);
    }

    void tooLittleSaysNothing()
    {
        QVERIFY(!fitDrift({}, 500));
        QVERIFY(!fitDrift(line(7, 50, 0us, 1), 500));
        QVERIFY(fitDrift(line(8, 50, 0us, 1), 500));
        auto soon = line(20, 0, 0us, 1);
        for (std::size_t i = 0; i < soon.size(); ++i)
            soon[i].at = Instant(1h + i * 100ms);
        QVERIFY(!fitDrift(soon, 500));
    }

    void itIsLimited()
    {
        QVERIFY(fitDrift(line(30, 900, 0us, 1), 500)->partsPerMillion == 500);
        QVERIFY(fitDrift(line(30, -900, 0us, 1), 500)->partsPerMillion == -500);
    }

    void whatItGains()
    {
        QVERIFY((Drift{100, 0}).gain(10s) == 1ms);
        QVERIFY((Drift{-2.5, 0}).gain(2s) == -5us);
    }

    void recommendedIntervals_data()
    {
        QTest::addColumn<double>("partsPerMillion");
        QTest::addColumn<int>("interval");
        QTest::newRow("none") << 0.0 << 300;
        QTest::newRow("under 1e-9") << 0.0009 << 300;
        QTest::newRow("1e-9") << 0.0011 << 120;
        QTest::newRow("under 1e-7") << -0.09 << 120;
        QTest::newRow("1e-7") << 0.11 << 60;
        QTest::newRow("under 1e-6") << -0.99 << 60;
        QTest::newRow("1e-6") << 1.01 << 30;
        QTest::newRow("much") << -300.0 << 30;
    }
    void recommendedIntervals()
    {
        QFETCH(double, partsPerMillion);
        QFETCH(int, interval);
        QCOMPARE(recommendedSyncInterval(partsPerMillion).count(), interval);
    }

    void figuresOfOffsets()
    {
        OffsetHistory history;
        QVERIFY(!history.figures());
        history.add(10us);
        QVERIFY(history.figures()->deviation == 0us && history.figures()->median == 10us);
        for (const Duration offset : {40us, -20us, 30us})
            history.add(offset);
        const auto figures = history.figures();
        QVERIFY(figures->current == 30us && figures->mean == 15us && figures->median == 20us);
        QVERIFY(figures->least == -20us && figures->greatest == 40us);
        QVERIFY(figures->deviation == 26us); // sqrt(2100/3)
        QCOMPARE(figures->measurements, std::size_t(4));
    }

    void theHistoryIsBounded()
    {
        OffsetHistory history;
        for (int i = 0; i < 1000; ++i)
            history.add(Duration(i));
        QCOMPARE(history.size(), OffsetHistory::offsetsMax);
        QVERIFY(history.figures()->least == Duration(1000 - 256));
    }
};

QTEST_APPLESS_MAIN(TestDrift)
#include "tst_drift.moc"
