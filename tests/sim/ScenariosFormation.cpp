// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a cluster comes to be, and what a lost disk may not do (CORE.md, Formation and identity; PROOF.md,
// pitfalls 1 and 11).
#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::Event;
using raft::Role;
using std::chrono::seconds;

namespace {
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())
} // namespace

class ScenariosFormation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyFormsAlone();
    void aMajorityFormsWithoutTheAbsentOne();
    void aLateNodeIsBound();
    void aBoundNodeVotes();
    void aNodeThatWasNeverMetIsNotAsked();
    void aWipedNodeWaitsAndDoesNotVote();
    void aWipedNodeDoesNotFormAnew();
    void aWipedNodeForgetsNoFormedPeerWhenItsLinkBreaks();
    void aFormEntryThatReachedOneNodeDoesNotBlockFormation();
    void aFormedNodeIsNotOverwrittenAfterAPowerCut();
    void aTruncatedBindingIsRolledBack();
    void everyNodeEndsInOneCluster();
};

void ScenariosFormation::nobodyFormsAlone()
{
    Trio trio;
    for (int node = 1; node <= 3; ++node) {
        for (int i = 0; i < 5; ++i)
            trio.timeout(node);
        QCOMPARE(trio.role(node), Role::Follower);
        QCOMPARE(trio.term(node), 0u);
        QVERIFY(trio.status(node).waitingToForm);
        QVERIFY(!trio.status(node).explain.empty());
    }
    CLEAN(trio);
}

void ScenariosFormation::aMajorityFormsWithoutTheAbsentOne()
{
    Trio trio;
    trio.crash(3);
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle();
    QCOMPARE(trio.role(1), Role::Leader);
    QVERIFY(trio.status(2).configuration.formed());
    QCOMPARE(trio.status(1).configuration.voterSlots(), 3u);
    QCOMPARE(trio.status(1).configuration.others(trio.server(1)).size(), 1u);
    QVERIFY(std::holds_alternative<raft::Proposed>(trio.propose(1)));
    CLEAN(trio);
}

void ScenariosFormation::aLateNodeIsBound()
{
    Trio trio;
    trio.crash(3);
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle();
    trio.restart(3);
    trio.introduceAll();
    trio.settle();
    QVERIFY(trio.saw(1, Event::Kind::MemberBound));
    QCOMPARE(trio.log(3), trio.log(1));
    QVERIFY(trio.status(2).configuration.isVoter(trio.server(3)));
    CLEAN(trio);
}

void ScenariosFormation::aBoundNodeVotes()
{
    Trio trio;
    trio.crash(3);
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle();
    trio.restart(3);
    trio.introduceAll();
    trio.settle();
    trio.crash(1);
    trio.elect(2, {2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosFormation::aNodeThatWasNeverMetIsNotAsked()
{
    // A peer list that differs is refused by the hello, so the core never meets that node.
    Trio trio;
    trio.introduce(1, 2);
    trio.timeout(1);
    QVERIFY(!trio.underWay(1, 2).empty());
    QVERIFY(trio.underWay(1, 3).empty());
    CLEAN(trio);
}

void ScenariosFormation::aWipedNodeWaitsAndDoesNotVote()
{
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.settle();
    trio.wipe(3);
    trio.restart(3);
    trio.introduceAll();
    for (int i = 0; i < 5; ++i)
        trio.timeout(3);
    trio.settle({3});
    QVERIFY(trio.role(3) != Role::Leader);
    QVERIFY(!trio.status(1).configuration.isVoter(trio.server(3)));
    QVERIFY(!trio.status(3).explain.empty());
    trio.settle({1, 2});
    // The others need each other now, and go on; nobody asks the new incarnation.
    trio.elect(2, {1, 2});
    QVERIFY(trio.underWay(2, 3).empty());
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosFormation::aWipedNodeDoesNotFormAnew()
{
    // PROOF.md, pitfall 1: two clusters out of one.
    // Nodes 1 and 2 formed; node 1 is wiped and meets node 3, which never heard of anything, and node 2.
    Trio trio;
    trio.crash(3);
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle();
    trio.wipe(1);
    trio.restart(1);
    trio.restart(3);
    trio.introduceAll();
    for (const int node : {1, 3}) {
        trio.timeout(node);
        trio.settle({1, 3});
        QVERIFY(trio.role(node) != Role::Leader);
    }
    CLEAN(trio);
}

void ScenariosFormation::aWipedNodeForgetsNoFormedPeerWhenItsLinkBreaks()
{
    Trio trio;
    trio.crash(3);
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle();
    trio.wipe(1);
    trio.restart(1);
    trio.restart(3);
    trio.introduce(1, 2); // node 2 is formed ...
    trio.disconnect(1, 2);
    trio.introduce(1, 3); // ... and gone when the blank node comes
    for (const int node : {1, 3, 1}) {
        trio.timeout(node);
        trio.settle({1, 3});
        QVERIFY2(trio.role(node) != Role::Leader, "two blank nodes formed a second cluster");
    }
    CLEAN(trio);
}

void ScenariosFormation::aFormEntryThatReachedOneNodeDoesNotBlockFormation()
{
    // Found by the simulator (seed 36): the holder of the Form entry needs votes of nodes that would not vote
    // because somebody had formed already. They may: their incarnations are named in the entry.
    Trio trio;
    trio.introduceAll();
    trio.timeout(1);
    trio.deliver(1, 2);
    trio.deliver(2, 1);
    trio.persist(1);
    trio.deliver(1, 2);
    trio.persist(2);
    trio.deliver(2, 1);
    QCOMPARE(trio.role(1), Role::Leader);
    trio.persist(1); // the Form entry is on node 1's disk, and nowhere else
    for (const int node : {2, 3})
        trio.drop(1, node);
    trio.crash(1);
    trio.restart(1);
    trio.introduceAll();
    trio.elect(1);
    QCOMPARE(trio.role(1), Role::Leader);
    QVERIFY(trio.status(3).configuration.formed());
    CLEAN(trio);
}

void ScenariosFormation::aFormedNodeIsNotOverwrittenAfterAPowerCut()
{
    // PROOF.md, pitfall 1: a node wiped around the formation.
    // Nodes 1 and 2 hold an acknowledged message. Node 1 loses its disk, node 2 only its power: its log is
    // whole, but it does not know a commit index. Node 3 is blank. One disk is lost, so nothing may be.
    Trio trio;
    trio.crash(3);
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle();
    trio.propose(1, "acknowledged");
    trio.settle();
    const std::string held = trio.durableLog(2);
    trio.cutPower(2);
    trio.wipe(1);
    for (const int node : {1, 2, 3})
        trio.restart(node);
    trio.introduceAll();
    for (int round = 0; round < 5; ++round) {
        for (const int node : {1, 3}) {
            trio.timeout(node);
            trio.settle();
        }
    }
    QCOMPARE(trio.durableLog(2), held);
    CLEAN(trio);
}

void ScenariosFormation::aTruncatedBindingIsRolledBack()
{
    // Raft, section 6: a configuration counts from the moment it is in the log, and no longer than that.
    Trio trio({.nodes = 5});
    trio.crash(5);
    trio.form();
    trio.restart(5);
    trio.introduce(1, 5);
    trio.persist(1);
    QVERIFY(trio.status(1).configuration.isVoter(trio.server(5)));
    for (int node = 2; node <= 5; ++node)
        trio.drop(1, node); // nobody else ever hears of the binding
    trio.crash(1);
    trio.elect(2, {2, 3, 4});
    QCOMPARE(trio.role(2), Role::Leader);
    trio.restart(1);
    QVERIFY(trio.status(1).configuration.isVoter(trio.server(5)));
    trio.introduce(1, 2);
    for (int i = 0; i < 3; ++i) {
        trio.timeout(2);
        trio.settle({1, 2, 3, 4});
    }
    QCOMPARE(trio.log(1), trio.log(2));
    QVERIFY(!trio.status(1).configuration.isVoter(trio.server(5)));
    CLEAN(trio);
}

void ScenariosFormation::everyNodeEndsInOneCluster()
{
    Trio trio({.nodes = 5});
    trio.form();
    for (int node = 2; node <= 5; ++node) {
        QCOMPARE(trio.status(node).configuration.cluster, trio.status(1).configuration.cluster);
        QCOMPARE(trio.log(node), trio.log(1));
    }
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosFormation)
#include "ScenariosFormation.moc"
