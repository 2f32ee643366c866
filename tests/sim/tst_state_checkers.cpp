// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every checker must be able to fail: each is shown a small cluster drawn by hand, first healthy, then broken
// in the one way that it exists for. Here those of the applied state, snapshots and reads.
#include <QtTest>

#include "tests/sim/Drawing.h"
#include "tests/support/sim/checkers/Bounds.h"
#include "tests/support/sim/checkers/CommittedLog.h"
#include "tests/support/sim/checkers/Delivery.h"
#include "tests/support/sim/checkers/Durability.h"
#include "tests/support/sim/checkers/Linearizability.h"
#include "tests/support/sim/checkers/Logs.h"
#include "tests/support/sim/checkers/Snapshots.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::EntryPtr;
using std::chrono::milliseconds;
using std::chrono::seconds;

class StateCheckers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exactlyOnceSeesTwoSeqs();
    void exactlyOnceSeesAWrongSeqApplied();
    void stateMachineSafetySeesAnotherHash();
    void deliveryByTimeSeesAnotherOrder();
    void deliveryByTimeSeesAWatermarkThatGoesBack();
    void boundedMemorySeesEveryExcess();
    void snapshotDisciplineSeesALogThatNoStateCovers();
    void snapshotDisciplineSeesALogDroppedForNothing();
    void snapshotDisciplineSeesAnOlderState();
    void snapshotDisciplineSeesAFalseReport();
    void linearizabilitySeesAStaleRead();
    void linearizabilitySeesWhatIsNotCommitted();
    void linearizabilitySeesTooFewForMinSeq();
    void linearizabilitySeesSeqsOutOfOrder();
};

void StateCheckers::exactlyOnceSeesTwoSeqs()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    ExactlyOnce checker(committed);
    checker.onAcknowledge(drawing.cluster, drawing.node(0), {"m", Seq(1), Term(1), LogIndex(2), 2, false});
    HOLDS(checker);
    checker.onAcknowledge(drawing.cluster, drawing.node(0), {"m", Seq(2), Term(1), LogIndex(3), 2, true});
    FAILS(checker);
}

void StateCheckers::exactlyOnceSeesAWrongSeqApplied()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    messaging::AppliedEntry right;
    right.index = LogIndex(2);
    right.term = Term(1);
    right.messages = {{Seq(1), false}};
    messaging::AppliedEntry wrong = right;
    wrong.messages = {{Seq(2), false}};
    ExactlyOnce checker(committed);
    checker.onApply(drawing.cluster, drawing.node(0), {}, {right}, {});
    HOLDS(checker);
    checker.onApply(drawing.cluster, drawing.node(0), {}, {wrong}, {});
    FAILS(checker);
}

void StateCheckers::stateMachineSafetySeesAnotherHash()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    testing::MemoryStore store;
    messaging::StateMachine machine(store);
    const std::vector<EntryPtr>& entries = drawing.disk(0).durable.log;
    const auto outcomes = machine.apply(entries);
    StateMachineSafety checker(committed);
    drawing.node(0).state.applied = machine.applied();
    checker.onApply(drawing.cluster, drawing.node(0), entries, *outcomes, machine.applied());
    HOLDS(checker);
    drawing.node(1).state.applied = machine.applied();
    drawing.node(1).state.applied.hash.bytes[3] ^= 1;
    checker.onInstall(drawing.cluster, drawing.node(1));
    FAILS(checker);
}

namespace {

/// A command whose messages have these times, in seconds.
EntryPtr timed(std::uint64_t index, std::vector<int> times, int watermark)
{
    std::vector<messaging::Message> messages;
    for (const int time : times) {
        const std::string id = "t" + std::to_string(index) + "-" + std::to_string(messages.size());
        messages.push_back({id, "a", "b", "1", UnixTime(seconds(time)), UnixTime(seconds(time)), {}});
    }
    return entry(index, 1, raft::EntryKind::Command,
                 messaging::encodeBatch(messages, UnixTime(seconds(watermark))));
}

} // namespace

void StateCheckers::deliveryByTimeSeesAnotherOrder()
{
    Drawing drawing;
    for (int slot = 0; slot < 3; ++slot) {
        drawing.append(slot, timed(3, {30, 20, 10}, 5));
        drawing.append(slot, timed(4, {}, 25));
        drawing.node(slot).commit = LogIndex(4);
    }
    CommittedLog committed;
    drawing.show(committed);
    testing::MemoryStore store;
    messaging::StateMachine machine(store);
    const auto outcomes = machine.apply(drawing.disk(0).durable.log);
    DeliveryByTime checker(committed);
    checker.onApply(drawing.cluster, drawing.node(0), {}, *outcomes, machine.applied());
    HOLDS(checker);

    messaging::AppliedState unordered = machine.applied(); // as if delivered in order of arrival
    unordered.delivery.orderHash = messaging::extendOrderHash(
        messaging::extendOrderHash(messaging::extendOrderHash(0, Seq(1)), Seq(3)), Seq(4));
    drawing.node(1).state.applied = unordered;
    checker.onInstall(drawing.cluster, drawing.node(1));
    FAILS(checker);

    DeliveryByTime early(committed);
    auto hasty = *outcomes;
    ++hasty[2].lastDelivery; // an entry too soon
    early.onApply(drawing.cluster, drawing.node(0), {}, hasty, machine.applied());
    FAILS(early);
}

void StateCheckers::deliveryByTimeSeesAWatermarkThatGoesBack()
{
    Drawing drawing;
    for (int slot = 0; slot < 3; ++slot) {
        drawing.append(slot, timed(3, {}, 20));
        drawing.append(slot, timed(4, {}, 10));
        drawing.node(slot).commit = LogIndex(4);
    }
    CommittedLog committed;
    drawing.show(committed);
    DeliveryByTime checker(committed);
    drawing.node(0).state.applied.index = LogIndex(4);
    checker.onStart(drawing.cluster, drawing.node(0));
    FAILS(checker);
}

void StateCheckers::boundedMemorySeesEveryExcess()
{
    Drawing drawing;
    Census census;
    census.settings.inflightMessagesMax = 2;
    census.settings.inflightBytesMax = 100;
    census.settings.appendBytesMax = 50;
    census.settings.uncommittedBytesMax = 100;
    census.settings.cacheBytesMax = 100;
    census.largestEntryBytes = 10;
    census.peers.resize(1);
    const auto excess = [&](auto change) {
        Census changed = census;
        change(changed);
        BoundedMemory checker;
        checker.onCensus(drawing.cluster, drawing.node(0), changed);
        return checker.violation().has_value();
    };
    QVERIFY(!excess([](Census&) {}));
    QVERIFY(excess([](Census& c) { c.peers[0].inflightMessages = 3; }));
    QVERIFY(excess([](Census& c) { c.peers[0].inflightBytes = 151; }));
    QVERIFY(excess([](Census& c) { c.uncommittedOwnBytes = 111; }));
    QVERIFY(excess([](Census& c) { c.cachedBytes = 111; }));
    QVERIFY(!excess([](Census& c) { c.cachedBytes = c.neededBytes = 500; }));
    QVERIFY(excess([](Census& c) { c.pendingWrites = 1000000; }));
    QVERIFY(excess([](Census& c) { c.pendingReads = c.settings.pendingReadsMax + 1; }));
    QVERIFY(excess([](Census& c) { c.openMessages = 1000000; }));
}

void StateCheckers::snapshotDisciplineSeesALogThatNoStateCovers()
{
    Drawing drawing;
    CommittedLog committed;
    SnapshotDiscipline checker(committed);
    drawing.disk(1).durable.base = {LogIndex(2), Term(1), drawing.configuration};
    drawing.disk(1).durable.log.clear();
    drawing.node(1).state.durable = LogIndex(2);
    checker.onDurable(drawing.cluster, drawing.node(1));
    HOLDS(checker);
    drawing.node(1).state.durable = LogIndex(1); // applied further, but a power cut would undo that
    drawing.node(1).state.applied.index = LogIndex(2);
    checker.onDurable(drawing.cluster, drawing.node(1));
    FAILS(checker);
}

void StateCheckers::snapshotDisciplineSeesALogDroppedForNothing()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    SnapshotDiscipline checker(committed);
    raft::Write write;
    write.id = WriteId(1);
    write.reset = {LogIndex(2), Term(1), drawing.configuration};
    DiskView shorter = drawing.disk(2);
    shorter.written.log.pop_back();
    drawing.node(2).disk = &shorter;
    checker.onWrite(drawing.cluster, drawing.node(2), write);
    HOLDS(checker);
    checker.onWrite(drawing.cluster, drawing.node(1), write);
    FAILS(checker);
}

void StateCheckers::snapshotDisciplineSeesAnOlderState()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    SnapshotDiscipline checker(committed);
    NodeView& node = drawing.node(1);
    drawing.disk(1).durable.base = {LogIndex(2), Term(1), drawing.configuration};
    drawing.disk(1).durable.log.clear();
    node.state.applied.index = LogIndex(1);
    checker.onStart(drawing.cluster, node);
    node.state.applied.index = LogIndex(2);
    checker.onInstall(drawing.cluster, node);
    HOLDS(checker);
    checker.onInstall(drawing.cluster, node);
    FAILS(checker);
}

void StateCheckers::snapshotDisciplineSeesAFalseReport()
{
    Drawing drawing;
    CommittedLog committed;
    SnapshotDiscipline checker(committed);
    const auto report = [](std::uint64_t installed) {
        return raft::Envelope{serverOf(0),
                              raft::InstallSnapshotReply{Term(1), 0, LogIndex(installed), false}};
    };
    checker.onSend(drawing.cluster, drawing.node(1), report(2));
    HOLDS(checker);
    checker.onSend(drawing.cluster, drawing.node(1), report(3));
    FAILS(checker);
}

void StateCheckers::linearizabilitySeesAStaleRead()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    Linearizability checker(committed);
    const ReadDemand early{1, raft::ReadLevel::Linearizable, {}};
    const ReadDemand late{2, raft::ReadLevel::Linearizable, {}};
    checker.onReadBegun(drawing.cluster, early);
    checker.onAcknowledge(drawing.cluster, drawing.node(0), {"m", Seq(1), Term(1), LogIndex(2), 2, false});
    checker.onReadBegun(drawing.cluster, late);
    checker.onReadServed(drawing.cluster, drawing.node(1), {1, Seq(), ""});
    HOLDS(checker); // it began before the acknowledgement
    checker.onReadServed(drawing.cluster, drawing.node(1), {2, Seq(), ""});
    FAILS(checker);
}

void StateCheckers::linearizabilitySeesWhatIsNotCommitted()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    Linearizability checker(committed);
    checker.onReadBegun(drawing.cluster, {1, raft::ReadLevel::Leader, {}});
    checker.onReadBegun(drawing.cluster, {2, std::nullopt, {}});
    checker.onReadServed(drawing.cluster, drawing.node(1), {1, Seq(1), "m"});
    HOLDS(checker);
    checker.onReadServed(drawing.cluster, drawing.node(1), {2, Seq(1), "another"});
    FAILS(checker);
}

void StateCheckers::linearizabilitySeesTooFewForMinSeq()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    Linearizability checker(committed);
    checker.onReadBegun(drawing.cluster, {1, std::nullopt, Seq(1)});
    checker.onReadServed(drawing.cluster, drawing.node(1), {1, Seq(), ""});
    FAILS(checker);
}

void StateCheckers::linearizabilitySeesSeqsOutOfOrder()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    Linearizability checker(committed);
    checker.onSubmit(drawing.cluster, "first");
    checker.onSubmit(drawing.cluster, "beside it");
    checker.onAcknowledge(drawing.cluster, drawing.node(0),
                          {"first", Seq(5), Term(1), LogIndex(3), 2, false});
    checker.onAcknowledge(drawing.cluster, drawing.node(0),
                          {"beside it", Seq(4), Term(1), LogIndex(2), 2, false});
    HOLDS(checker);
    checker.onSubmit(drawing.cluster, "after");
    checker.onAcknowledge(drawing.cluster, drawing.node(0),
                          {"after", Seq(3), Term(1), LogIndex(2), 2, false});
    FAILS(checker);
}

QTEST_APPLESS_MAIN(StateCheckers)
#include "tst_state_checkers.moc"
