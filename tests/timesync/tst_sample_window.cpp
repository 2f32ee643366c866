// SPDX-License-Identifier: GPL-3.0-or-later
//
// What several samples prove together, and what happens to those that cannot be true with the others.
#include <QTest>

#include "core/timesync/SampleWindow.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace std::chrono_literals;

namespace {

constexpr Assumptions assumptions{.driftMaxPpm = 100};

/// At `at`, the offset is offset +- half.
Sample sample(Duration at, Duration offset, Duration half)
{
    return {Instant(at), {offset - half, offset + half}, 2 * half};
}

} // namespace

class TestSampleWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEmptyOneKnowsNothing()
    {
        const SampleWindow window(assumptions);
        QVERIFY(!window.interval(Instant(1s)) && !window.likeliest(Instant(1s)) && !window.drift());
    }

    void anExchangeProvesAnInterval()
    {
        // 300 us there, 100 us back, the peer 1 s ahead.
        const Exchange exchange{
            Instant(10s), Instant(11s + 300us), Instant(11s + 350us), Instant(10s + 450us), {}};
        QVERIFY(exchange.delay() == 400us);
        const Sample proven = sampleOf(exchange, assumptions);
        QVERIFY(proven.at == exchange.received);
        // One microsecond for the resolution, one for the drift of 450 us.
        QVERIFY((proven.interval == Interval{1s - 100us - 2us, 1s + 300us + 2us}));
    }

    void anIntervalGrowsWithItsAge()
    {
        SampleWindow window(assumptions);
        QVERIFY(window.add(sample(10s, 0us, 50us)));
        QVERIFY((window.interval(Instant(10s)) == Interval{-50us, 50us}));
        QVERIFY((window.interval(Instant(20s)) == Interval{-1051us, 1051us}));
    }

    /// One fast there, the other fast back: neither alone is narrow.
    void togetherTheyProveMore()
    {
        SampleWindow window(assumptions);
        QVERIFY(window.add({Instant(10s), {-10us, 500us}, 510us}));
        QVERIFY(window.add({Instant(10s), {-400us, 10us}, 410us}));
        QVERIFY((window.interval(Instant(10s)) == Interval{-10us, 10us}));
        const auto likeliest = window.likeliest(Instant(10s));
        QVERIFY(likeliest >= -10us && likeliest <= 10us);
    }

    void oneLiarIsNotBelieved()
    {
        SampleWindow window(assumptions);
        for (int i = 0; i < 5; ++i)
            QVERIFY(window.add(sample(10s + i * 1s, 0us, 50us)));
        QVERIFY(!window.add(sample(15s, 5ms, 50us)));
        QVERIFY(window.add(sample(16s, 0us, 50us)));
        QVERIFY((window.interval(Instant(16s)) == Interval{-50us, 50us}));
        // Grown old and wide it would meet the others again, but stays what it is.
        QVERIFY(window.add(sample(116s, 0us, 12ms)));
        QVERIFY(window.interval(Instant(116s))->lower < -9ms);
    }

    void aFirstLiarIsFoundOut()
    {
        SampleWindow window(assumptions);
        QVERIFY(window.add(sample(10s, 5ms, 50us)));
        QVERIFY(window.add(sample(10s, 3ms, 3ms))); // true, and too wide to contradict
        QVERIFY(window.add(sample(10s, 2ms, 2990us)));
        QVERIFY(window.add(sample(11s, 3ms, 10us)));
        QVERIFY(window.interval(Instant(12s))->holds(3ms));
        QVERIFY(!window.interval(Instant(12s))->holds(5ms));
    }

    void aClockThatMovedIsFollowed()
    {
        SampleWindow window(assumptions);
        for (int i = 0; i < 40; ++i)
            QVERIFY(window.add(sample(10s + i * 1s, 0us, 50us)));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!window.add(sample(50s + i * 1s, 90ms, 50us)));
        QVERIFY(window.interval(Instant(52s))->holds(0us));
        QVERIFY(window.add(sample(53s, 90ms, 50us)));
        QVERIFY((window.interval(Instant(53s)) == Interval{90ms - 50us, 90ms + 50us}));
    }

    /// By a virtual machine that was restored: what was known is as far away as it is old.
    void anOwnClockThatIsSetBackIsBorne()
    {
        SampleWindow window(assumptions);
        for (int i = 0; i < 10; ++i)
            QVERIFY(window.add(sample(1000s + i * 1s, 0us, 50us)));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!window.add(sample(500s + i * 1s, 500s, 50us)));
        QVERIFY(window.add(sample(503s, 500s, 50us)));
        QVERIFY((window.interval(Instant(503s)) == Interval{500s - 50us, 500s + 50us}));
    }

    void outliersThatDisagreeOverthrowNothing()
    {
        SampleWindow window(assumptions);
        QVERIFY(window.add(sample(10s, 0us, 50us)));
        for (int i = 0; i < 300; ++i)
            QVERIFY(!window.add(sample(11s + i * 1s, (1 + i % 3) * 200ms, 50us)));
        QVERIFY(window.interval(Instant(310s))->holds(0us));
    }

    void oldSamplesGo()
    {
        SampleWindow window(assumptions);
        for (int i = 0; i < 10; ++i)
            QVERIFY(window.add(sample(10s + i * 1s, 0us, 50us)));
        QVERIFY(window.drift());
        // Twenty minutes of silence: what was known is still true, only wider, and gives way to the news.
        QVERIFY(window.interval(Instant(1210s))->halfWidth() < 121ms);
        QVERIFY(window.add(sample(1220s, 60ms, 50us)));
        QVERIFY(!window.drift());
        QVERIFY((window.interval(Instant(1220s)) == Interval{60ms - 50us, 60ms + 50us}));
    }

    void theLikeliestFollowsTheDrift()
    {
        SampleWindow window(assumptions);
        for (int i = 0; i < 30; ++i)
            QVERIFY(window.add(sample(10s + i * 1s, i * 40us, 50us)));
        QVERIFY(std::abs(window.drift()->partsPerMillion - 40) < 0.01);
        const auto likeliest = window.likeliest(Instant(39s + 10s));
        QVERIFY(likeliest >= 29 * 40us + 399us && likeliest <= 29 * 40us + 401us);
    }
};

QTEST_APPLESS_MAIN(TestSampleWindow)
#include "tst_sample_window.moc"
