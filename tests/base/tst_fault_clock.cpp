// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bent clock over one that stands where the test puts it: offsets move only the wall clock, drifts both,
// and the boot-time clock never goes back.
#include <QTest>

#include "core/base/FaultClock.h"

using namespace dsmsg;
using namespace std::chrono_literals;

namespace {

class HandClock final : public Clock
{
public:
    Instant now() const override { return Instant(elapsed); }
    UnixTime wall() const override { return UnixTime(1'700'000'000s + elapsed); }

    Duration elapsed = 1h;
};

} // namespace

class TestFaultClock : public QObject
{
    Q_OBJECT

    HandClock base_;

private Q_SLOTS:
    void init() { base_.elapsed = 1h; }

    void untouchedItShowsTheTruth()
    {
        const FaultClock clock(base_);
        base_.elapsed += 10s;
        QVERIFY(clock.now() == base_.now());
        QVERIFY(clock.wall() == base_.wall());
    }

    void anOffsetMovesOnlyTheWallClock()
    {
        FaultClock clock(base_);
        clock.bend({.offset = -30s});
        QVERIFY(clock.now() == base_.now());
        QVERIFY(clock.wall() == base_.wall() - 30s);
        clock.bend({});
        QVERIFY(clock.wall() == base_.wall());
    }

    void aDriftMovesBothAndTheBootClockKeepsIt()
    {
        FaultClock clock(base_);
        clock.bend({.driftPartsPerMillion = 1000});
        base_.elapsed += 100s;
        QVERIFY(clock.now() == base_.now() + 100ms);
        QVERIFY(clock.wall() == base_.wall() + 100ms);
        clock.bend({});
        base_.elapsed += 100s;
        QVERIFY(clock.now() == base_.now() + 100ms);
        QVERIFY(clock.wall() == base_.wall());
    }

    void anotherFaultDoesNotUndoADrift()
    {
        FaultClock clock(base_);
        clock.bend({.driftPartsPerMillion = -1000});
        base_.elapsed += 100s;
        clock.bend({.offset = 5s, .driftPartsPerMillion = -1000});
        base_.elapsed += 100s;
        QVERIFY(clock.wall() == base_.wall() + 5s - 200ms);
        QVERIFY(clock.now() == base_.now() - 200ms);
    }

    void theBootClockNeverGoesBack()
    {
        FaultClock clock(base_);
        Instant last = clock.now();
        for (const double drift : {-500'000.0, 0.0, 500'000.0, -500'000.0, 0.0}) {
            clock.bend({.driftPartsPerMillion = drift});
            for (int step = 0; step < 1000; ++step) {
                base_.elapsed += 1us;
                QVERIFY(clock.now() >= last);
                last = clock.now();
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestFaultClock)
#include "tst_fault_clock.moc"
