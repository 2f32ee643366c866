// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log in memory: terms as runs, entries as far as they are kept, and the search for the place where two
// logs may meet, compared with a model that looks at every entry.
#include <QTest>

#include "core/base/Random.h"
#include "core/raft/RaftLog.h"

using namespace dsmsg;
using namespace dsmsg::raft;

namespace {

constexpr std::size_t overheadOfEntry = 64;

EntryPtr entry(std::uint64_t index, std::uint64_t term, std::size_t bytes = 0)
{
    return std::make_shared<const Entry>(
        Entry{Term(term), LogIndex(index), EntryKind::Command, std::string(bytes, 'x')});
}

RaftLog logOf(const std::vector<std::uint64_t>& terms, std::size_t bytes = 0)
{
    RaftLog log{Restored{}};
    for (std::size_t i = 0; i < terms.size(); ++i)
        log.append(entry(i + 1, terms[i], bytes));
    return log;
}

/// A log that begins after `compacted` entries of term `compactedTerm`.
RaftLog compactedLog(std::uint64_t compacted, std::uint64_t compactedTerm)
{
    Restored restored;
    restored.base.index = LogIndex(compacted);
    restored.lastIndex = LogIndex(compacted);
    restored.base.term = Term(compactedTerm);
    return RaftLog(restored);
}

LogIndex bruteLastNotAfter(const RaftLog& log, LogIndex index, Term term)
{
    LogIndex at = std::min(index, log.last());
    while (at >= log.first() && log.termAt(at) > term)
        at = at.previous();
    return at;
}

} // namespace

class TestRaftLog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEmptyLogMatchesOnlyItsBeginning()
    {
        const RaftLog log{Restored{}};
        QCOMPARE(log.last(), LogIndex(0));
        QCOMPARE(log.lastTerm(), Term(0));
        QVERIFY(log.matches(LogIndex(0), Term(0)));
        QVERIFY(!log.matches(LogIndex(1), Term(0)));
        QVERIFY(log.read(LogIndex(1), LogIndex(9), 1000).empty());
    }

    void termsAreKnownForEveryEntry()
    {
        const RaftLog log = logOf({1, 1, 4, 4, 4, 7});
        const std::vector<std::uint64_t> expected = {0, 1, 1, 4, 4, 4, 7, 0};
        for (std::uint64_t index = 0; index < expected.size(); ++index)
            QCOMPARE(log.termAt(LogIndex(index)), Term(expected[index]));
        QVERIFY(log.matches(LogIndex(3), Term(4)));
        QVERIFY(!log.matches(LogIndex(3), Term(1)));
        QVERIFY(!log.matches(LogIndex(7), Term(7)));
    }

    void truncationShortensRunsAndEntries()
    {
        RaftLog log = logOf({1, 1, 4, 4, 7});
        log.truncateFrom(LogIndex(4));
        QCOMPARE(log.last(), LogIndex(3));
        QCOMPARE(log.lastTerm(), Term(4));
        QCOMPARE(log.termAt(LogIndex(4)), Term(0));
        log.append(entry(4, 9));
        QCOMPARE(log.termAt(LogIndex(4)), Term(9));
        QCOMPARE(log.read(LogIndex(1), LogIndex(9), 100000).size(), std::size_t(4));
    }

    void truncatingEverythingLeavesAnEmptyLog()
    {
        RaftLog log = logOf({1, 2}, 10);
        log.truncateFrom(LogIndex(1));
        QCOMPARE(log.last(), LogIndex(0));
        QCOMPARE(log.cacheBytes(), std::size_t(0));
        log.append(entry(1, 3));
        QVERIFY(log.inMemory(LogIndex(1)));
    }

    void readsWithinBytesButAtLeastOne()
    {
        const RaftLog log = logOf({1, 1, 1, 1}, 100);
        const std::size_t one = 100 + overheadOfEntry;
        QCOMPARE(log.read(LogIndex(1), LogIndex(4), 2 * one).size(), std::size_t(2));
        QCOMPARE(log.read(LogIndex(1), LogIndex(4), 2 * one - 1).size(), std::size_t(1));
        QCOMPARE(log.read(LogIndex(2), LogIndex(4), 0).size(), std::size_t(1));
        QCOMPARE(log.read(LogIndex(2), LogIndex(3), SIZE_MAX).size(), std::size_t(2));
        QCOMPARE(log.read(LogIndex(2), LogIndex(3), SIZE_MAX).front()->index, LogIndex(2));
        QCOMPARE(log.read(LogIndex(4), LogIndex(99), SIZE_MAX).size(), std::size_t(1));
        QVERIFY(log.read(LogIndex(5), LogIndex(99), SIZE_MAX).empty());
    }

    void theCacheLetsGoOfTheOldest()
    {
        RaftLog log = logOf({1, 1, 1, 1, 1}, 100);
        const std::size_t one = 100 + overheadOfEntry;
        QCOMPARE(log.cacheBytes(), 5 * one);
        log.trimCache(LogIndex(5), 2 * one);
        QCOMPARE(log.cacheBytes(), 2 * one);
        QVERIFY(!log.inMemory(LogIndex(3)));
        QVERIFY(log.inMemory(LogIndex(4)));
        QVERIFY(log.read(LogIndex(3), LogIndex(5), SIZE_MAX).empty());
        QCOMPARE(log.termAt(LogIndex(1)), Term(1));
    }

    void theCacheKeepsWhatIsStillNeeded()
    {
        RaftLog log = logOf({1, 1, 1, 1}, 100);
        log.trimCache(LogIndex(2), 0);
        QVERIFY(!log.inMemory(LogIndex(2)));
        QVERIFY(log.inMemory(LogIndex(3)));
    }

    void appendingGoesOnAfterTheCacheWasEmptied()
    {
        RaftLog log = logOf({1, 1}, 100);
        log.trimCache(LogIndex(2), 0);
        QCOMPARE(log.cacheBytes(), std::size_t(0));
        log.append(entry(3, 2));
        QVERIFY(log.inMemory(LogIndex(3)));
        QVERIFY(!log.inMemory(LogIndex(2)));
        log.truncateFrom(LogIndex(2));
        log.append(entry(2, 3));
        QVERIFY(log.inMemory(LogIndex(2)));
        QCOMPARE(log.lastTerm(), Term(3));
    }

    void aRestoredTailMayBeShorterThanTheLog()
    {
        Restored restored;
        restored.lastIndex = LogIndex(5);
        restored.termRuns = {{LogIndex(1), Term(1)}, {LogIndex(3), Term(2)}};
        restored.tail = {entry(4, 2), entry(5, 2)};
        const RaftLog log(restored);
        QCOMPARE(log.termAt(LogIndex(2)), Term(1));
        QVERIFY(!log.inMemory(LogIndex(3)));
        QCOMPARE(log.read(LogIndex(4), LogIndex(5), SIZE_MAX).size(), std::size_t(2));
    }

    void aCompactedLogKnowsTheTermBeforeItsFirst()
    {
        RaftLog log = compactedLog(10, 3);
        QCOMPARE(log.termAt(LogIndex(10)), Term(3));
        QVERIFY(log.matches(LogIndex(10), Term(3)));
        QVERIFY(!log.matches(LogIndex(9), Term(3)));
        QCOMPARE(log.lastTerm(), Term(3));
        log.append(entry(11, 4));
        QCOMPARE(log.termAt(LogIndex(11)), Term(4));
    }

    void lastNotAfterEqualsTheModel()
    {
        Random random(3);
        for (int round = 0; round < 300; ++round) {
            const std::uint64_t compacted = random.below(5);
            RaftLog log = compactedLog(compacted, compacted == 0 ? 0 : 1);
            std::uint64_t term = 1;
            for (std::uint64_t n = random.below(12), i = 1; i <= n; ++i) {
                term += random.chance(1, 3) ? 1 + random.below(3) : 0;
                log.append(entry(compacted + i, term));
            }
            for (std::uint64_t index = compacted; index < compacted + 15; ++index) {
                for (std::uint64_t t = 0; t <= term + 1; ++t)
                    QCOMPARE(log.lastNotAfter(LogIndex(index), Term(t)),
                             bruteLastNotAfter(log, LogIndex(index), Term(t)));
            }
        }
    }

    /// Random appends, truncations and trims, against a plain list of terms.
    void randomOperationsEqualTheModel()
    {
        Random random(4);
        RaftLog log{Restored{}};
        std::vector<std::uint64_t> model;
        for (int round = 0; round < 5000; ++round) {
            const std::uint64_t top = model.empty() ? 1 : model.back();
            if (random.chance(2, 3)) {
                model.push_back(top + (random.chance(1, 5) ? 1 : 0));
                log.append(entry(model.size(), model.back(), random.below(50)));
            } else if (random.chance(1, 2) && !model.empty()) {
                const std::uint64_t from =
                    model.size() - random.below(std::min<std::size_t>(model.size(), 4));
                model.resize(from - 1);
                log.truncateFrom(LogIndex(from));
            } else {
                log.trimCache(LogIndex(random.below(model.size() + 1)), random.below(1000));
            }
            QCOMPARE(log.last(), LogIndex(model.size()));
            const std::uint64_t probe = 1 + random.below(model.size() + 2);
            QCOMPARE(log.termAt(LogIndex(probe)), Term(probe <= model.size() ? model[probe - 1] : 0));
            for (const EntryPtr& held : log.read(LogIndex(probe), log.last(), SIZE_MAX))
                QCOMPARE(held->term, Term(model[held->index.value - 1]));
        }
    }
};

QTEST_APPLESS_MAIN(TestRaftLog)
#include "tst_raft_log.moc"
