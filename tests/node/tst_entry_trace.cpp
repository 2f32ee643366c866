// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is remembered of an entry's life, by whom, and for how long.
#include <QTest>

#include "core/node/EntryTrace.h"

using namespace dsmsg;
using namespace dsmsg::node;

namespace {

constexpr ServerId self{1};
constexpr ServerId second{2};
constexpr ServerId third{3};

Instant ms(std::int64_t n)
{
    return Instant(std::chrono::hours(1)) + std::chrono::milliseconds(n);
}

} // namespace

class TestEntryTrace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aStepCoversEverythingSinceTheLast()
    {
        Milestones steps(10);
        steps.reached(3, ms(1));
        steps.reached(7, ms(2));
        steps.reached(5, ms(3)); // never goes back
        QVERIFY(!steps.of(0));
        QCOMPARE(steps.of(1), std::optional(ms(1)));
        QCOMPARE(steps.of(3), std::optional(ms(1)));
        QCOMPARE(steps.of(4), std::optional(ms(2)));
        QCOMPARE(steps.of(7), std::optional(ms(2)));
        QVERIFY(!steps.of(8));
        QVERIFY(!steps.exactly(4));
        QCOMPARE(steps.exactly(7), std::optional(ms(2)));
    }

    void theOldestStepsGo()
    {
        Milestones steps(100);
        for (std::uint64_t i = 1; i <= 250; ++i)
            steps.reached(i * 2, ms(static_cast<std::int64_t>(i)));
        QVERIFY(!steps.of(300));
        for (std::uint64_t i = 151; i <= 250; ++i) {
            QCOMPARE(steps.of(i * 2 - 1), std::optional(ms(static_cast<std::int64_t>(i))));
            QCOMPARE(steps.exactly(i * 2), std::optional(ms(static_cast<std::int64_t>(i))));
        }
    }

    void whatPassedBeforeTheStartIsUnknown()
    {
        EntryTrace trace(LogIndex(50), DeliverySeq(90));
        trace.committed(LogIndex(60), ms(1));
        trace.applied(LogIndex(60), DeliverySeq(95), ms(2));
        const EntryTimes old = trace.find(Term(1), LogIndex(50), DeliverySeq(90));
        QVERIFY(!old.committed && !old.applied && !old.delivered);
        const EntryTimes fresh = trace.find(Term(1), LogIndex(51), DeliverySeq(91));
        QCOMPARE(fresh.committed, std::optional(ms(1)));
        QCOMPARE(fresh.applied, std::optional(ms(2)));
        QCOMPARE(fresh.delivered, std::optional(ms(2)));
        QVERIFY(!fresh.received && fresh.durable.empty());
    }

    void aLeaderKnowsTheWholeLife()
    {
        EntryTrace trace({}, {});
        trace.leadershipBegan(Term(4));
        trace.proposed(LogIndex(7), ms(1), ms(2));
        trace.held(self, LogIndex(7), ms(3));
        trace.held(second, LogIndex(8), ms(4));
        trace.held(third, LogIndex(6), ms(5));
        const EntryTimes times = trace.find(Term(4), LogIndex(7), {});
        QCOMPARE(times.received, std::optional(ms(1)));
        QCOMPARE(times.appended, std::optional(ms(2)));
        const std::vector<std::pair<ServerId, Instant>> durable{{self, ms(3)}, {second, ms(4)}};
        QCOMPARE(times.durable, durable);
        QVERIFY(!times.committed && !times.delivered);
    }

    void anotherTermsEntryIsNotMistakenForOwn()
    {
        EntryTrace trace({}, {});
        trace.leadershipBegan(Term(4));
        trace.proposed(LogIndex(7), ms(1), ms(2));
        trace.committed(LogIndex(7), ms(3));
        QVERIFY(!trace.find(Term(3), LogIndex(7), {}).received);
        QVERIFY(trace.find(Term(3), LogIndex(7), {}).committed);
        trace.leadershipEnded();
        QVERIFY(!trace.find(Term(4), LogIndex(7), {}).received);
        trace.leadershipBegan(Term(6));
        QVERIFY(!trace.find(Term(6), LogIndex(7), {}).received);
    }

    void theNumberOfDisksIsBounded()
    {
        EntryTrace trace({}, {});
        trace.leadershipBegan(Term(1));
        for (std::uint64_t i = 1; i <= 40; ++i)
            trace.held(ServerId(i), LogIndex(5), ms(1));
        QCOMPARE(trace.find(Term(1), LogIndex(5), {}).durable.size(), EntryTrace::serversMax);
    }
};

QTEST_APPLESS_MAIN(TestEntryTrace)
#include "tst_entry_trace.moc"
