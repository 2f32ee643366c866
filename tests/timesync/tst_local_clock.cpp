// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's own clock: smooth, and honest about jumps.
#include <QTest>

#include "core/timesync/LocalClock.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace std::chrono_literals;

namespace {

ClockReading reading(Duration boot, Duration wall, Duration width = 0us)
{
    return {Instant(boot), UnixTime(wall), Instant(boot + width)};
}

} // namespace

class TestLocalClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itGoesWithTheBootClock()
    {
        const LocalClock clock(42, reading(10s, 1000s, 2us));
        QCOMPARE(clock.state().run, std::uint64_t(42));
        QCOMPARE(clock.state().epoch, std::uint64_t(0));
        QVERIFY(clock.at(Instant(10s + 1us)) == UnixTime(1000s));
        QVERIFY(clock.at(Instant(15s + 1us)) == UnixTime(1005s));
    }

    void aJumpIsNoticedOnceAndFollowed()
    {
        LocalClock clock(42, reading(10s, 1000s));
        QVERIFY(!clock.check(reading(11s, 1001s)));
        QVERIFY(clock.check(reading(12s, 1302s)) == 300s);
        QCOMPARE(clock.state().epoch, std::uint64_t(1));
        QVERIFY(clock.at(Instant(12s)) == UnixTime(1302s));
        QVERIFY(!clock.check(reading(13s, 1303s)));
        QVERIFY(clock.check(reading(14s, 1003s)) == -301s);
        QCOMPARE(clock.state().epoch, std::uint64_t(2));
    }

    void lessThanAMillisecondIsNoJump()
    {
        LocalClock clock(42, reading(10s, 1000s));
        QVERIFY(!clock.check(reading(11s, 1001s + 1000us)));
        QVERIFY(!clock.check(reading(12s, 1002s - 1000us)));
        QVERIFY(clock.check(reading(13s, 1003s + 1001us)) == 1001us);
    }

    /// Both clocks count it.
    void suspendIsNoJump()
    {
        LocalClock clock(42, reading(10s, 1000s));
        QVERIFY(!clock.check(reading(10s + 8h, 1000s + 8h)));
    }

    /// The process stood still between two of the reads: which of the clocks was read late is not known.
    void aReadingThatTookLongProvesNoJump()
    {
        LocalClock clock(42, reading(10s, 1000s));
        QVERIFY(!clock.check(reading(20s, 1010s, 5s)));
        QVERIFY(!clock.check(reading(20s, 1015s, 5s)));
        QCOMPARE(clock.state().epoch, std::uint64_t(0));
        QVERIFY(clock.check(reading(30s, 1060s, 5s)).has_value()); // farther off than it took
    }
};

QTEST_APPLESS_MAIN(TestLocalClock)
#include "tst_local_clock.moc"
