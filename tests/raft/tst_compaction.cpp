// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compaction and snapshots, seen from one server (Raft, section 7).
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

LogBase baseAt(std::uint64_t index, std::uint64_t term)
{
    return {LogIndex(index), Term(term), clusterOf(3)};
}

InstallSnapshot lastPiece(std::uint64_t index, std::uint64_t term)
{
    return {Term(term), 0, "state", baseAt(index, term)};
}

InstallSnapshotReply has(std::uint64_t position)
{
    return {Term(2), position, {}, false};
}

} // namespace

class TestCompaction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatIsAppliedAndDurableGoes()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.step(Compact{LogIndex(99)});
        QCOMPARE(leader.writes.back().compact->index,
                 LogIndex(2)); // the no-op is applied, the command is not
        QCOMPARE(leader.status().first, LogIndex(3));
        QCOMPARE(leader.writes.back().compact->configuration, clusterOf(3));
        const std::size_t writes = leader.writes.size();
        leader.step(Compact{LogIndex(2)});
        QCOMPARE(leader.writes.size(), writes); // nothing more to forget
    }

    void aFollowerBehindTheLogIsAskedHowFarItIs()
    {
        Subject leader;
        leader.win();
        leader.persist();
        leader.acknowledge(second, leader.last());
        leader.apply();
        leader.step(Compact{LogIndex(2)});
        leader.clear();
        leader.receive(third, AppendEntriesReply{Term(2), false, {}, LogIndex(1), {}, {}, false});
        QCOMPARE(leader.sent<InstallSnapshot>(third), (std::vector{InstallSnapshot{Term(2), 0, {}, {}}}));
        QCOMPARE(leader.status().peers.back().state, PeerStatus::State::Snapshot);

        const Ready& asked = leader.receive(third, has(5));
        QCOMPARE(asked.snapshotReads.size(), std::size_t(1));
        QCOMPARE(asked.snapshotReads.front().position, std::uint64_t(5));
        QVERIFY(leader.receive(third, has(5)).snapshotReads.empty()); // one piece at a time
        leader.clear();
        leader.step(SnapshotRead{third, 5, "rest", LogIndex(2)});
        const auto sent = leader.sent<InstallSnapshot>(third);
        QCOMPARE(sent.size(), std::size_t(1));
        QCOMPARE(sent.front().finished, std::optional(LogBase{LogIndex(2), Term(2), clusterOf(3)}));

        leader.clear();
        leader.receive(third, InstallSnapshotReply{Term(2), 0, LogIndex(2), false});
        QCOMPARE(leader.status().peers.back().match, LogIndex(2));
        leader.propose();
        QCOMPARE(leader.sent<AppendEntries>(third).size(), std::size_t(1));
    }

    void theLogBeginsAnewOnceTheWholeIsStaged()
    {
        Subject follower;
        follower.follow(second, 1);
        const Ready& piece = follower.receive(second, lastPiece(9, 1));
        QVERIFY(piece.snapshotChunk && piece.snapshotChunk->finishedAt == LogIndex(9));
        QVERIFY(follower.writes.empty()); // nothing changes before it is staged
        const Ready staged = follower.step(SnapshotStored{4, LogIndex(9)});
        QCOMPARE(staged.write->reset, std::optional(baseAt(9, 1)));
        QVERIFY(!staged.install); // not before that write is durable
        QVERIFY(follower.sent<InstallSnapshotReply>(second).empty());
        const WriteId write = staged.write->id;
        QCOMPARE(follower.step(Persisted{write}).install, LogIndex(9));
        QVERIFY(follower.sent<InstallSnapshotReply>(second).empty());
        follower.step(Applied{LogIndex(9)});
        QCOMPARE(follower.sent<InstallSnapshotReply>(second).back().installed, LogIndex(9));
        QCOMPARE(follower.commit(), std::uint64_t(9));
        QCOMPARE(follower.status().first, LogIndex(10));
    }

    void onePieceIsAtTheHostAtATime()
    {
        // A repeated piece in the host's queue could undo what is staged after the log has begun anew for it.
        Subject follower;
        follower.follow(second, 1);
        QVERIFY(follower.receive(second, lastPiece(9, 1)).snapshotChunk);
        QVERIFY(!follower.receive(second, lastPiece(9, 1)).snapshotChunk);
        follower.step(SnapshotStored{0, {}});
        QVERIFY(follower.receive(second, lastPiece(9, 1)).snapshotChunk);
    }

    void whatTheLogHasIsNotReplaced_data()
    {
        QTest::addColumn<quint64>("index");
        QTest::newRow("committed here") << quint64(1);
        QTest::newRow("in the log, not known to be committed") << quint64(2);
    }
    void whatTheLogHasIsNotReplaced()
    {
        QFETCH(quint64, index);
        Subject follower({.terms = {1, 1, 1}, .applied = 1});
        follower.follow(second, 1);
        const Ready& ready = follower.receive(second, lastPiece(index, 1));
        QVERIFY(!ready.snapshotChunk);
        QCOMPARE(follower.last(), std::uint64_t(3));
        QCOMPARE(follower.commit(), index);
        QCOMPARE(follower.sent<InstallSnapshotReply>(second).back().installed, LogIndex(index));
    }

    /// Else the leader would count a copy that a crash can still take away.
    void whatTheLogHasIsConfirmedOnceItIsDurable()
    {
        Subject follower({.terms = {1, 1}});
        follower.receive(second, append(1, 2, 1, {command(3, 1)}));
        follower.receive(second, lastPiece(3, 1));
        QVERIFY(follower.sent<InstallSnapshotReply>(second).empty());
        follower.persist();
        follower.receive(second, lastPiece(3, 1));
        QCOMPARE(follower.sent<InstallSnapshotReply>(second).back().installed, LogIndex(3));
    }

    void aConflictingLogIsReplaced()
    {
        Subject follower({.terms = {1, 1, 1}, .applied = 1});
        follower.receive(second, lastPiece(2, 3)); // there is an entry of term 3 where ours is of term 1
        QVERIFY(follower.step(SnapshotStored{4, LogIndex(2)}).write->reset);
        QCOMPARE(follower.last(), std::uint64_t(2));
    }

    void aFullDiskTakesNoPiece()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.step(DiskSpace{false});
        QVERIFY(!follower.receive(second, lastPiece(9, 1)).snapshotChunk);
        QVERIFY(follower.sent<InstallSnapshotReply>(second).back().noSpace);
    }

    void anOldLeaderIsToldTheTerm()
    {
        Subject follower({.hardState = {Term(5), {}}});
        QVERIFY(!follower.receive(second, lastPiece(9, 4)).snapshotChunk);
        QCOMPARE(follower.sent<InstallSnapshotReply>(second).back().term, Term(5));
    }

    void aStateThatCouldNotBeReadIsAskedForAgain()
    {
        Subject leader;
        leader.win();
        leader.persist();
        leader.acknowledge(second, leader.last());
        leader.apply();
        leader.step(Compact{LogIndex(2)});
        leader.receive(third, AppendEntriesReply{Term(2), false, {}, LogIndex(1), {}, {}, false});
        leader.receive(third, has(0));
        leader.clear();
        leader.step(SnapshotRead{third, 0, {}, {}});
        QVERIFY(leader.sent<InstallSnapshot>(third).empty());
        for (int i = 0; i < 2; ++i)
            leader.receive(third, HeartbeatReply{Term(2), 1, false});
        QCOMPARE(leader.sent<InstallSnapshot>(third), (std::vector{InstallSnapshot{Term(2), 0, {}, {}}}));
    }
};

QTEST_APPLESS_MAIN(TestCompaction)
#include "tst_compaction.moc"
