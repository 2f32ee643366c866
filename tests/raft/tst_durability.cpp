// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which entries the own disk vouches for, under truncations that overtake writes (CORE.md, Raft; PROOF.md,
// pitfall 3).
#include <QTest>

#include "core/base/Random.h"
#include "core/raft/Durability.h"

using namespace dsmsg;
using namespace dsmsg::raft;

class TestDurability : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aWriteVouchesOnceItIsFinished()
    {
        Durability disk{LogIndex(3)};
        const WriteId write = disk.issue(Instant{}, LogIndex(5), false);
        QCOMPARE(disk.durableIndex(), LogIndex(3));
        QVERIFY(!disk.isDurable(write));
        disk.persisted(write);
        QCOMPARE(disk.durableIndex(), LogIndex(5));
        QVERIFY(disk.isDurable(write));
        QVERIFY(disk.idle());
    }

    void aLaterCompletionCoversEarlierWrites()
    {
        Durability disk{LogIndex(0)};
        disk.issue(Instant{}, LogIndex(1), false);
        const WriteId last = disk.issue(Instant{}, LogIndex(2), false);
        disk.persisted(last);
        QCOMPARE(disk.durableIndex(), LogIndex(2));
        QVERIFY(disk.idle());
    }

    /// (5,t2) written, truncated, (5,t3) written: the late completion of the first must not vouch for 5.
    void aReplacedEntryIsNotVouchedForByItsFirstWrite()
    {
        Durability disk{LogIndex(4)};
        const WriteId first = disk.issue(Instant{}, LogIndex(5), false);
        disk.truncated(LogIndex(5));
        const WriteId second = disk.issue(Instant{}, LogIndex(5), false);
        disk.persisted(first);
        QCOMPARE(disk.durableIndex(), LogIndex(4));
        disk.persisted(second);
        QCOMPARE(disk.durableIndex(), LogIndex(5));
    }

    /// The same, and the entry comes back under its first term: still only the third write counts.
    void anEntryThatReturnsIsVouchedForByItsLastWrite()
    {
        Durability disk{LogIndex(4)};
        const WriteId first = disk.issue(Instant{}, LogIndex(5), false);
        disk.truncated(LogIndex(5));
        const WriteId second = disk.issue(Instant{}, LogIndex(5), false);
        disk.truncated(LogIndex(5));
        const WriteId third = disk.issue(Instant{}, LogIndex(5), false);
        disk.persisted(first);
        disk.persisted(second);
        QCOMPARE(disk.durableIndex(), LogIndex(4));
        disk.persisted(third);
        QCOMPARE(disk.durableIndex(), LogIndex(5));
    }

    void aTruncationTakesBackWhatWasDurable()
    {
        Durability disk{LogIndex(9)};
        disk.truncated(LogIndex(6));
        QCOMPARE(disk.durableIndex(), LogIndex(5));
        disk.truncated(LogIndex(8));
        QCOMPARE(disk.durableIndex(), LogIndex(5));
    }

    void hardStatesAreTracked()
    {
        Durability disk{LogIndex(0)};
        QVERIFY(!disk.pendingHardState());
        const WriteId vote = disk.issue(Instant{}, std::nullopt, true);
        const WriteId entries = disk.issue(Instant{}, LogIndex(1), false);
        QCOMPARE(disk.pendingHardState(), std::optional(vote));
        disk.persisted(vote);
        QVERIFY(!disk.pendingHardState());
        QCOMPARE(disk.durableIndex(), LogIndex(0));
        disk.persisted(entries);
        QCOMPARE(disk.durableIndex(), LogIndex(1));
    }

    void theOldestUnfinishedWriteTellsTheStall()
    {
        const Instant start{};
        Durability disk{LogIndex(0)};
        QVERIFY(!disk.oldestPending());
        const WriteId first = disk.issue(start, LogIndex(1), false);
        disk.issue(start + Duration(500), LogIndex(2), false);
        QCOMPARE(disk.oldestPending(), std::optional(start));
        QCOMPARE(disk.pendingWrites(), std::size_t(2));
        disk.persisted(first);
        QCOMPARE(disk.oldestPending(), std::optional(start + Duration(500)));
    }

    void repeatedAndUnknownIdsAreIgnored()
    {
        Durability disk{LogIndex(0)};
        const WriteId first = disk.issue(Instant{}, LogIndex(1), false);
        const WriteId second = disk.issue(Instant{}, LogIndex(2), false);
        disk.persisted(first);
        disk.persisted(first);
        QCOMPARE(disk.durableIndex(), LogIndex(1));
        disk.persisted(second + 10);
        QCOMPARE(disk.durableIndex(), LogIndex(1));
        QVERIFY(!disk.idle());
    }

    void idsAreForetold()
    {
        Durability disk{LogIndex(0)};
        const WriteId foretold = disk.nextId();
        QCOMPARE(disk.issue(Instant{}, std::nullopt, true), foretold);
        QVERIFY(disk.nextId() > foretold);
    }

    /// A disk that performs writes in order, and a log that changes faster than it: what is vouched for is on
    /// the disk, entry for entry.
    void neverVouchesForWhatTheDiskDoesNotHold()
    {
        struct Pending
        {
            WriteId id;
            std::uint64_t from; ///< entries from here on are replaced ...
            std::vector<int> entries;
        };
        Random random(6);
        Durability durability{LogIndex(0)};
        std::vector<int> log;
        std::vector<int> disk;
        std::deque<Pending> queue;
        int name = 0;
        for (int round = 0; round < 20000; ++round) {
            if (random.chance(1, 2)) {
                const std::uint64_t keep =
                    log.size() - random.below(std::min<std::size_t>(log.size(), 3) + 1);
                if (keep < log.size())
                    durability.truncated(LogIndex(keep + 1));
                log.resize(keep);
                for (std::uint64_t n = 1 + random.below(3); n > 0; --n)
                    log.push_back(++name);
                const WriteId id = durability.issue(Instant{}, LogIndex(log.size()), false);
                queue.push_back({id, keep, {log.begin() + static_cast<std::ptrdiff_t>(keep), log.end()}});
            } else if (!queue.empty()) {
                disk.resize(queue.front().from);
                disk.insert(disk.end(), queue.front().entries.begin(), queue.front().entries.end());
                durability.persisted(queue.front().id);
                queue.pop_front();
            }
            const std::size_t durable = durability.durableIndex().value;
            QVERIFY(durable <= disk.size() && durable <= log.size());
            QVERIFY(
                std::equal(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(durable), disk.begin()));
            QVERIFY(!queue.empty() || durable == log.size());
        }
    }
};

QTEST_APPLESS_MAIN(TestDurability)
#include "tst_durability.moc"
