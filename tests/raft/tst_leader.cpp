// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leading: proposals, the commit rule (Raft 5.3, 5.4.2), heartbeats, and stepping down when no majority
// answers (dissertation 6.2).
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

class TestLeader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFollowerRefusesProposals()
    {
        Subject server;
        QVERIFY(server.proposeIs(Refusal::NotLeader));
        QVERIFY(server.writes.empty());
    }

    void aNewLeaderServesOnceItsNoOpIsApplied()
    {
        Subject leader;
        leader.win();
        QVERIFY(leader.proposeIs(Refusal::NotReady));
        leader.persist();
        leader.acknowledge(second, 2);
        QCOMPARE(leader.commit(), std::uint64_t(2));
        QVERIFY(leader.proposeIs(Refusal::NotReady));
        QVERIFY(!leader.status().serving);
        leader.apply();
        QVERIFY(leader.status().serving);
        const auto accepted = std::get<Proposed>(leader.propose());
        QCOMPARE(accepted.index, LogIndex(3));
        QCOMPARE(accepted.term, Term(2));
    }

    /// A leader's fsync overlaps with the network (dissertation 10.2.1).
    void entriesTravelBeforeTheyAreOnTheOwnDisk()
    {
        Subject leader;
        leader.lead();
        leader.propose("payload");
        QCOMPARE(leader.writes.size(), std::size_t(1));
        for (ServerId peer : {second, third}) {
            const auto sent = leader.sent<AppendEntries>(peer);
            QCOMPARE(sent.size(), std::size_t(1));
            QCOMPARE(sent.front().entries.front()->data, std::string("payload"));
            QCOMPARE(sent.front().prevLogIndex, LogIndex(2));
        }
    }

    void theOwnCopyCountsOnlyWhenPersisted()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.acknowledge(second, 3);
        QCOMPARE(leader.commit(), std::uint64_t(2));
        leader.persist();
        QCOMPARE(leader.commit(), std::uint64_t(3));
    }

    void aMajorityOfOthersCommitsButNothingIsAppliedFromMemory()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.acknowledge(second, 3);
        leader.acknowledge(third, 3);
        QCOMPARE(leader.commit(), std::uint64_t(3));
        QCOMPARE(leader.applyThrough, LogIndex(2));
        QCOMPARE(leader.raft.durableIndex(), LogIndex(2));
        QCOMPARE(leader.raft.durableOn(2), LogIndex(3));
        leader.persist();
        QCOMPARE(leader.applyThrough, LogIndex(3));
    }

    /// Raft 5.4.2, figure 8: an entry of an earlier term on a majority is not committed by that.
    void entriesOfEarlierTermsAreNotCommittedByCounting()
    {
        Subject leader({.terms = {1, 2, 2}});
        leader.win();
        leader.acknowledge(second, 3);
        leader.acknowledge(third, 3);
        QCOMPARE(leader.commit(), std::uint64_t(0));
        leader.persist();
        leader.acknowledge(second, 4);
        QCOMPARE(leader.commit(), std::uint64_t(4));
    }

    void aNewCommitIsPushedAtOnce()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.persist();
        leader.clear();
        leader.acknowledge(second, 3);
        QCOMPARE(leader.sent<Heartbeat>(second).size(), std::size_t(1));
        QCOMPARE(leader.sent<Heartbeat>(second).front().commit, LogIndex(3));
    }

    void heartbeatsGoOutEachInterval()
    {
        Subject leader;
        leader.lead();
        leader.pass(ms(200));
        leader.receive(second, HeartbeatReply{Term(2), 1, false});
        leader.clear();
        leader.pass(ms(400));
        const auto beats = leader.sent<Heartbeat>(third);
        QCOMPARE(beats.size(), std::size_t(2));
        QCOMPARE(beats.back().round, beats.front().round + 1);
    }

    void uncommittedBytesAreBounded()
    {
        Setup setup;
        setup.settings.uncommittedBytesMax = 1000;
        Subject leader(setup);
        leader.lead();
        QVERIFY(std::holds_alternative<Proposed>(leader.propose(std::string(600, 'x'))));
        QVERIFY(leader.proposeIs(Refusal::Busy, std::string(600, 'x')));
        QVERIFY(std::holds_alternative<Proposed>(leader.propose(std::string(400, 'x'))));
        leader.persist();
        leader.acknowledge(second, leader.last());
        QVERIFY(std::holds_alternative<Proposed>(leader.propose(std::string(1000, 'x'))));
    }

    void oneProposalMayExceedTheBoundAlone()
    {
        Setup setup;
        setup.settings.uncommittedBytesMax = 10;
        Subject leader(setup);
        leader.lead();
        QVERIFY(std::holds_alternative<Proposed>(leader.propose(std::string(50, 'x'))));
        QVERIFY(leader.proposeIs(Refusal::Busy, "x"));
    }

    void withoutAMajorityItStepsDown()
    {
        Subject leader;
        leader.lead();
        leader.pass(ms(599));
        QCOMPARE(leader.role(), Role::Leader);
        leader.pass(ms(1));
        QCOMPARE(leader.role(), Role::Follower);
        QCOMPARE(leader.term(), std::uint64_t(2));
        QVERIFY(!leader.raft.leader());
        QVERIFY(leader.proposeIs(Refusal::NotLeader));
    }

    void oneOfThreeThatAnswersIsEnough()
    {
        Subject leader;
        leader.lead();
        for (std::uint64_t round = 1; round <= 20; ++round) {
            leader.pass(ms(200));
            leader.receive(third, HeartbeatReply{Term(2), round, false});
        }
        QCOMPARE(leader.role(), Role::Leader);
    }

    void oneOfFiveIsNot()
    {
        Subject leader({.voters = 5});
        leader.lead();
        for (std::uint64_t round = 1; round <= 4 && leader.role() == Role::Leader; ++round) {
            leader.pass(ms(200));
            leader.receive(third, HeartbeatReply{Term(2), round, false});
        }
        QCOMPARE(leader.role(), Role::Follower);
    }

    /// What is queued for a leader that was stopped proves nothing (PROOF.md, pitfall 7).
    void aPausedLeaderStepsDownBeforeItReadsItsMail()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.persist();
        leader.pause(ms(601));
        leader.acknowledge(second, 3);
        QCOMPARE(leader.role(), Role::Follower);
        QCOMPARE(leader.commit(), std::uint64_t(2));
    }

    void aLoneVoterNeverStepsDown()
    {
        Subject lone({.voters = 1});
        lone.step(Tick{});
        lone.persist();
        lone.pause(ms(5000));
        lone.step(Tick{});
        QCOMPARE(lone.role(), Role::Leader);
    }

    void holdersAreNamed()
    {
        Subject leader;
        leader.lead({second});
        leader.propose();
        leader.acknowledge(third, 3);
        QCOMPARE(leader.raft.holders(LogIndex(3)), std::vector<std::string>{"n3"});
        leader.persist();
        QCOMPARE(leader.raft.holders(LogIndex(3)), (std::vector<std::string>{"n1", "n3"}));
        QCOMPARE(leader.raft.durableOn(2), LogIndex(3));
        QCOMPARE(leader.raft.durableOn(3), LogIndex(2));
    }

    void theDeadlineIsNeverInThePast()
    {
        Subject leader;
        leader.lead();
        for (int i = 0; i < 100; ++i) {
            leader.passElectionTimeout();
            QVERIFY(leader.raft.deadline() > leader.now);
        }
    }
};

QTEST_APPLESS_MAIN(TestLeader)
#include "tst_leader.moc"
