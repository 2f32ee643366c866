// SPDX-License-Identifier: GPL-3.0-or-later
//
// Corrected timestamps: three methods, what a client may state, what is refused, and the figures.
#include <QTest>

#include "core/timesync/Correction.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace std::chrono_literals;

namespace {

constexpr UnixTime now(1'700'000'000s);

/// The own clock is 10 ms behind the cluster's and loses 100 us a second.
CorrectionBasis basis(double deviation = 0)
{
    return {now, 10ms, 300us, Drift{100, deviation}, 500};
}

} // namespace

class TestCorrection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offsetIsTheOffsetNow()
    {
        const auto result = correct(now - 10s, CorrectionMethod::Offset, basis());
        QVERIFY(result.applied == 10ms);
        QVERIFY(result.corrected() == now - 10s + 10ms);
        QVERIFY(result.halfWidth == 300us + 5003us); // 10 s at 500.25 ppm
        QVERIFY(!result.verified);
        QVERIFY(result.method == CorrectionMethod::Offset);
    }

    void driftCompensatedIsTheOffsetThen()
    {
        const auto result = correct(now - 10s, CorrectionMethod::DriftCompensated, basis());
        QVERIFY(result.applied == 9ms);
        QVERIFY(result.halfWidth == 300us + 5003us + 1ms);
    }

    void hybridTrustsTheDriftAsFarAsItIsKnown()
    {
        QVERIFY(correct(now - 10s, CorrectionMethod::Hybrid, basis(0)).applied == 9ms);
        QVERIFY(correct(now - 10s, CorrectionMethod::Hybrid, basis(100)).applied == 9500us);
        QVERIFY(correct(now - 10s, CorrectionMethod::Hybrid, basis(1e9)).applied == 10ms);
        CorrectionBasis unmeasured = basis();
        unmeasured.drift.reset();
        QVERIFY(correct(now - 10s, CorrectionMethod::Hybrid, unmeasured).applied == 10ms);
    }

    void whateverTheMethodTheTruthIsInside()
    {
        // The offset then may have been anything that 500 ppm allow.
        for (const auto method :
             {CorrectionMethod::Offset, CorrectionMethod::DriftCompensated, CorrectionMethod::Hybrid}) {
            const auto result = correct(now - 30s, method, basis(50));
            for (const Duration then : {10ms - 300us - 15007us, 10ms + 300us + 15007us})
                QVERIFY(std::chrono::abs(then - result.applied) <= *result.halfWidth);
        }
    }

    void ageIsBounded()
    {
        const auto old = correct(now - 24h * 365 * 5, CorrectionMethod::DriftCompensated, basis());
        QVERIFY(old.applied == 4ms); // 60 s of drift
        const auto ahead = correct(now + 24h * 365 * 170, CorrectionMethod::DriftCompensated, basis());
        QVERIFY(ahead.applied == 10ms && ahead.halfWidth == 300us);
        QVERIFY(correct(UnixTime::min(), CorrectionMethod::Hybrid, basis()).applied == 4ms);
        QVERIFY(correct(UnixTime::max(), CorrectionMethod::Hybrid, basis()).applied == 10ms);
    }

    void withoutSynchronisationTheErrorIsUnknown()
    {
        CorrectionBasis alone{now, 0us, std::nullopt, std::nullopt, 500};
        const auto result = correct(now, CorrectionMethod::Hybrid, alone);
        QVERIFY(result.applied == 0us && !result.halfWidth);
    }

    void aStatedClockIsTakenAtItsWord()
    {
        const auto result = correct(now - 2s, CorrectionMethod::Hybrid, basis(), StatedClock{-3s, 4ms});
        QVERIFY(result.verified);
        QVERIFY(result.corrected() == now - 5s);
        QVERIFY(result.halfWidth == 300us + 1001us + 4ms);
    }

    void whatMayBeStated()
    {
        QVERIFY(checkStated({-10s, 0us}).ok());
        QVERIFY(checkStated({10h, 1h}).ok());
        QVERIFY(!checkStated({0s, -1us}).ok());
        QVERIFY(!checkStated({0s, 1h + 1us}).ok());
        QVERIFY(!checkStated({Duration::max(), 0us}).ok());
        QVERIFY(!checkStated({Duration::min(), 0us}).ok());
    }

    void whatMayBeCorrected()
    {
        QVERIFY(checkTimestamp(now, now).ok());
        QVERIFY(checkTimestamp(now + 5s, now).ok());
        QVERIFY(checkTimestamp(now - 60s, now).ok());
        const auto ahead = checkTimestamp(now + 5s + 1us, now);
        QVERIFY(!ahead.ok() && ahead.error().text.find("5 s ahead") != std::string::npos);
        const auto old = checkTimestamp(now - 60s - 1us, now);
        QVERIFY(!old.ok() && old.error().text.find("60 s old") != std::string::npos);
    }

    void figures()
    {
        CorrectionStatistics statistics;
        QVERIFY(statistics.averageMagnitude() == 0us);
        for (const Duration applied : {-4ms, 1ms, 1ms})
            statistics.add(applied);
        QCOMPARE(statistics.count(), std::uint64_t(3));
        QVERIFY(statistics.averageMagnitude() == 2ms && statistics.greatestMagnitude() == 4ms);
        statistics.reset();
        QVERIFY(statistics.count() == 0 && statistics.greatestMagnitude() == 0us);
    }
};

QTEST_APPLESS_MAIN(TestCorrection)
#include "tst_correction.moc"
