// SPDX-License-Identifier: GPL-3.0-or-later
//
// Elections, rule by rule: Raft (Ongaro and Ousterhout 2014) sections 5.2 and 5.4.1, the
// dissertation's 4.2.3, 6.2 and 9.6, and the pitfalls of PROOF.md.
#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg::sim;
using dsmsg::raft::Event;
using dsmsg::raft::Role;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
/// Compares and checks what the judge saw on the way.
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())
} // namespace

class ScenariosElection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMajorityElects();
    void aVoteIsHeardOnlyWhenDurable();
    void aCandidateAsksOnlyWhenItsOwnVoteIsDurable();
    void aVoteIsNotGivenTwice();
    void aVoteSurvivesACrash();
    void aShorterLogGetsNoVote();
    void anIsolatedNodeDisturbsNobodyWhenItReturns();
    void aNodeThatHearsALeaderRefusesAPreVote();
    void aLaggingTermIsLearnt();
    void theMiddleOfABridgeKeepsOneLeader();
    void aPausedLeaderDoesNotActOnItsTimers();
    void aLeaderWithoutAMajorityStepsDown();
    void aLeaderWithAStalledDiskStepsDown();
    void aNodeWithAnUnfinishedWriteDoesNotCampaign();
    void aSecondLeaderOfATermIsIgnored();
    void aSingleNodeLeadsAloneAndServes();
};

void ScenariosElection::aMajorityElects()
{
    Trio trio;
    trio.form();
    trio.elect(2);
    QCOMPARE(trio.role(2), Role::Leader);
    QCOMPARE(trio.leaderSeenBy(1), 2);
    QCOMPARE(trio.leaderSeenBy(3), 2);
    CLEAN(trio);
}

void ScenariosElection::aVoteIsHeardOnlyWhenDurable()
{
    Trio trio;
    trio.form();
    trio.sleep(2, seconds(1));
    trio.sleep(3, seconds(1));
    trio.timeout(2);
    trio.deliver(2, 3); // pre-vote
    trio.deliver(3, 2);
    trio.persist(2); // its own vote
    trio.deliver(2, 3);
    QCOMPARE(trio.underWay(3, 2), std::vector<std::string>{});
    trio.persist(3);
    QCOMPARE(trio.underWay(3, 2), std::vector<std::string>{"VoteReply t2 granted"});
    CLEAN(trio);
}

void ScenariosElection::aCandidateAsksOnlyWhenItsOwnVoteIsDurable()
{
    Trio trio;
    trio.form();
    trio.sleep(2, seconds(1));
    trio.sleep(3, seconds(1));
    trio.timeout(2);
    trio.deliver(2, 3);
    trio.drop(2, 1);
    trio.deliver(3, 2);
    QCOMPARE(trio.role(2), Role::Candidate);
    QCOMPARE(trio.underWay(2, 3), std::vector<std::string>{});
    trio.persist(2);
    QCOMPARE(trio.underWay(2, 3), std::vector<std::string>{"RequestVote t2 last 1/1"});
    CLEAN(trio);
}

void ScenariosElection::aVoteIsNotGivenTwice()
{
    Trio trio;
    trio.form();
    trio.crash(1);
    for (const int node : {2, 3})
        trio.sleep(node, seconds(1));
    trio.timeout(2);
    trio.settle({2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    const auto term = trio.core(2).term();
    // The same term asked for by another: node 3 has voted for node 2.
    trio.restart(1);
    trio.inject(1, 3, dsmsg::raft::RequestVote{dsmsg::raft::Ballot::Vote, term, dsmsg::LogIndex(9), term});
    trio.persist(3);
    QCOMPARE(trio.underWay(3, 1), std::vector<std::string>{"VoteReply t2 denied"});
    CLEAN(trio);
}

void ScenariosElection::aVoteSurvivesACrash()
{
    Trio trio;
    trio.form();
    trio.sleep(3, seconds(1));
    trio.inject(2, 3,
                dsmsg::raft::RequestVote{dsmsg::raft::Ballot::Vote, dsmsg::Term(2), dsmsg::LogIndex(2),
                                         dsmsg::Term(1)});
    trio.persist(3);
    QCOMPARE(trio.underWay(3, 2), std::vector<std::string>{"VoteReply t2 granted"});
    trio.crash(3);
    trio.restart(3);
    trio.inject(1, 3,
                dsmsg::raft::RequestVote{dsmsg::raft::Ballot::Vote, dsmsg::Term(2), dsmsg::LogIndex(2),
                                         dsmsg::Term(1)});
    trio.persist(3);
    QCOMPARE(trio.underWay(3, 1), std::vector<std::string>{"VoteReply t2 denied"});
    CLEAN(trio);
}

void ScenariosElection::aShorterLogGetsNoVote()
{
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.settle({1, 2}); // node 3 misses an entry
    trio.elect(3);
    QVERIFY(trio.role(3) != Role::Leader);
    trio.elect(2);
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosElection::anIsolatedNodeDisturbsNobodyWhenItReturns()
{
    // PROOF.md, pitfall 8: an isolated node after 100 timeouts.
    Trio trio;
    trio.form();
    const auto term = trio.term(1);
    for (int i = 0; i < 100; ++i) {
        trio.timeout(3);
        trio.persist(3);
        trio.drop(3, 1);
        trio.drop(3, 2);
    }
    QCOMPARE(trio.term(3), term);
    trio.timeout(1); // the leader's heartbeat keeps node 2 in touch
    trio.settle({1, 2});
    trio.timeout(3);
    trio.settle();
    QCOMPARE(trio.term(1), term);
    QCOMPARE(trio.role(1), Role::Leader);
    trio.timeout(1);
    trio.settle();
    QCOMPARE(trio.leaderSeenBy(3), 1);
    CLEAN(trio);
}

void ScenariosElection::aNodeThatHearsALeaderRefusesAPreVote()
{
    Trio trio;
    trio.form();
    trio.timeout(1);
    trio.deliver(1, 2);
    trio.timeout(3);
    trio.deliver(3, 2);
    const std::vector<std::string> answers = trio.underWay(2, 3);
    QCOMPARE(answers, std::vector<std::string>{"PreVoteReply t1 denied"});
    CLEAN(trio);
}

void ScenariosElection::aLaggingTermIsLearnt()
{
    // PROOF.md, pitfall 9: a lagging term.
    // Pre-vote dead end: a node that fell behind must learn the term from a refusal, or it asks for a term
    // that nobody grants, for ever.
    Trio trio;
    trio.form();
    trio.elect(2, {1, 2});
    trio.elect(1, {1, 2});
    QCOMPARE(trio.term(3), 1u);
    trio.sleep(1, seconds(1));
    trio.sleep(2, seconds(1));
    trio.crash(1); // the leader is gone; nodes 2 and 3 are left
    trio.timeout(3);
    trio.settle({2, 3});
    QVERIFY(trio.term(3) >= trio.term(2));
    trio.elect(2, {2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosElection::theMiddleOfABridgeKeepsOneLeader()
{
    // PROOF.md, pitfall 9: a bridge.
    // 1 -- 2 -- 3: nodes 1 and 3 do not see each other. Node 3 must not unseat node 1 through node 2.
    Trio trio;
    trio.form();
    const auto term = trio.term(1);
    for (int round = 0; round < 20; ++round) {
        trio.timeout(1);
        trio.settle({1, 2});
        trio.timeout(3);
        trio.drop(3, 1);
        trio.settle({2, 3});
    }
    QCOMPARE(trio.role(1), Role::Leader);
    QCOMPARE(trio.term(1), term);
    // When the leader dies, the middle can be elected by the far end.
    trio.crash(1);
    trio.elect(2, {2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosElection::aPausedLeaderDoesNotActOnItsTimers()
{
    // PROOF.md, pitfall 7.
    Trio trio;
    trio.form();
    trio.sleep(1, seconds(10));
    const auto refused = trio.propose(1);
    QVERIFY(std::holds_alternative<dsmsg::raft::Refusal>(refused));
    QCOMPARE(trio.role(1), Role::Follower);
    CLEAN(trio);
}

void ScenariosElection::aLeaderWithoutAMajorityStepsDown()
{
    Trio trio;
    trio.form();
    for (int i = 0; i < 10 && trio.role(1) == Role::Leader; ++i) {
        trio.timeout(1);
        trio.drop(1, 2);
        trio.drop(1, 3);
    }
    QCOMPARE(trio.role(1), Role::Follower);
    CLEAN(trio);
}

void ScenariosElection::aLeaderWithAStalledDiskStepsDown()
{
    // PROOF.md, pitfall 10.
    Trio trio;
    trio.form();
    trio.propose(1);
    for (int i = 0; i < 10 && trio.role(1) == Role::Leader; ++i) {
        // Followers and heartbeats are well; only the leader's own write never finishes.
        trio.timeout(1);
        for (const int node : {2, 3}) {
            trio.deliver(1, node);
            trio.persist(node);
            trio.deliver(node, 1);
        }
    }
    QCOMPARE(trio.role(1), Role::Follower);
    QVERIFY(trio.saw(1, Event::Kind::DiskStall));
    CLEAN(trio);
}

void ScenariosElection::aNodeWithAnUnfinishedWriteDoesNotCampaign()
{
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.deliver(1, 2); // node 2 has a write under way
    QVERIFY(trio.unfinishedWrites(2) > 0);
    trio.timeout(2);
    QCOMPARE(trio.underWay(2, 3), std::vector<std::string>{});
    QCOMPARE(trio.role(2), Role::Follower);
    trio.persist(2);
    QVERIFY(!trio.underWay(2, 3).empty()); // it campaigns as soon as the write is done
    CLEAN(trio);
}

void ScenariosElection::aSecondLeaderOfATermIsIgnored()
{
    Trio trio;
    trio.form();
    trio.inject(3, 2, dsmsg::raft::Heartbeat{dsmsg::Term(1), dsmsg::LogIndex(1), 1});
    QCOMPARE(trio.leaderSeenBy(2), 1);
    QCOMPARE(trio.underWay(2, 3), std::vector<std::string>{});
    CLEAN(trio);
}

void ScenariosElection::aSingleNodeLeadsAloneAndServes()
{
    // PROOF.md, pitfall 2: at cluster size one as well.
    Trio trio({.nodes = 1});
    trio.timeout(1);
    QVERIFY(trio.role(1) != Role::Leader); // its vote is not on disk yet
    trio.settle();
    QCOMPARE(trio.role(1), Role::Leader);
    QVERIFY(trio.status(1).serving);
    trio.propose(1);
    QCOMPARE(trio.commit(1), 1u); // not before its own disk has it
    trio.persist(1);
    QCOMPARE(trio.commit(1), 2u);
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosElection)
#include "ScenariosElection.moc"
