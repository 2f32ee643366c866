// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes of members: Raft, section 6; dissertation 4.1 to 4.3 (PROOF.md, pitfalls 8 and 11).
#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::Event;
using raft::MemberRole;
using raft::Role;
using std::chrono::milliseconds;

namespace {
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())

/// What `from` has sent arrives and is persisted, the answers arrive.
void give(Trio& trio, int from, int to)
{
    trio.deliver(from, to);
    trio.persist(to);
    trio.deliver(to, from);
}

/// A cluster of five whose leader is about to remove nodes 4 and 5: its log holds the joint configuration.
struct Shrinking
{
    Trio trio{{.nodes = 5}};
    std::uint64_t before = 0;

    Shrinking()
    {
        trio.form();
        before = trio.commit(1);
        const bool begun = trio.change(1, {trio.removing(4), trio.removing(5)}).ok();
        Q_ASSERT(begun);
        Q_UNUSED(begun);
        trio.persist(1);
    }
};
} // namespace

class ScenariosMembership : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNodeIsTakenInAsALearnerFirst();
    void aChangeThatIsTruncatedIsRolledBack();
    void aJointDecisionNeedsTheOutgoingMajority();
    void aJointDecisionNeedsTheIncomingMajority();
    void aJointElectionNeedsBothMajorities();
    void aRemovedLeaderLeavesOnceThatIsCommitted();
    void aRemovedLeaderMayBeNeededAgain();
    void aVoterIsReplacedInOneStep();
    void aRemovedNodeDisturbsNobody();
    void aWipedNodeComesBackAsALearner();
    void aWipedMajorityIsNotTakenForTheCluster();
};

void ScenariosMembership::aNodeIsTakenInAsALearnerFirst()
{
    // Dissertation 4.2.1. PROOF.md, pitfall 11: effective on append.
    Trio trio({.nodes = 3, .spares = 1});
    trio.form();
    QVERIFY(trio.change(1, {trio.adding(4)}).ok());
    QCOMPARE(trio.members(1).find(trio.server(4))->role, MemberRole::Joining);
    QVERIFY(!trio.isVoter(4, 1));
    QCOMPARE(trio.commit(1), 1u); // nothing of it is committed, and yet it counts
    trio.settle();
    for (int node = 1; node <= 4; ++node)
        QVERIFY(trio.isVoter(4, node));
    QVERIFY(!trio.members(1).joint());
    QCOMPARE(trio.log(4), trio.log(1));
    CLEAN(trio);
}

void ScenariosMembership::aChangeThatIsTruncatedIsRolledBack()
{
    // Raft, section 6. PROOF.md, pitfall 11: rolled back on truncate.
    Trio trio;
    trio.form();
    QVERIFY(trio.change(1, {trio.removing(3)}).ok());
    trio.persist(1);
    QVERIFY(trio.members(1).joint());
    trio.crash(1); // nobody else has heard of it
    for (const int node : {2, 3})
        trio.drop(1, node);
    trio.elect(2, {2, 3});
    trio.restart(1);
    QVERIFY(trio.members(1).joint());
    trio.introduceAll();
    for (int i = 0; i < 3; ++i) {
        trio.timeout(2);
        trio.settle();
    }
    QCOMPARE(trio.members(1), trio.members(2));
    QVERIFY(trio.isVoter(3, 1) && !trio.members(1).joint());
    CLEAN(trio);
}

void ScenariosMembership::aJointDecisionNeedsTheOutgoingMajority()
{
    Shrinking cluster;
    Trio& trio = cluster.trio;
    give(trio, 1, 2); // two of {1, 2, 3}, but two of five
    QCOMPARE(trio.commit(1), cluster.before);
    give(trio, 1, 4);
    QVERIFY(trio.commit(1) > cluster.before);
    CLEAN(trio);
}

void ScenariosMembership::aJointDecisionNeedsTheIncomingMajority()
{
    Shrinking cluster;
    Trio& trio = cluster.trio;
    give(trio, 1, 4);
    give(trio, 1, 5); // three of five, but one of {1, 2, 3}
    QCOMPARE(trio.commit(1), cluster.before);
    give(trio, 1, 2);
    QVERIFY(trio.commit(1) > cluster.before);
    CLEAN(trio);
}

void ScenariosMembership::aJointElectionNeedsBothMajorities()
{
    Shrinking cluster;
    Trio& trio = cluster.trio;
    trio.deliver(1, 2);
    trio.persist(2);
    QVERIFY(trio.members(2).joint());
    trio.crash(1);
    trio.elect(2, {2, 4, 5}); // three of five, one of {1, 2, 3}
    QVERIFY(trio.role(2) != Role::Leader);
    trio.elect(2, {2, 3}); // two of three, two of five
    QVERIFY(trio.role(2) != Role::Leader);
    trio.elect(2, {2, 3, 4});
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosMembership::aRemovedLeaderLeavesOnceThatIsCommitted()
{
    // Dissertation 4.2.2. PROOF.md, pitfall 11: removal of the leader.
    Trio trio;
    trio.form();
    QVERIFY(trio.change(1, {trio.removing(1)}).ok());
    trio.persist(1);
    QCOMPARE(trio.role(1), Role::Leader); // it manages a cluster that it does not belong to
    trio.settle();
    QCOMPARE(trio.role(1), Role::Follower);
    QVERIFY(trio.status(1).removed);
    // It has told its successor, so that nobody waited for an election timeout.
    const int successor = trio.role(2) == Role::Leader ? 2 : 3;
    QCOMPARE(trio.role(successor), Role::Leader);
    QVERIFY(!trio.isVoter(1, successor));
    QVERIFY(std::holds_alternative<raft::Proposed>(trio.propose(successor)));
    CLEAN(trio);
}

void ScenariosMembership::aRemovedLeaderMayBeNeededAgain()
{
    // Dissertation 4.2.2, figure 4.6; found by the simulator (seed 529). The entry without node 1 is on node
    // 1 alone. Node 2 is its only voter, but still needs node 1's vote, which a shorter log does not get.
    Trio trio({.nodes = 2});
    trio.form();
    QVERIFY(trio.change(1, {trio.removing(1)}).ok());
    trio.persist(1);
    give(trio, 1, 2);
    QVERIFY(!trio.members(1).joint()); // the joint step is committed, the last one appended
    trio.persist(1);
    trio.drop(1, 2);
    trio.crash(1);
    trio.restart(1);
    trio.introduceAll();
    trio.elect(2);
    QVERIFY(trio.role(2) != Role::Leader);
    trio.elect(1);
    QCOMPARE(trio.role(1), Role::Follower);
    QCOMPARE(trio.role(2), Role::Leader);
    QCOMPARE(trio.members(2).members.size(), std::size_t(1));
    CLEAN(trio);
}

void ScenariosMembership::aVoterIsReplacedInOneStep()
{
    Trio trio({.nodes = 3, .spares = 1});
    trio.form();
    raft::MemberChange change = trio.adding(4);
    change.member.replaces = trio.server(3);
    QVERIFY(trio.change(1, {change}).ok());
    trio.settle();
    QVERIFY(trio.isVoter(4, 1));
    QVERIFY(!trio.isVoter(3, 1));
    QCOMPARE(trio.members(1).voterSlots(), std::size_t(3));
    CLEAN(trio);
}

void ScenariosMembership::aRemovedNodeDisturbsNobody()
{
    // Dissertation 4.2.3. PROOF.md, pitfall 8.
    Trio trio;
    trio.form();
    QVERIFY(trio.change(1, {trio.removing(3)}).ok());
    trio.settle({1, 2}); // node 3 never hears of it
    const std::uint64_t term = trio.term(1);
    QVERIFY(trio.isVoter(3, 3) && !trio.isVoter(3, 1));
    for (int round = 0; round < 100; ++round) {
        trio.timeout(1);
        trio.settle({1, 2});
        trio.timeout(3);
        trio.settle();
    }
    QCOMPARE(trio.role(1), Role::Leader);
    QCOMPARE(trio.term(1), term);
    CLEAN(trio);
}

void ScenariosMembership::aWipedNodeComesBackAsALearner()
{
    // PROOF.md, pitfall 11: a node wiped and returned under its old id and URL.
    Trio trio;
    trio.form();
    trio.propose(1, "kept");
    trio.settle();
    const ServerId lost = trio.server(3);
    trio.wipe(3);
    trio.restart(3);
    trio.introduce(1, 3);
    QVERIFY(trio.members(1).isVoter(lost)); // in the outgoing set, until the others have agreed
    QCOMPARE(trio.members(1).find(trio.server(3))->role, MemberRole::Joining);
    trio.settle();
    QVERIFY(trio.isVoter(3, 1));
    QVERIFY(!trio.members(1).isVoter(lost));
    QCOMPARE(trio.state(3), trio.state(1));
    trio.crash(1);
    trio.elect(3, {2, 3});
    QCOMPARE(trio.role(3), Role::Leader);
    CLEAN(trio);
}

void ScenariosMembership::aWipedMajorityIsNotTakenForTheCluster()
{
    // Two of three disks are lost: what they held may be lost with them, so nobody goes on by guessing.
    Trio trio;
    trio.form();
    trio.propose(1, "held by all");
    trio.settle();
    trio.wipe(2);
    trio.wipe(3);
    trio.restart(2);
    trio.restart(3);
    trio.introduceAll();
    for (int round = 0; round < 5; ++round) {
        for (const int node : {1, 2, 3}) {
            trio.timeout(node);
            trio.settle();
        }
    }
    for (const int node : {1, 2, 3})
        QVERIFY(!trio.status(node).serving || trio.commit(node) == trio.commit(1));
    QCOMPARE(trio.commit(1), 2u);
    QVERIFY(trio.log(2).empty() || trio.log(2) == trio.log(1));
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosMembership)
#include "ScenariosMembership.moc"
