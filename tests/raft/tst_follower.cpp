// SPDX-License-Identifier: GPL-3.0-or-later
//
// The receiving side of AppendEntries (Raft 5.3): what is accepted, what is acknowledged, and when.
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

std::vector<std::uint64_t> matches(const Subject& server, ServerId to)
{
    std::vector<std::uint64_t> found;
    for (const AppendEntriesReply& reply : server.sent<AppendEntriesReply>(to)) {
        if (reply.success)
            found.push_back(reply.match.value);
    }
    return found;
}

} // namespace

class TestFollower : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyDurableEntriesAreAcknowledged()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.receive(second, append(1, 1, 1, {command(2, 1), command(3, 1)}));
        QVERIFY(follower.messages.empty());
        follower.persist();
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{3});
    }

    void eachFinishedWriteAcknowledgesItsPart()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.receive(second, append(1, 1, 1, {command(2, 1)}));
        follower.receive(second, append(1, 2, 1, {command(3, 1)}));
        QCOMPARE(follower.writes.size(), std::size_t(2));
        follower.step(Persisted{follower.writes.front().id});
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{2});
        follower.step(Persisted{follower.writes.back().id});
        QCOMPARE(matches(follower, second), (std::vector<std::uint64_t>{2, 3}));
    }

    void whatIsThereAlreadyIsNotWrittenAgain()
    {
        Subject follower({.terms = {1, 1, 1}});
        follower.receive(second, append(1, 1, 1, {command(2, 1), command(3, 1)}));
        QVERIFY(follower.writes.empty());
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{3});
    }

    void anOldMessageDoesNotShortenTheLog()
    {
        Subject follower({.terms = {1, 1, 1, 1}});
        follower.receive(second, append(1, 1, 1, {command(2, 1)}));
        QCOMPARE(follower.last(), std::uint64_t(4));
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{2});
    }

    void aConflictIsReplacedInOneWrite()
    {
        Subject follower({.terms = {1, 2, 2, 2}});
        follower.receive(second, append(3, 2, 2, {command(3, 3)}));
        QCOMPARE(follower.writes.size(), std::size_t(1));
        const Write& write = follower.writes.front();
        QCOMPARE(write.hardState, std::optional(HardState{Term(3), {}}));
        QCOMPARE(write.truncateFrom, LogIndex(3));
        QCOMPARE(write.entries.size(), std::size_t(1));
        QCOMPARE(follower.last(), std::uint64_t(3));
        follower.persist();
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{3});
    }

    /// (3,t2) is being written, a new leader replaces it by (3,t3): the late completion of the first write
    /// must not acknowledge it.
    void aLateCompletionDoesNotVouchForAReplacedEntry()
    {
        Subject follower({.terms = {1, 1}});
        follower.receive(second, append(2, 2, 1, {command(3, 2)}));
        follower.receive(third, append(3, 2, 1, {command(3, 3)}));
        QCOMPARE(follower.writes.size(), std::size_t(2));
        follower.step(Persisted{follower.writes.front().id});
        QVERIFY(matches(follower, third).empty());
        QVERIFY(matches(follower, second).empty());
        follower.step(Persisted{follower.writes.back().id});
        QCOMPARE(matches(follower, third), std::vector<std::uint64_t>{3});
    }

    void aGapIsRefusedWithAHint_data()
    {
        QTest::addColumn<quint64>("prevIndex");
        QTest::addColumn<quint64>("prevTerm");
        QTest::addColumn<quint64>("hint");
        QTest::addColumn<quint64>("hintTerm");
        // The follower's log: 1 1 2 2.
        QTest::newRow("beyond the end") << quint64(9) << quint64(3) << quint64(4) << quint64(2);
        QTest::newRow("another term at the end") << quint64(4) << quint64(3) << quint64(3) << quint64(2);
        QTest::newRow("another term inside") << quint64(3) << quint64(1) << quint64(2) << quint64(1);
    }
    void aGapIsRefusedWithAHint()
    {
        QFETCH(quint64, prevIndex);
        QFETCH(quint64, prevTerm);
        QFETCH(quint64, hint);
        QFETCH(quint64, hintTerm);
        Subject follower({.terms = {1, 1, 2, 2}, .hardState = {Term(5), {}}});
        follower.receive(second, append(5, prevIndex, prevTerm));
        const auto replies = follower.sent<AppendEntriesReply>(second);
        QCOMPARE(replies,
                 std::vector{(AppendEntriesReply{
                     Term(5), false, {}, LogIndex(prevIndex), LogIndex(hint), Term(hintTerm), false})});
        QCOMPARE(follower.last(), std::uint64_t(4));
    }

    void commitFollowsTheLeaderUpToWhatWasVerified()
    {
        Subject follower({.terms = {1, 1, 1, 1}});
        follower.receive(second, append(1, 2, 1, {}, 4));
        QCOMPARE(follower.commit(), std::uint64_t(2));
        follower.receive(second, Heartbeat{Term(1), LogIndex(4), 1});
        QCOMPARE(follower.commit(), std::uint64_t(2));
        follower.receive(second, append(1, 3, 1, {command(4, 1)}, 4));
        QCOMPARE(follower.commit(), std::uint64_t(4));
    }

    /// Verified against one leader says nothing about the next one's log.
    void whatOneLeaderVerifiedDoesNotCountForTheNext()
    {
        Subject follower({.terms = {1, 1, 1, 1}});
        follower.receive(second, append(1, 4, 1));
        follower.receive(third, Heartbeat{Term(2), LogIndex(4), 1});
        QCOMPARE(follower.commit(), std::uint64_t(0));
    }

    void onlyWhatIsOnTheOwnDiskIsApplied()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.receive(second, append(1, 1, 1, {command(2, 1)}, 2));
        QCOMPARE(follower.commit(), std::uint64_t(2));
        QCOMPARE(follower.applyThrough, LogIndex(1));
        follower.persist();
        QCOMPARE(follower.applyThrough, LogIndex(2));
    }

    void heartbeatsAreAnsweredWithTheirRound()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.receive(second, Heartbeat{Term(1), LogIndex(0), 17});
        QCOMPARE(follower.sent<HeartbeatReply>(second), std::vector{(HeartbeatReply{Term(1), 17, false})});
    }

    void heartbeatsPutOffTheElection()
    {
        Subject follower;
        for (int i = 0; i < 50; ++i) {
            follower.receive(second, Heartbeat{Term(1), LogIndex(0), 1});
            follower.pass(ms(200));
        }
        QCOMPARE(follower.role(), Role::Follower);
        follower.pass(ms(600));
        QCOMPARE(follower.role(), Role::PreCandidate);
    }

    void repliesDoNotPileUpBehindAStalledDisk()
    {
        Subject follower;
        for (std::uint64_t round = 1; round <= 1000; ++round) {
            follower.receive(second, Heartbeat{Term(2), LogIndex(0), round});
            follower.receive(second, append(2, 1, 1));
        }
        QVERIFY(follower.messages.empty());
        follower.persist();
        QCOMPARE(follower.sent<HeartbeatReply>(second), std::vector{(HeartbeatReply{Term(2), 1000, false})});
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{1});
    }

    void withoutSpaceEntriesAreRefusedButVotesAreGiven()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.step(DiskSpace{false});
        follower.receive(second, append(1, 1, 1, {command(2, 1)}));
        QVERIFY(follower.sent<AppendEntriesReply>(second).back().noSpace);
        QVERIFY(follower.writes.empty());
        follower.receive(second, Heartbeat{Term(1), LogIndex(1), 3});
        QVERIFY(follower.sent<HeartbeatReply>(second).back().noSpace);
        QCOMPARE(follower.commit(), std::uint64_t(1));

        follower.pause(ms(400));
        follower.receive(third, RequestVote{Ballot::Vote, Term(2), LogIndex(1), Term(1)});
        follower.persist();
        QVERIFY(follower.sent<RequestVoteReply>(third).back().granted);
    }

    void withoutSpaceTheBeginningOfATermIsTaken()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.step(DiskSpace{false});
        follower.receive(second, append(1, 1, 1, {noOp(2, 1), command(3, 1)}));
        QVERIFY(follower.sent<AppendEntriesReply>(second).back().noSpace);
        follower.receive(second, append(1, 1, 1, {noOp(2, 1)}));
        follower.persist();
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{2});
    }

    void withSpaceAgainEntriesAreTaken()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.step(DiskSpace{false});
        follower.step(DiskSpace{true});
        follower.receive(second, append(1, 1, 1, {command(2, 1)}));
        follower.persist();
        QCOMPARE(matches(follower, second), std::vector<std::uint64_t>{2});
    }

    /// Effective when appended, gone when truncated (Raft, section 6).
    void aTruncatedConfigurationIsRolledBack()
    {
        Configuration wider = clusterOf(4);
        Subject follower;
        follower.receive(second, append(2, 1, 1, {form(wider, EntryKind::Configuration, 2, 2)}));
        QCOMPARE(follower.raft.configuration().members.size(), std::size_t(4));
        follower.receive(third, append(3, 1, 1, {noOp(2, 3)}));
        QCOMPARE(follower.raft.configuration().members.size(), std::size_t(3));
    }
};

QTEST_APPLESS_MAIN(TestFollower)
#include "tst_follower.moc"
