// SPDX-License-Identifier: GPL-3.0-or-later
//
// Intervals and what most of them share.
#include <QTest>

#include <algorithm>

#include "core/base/Random.h"
#include "core/timesync/Interval.h"

using namespace dsmsg;
using namespace dsmsg::timesync;

namespace {

Interval span(int lower, int upper)
{
    return {Duration(lower), Duration(upper)};
}

std::size_t coveredBy(const std::vector<Interval>& all, Duration point)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const auto& i) { return i.holds(point); }));
}

} // namespace

class TestInterval : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void halvesAreRoundedOutwards()
    {
        QCOMPARE(span(-3, 4).halfWidth(), Duration(4));
        QVERIFY(span(-3, 4).middle() == Duration(0));
        QVERIFY(span(5, 5).halfWidth() == Duration(0));
    }

    void nothingAgreesWithNothing() { QVERIFY(!greatestAgreement({})); }

    void marzullosExamples()
    {
        const std::vector first{span(8, 12), span(11, 13), span(10, 12)};
        QVERIFY(greatestAgreement(first)->interval == span(11, 12));
        QCOMPARE(greatestAgreement(first)->count, std::size_t(3));
        const std::vector second{span(8, 12), span(11, 13), span(14, 15)};
        QVERIFY(greatestAgreement(second)->interval == span(11, 12));
        QCOMPARE(greatestAgreement(second)->count, std::size_t(2));
    }

    void thoseThatOnlyTouchAgree()
    {
        const std::vector both{span(0, 5), span(5, 9)};
        QVERIFY(greatestAgreement(both)->interval == span(5, 5));
        QCOMPARE(greatestAgreement(both)->count, std::size_t(2));
    }

    /// Against trying every point.
    void noPointIsInMore()
    {
        Random random(4);
        for (int round = 0; round < 2000; ++round) {
            std::vector<Interval> all;
            for (std::uint64_t n = 1 + random.below(12); n > 0; --n) {
                const int lower = static_cast<int>(random.between(-20, 20));
                all.push_back(span(lower, lower + static_cast<int>(random.below(15))));
            }
            std::size_t most = 0;
            for (int point = -20; point < 40; ++point)
                most = std::max(most, coveredBy(all, Duration(point)));
            const auto agreement = greatestAgreement(all);
            QCOMPARE(agreement->count, most);
            QCOMPARE(coveredBy(all, agreement->interval.lower), most);
            QCOMPARE(coveredBy(all, agreement->interval.upper), most);
            QCOMPARE(static_cast<std::size_t>(std::ranges::count_if(
                         all, [&](const auto& i) { return i.meets(agreement->interval); })),
                     most);
        }
    }
};

QTEST_APPLESS_MAIN(TestInterval)
#include "tst_interval.moc"
