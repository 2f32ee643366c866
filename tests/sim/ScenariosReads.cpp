// SPDX-License-Identifier: GPL-3.0-or-later
//
// ReadIndex: dissertation 6.4 (PROOF.md, pitfalls 6, 7 and 15).
#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::Role;
using std::chrono::seconds;

namespace {
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())
using Index = std::optional<std::uint64_t>;

/// Node 2 has won an election with node 3's vote; its no-op has left nobody's hands.
void winWithoutNoOp(Trio& trio)
{
    for (const int node : {2, 3})
        trio.sleep(node, seconds(2));
    trio.timeout(2);
    for (int step = 0; step < 2; ++step) { // pre-vote, vote
        trio.deliver(2, 3);
        trio.persist(3);
        trio.deliver(3, 2);
        trio.persist(2);
    }
    trio.drop(2, 1);
    trio.drop(2, 3);
}
} // namespace

class ScenariosReads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewLeaderWaitsForItsNoOp();
    void aReadNeedsARoundThatBeganAfterIt();
    void anAnswerToAnEarlierRoundConfirmsNothing();
    void readsThatWaitShareARound();
    void aFollowerAsksItsLeader();
    void anOldLeaderServesNothing();
    void whoStepsDownRefusesWhatWaits();
    void aReadAtTheLeadersLevelWaitsForNobody();
    void aLoneVoterAsksNobody();
};

void ScenariosReads::aNewLeaderWaitsForItsNoOp()
{
    // PROOF.md, pitfall 6: ReadIndex before the no-op. PROOF.md, pitfall 15: a leader that serves before it
    // has applied. Node 1 has committed an entry; node 2 holds it and does not know that it is committed.
    Trio trio;
    trio.form();
    trio.propose(1, "acknowledged");
    trio.persist(1);
    for (const int node : {2, 3}) {
        trio.deliver(1, node);
        trio.persist(node);
    }
    trio.deliver(2, 1);
    QCOMPARE(trio.commit(1), 2u);
    trio.crash(1);
    winWithoutNoOp(trio);
    QCOMPARE(trio.role(2), Role::Leader);
    QCOMPARE(trio.commit(2), 1u);
    const ReadId read = trio.read(2);
    trio.deliver(2, 3);
    trio.deliver(3, 2);
    QCOMPARE(trio.readIndex(2, read), Index(3)); // its no-op, behind the acknowledged entry
    QVERIFY(!trio.status(2).serving);
    CLEAN(trio);
}

void ScenariosReads::aReadNeedsARoundThatBeganAfterIt()
{
    // PROOF.md, pitfall 6: without a fresh round.
    Trio trio;
    trio.form();
    const ReadId read = trio.read(1);
    QCOMPARE(trio.readIndex(1, read), Index());
    trio.deliver(1, 2);
    QCOMPARE(trio.readIndex(1, read), Index());
    trio.deliver(2, 1);
    QCOMPARE(trio.readIndex(1, read), Index(trio.commit(1)));
    CLEAN(trio);
}

void ScenariosReads::anAnswerToAnEarlierRoundConfirmsNothing()
{
    // PROOF.md, pitfall 6: stale acknowledgements.
    Trio trio;
    trio.form();
    trio.timeout(1);
    trio.deliver(1, 2);
    trio.deliver(1, 3);
    const auto late = trio.intercept(2, 1);
    QVERIFY(!late.empty());
    const ReadId read = trio.read(1);
    trio.drop(1, 2);
    trio.drop(1, 3);
    for (const auto& message : late)
        trio.inject(2, 1, message);
    trio.deliver(3, 1);
    QCOMPARE(trio.readIndex(1, read), Index());
    trio.timeout(1); // the next heartbeat repeats the question
    trio.settle();
    QCOMPARE(trio.readIndex(1, read), Index(trio.commit(1)));
    CLEAN(trio);
}

void ScenariosReads::readsThatWaitShareARound()
{
    Trio trio;
    trio.form();
    const ReadId first = trio.read(1);
    const ReadId second = trio.read(1);
    const ReadId third = trio.read(1);
    QCOMPARE(trio.underWay(1, 2).size(), std::size_t(1));
    trio.deliver(1, 2);
    trio.deliver(2, 1);
    QVERIFY(trio.readIndex(1, first));
    QVERIFY(!trio.readIndex(1, second)); // it came after the round had begun
    QCOMPARE(trio.underWay(1, 2).size(), std::size_t(1));
    trio.deliver(1, 2);
    trio.deliver(2, 1);
    QVERIFY(trio.readIndex(1, second) && trio.readIndex(1, third));
    CLEAN(trio);
}

void ScenariosReads::aFollowerAsksItsLeader()
{
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.settle({1, 3}); // node 2 is behind
    const ReadId read = trio.read(2);
    trio.deliver(2, 1);
    trio.deliver(1, 3);
    trio.deliver(3, 1);
    trio.deliver(1, 2);
    QCOMPARE(trio.readIndex(2, read), Index(trio.commit(1)));
    QVERIFY(trio.readIndex(2, read) > Index(trio.state(2).index.value)); // it has to wait for that
    CLEAN(trio);
}

void ScenariosReads::anOldLeaderServesNothing()
{
    // PROOF.md, pitfall 7: an old leader that does not know yet.
    Trio trio;
    trio.form();
    trio.elect(2, {2, 3});
    trio.propose(2, "newer");
    trio.settle({2, 3});
    QCOMPARE(trio.role(1), Role::Leader); // so it believes
    const ReadId read = trio.read(1);
    trio.settle();
    QCOMPARE(trio.readIndex(1, read), Index(0));
    QCOMPARE(trio.role(1), Role::Follower);
    CLEAN(trio);
}

void ScenariosReads::whoStepsDownRefusesWhatWaits()
{
    Trio trio;
    trio.form();
    const ReadId own = trio.read(1);
    const ReadId others = trio.read(2);
    trio.deliver(2, 1);
    trio.inject(3, 1, raft::Heartbeat{Term(2), {}, 1});
    QCOMPARE(trio.readIndex(1, own), Index(0));
    trio.drop(1, 3);
    trio.persist(1);
    trio.deliver(1, 2);
    QCOMPARE(trio.readIndex(2, others), Index(0));
    CLEAN(trio);
}

void ScenariosReads::aReadAtTheLeadersLevelWaitsForNobody()
{
    Trio trio;
    trio.form();
    QCOMPARE(trio.readIndex(1, trio.read(1, raft::ReadLevel::Leader)), Index(trio.commit(1)));
    CLEAN(trio);
}

void ScenariosReads::aLoneVoterAsksNobody()
{
    Trio trio({.nodes = 1});
    trio.timeout(1);
    trio.settle();
    QCOMPARE(trio.readIndex(1, trio.read(1)), Index(trio.commit(1)));
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosReads)
#include "ScenariosReads.moc"
