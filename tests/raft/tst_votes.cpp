// SPDX-License-Identifier: GPL-3.0-or-later
//
// Giving a vote: once a term, to a log at least as complete (Raft 5.2, 5.4.1), on disk before it is told, and
// not while a leader is heard (dissertation 4.2.3).
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

RequestVote askFor(Ballot ballot, std::uint64_t term, std::uint64_t lastIndex, std::uint64_t lastTerm)
{
    return {ballot, Term(term), LogIndex(lastIndex), Term(lastTerm)};
}

RequestVoteReply onlyReply(const Subject& server, ServerId to)
{
    const auto replies = server.sent<RequestVoteReply>(to);
    return replies.size() == 1 ? replies.front() : RequestVoteReply{Ballot::Vote, Term(), false};
}

} // namespace

class TestVotes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aVoteLeavesOnlyAfterItIsDurable()
    {
        Subject voter;
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        QVERIFY(voter.messages.empty());
        QCOMPARE(voter.writes.front().hardState, std::optional(HardState{Term(5), second}));
        voter.persist();
        QCOMPARE(onlyReply(voter, second), (RequestVoteReply{Ballot::Vote, Term(5), true}));
    }

    void aRefusalInALaterTermWaitsForTheTermToBeDurable()
    {
        Subject voter({.terms = {1, 2, 3}});
        voter.receive(second, askFor(Ballot::Vote, 9, 1, 1));
        QVERIFY(voter.messages.empty());
        voter.persist();
        QCOMPARE(onlyReply(voter, second), (RequestVoteReply{Ballot::Vote, Term(9), false}));
    }

    void oneVoteATerm()
    {
        Subject voter;
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        voter.persist();
        voter.receive(third, askFor(Ballot::Vote, 5, 9, 4));
        QCOMPARE(onlyReply(voter, third), (RequestVoteReply{Ballot::Vote, Term(5), false}));
        voter.clear();
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        QVERIFY(onlyReply(voter, second).granted);
    }

    void aRestartDoesNotForgetTheVote()
    {
        Subject voter({.hardState = {Term(5), second}});
        voter.receive(third, askFor(Ballot::Vote, 5, 9, 4));
        QVERIFY(!onlyReply(voter, third).granted);
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        QVERIFY(onlyReply(voter, second).granted);
    }

    void onlyACompleteLogGetsAVote_data()
    {
        QTest::addColumn<quint64>("lastIndex");
        QTest::addColumn<quint64>("lastTerm");
        QTest::addColumn<bool>("granted");
        // The voter's log ends at index 3 in term 2.
        QTest::newRow("equal") << quint64(3) << quint64(2) << true;
        QTest::newRow("longer") << quint64(4) << quint64(2) << true;
        QTest::newRow("shorter") << quint64(2) << quint64(2) << false;
        QTest::newRow("later term, shorter") << quint64(1) << quint64(3) << true;
        QTest::newRow("earlier term, longer") << quint64(9) << quint64(1) << false;
        QTest::newRow("empty") << quint64(0) << quint64(0) << false;
    }
    void onlyACompleteLogGetsAVote()
    {
        QFETCH(quint64, lastIndex);
        QFETCH(quint64, lastTerm);
        QFETCH(bool, granted);
        for (Ballot ballot : {Ballot::PreVote, Ballot::Vote}) {
            Subject voter({.terms = {1, 2, 2}});
            voter.receive(second, askFor(ballot, 7, lastIndex, lastTerm));
            voter.persist();
            QCOMPARE(voter.sent<RequestVoteReply>(second).size(), std::size_t(1));
            QCOMPARE(onlyReply(voter, second).granted, granted);
        }
    }

    void aPreVoteMovesNothing()
    {
        Subject voter;
        voter.receive(second, askFor(Ballot::PreVote, 5, 1, 1));
        QCOMPARE(onlyReply(voter, second), (RequestVoteReply{Ballot::PreVote, Term(5), true}));
        QCOMPARE(voter.term(), std::uint64_t(1));
        QVERIFY(voter.writes.empty());
        voter.receive(third, askFor(Ballot::PreVote, 5, 1, 1));
        QVERIFY(onlyReply(voter, third).granted);
    }

    /// The term of a granted pre-vote is ahead of the voter's own; waiting for the disk must not void it.
    void aGrantedPreVoteSurvivesTheWaitForTheDisk()
    {
        Subject voter;
        voter.receive(third, askFor(Ballot::Vote, 5, 0, 0));
        QVERIFY(!voter.writes.empty());
        voter.receive(second, askFor(Ballot::PreVote, 6, 1, 1));
        voter.persist();
        QCOMPARE(onlyReply(voter, second), (RequestVoteReply{Ballot::PreVote, Term(6), true}));
    }

    void aPreVoteForATermThatIsOverIsRefusedWithOurs()
    {
        Subject voter({.hardState = {Term(8), {}}});
        voter.receive(second, askFor(Ballot::PreVote, 8, 1, 1));
        QCOMPARE(onlyReply(voter, second), (RequestVoteReply{Ballot::PreVote, Term(8), false}));
    }

    void whoHearsALeaderStandsByIt()
    {
        Subject voter;
        voter.follow(second, 1);
        voter.pause(ms(299));
        voter.receive(third, askFor(Ballot::Vote, 7, 9, 6));
        QCOMPARE(voter.term(), std::uint64_t(1));
        QVERIFY(voter.messages.empty());
        voter.receive(third, askFor(Ballot::PreVote, 7, 9, 6));
        QCOMPARE(onlyReply(voter, third), (RequestVoteReply{Ballot::PreVote, Term(1), false}));
    }

    void whoHearsNoLeaderAnyMoreVotes()
    {
        Subject voter;
        voter.follow(second, 1);
        voter.pause(ms(300));
        voter.receive(third, askFor(Ballot::Vote, 7, 9, 6));
        voter.persist();
        QVERIFY(onlyReply(voter, third).granted);
    }

    void aLeaderIsNotUnseatedByAsking()
    {
        Subject leader;
        leader.lead();
        leader.receive(third, askFor(Ballot::Vote, 50, 9, 40));
        QCOMPARE(leader.role(), Role::Leader);
        QCOMPARE(leader.term(), std::uint64_t(2));
    }

    void givingAVoteRestartsTheElectionTimer()
    {
        Subject voter;
        voter.pause(ms(290));
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        QVERIFY(voter.raft.deadline() >= voter.now + ms(300));
    }

    void aRefusalDoesNotRestartTheElectionTimer()
    {
        Subject voter({.terms = {1, 2, 3}});
        const Instant before = voter.raft.deadline();
        voter.pause(ms(100));
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        QCOMPARE(voter.raft.deadline(), before);
    }

    void aVoteThatTheNextTermOvertookIsNeverSent()
    {
        Subject voter;
        voter.receive(second, askFor(Ballot::Vote, 5, 1, 1));
        voter.receive(third, askFor(Ballot::Vote, 6, 1, 1));
        voter.persist();
        QVERIFY(voter.sent<RequestVoteReply>(second).empty());
        QCOMPARE(onlyReply(voter, third), (RequestVoteReply{Ballot::Vote, Term(6), true}));
    }
};

QTEST_APPLESS_MAIN(TestVotes)
#include "tst_votes.moc"
