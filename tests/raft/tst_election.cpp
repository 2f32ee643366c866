// SPDX-License-Identifier: GPL-3.0-or-later
//
// Becoming leader: Raft 5.2, pre-vote (dissertation 9.6), and our own rules about the disk (CORE.md, Raft).
#include <QTest>

#include <algorithm>
#include <set>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

class TestElection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLoneVoterElectsItselfOnceItsVoteIsDurable()
    {
        Subject lone({.voters = 1, .terms = {1}});
        lone.step(Tick{});
        QCOMPARE(lone.role(), Role::Candidate);
        QCOMPARE(lone.writes.size(), std::size_t(1));
        QCOMPARE(lone.writes.front().hardState, std::optional(HardState{Term(2), self}));
        lone.pass(ms(100));
        QCOMPARE(lone.role(), Role::Candidate);
        lone.persist();
        QCOMPARE(lone.role(), Role::Leader);
        QCOMPARE(lone.commit(), std::uint64_t(2));
    }

    void aPreVoteMovesNoTermAndWritesNothing()
    {
        Subject server;
        server.passElectionTimeout();
        QCOMPARE(server.role(), Role::PreCandidate);
        QCOMPARE(server.term(), std::uint64_t(1));
        QVERIFY(server.writes.empty());
        for (ServerId peer : {second, third}) {
            const auto asked = server.sent<RequestVote>(peer);
            QCOMPARE(asked, std::vector{(RequestVote{Ballot::PreVote, Term(2), LogIndex(1), Term(1)})});
        }
    }

    void anIsolatedServerNeverMovesItsTerm()
    {
        Subject server;
        server.pass(ms(60'000));
        QCOMPARE(server.term(), std::uint64_t(1));
        QVERIFY(server.sent<RequestVote>(second).size() > 90);
        QVERIFY(!server.raft.leader());
    }

    void nobodyIsAskedBeforeTheOwnVoteIsDurable()
    {
        Subject server;
        server.passElectionTimeout();
        server.clear();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(2), true});
        QCOMPARE(server.role(), Role::Candidate);
        QCOMPARE(server.term(), std::uint64_t(2));
        QVERIFY(server.messages.empty());
        server.persist();
        QCOMPARE(server.sent<RequestVote>(third).size(), std::size_t(1));
        QCOMPARE(server.sent<RequestVote>(third).front().ballot, Ballot::Vote);
    }

    void aMajorityMakesALeaderWhichSpeaksAtOnce()
    {
        Subject server;
        server.win({second});
        QCOMPARE(server.raft.leader(), self);
        QCOMPARE(server.last(), std::uint64_t(2));
        QCOMPARE(server.sent<AppendEntries>(third).size(), std::size_t(1));
        QVERIFY(server.reported(Event::Kind::LeaderElected));
    }

    void eventsNameTheirEntry()
    {
        Subject server({.terms = {1, 1, 1}});
        server.win({second});
        const auto entryOf = [&](Event::Kind kind) {
            const auto event = std::ranges::find(server.events, kind, &Event::kind);
            return event == server.events.end() ? std::uint64_t(0) : event->index.value;
        };
        QCOMPARE(entryOf(Event::Kind::ElectionStarted), std::uint64_t(3)); // what it campaigns with
        QCOMPARE(entryOf(Event::Kind::LeaderElected), std::uint64_t(4));   // the first of its term
    }

    void theLeaderKnowsWhoHoldsWhat()
    {
        Subject server;
        server.win({second});
        QCOMPARE(server.raft.matchIndex(self), LogIndex(1));
        server.persist();
        server.acknowledge(second, 2);
        QCOMPARE(server.raft.matchIndex(self), LogIndex(2));
        QCOMPARE(server.raft.matchIndex(second), LogIndex(2));
        QCOMPARE(server.raft.matchIndex(ServerId(9)), LogIndex());
    }

    void electionTimeoutsStayInTheirRangeAndDiffer()
    {
        std::set<std::int64_t> seen;
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            const Subject server({.seed = seed});
            const Duration armed = server.raft.deadline() - server.now;
            QVERIFY(armed >= ms(300) && armed < ms(600));
            seen.insert(armed.count());
        }
        QVERIFY(seen.size() > 40);
    }

    /// A node whose disk does not answer would make a leader that cannot acknowledge.
    void noCampaignWhileAWriteIsUnfinished()
    {
        Subject server;
        server.receive(second, append(1, 1, 1, {command(2, 1)}));
        server.clear();
        server.pass(ms(5000));
        QCOMPARE(server.role(), Role::Follower);
        QVERIFY(server.messages.empty());
        QVERIFY(server.status().explain.find("own disk") != std::string::npos);
        server.persist();
        QCOMPARE(server.role(), Role::PreCandidate);
    }

    void aHeardLeaderCallsOffThePostponedCampaign()
    {
        Subject server;
        server.receive(second, append(1, 1, 1, {command(2, 1)}));
        server.pass(ms(700));
        server.receive(second, Heartbeat{Term(1), LogIndex(0), 1});
        server.persist();
        QCOMPARE(server.role(), Role::Follower);
        QCOMPARE(server.raft.leader(), second);
    }

    void aVoteForAnotherCallsOffThePostponedCampaign()
    {
        Subject server;
        server.receive(second, append(1, 1, 1, {command(2, 1)}));
        server.pass(ms(700));
        server.receive(third, RequestVote{Ballot::Vote, Term(2), LogIndex(2), Term(1)});
        server.clear();
        server.persist();
        QCOMPARE(server.sent<RequestVoteReply>(third).size(), std::size_t(1));
        QCOMPARE(server.role(), Role::Follower);
    }

    /// The election timer fires while the own vote is being written: the votes of this term are asked for all
    /// the same, instead of a new campaign each time.
    void aSlowVoteForItselfStillAsksInItsTerm()
    {
        Subject server;
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(2), true});
        server.pass(ms(700));
        server.clear();
        server.persist();
        QCOMPARE(server.role(), Role::Candidate);
        QCOMPARE(server.sent<RequestVote>(second).size(), std::size_t(1));
        server.receive(second, RequestVoteReply{Ballot::Vote, Term(2), true});
        QCOMPARE(server.role(), Role::Leader);
    }

    void aMajorityOfRefusalsEndsTheCampaign()
    {
        Subject server;
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(1), false});
        QCOMPARE(server.role(), Role::PreCandidate);
        server.receive(third, RequestVoteReply{Ballot::PreVote, Term(1), false});
        QCOMPARE(server.role(), Role::Follower);
        QCOMPARE(server.term(), std::uint64_t(1));
    }

    /// Pre-vote must not keep a server that fell behind in the past for ever (PROOF.md, pitfall 9).
    void aRefusalTeachesALaggingTerm()
    {
        Subject server;
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(9), false});
        QCOMPARE(server.term(), std::uint64_t(9));
        QCOMPARE(server.role(), Role::Follower);
    }

    void answersThatDoNotBelongToTheBallotDoNotCount_data()
    {
        QTest::addColumn<quint64>("from");
        QTest::addColumn<int>("ballot");
        QTest::addColumn<quint64>("term");
        QTest::newRow("a vote for an earlier term") << quint64(2) << 1 << quint64(1);
        QTest::newRow("a pre-vote that comes late") << quint64(2) << 0 << quint64(2);
        QTest::newRow("a stranger's vote") << quint64(77) << 1 << quint64(2);
        QTest::newRow("its own vote, from outside") << quint64(1) << 1 << quint64(2);
    }
    void answersThatDoNotBelongToTheBallotDoNotCount()
    {
        QFETCH(quint64, from);
        QFETCH(int, ballot);
        QFETCH(quint64, term);
        Subject server;
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(2), true});
        server.persist();
        server.receive(ServerId(from), RequestVoteReply{static_cast<Ballot>(ballot), Term(term), true});
        QCOMPARE(server.role(), Role::Candidate);
    }

    void oneVoterCountsOnce()
    {
        Subject server({.voters = 5});
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(2), true});
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(2), true});
        QCOMPARE(server.role(), Role::PreCandidate);
        server.receive(third, RequestVoteReply{Ballot::PreVote, Term(2), true});
        QCOMPARE(server.role(), Role::Candidate);
    }

    void aCandidateFollowsTheLeaderOfItsTerm()
    {
        Subject server;
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(2), true});
        server.persist();
        server.receive(third, append(2, 1, 1, {noOp(2, 2)}));
        QCOMPARE(server.role(), Role::Follower);
        QCOMPARE(server.raft.leader(), third);
    }

    void whyThereIsNoLeaderIsSaid()
    {
        Subject server;
        QVERIFY(server.status().explain.find("waiting") != std::string::npos);
        server.passElectionTimeout();
        server.receive(second, RequestVoteReply{Ballot::PreVote, Term(1), false});
        const std::string why = server.status().explain;
        QVERIFY2(why.find("No answer from n3") != std::string::npos, why.c_str());
        QVERIFY2(why.find("Refused by n2") != std::string::npos, why.c_str());
    }
};

QTEST_APPLESS_MAIN(TestElection)
#include "tst_election.moc"
