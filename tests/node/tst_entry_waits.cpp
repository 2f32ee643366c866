// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/node/EntryWaits.h"

namespace dsmsg::node {

using namespace std::chrono_literals;
using Fate = EntryWaits::Fate;

class TestEntryWaits : public QObject
{
    Q_OBJECT

    static constexpr Instant start{1h};

    static messaging::AppliedEntry entry(std::uint64_t index, std::uint64_t term)
    {
        messaging::AppliedEntry applied;
        applied.index = LogIndex(index);
        applied.term = Term(term);
        return applied;
    }
    EntryWaits::Then note()
    {
        return [this](Fate fate, const messaging::AppliedEntry* applied) {
            QCOMPARE(applied != nullptr, fate == Fate::Applied);
            told_.push_back(fate);
        };
    }
    std::vector<Fate> told() { return std::exchange(told_, {}); }

    std::vector<Fate> told_;

private Q_SLOTS:
    void init() { told_.clear(); }

    void anEntryIsAwaitedByIndexAndTerm()
    {
        EntryWaits waits;
        waits.add({Term(3), LogIndex(7)}, start + 5s, note());
        waits.add({Term(3), LogIndex(9)}, start + 5s, note());
        const std::vector entries{entry(6, 3), entry(7, 3), entry(8, 3)};
        waits.applied(entries);
        QCOMPARE(told(), std::vector{Fate::Applied});
        const std::vector other{entry(9, 4)};
        waits.applied(other);
        QCOMPARE(told(), std::vector{Fate::Replaced});
        QVERIFY(waits.empty());
    }

    /// A leader that lost its place and won it again may wait twice under one index.
    void twoMayWaitUnderOneIndex()
    {
        EntryWaits waits;
        waits.add({Term(3), LogIndex(7)}, start + 5s, note());
        waits.add({Term(5), LogIndex(7)}, start + 5s, note());
        const std::vector entries{entry(7, 5)};
        waits.applied(entries);
        QCOMPARE(told(), (std::vector{Fate::Replaced, Fate::Applied}));
    }

    void nobodyWaitsForEver()
    {
        EntryWaits waits;
        waits.add({Term(3), LogIndex(7)}, start + 5s, note());
        waits.add({Term(3), LogIndex(8)}, start + 6s, note());
        waits.expire(start + 5s - 1us);
        QVERIFY(told().empty());
        waits.expire(start + 5s);
        QCOMPARE(told(), std::vector{Fate::Unknown});
        waits.giveUp();
        QCOMPARE(told(), std::vector{Fate::Unknown});
    }

    void whoIsAnsweredMayWaitAgain()
    {
        EntryWaits waits;
        waits.add({Term(3), LogIndex(7)}, start + 5s, [&](Fate, const messaging::AppliedEntry*) {
            waits.add({Term(3), LogIndex(8)}, start + 5s, note());
        });
        const std::vector entries{entry(7, 3), entry(8, 3)};
        waits.applied(entries);
        QCOMPARE(told(), std::vector{Fate::Applied});
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestEntryWaits)
#include "tst_entry_waits.moc"
