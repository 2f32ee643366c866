// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/node/RetentionPacer.h"

namespace dsmsg::node {

using namespace std::chrono_literals;

class TestRetentionPacer : public QObject
{
    Q_OBJECT

    static constexpr Instant start{1h};

    static messaging::RetentionScan::Found some(bool more = false)
    {
        return {{{Seq(1), 2}}, more};
    }
    static RetentionPacer led()
    {
        RetentionPacer pacer(1s);
        pacer.restart(start);
        return pacer;
    }

private Q_SLOTS:
    void looksAgainAfterAWhile()
    {
        RetentionPacer pacer = led();
        QCOMPARE(pacer.due(), std::optional(start + 1s));
        const auto ticket = pacer.begin(start + 1s);
        QVERIFY(!pacer.due());
        QVERIFY(!pacer.found(ticket, {}, LogIndex(5), start + 1100ms));
        QCOMPARE(pacer.due(), std::optional(start + 2100ms));
    }

    void oneRemovalAtATime()
    {
        RetentionPacer pacer = led();
        QVERIFY(pacer.found(pacer.begin(start), some(), LogIndex(5), start));
        pacer.proposed({Term(1), LogIndex(7)});
        QVERIFY(!pacer.due());
        pacer.applied(LogIndex(6), start + 1s);
        QVERIFY(!pacer.due());
        pacer.applied(LogIndex(7), start + 2s);
        QCOMPARE(pacer.due(), std::optional(start + 3s));
    }

    /// While there is a lot to remove, others have the log and the disk half of the time.
    void aLotIsRemovedInHalfOfTheTime()
    {
        RetentionPacer pacer = led();
        QVERIFY(pacer.found(pacer.begin(start), some(true), LogIndex(5), start + 20ms));
        pacer.proposed({Term(1), LogIndex(7)});
        pacer.applied(LogIndex(8), start + 50ms);
        QCOMPARE(pacer.due(), std::optional(start + 100ms));
    }

    void whatWasFoundByAnOldRuleIsVoid()
    {
        RetentionPacer pacer = led();
        const auto ticket = pacer.begin(start);
        pacer.ruleProposed(LogIndex(6));
        QVERIFY(!pacer.found(ticket, some(true), LogIndex(5), start + 1ms));
        QCOMPARE(pacer.due(), std::optional(start + 1001ms));
        QVERIFY(pacer.found(pacer.begin(start), some(), LogIndex(6), start)); // this one knows it
    }

    void aRefusalIsTriedAgain()
    {
        RetentionPacer pacer = led();
        QVERIFY(pacer.found(pacer.begin(start), some(true), LogIndex(5), start));
        pacer.refused(start);
        QCOMPARE(pacer.due(), std::optional(start + 1s));
    }

    /// What a lost leadership looked for is of no use to the next.
    void leadershipBeginsAnew()
    {
        RetentionPacer pacer = led();
        const auto ticket = pacer.begin(start);
        pacer.restart(start + 1s);
        QCOMPARE(pacer.due(), std::optional(start + 2s));
        QVERIFY(!pacer.found(ticket, some(), LogIndex(5), start + 1s));
        QCOMPARE(pacer.due(), std::optional(start + 2s));
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestRetentionPacer)
#include "tst_retention_pacer.moc"
