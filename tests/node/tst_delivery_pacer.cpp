// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/node/DeliveryPacer.h"

namespace dsmsg::node {

using namespace std::chrono_literals;

class TestDeliveryPacer : public QObject
{
    Q_OBJECT

    static constexpr UnixTime start{1'700'000'000'000'000us};

private Q_SLOTS:
    void entriesCarryTheTimeLessTheWindow()
    {
        DeliveryPacer pacer(5s);
        QCOMPARE(pacer.next(start), start - 5s);
        pacer.proposed(start - 5s);
        QCOMPARE(pacer.next(start - 1s), start - 5s); // never lower than one before
        pacer.applied(start - 2s, {});                // a forced one, or another leader's
        QCOMPARE(pacer.next(start), start - 2s);
    }

    void nothingIsDueWhileNothingWaits()
    {
        DeliveryPacer pacer(5s);
        QVERIFY(!pacer.due());
        pacer.applied(start, std::nullopt);
        QVERIFY(!pacer.due());
    }

    void theOldestIsDueAfterTheWindow()
    {
        DeliveryPacer pacer(5s);
        pacer.applied(start - 5s, start);
        QCOMPARE(pacer.due(), std::optional(start + 5s));
        pacer.proposed(start + 1ms); // an entry that delivers it is on its way
        QVERIFY(!pacer.due());
        pacer.applied(start + 1ms, start + 3ms);
        QCOMPARE(pacer.due(), std::optional(start + 3ms + 5s));
    }

    /// What was proposed before may never have been committed.
    void leadershipBeginsWithWhatIsApplied()
    {
        DeliveryPacer pacer(5s);
        pacer.applied(start - 5s, start);
        pacer.proposed(start + 1h);
        QVERIFY(!pacer.due());
        pacer.restart();
        QCOMPARE(pacer.due(), std::optional(start + 5s));
        QCOMPARE(pacer.next(start), start - 5s);
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestDeliveryPacer)
#include "tst_delivery_pacer.moc"
