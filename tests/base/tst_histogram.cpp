// SPDX-License-Identifier: GPL-3.0-or-later
//
// The histogram against a sorted list of everything that was recorded.
#include <QTest>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/Histogram.h"
#include "core/base/Random.h"

using namespace dsmsg;

namespace {

Duration us(std::int64_t n)
{
    return Duration(n);
}

/// Durations as a node sees them: most short, few very long.
std::vector<Duration> sampleOf(std::size_t size)
{
    Random random(7);
    std::vector<Duration> all;
    for (std::size_t i = 0; i < size; ++i)
        all.push_back(us(std::int64_t{1} << random.below(26)) + us(static_cast<std::int64_t>(random.below(5000))));
    return all;
}

Histogram histogramOf(const std::vector<Duration>& all)
{
    Histogram histogram;
    for (const Duration d : all)
        histogram.record(d);
    return histogram;
}

} // namespace

class TestHistogram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingHasNoPercentile()
    {
        const Histogram empty;
        QCOMPARE(empty.count(), std::uint64_t(0));
        QVERIFY(!empty.percentile(0.5));
    }

    void smallOnesAreExact()
    {
        for (std::int64_t i = 0; i < 64; ++i) {
            Histogram histogram;
            histogram.record(us(i));
            QCOMPARE(*histogram.percentile(0.5), us(i));
        }
    }

    void aPercentileIsRoundedUpByLessThanAThirtySecond_data()
    {
        QTest::addColumn<double>("share");
        for (const double share : {0.0, 0.01, 0.5, 0.95, 0.99, 0.999, 1.0})
            QTest::newRow(qPrintable(QString::number(share))) << share;
    }
    void aPercentileIsRoundedUpByLessThanAThirtySecond()
    {
        QFETCH(double, share);
        std::vector<Duration> all = sampleOf(10'000);
        const Duration found = *histogramOf(all).percentile(share);
        std::ranges::sort(all);
        const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(all.size())));
        const Duration exact = all[std::max<std::size_t>(rank, 1) - 1];
        QVERIFY2(found >= exact && found - exact <= exact / 32,
                 qPrintable(QStringLiteral("%1 us for %2 us").arg(found.count()).arg(exact.count())));
    }

    void whatIsTooLongOrNegativeIsCut()
    {
        Histogram histogram;
        histogram.record(us(-5));
        histogram.record(std::chrono::hours(1));
        QCOMPARE(*histogram.percentile(0), us(0));
        QCOMPARE(*histogram.percentile(1), Histogram::max());
        QCOMPARE(histogram.sum(), Histogram::max());
    }

    void countsBelowPowersOfTwoAreExact()
    {
        std::vector<Duration> all = sampleOf(10'000);
        for (const std::int64_t edge : {1023, 1024, 1025})
            all.push_back(us(edge));
        const Histogram histogram = histogramOf(all);
        for (unsigned exponent = 0; exponent <= Histogram::exponentMax; ++exponent) {
            const auto exact = std::ranges::count_if(
                all, [&](Duration d) { return d < us(std::int64_t{1} << exponent); });
            QCOMPARE(histogram.countBelowPowerOfTwo(exponent), static_cast<std::uint64_t>(exact));
        }
        QCOMPARE(histogram.countBelowPowerOfTwo(Histogram::exponentMax), histogram.count());
    }

    void aStretchIsTheDifferenceOfTwoCopies()
    {
        Histogram histogram = histogramOf(std::vector<Duration>(1000, us(100)));
        const Histogram before = histogram;
        for (int i = 0; i < 10; ++i)
            histogram.record(us(20));
        const Histogram stretch = histogram.since(before);
        QCOMPARE(stretch.count(), std::uint64_t(10));
        QCOMPARE(stretch.sum(), us(200));
        QCOMPARE(*stretch.percentile(0.99), us(20));
        QVERIFY(!histogram.since(histogram).percentile(0.5));
    }
};

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
