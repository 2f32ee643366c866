// SPDX-License-Identifier: GPL-3.0-or-later
//
// A follower that needs entries which are no longer in memory: the host is asked for them, and what it
// brings is used only while it still fits.
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

/// Twenty entries of term 1, only the last three in memory.
Setup longLog()
{
    Setup setup;
    setup.terms.assign(20, 1);
    setup.entriesInMemory = 3;
    return setup;
}

/// Follower 2 refuses the first probe: it holds entries up to 4.
void lagAt4(Subject& leader)
{
    leader.clear();
    AppendEntriesReply refusal{leader.raft.term(), false, {}, LogIndex(20), LogIndex(4), Term(1), false};
    leader.receive(second, refusal);
    leader.clear();
    leader.acknowledge(second, 4);
}

std::vector<EntryPtr> fromStore(std::uint64_t first, std::uint64_t last, std::uint64_t term = 1)
{
    std::vector<EntryPtr> entries;
    for (; first <= last; ++first)
        entries.push_back(command(first, term));
    return entries;
}

} // namespace

class TestLogReads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theHostIsAskedForWhatIsNotInMemory()
    {
        Subject leader(longLog());
        leader.win();
        lagAt4(leader);
        QCOMPARE(leader.logReads.size(), std::size_t(1));
        QCOMPARE(leader.logReads.front().forPeer, second);
        QCOMPARE(leader.logReads.front().first, LogIndex(5));
        QVERIFY(leader.sent<AppendEntries>(second).empty());
    }

    /// PROOF.md, pitfall 16: a follower with a huge backlog must not starve the foreground.
    void readingForAFollowerIsThrottled()
    {
        Setup setup = longLog();
        setup.settings.catchUpBytesPerSecond = 100;
        Subject leader(setup);
        leader.win();
        lagAt4(leader);
        leader.logReads.clear();
        std::vector<EntryPtr> entries{command(5, 1, std::string(10, 'x'))};
        leader.step(LogRead{second, entries});
        QCOMPARE(leader.sent<AppendEntries>(second).size(), std::size_t(1));
        QVERIFY(leader.logReads.empty()); // ten bytes are paid off in 100 ms
        leader.pause(ms(99));
        leader.step(Tick{});
        QVERIFY(leader.logReads.empty());
        QVERIFY(leader.raft.deadline() <= leader.now + ms(1));
        leader.pause(ms(1));
        leader.step(Tick{});
        QCOMPARE(leader.logReads.size(), std::size_t(1));
        QCOMPARE(leader.logReads.front().first, LogIndex(6));
    }

    /// The store does not know yet what is still on its way to it.
    void nothingIsAskedForThatIsNotDurable()
    {
        Subject leader(longLog());
        leader.win();
        QVERIFY(leader.last() == 21 && leader.raft.durableIndex() == LogIndex(20));
        lagAt4(leader);
        QCOMPARE(leader.logReads.front().last, LogIndex(20));
    }

    void whatTheHostReadIsSent()
    {
        Subject leader(longLog());
        leader.win();
        lagAt4(leader);
        leader.clear();
        leader.step(LogRead{second, fromStore(5, 17)});
        const auto sent = leader.sent<AppendEntries>(second);
        QCOMPARE(sent.size(), std::size_t(2)); // the second one from memory
        QCOMPARE(sent.front().prevLogIndex, LogIndex(4));
        QCOMPARE(sent.front().entries.size(), std::size_t(13));
        QCOMPARE(sent.back().entries.front()->index, LogIndex(18));
        QCOMPARE(sent.back().entries.back()->index, LogIndex(21));
    }

    void onlyOneReadAtATime()
    {
        Subject leader(longLog());
        leader.win();
        lagAt4(leader);
        for (std::uint64_t round = 1; round <= 5; ++round)
            leader.receive(second, HeartbeatReply{Term(2), round, false});
        QCOMPARE(leader.logReads.size(), std::size_t(1));
    }

    void aFailedReadIsTriedAgainLater()
    {
        Subject leader(longLog());
        leader.win();
        lagAt4(leader);
        leader.clear();
        leader.step(LogRead{second, {}});
        QVERIFY(leader.sent<AppendEntries>(second).empty());
        leader.receive(second, HeartbeatReply{Term(2), 1, false});
        QCOMPARE(leader.logReads.size(), std::size_t(1));
    }

    void anAnswerThatDoesNotFitAnyMoreIsDropped_data()
    {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("term");
        QTest::newRow("another place") << quint64(7) << quint64(1);
        QTest::newRow("another term") << quint64(5) << quint64(9);
    }
    void anAnswerThatDoesNotFitAnyMoreIsDropped()
    {
        QFETCH(quint64, first);
        QFETCH(quint64, term);
        Subject leader(longLog());
        leader.win();
        lagAt4(leader);
        leader.clear();
        leader.step(LogRead{second, fromStore(first, 10, term)});
        QVERIFY(leader.sent<AppendEntries>(second).empty());
    }

    void anAnswerNobodyAskedForIsDropped()
    {
        Subject leader(longLog());
        leader.win();
        leader.clear();
        leader.step(LogRead{second, fromStore(21, 22)});
        leader.step(LogRead{ServerId(77), fromStore(5, 6)});
        QVERIFY(leader.messages.empty());
    }

    void theCacheIsTrimmedToItsBound()
    {
        Setup setup;
        setup.settings.cacheBytesMax = 1000;
        Subject leader(setup);
        leader.lead();
        for (int i = 0; i < 50; ++i) {
            leader.propose(std::string(100, 'x'));
            leader.persist();
            leader.acknowledge(third, leader.last());
            leader.apply();
        }
        QVERIFY(leader.raft.entries(LogIndex(3), LogIndex(3), SIZE_MAX).empty());
        const LogIndex last(leader.last());
        QVERIFY(!leader.raft.entries(last, last, SIZE_MAX).empty());
        // Follower 2 never answered: its entries are in the store now.
        leader.step(PeerDisconnected{second});
        leader.clear();
        leader.acknowledge(second, 2);
        QCOMPARE(leader.logReads.size(), std::size_t(1));
        QCOMPARE(leader.logReads.front().first, LogIndex(3));
    }

    void whatIsNotDurableStaysInMemory()
    {
        Setup setup;
        setup.settings.cacheBytesMax = 0;
        Subject leader(setup);
        leader.lead();
        for (int i = 0; i < 5; ++i)
            leader.propose(std::string(100, 'x'));
        leader.acknowledge(second, 7);
        leader.acknowledge(third, 7);
        QCOMPARE(leader.commit(), std::uint64_t(7));
        leader.apply();
        QVERIFY(!leader.raft.entries(LogIndex(3), LogIndex(7), SIZE_MAX).empty());
    }
};

QTEST_APPLESS_MAIN(TestLogReads)
#include "tst_log_reads.moc"
