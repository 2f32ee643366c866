// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compaction and snapshots: Raft, section 7; dissertation 5 (PROOF.md, pitfalls 4, 12 and 16).
#include <functional>

#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::Event;
using raft::Role;

namespace {
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())

void write(Trio& trio, int leader, const std::vector<std::string>& ids, std::set<int> nodes = {})
{
    for (const std::string& id : ids) {
        trio.propose(leader, id);
        trio.settle(nodes);
    }
}

/// Nodes 1 and 2 have a state and no log that would bring node 3 there; it is just back.
struct Behind
{
    Trio trio;

    Behind()
    {
        trio.form();
        trio.crash(3);
        write(trio, 1, {"a", "b", "c", "d"}, {1, 2});
        trio.compact(1);
        trio.compact(2);
        trio.restart(3);
        trio.introduceAll();
    }

    /// The single things that happen on the way of a snapshot from `leader` to node 3, one after another;
    /// true while there is one. `limit` of them at most.
    int steps(int leader, int limit)
    {
        const std::vector<std::function<bool()>> things{
            [&] { return trio.deliver(leader, 3) > 0; },
            [&] { return trio.stage(3); },
            [&] { return trio.unfinishedWrites(3) > 0 && (trio.persistOldest(3), true); },
            [&] { return trio.install(3); },
            [&] { return trio.deliver(3, leader) > 0; },
            [&] { return trio.readState(leader); },
        };
        int done = 0;
        for (bool busy = true; busy && done < limit;) {
            busy = false;
            for (const auto& thing : things) {
                if (done < limit && thing()) {
                    busy = true;
                    ++done;
                }
            }
        }
        return done;
    }
};
} // namespace

class ScenariosSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFollowerBehindTheLogGetsTheState();
    void aNewNodeGetsTheState();
    void aCrashAtAnyStepLosesNothing_data();
    void aCrashAtAnyStepLosesNothing();
    void aTransferGoesOnAfterARestart();
    void anotherLeaderGoesOnWithATransfer();
    void twoInARow();
    void duplicatesAreKnownAfterASnapshot();
    void anOldSnapshotDoesNotReplaceANewerState();
    void theSuffixStaysWhenTheLogHasTheSnapshotsEnd();
    void onlyWhatAPowerCutLeavesIsCompacted();
    void aRemovalInsideASnapshotIsNoticed();
};

void ScenariosSnapshot::aFollowerBehindTheLogGetsTheState()
{
    Behind cluster;
    Trio& trio = cluster.trio;
    trio.settle();
    QVERIFY(trio.saw(1, Event::Kind::SnapshotSending));
    QVERIFY(trio.saw(3, Event::Kind::SnapshotInstalled));
    QCOMPARE(trio.state(3), trio.state(1));
    write(trio, 1, {"e"});
    QCOMPARE(trio.state(3), trio.state(1));
    CLEAN(trio);
}

void ScenariosSnapshot::aNewNodeGetsTheState()
{
    Trio trio({.nodes = 3, .spares = 1});
    trio.form();
    write(trio, 1, {"a", "b", "c"});
    trio.compact(1);
    QVERIFY(trio.change(1, {trio.adding(4)}).ok());
    trio.settle();
    QVERIFY(trio.saw(4, Event::Kind::SnapshotInstalled));
    QVERIFY(trio.isVoter(4, 1));
    QCOMPARE(trio.state(4), trio.state(1));
    CLEAN(trio);
}

void ScenariosSnapshot::aCrashAtAnyStepLosesNothing_data()
{
    QTest::addColumn<bool>("powerCut");
    QTest::newRow("the process is killed") << false;
    QTest::newRow("the power is cut") << true;
}

void ScenariosSnapshot::aCrashAtAnyStepLosesNothing()
{
    // PROOF.md, pitfall 12: install killed at every step, a follower restarted in the middle.
    QFETCH(bool, powerCut);
    const int whole = Behind().steps(1, 1000);
    QVERIFY(whole > 15);
    for (int step = 0; step <= whole; ++step) {
        Behind cluster;
        Trio& trio = cluster.trio;
        QCOMPARE(cluster.steps(1, step), step);
        if (powerCut)
            trio.cutPower(3);
        else
            trio.crash(3);
        trio.restart(3);
        trio.introduceAll();
        for (int i = 0; i < 3; ++i) {
            trio.timeout(1);
            trio.settle();
        }
        QVERIFY2(trio.state(3) == trio.state(1), std::to_string(step).c_str());
        CLEAN(trio);
    }
}

void ScenariosSnapshot::aTransferGoesOnAfterARestart()
{
    Behind cluster;
    Trio& trio = cluster.trio;
    while (trio.underWay(1, 3).empty() || trio.underWay(1, 3).back().find("from 2 ") == std::string::npos)
        QVERIFY(cluster.steps(1, 1) == 1);
    trio.crash(3); // two messages are staged, the third is on its way
    trio.restart(3);
    trio.introduce(1, 3);
    cluster.steps(1, 2); // it is asked how far it is
    QCOMPARE(trio.underWay(3, 1).back(), "SnapshotReply t1 has 2 installed 0");
    trio.settle();
    QCOMPARE(trio.state(3), trio.state(1));
    CLEAN(trio);
}

void ScenariosSnapshot::anotherLeaderGoesOnWithATransfer()
{
    // PROOF.md, pitfall 12: a change of leader in the middle. A position means the same on every node.
    Behind cluster;
    Trio& trio = cluster.trio;
    while (trio.underWay(1, 3).empty() || trio.underWay(1, 3).back().find("from 2 ") == std::string::npos)
        QVERIFY(cluster.steps(1, 1) == 1);
    trio.crash(1);
    trio.elect(2, {2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    for (int i = 0; i < 3; ++i) {
        trio.timeout(2);
        trio.settle({2, 3});
    }
    QCOMPARE(trio.state(3), trio.state(2));
    QVERIFY(trio.status(2).serving); // node 3 is needed for that
    CLEAN(trio);
}

void ScenariosSnapshot::twoInARow()
{
    // PROOF.md, pitfall 12.
    Behind cluster;
    Trio& trio = cluster.trio;
    trio.settle();
    trio.crash(3);
    write(trio, 1, {"e", "f"}, {1, 2});
    trio.compact(1);
    trio.restart(3);
    trio.forgetEvents(3);
    trio.introduceAll();
    trio.settle();
    QVERIFY(trio.saw(3, Event::Kind::SnapshotInstalled));
    QCOMPARE(trio.state(3), trio.state(1));
    CLEAN(trio);
}

void ScenariosSnapshot::duplicatesAreKnownAfterASnapshot()
{
    // PROOF.md, pitfall 4: the dedup table is in the snapshot.
    Behind cluster;
    Trio& trio = cluster.trio;
    trio.settle();
    trio.elect(3);
    QCOMPARE(trio.role(3), Role::Leader);
    const Seq before = trio.state(3).lastSeq;
    write(trio, 3, {"a"}); // its first copy is nowhere in node 3's log
    QCOMPARE(trio.state(3).lastSeq, before);
    QCOMPARE(trio.state(3), trio.state(1));
    CLEAN(trio);
}

void ScenariosSnapshot::anOldSnapshotDoesNotReplaceANewerState()
{
    Behind cluster;
    Trio& trio = cluster.trio;
    std::vector<raft::Message> last;
    while (last.empty()) {
        QVERIFY(cluster.steps(1, 1) == 1);
        if (!trio.underWay(1, 3).empty() && trio.underWay(1, 3).back().find("ends at") != std::string::npos)
            last = trio.intercept(1, 3);
    }
    for (int i = 0; i < 3; ++i) {
        trio.timeout(1);
        trio.settle();
    }
    write(trio, 1, {"e", "f"});
    const messaging::AppliedState state = trio.state(3);
    const std::string log = trio.durableLog(3);
    for (const auto& message : last)
        trio.inject(1, 3, message);
    QVERIFY(!trio.stage(3)); // not even handed to the host
    trio.settle();
    QCOMPARE(trio.state(3), state);
    QCOMPARE(trio.durableLog(3), log);
    CLEAN(trio);
}

void ScenariosSnapshot::theSuffixStaysWhenTheLogHasTheSnapshotsEnd()
{
    // Raft, figure 13, step 6: what follows was acknowledged, and dropping it would lose it.
    Trio trio;
    trio.form();
    write(trio, 1, {"a", "b"});
    trio.propose(1, "c");
    trio.deliver(1, 3);
    trio.persist(3); // held, acknowledged, not known to be committed
    trio.drop(3, 1);
    const std::string log = trio.durableLog(3);
    trio.inject(1, 3,
                raft::InstallSnapshot{Term(1), 0, "", raft::LogBase{LogIndex(3), Term(1), trio.members(1)}});
    QVERIFY(!trio.stage(3));
    QCOMPARE(trio.durableLog(3), log);
    QCOMPARE(trio.underWay(3, 1), std::vector<std::string>{"SnapshotReply t1 has 0 installed 3"});
    CLEAN(trio);
}

void ScenariosSnapshot::onlyWhatAPowerCutLeavesIsCompacted()
{
    // CORE.md, Storage. PROOF.md, pitfall 5: what the state store loses is replayed, so it must be there.
    Trio trio;
    trio.form();
    write(trio, 1, {"a", "b", "c"});
    trio.compact(3, 1);
    write(trio, 1, {"d"});
    trio.settle();
    const messaging::AppliedState state = trio.state(3);
    trio.cutPower(3);
    QVERIFY(trio.state(3).index < state.index);
    trio.restart(3);
    trio.introduceAll();
    trio.settle();
    QCOMPARE(trio.state(3), state);
    CLEAN(trio);
}

void ScenariosSnapshot::aRemovalInsideASnapshotIsNoticed()
{
    // The entry that removed a node is compacted away before the node could read it.
    Trio trio;
    trio.form();
    write(trio, 1, {"a"});
    QVERIFY(trio.change(1, {trio.removing(3)}).ok());
    trio.settle({1, 2});
    write(trio, 1, {"b"}, {1, 2});
    trio.compact(1);
    trio.disconnect(1, 3);
    trio.introduce(1, 3);
    for (int i = 0; i < 3; ++i) {
        trio.timeout(1);
        trio.settle();
    }
    QVERIFY(trio.status(3).removed);
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosSnapshot)
#include "ScenariosSnapshot.moc"
