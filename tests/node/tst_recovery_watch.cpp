// SPDX-License-Identifier: GPL-3.0-or-later
//
// last_recovery_time is set when what the leader had committed on return is applied, once for each absence.
#include <QTest>

#include "core/node/RecoveryWatch.h"

using namespace dsmsg;
using namespace dsmsg::node;

namespace {

UnixTime at(std::int64_t second)
{
    return UnixTime(std::chrono::seconds(second));
}

} // namespace

class TestRecoveryWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aStartIsAnAbsence()
    {
        RecoveryWatch watch;
        watch.applied(LogIndex(5), at(1));
        QVERIFY(!watch.lastRecovery());
        watch.leaderHeard(LogIndex(9));
        watch.applied(LogIndex(8), at(2));
        QVERIFY(!watch.lastRecovery());
        watch.applied(LogIndex(9), at(3));
        QCOMPARE(watch.lastRecovery(), std::optional(at(3)));
    }

    void whoMissedNothingHasRecoveredAtOnce()
    {
        RecoveryWatch watch;
        watch.leaderHeard(LogIndex(9));
        watch.applied(LogIndex(9), at(3));
        QCOMPARE(watch.lastRecovery(), std::optional(at(3)));
    }

    void theTargetIsWhatWasCommittedOnReturn()
    {
        RecoveryWatch watch;
        watch.leaderHeard(LogIndex(9));
        watch.leaderHeard(LogIndex(500));
        watch.applied(LogIndex(9), at(3));
        QCOMPARE(watch.lastRecovery(), std::optional(at(3)));
    }

    void ordinaryApplyingIsNoRecovery()
    {
        RecoveryWatch watch;
        watch.leaderHeard(LogIndex(1));
        watch.applied(LogIndex(1), at(3));
        watch.leaderHeard(LogIndex(50));
        watch.applied(LogIndex(50), at(9));
        QCOMPARE(watch.lastRecovery(), std::optional(at(3)));
    }

    void eachAbsenceCounts()
    {
        RecoveryWatch watch;
        watch.leaderHeard(LogIndex(1));
        watch.applied(LogIndex(1), at(3));
        watch.leaderLost();
        watch.applied(LogIndex(2), at(5));
        QCOMPARE(watch.lastRecovery(), std::optional(at(3)));
        watch.leaderHeard(LogIndex(4));
        watch.leaderLost();
        watch.applied(LogIndex(4), at(6));
        QCOMPARE(watch.lastRecovery(), std::optional(at(3)));
        watch.leaderHeard(LogIndex(6));
        watch.applied(LogIndex(6), at(7));
        QCOMPARE(watch.lastRecovery(), std::optional(at(7)));
    }
};

QTEST_APPLESS_MAIN(TestRecoveryWatch)
#include "tst_recovery_watch.moc"
