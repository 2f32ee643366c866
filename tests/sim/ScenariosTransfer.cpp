// SPDX-License-Identifier: GPL-3.0-or-later
//
// Leadership transfer: dissertation 3.10.
#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::Role;
using std::chrono::milliseconds;

namespace {
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())

bool tellsToCampaign(const Trio& trio, int from, int to)
{
    const auto messages = trio.underWay(from, to);
    return std::ranges::any_of(messages, [](const auto& text) { return text.starts_with("TimeoutNow"); });
}
} // namespace

class ScenariosTransfer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSuccessorLeadsTheNextTerm();
    void theMostAdvancedVoterIsChosen();
    void aSuccessorThatLagsIsBroughtUpFirst();
    void aSuccessorThatDiesIsGivenUp();
    void anOrderOfAnOldLeaderIsIgnored();
    void anOrderOfSomebodyElseIsIgnored();
};

void ScenariosTransfer::theSuccessorLeadsTheNextTerm()
{
    Trio trio;
    trio.form();
    const std::uint64_t term = trio.term(1);
    QVERIFY(trio.transfer(1, 2).ok());
    trio.settle(); // no clock moves: the voters hear their leader, and vote all the same
    QCOMPARE(trio.role(2), Role::Leader);
    QCOMPARE(trio.term(2), term + 1);
    QCOMPARE(trio.leaderSeenBy(1), 2);
    CLEAN(trio);
}

void ScenariosTransfer::theMostAdvancedVoterIsChosen()
{
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.settle({1, 3});
    QVERIFY(trio.transfer(1, 0).ok());
    trio.settle();
    QCOMPARE(trio.role(3), Role::Leader);
    CLEAN(trio);
}

void ScenariosTransfer::aSuccessorThatLagsIsBroughtUpFirst()
{
    Trio trio;
    trio.form();
    trio.propose(1, "missed");
    trio.persist(1);
    const auto missed = trio.intercept(1, 2);
    trio.drop(1, 3);
    QVERIFY(trio.transfer(1, 2).ok());
    QVERIFY(!tellsToCampaign(trio, 1, 2));
    const auto refused = trio.propose(1, "too late");
    QVERIFY(std::get<raft::Refusal>(refused) == raft::Refusal::HandingOver);
    for (const auto& message : missed)
        trio.inject(1, 2, message);
    trio.persist(2);
    trio.deliver(2, 1);
    QVERIFY(tellsToCampaign(trio, 1, 2));
    trio.settle();
    QCOMPARE(trio.role(2), Role::Leader);
    QCOMPARE(trio.log(2), "1 1 2");
    CLEAN(trio);
}

void ScenariosTransfer::aSuccessorThatDiesIsGivenUp()
{
    Trio trio;
    trio.form();
    QVERIFY(trio.transfer(1, 2).ok());
    trio.crash(2);
    for (int i = 0; i < 4; ++i) {
        trio.tick(1, milliseconds(200));
        trio.settle({1, 3});
    }
    QCOMPARE(trio.role(1), Role::Leader);
    QVERIFY(std::holds_alternative<raft::Proposed>(trio.propose(1)));
    CLEAN(trio);
}

void ScenariosTransfer::anOrderOfAnOldLeaderIsIgnored()
{
    Trio trio;
    trio.form();
    trio.elect(2);
    trio.inject(1, 3, raft::TimeoutNow{Term(1)});
    trio.settle();
    QCOMPARE(trio.role(3), Role::Follower);
    QCOMPARE(trio.role(2), Role::Leader);
    CLEAN(trio);
}

void ScenariosTransfer::anOrderOfSomebodyElseIsIgnored()
{
    Trio trio;
    trio.form();
    trio.inject(2, 3, raft::TimeoutNow{trio.core(3).term()});
    trio.settle();
    QCOMPARE(trio.role(3), Role::Follower);
    QCOMPARE(trio.term(3), 1u);
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosTransfer)
#include "ScenariosTransfer.moc"
