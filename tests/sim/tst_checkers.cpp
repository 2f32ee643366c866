// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every checker must be able to fail: each is shown a small cluster drawn by hand, first healthy, then broken
// in the one way that it exists for.
#include <QtTest>

#include "core/messaging/Command.h"
#include "tests/support/sim/checkers/Bounds.h"
#include "tests/support/sim/checkers/Clocks.h"
#include "tests/support/sim/checkers/CommittedLog.h"
#include "tests/support/sim/checkers/Configurations.h"
#include "tests/support/sim/checkers/Delivery.h"
#include "tests/support/sim/checkers/Durability.h"
#include "tests/support/sim/checkers/Elections.h"
#include "tests/support/sim/checkers/Linearizability.h"
#include "tests/support/sim/checkers/Logs.h"
#include "tests/support/sim/checkers/Snapshots.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::EntryPtr;

namespace {

ServerId serverOf(int slot)
{
    return ServerId(static_cast<std::uint64_t>(slot) + 101);
}

EntryPtr entry(std::uint64_t index, std::uint64_t term, raft::EntryKind kind = raft::EntryKind::NoOp,
               std::string data = {})
{
    return std::make_shared<const raft::Entry>(
        raft::Entry{Term(term), LogIndex(index), kind, std::move(data)});
}

EntryPtr message(std::uint64_t index, std::uint64_t term, std::string id)
{
    const messaging::Message m{std::move(id), "a", "b", "1", {}, {}, {}};
    return entry(index, term, raft::EntryKind::Command, messaging::encodeBatch({&m, 1}));
}

/// Three formed nodes with equal logs on disk: entry 1 forms the cluster in term 1, entry 2 carries message
/// "m".
struct Drawing
{
    ClusterView cluster;
    std::vector<DiskView> disks{3};
    raft::Configuration configuration;
    EntryPtr form;

    Drawing()
    {
        cluster.initialSlots = 3;
        cluster.nodes.resize(3);
        configuration.cluster.bytes[0] = 7;
        for (int slot = 0; slot < 3; ++slot)
            configuration.members.push_back(
                {serverOf(slot), nameOfSlot(slot), "http://" + nameOfSlot(slot), raft::MemberRole::Voter});
        form = entry(1, 1, raft::EntryKind::Form, raft::encodeConfiguration(configuration));
        for (int slot = 0; slot < 3; ++slot) {
            DiskView& disk = disks[static_cast<std::size_t>(slot)];
            disk.durable.hardState = {Term(1), serverOf(0)};
            disk.durable.log = {form, message(2, 1, "m")};
            disk.written = disk.durable;
            NodeView& n = node(slot);
            n.slot = slot;
            n.server = serverOf(slot);
            n.run = static_cast<std::uint32_t>(slot) + 1;
            n.up = true;
            n.term = Term(1);
            n.commit = LogIndex(2);
            n.applyThrough = LogIndex(2);
            n.configuration = configuration;
            n.disk = &disk;
            cluster.disks[n.server] = &disk;
        }
        node(0).role = raft::Role::Leader;
    }
    NodeView& node(int slot) { return cluster.nodes[static_cast<std::size_t>(slot)]; }
    DiskView& disk(int slot) { return disks[static_cast<std::size_t>(slot)]; }

    /// Shows the checker all nodes as they are.
    void show(Checker& checker)
    {
        for (const NodeView& n : cluster.nodes)
            checker.onDurable(cluster, n);
        for (const NodeView& n : cluster.nodes)
            checker.onStep(cluster, n);
    }
    void start(Checker& checker)
    {
        for (NodeView& n : cluster.nodes)
            checker.onStart(cluster, n);
    }
    void append(int slot, EntryPtr e)
    {
        disk(slot).durable.log.push_back(e);
        disk(slot).written.log.push_back(std::move(e));
    }
};

using std::chrono::milliseconds;
using std::chrono::seconds;

/// The same with clocks: those of the three nodes show 0, 100 and 300 ms, each node knows that of the others
/// within 2 ms, and cluster time is the second one's within 2 ms.
struct DrawingOfClocks : Drawing
{
    DrawingOfClocks()
    {
        for (int slot = 0; slot < 3; ++slot) {
            TimeView& time = node(slot).time;
            time.mark = markOf(slot);
            time.boot = bootOf(slot);
            time.cluster = UnixTime(milliseconds(100));
            time.bound = milliseconds(2);
            time.synchronized = true;
            time.voters = {serverOf(0), serverOf(1), serverOf(2)};
            for (int other = 0; other < 3; ++other) {
                if (other != slot)
                    time.peers.push_back(estimateOf(other, clockOf(other) - clockOf(slot)));
            }
        }
    }
    /// Boot-time clocks and anchors that add up to the clock.
    static Instant bootOf(int slot) { return Instant(seconds(slot + 1)); }
    static Duration clockOf(int slot) { return milliseconds(slot == 0 ? 0 : slot == 1 ? 100 : 300); }
    static timesync::ClockState markOf(int slot)
    {
        return {static_cast<std::uint64_t>(slot) + 1, 0, clockOf(slot) - bootOf(slot).time_since_epoch()};
    }
    static TimeView::Peer estimateOf(int slot, Duration offset)
    {
        const timesync::Interval interval{offset - milliseconds(2), offset + milliseconds(2)};
        return {serverOf(slot), markOf(slot), bootOf(slot), {offset, interval, std::nullopt}};
    }
    TimeView& time(int slot) { return node(slot).time; }
    void look(Checker& checker)
    {
        for (const NodeView& n : cluster.nodes)
            checker.onTime(cluster, n);
        checker.onClocks(cluster);
    }
};

std::string whatOf(const Checker& checker)
{
    return checker.violation() ? checker.violation()->what : std::string();
}

#define HOLDS(checker) QCOMPARE(QString::fromStdString(whatOf(checker)), QString())
#define FAILS(checker) QVERIFY((checker).violation().has_value())

} // namespace

class Checkers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void committedLogSeesTwoHistories();
    void committedLogSeesACommitBeyondTheLog();
    void electionSafetySeesTwoLeaders();
    void electionSafetySeesTooFewDurableVotes();
    void voteOnceSeesAChangedVote();
    void voteOnceSeesAVoteThatIsNotOnDisk();
    void leaderCompletenessSeesAMissingEntry();
    void commitRuleSeesAnEarlierTerm();
    void monotoneSeesTheTermGoBack();
    void monotoneSeesAForgottenTerm();
    void monotoneSeesApplyBeyondTheDisk();
    void logMatchingSeesADifferentPredecessor();
    void logMatchingSeesDifferentContent();
    void writeDisciplineSeesALeaderTruncate();
    void writeDisciplineSeesCommittedEntriesGo();
    void writeDisciplineSeesAcknowledgedEntriesGo();
    void writeDisciplineSeesAGap();
    void configurationInForceSeesAStaleOne();
    void honestAcknowledgementSeesAMissingEntry();
    void honestAcknowledgementSeesAnotherEntry();
    void durableCommitSeesTooFewCopies();
    void durableCommitSeesAnAcknowledgementThatIsNotCommitted();
    void durableCommitSeesAnAcknowledgementOnTooFewDisks();
    void exactlyOnceSeesTwoSeqs();
    void exactlyOnceSeesAWrongSeqApplied();
    void stateMachineSafetySeesAnotherHash();
    void deliveryByTimeSeesAnotherOrder();
    void deliveryByTimeSeesAWatermarkThatGoesBack();
    void singleClusterSeesASecond();
    void boundedMemorySeesEveryExcess();
    void noStalledLeaderSeesOne();
    void electionSafetySeesAForgottenMajority();
    void durableCommitSeesAForgottenMajority();
    void configurationSafetySeesTwoOpenChanges();
    void configurationSafetySeesAStepTooLarge_data();
    void configurationSafetySeesAStepTooLarge();
    void snapshotDisciplineSeesALogThatNoStateCovers();
    void snapshotDisciplineSeesALogDroppedForNothing();
    void snapshotDisciplineSeesAnOlderState();
    void snapshotDisciplineSeesAFalseReport();
    void linearizabilitySeesAStaleRead();
    void linearizabilitySeesWhatIsNotCommitted();
    void linearizabilitySeesTooFewForMinSeq();
    void linearizabilitySeesSeqsOutOfOrder();
    void estimatesHoldSeesAFalseBound();
    void estimatesHoldSeesAGuessOutsideItsInterval();
    void estimatesHoldAsksForTheToldEpoch();
    void estimatesHoldSeesAnExchangeAcrossAJump();
    void estimatesHoldSeesAnHonestOutlier();
    void wallClockFollowedSeesAJumpOverlooked();
    void clusterTimeAgreesSeesAWrongMedian();
    void clusterTimeAgreesSeesAnUnknownVoterLeftOut();
    void clusterTimeAgreesSeesTwoTimes();
    void boundsAreDemandedOfSteadyClocksOnly();
    void clusterTimeSlewsSeesItGoBack();
    void clusterTimeSlewsSeesAStep();
    void clusterTimeSlewsAllowsTheFirstStep();
    void stampsNeverGoBackSeesAnEarlierOne();
    void whoIsNotSynchronisedIsNamed();
};

void Checkers::committedLogSeesTwoHistories()
{
    Drawing drawing;
    CommittedLog checker;
    drawing.show(checker);
    HOLDS(checker);
    QCOMPARE(checker.last(), LogIndex(2));
    QCOMPARE(checker.find("m")->seq, Seq(1));
    drawing.append(0, message(3, 1, "left"));
    drawing.append(1, message(3, 1, "right"));
    drawing.node(0).commit = drawing.node(1).commit = LogIndex(3);
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::committedLogSeesACommitBeyondTheLog()
{
    Drawing drawing;
    CommittedLog checker;
    drawing.node(2).commit = LogIndex(3);
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::electionSafetySeesTwoLeaders()
{
    Drawing drawing;
    ElectionSafety checker;
    drawing.show(checker);
    drawing.show(checker);
    HOLDS(checker);
    drawing.node(1).role = raft::Role::Leader;
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::electionSafetySeesTooFewDurableVotes()
{
    Drawing drawing;
    drawing.disk(1).durable.hardState.votedFor = {};
    drawing.disk(2).durable.hardState = {};
    ElectionSafety checker;
    for (const int slot : {2, 1, 0})
        checker.onDurable(drawing.cluster, drawing.node(slot));
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::voteOnceSeesAChangedVote()
{
    Drawing drawing;
    VoteOnce checker;
    drawing.show(checker);
    HOLDS(checker);
    drawing.disk(1).durable.hardState = {Term(2), serverOf(1)};
    drawing.show(checker);
    HOLDS(checker);
    drawing.disk(1).durable.hardState = {Term(1), serverOf(2)};
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::voteOnceSeesAVoteThatIsNotOnDisk()
{
    Drawing drawing;
    const auto vote = [](std::uint64_t term) {
        return raft::Envelope{serverOf(0), raft::RequestVoteReply{raft::Ballot::Vote, Term(term), true}};
    };
    VoteOnce checker;
    checker.onSend(drawing.cluster, drawing.node(1), vote(1));
    HOLDS(checker);
    checker.onSend(drawing.cluster, drawing.node(1), vote(2));
    FAILS(checker);
}

void Checkers::leaderCompletenessSeesAMissingEntry()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    LeaderCompleteness checker(committed);
    drawing.node(0).role = raft::Role::Follower;
    drawing.node(1).role = raft::Role::Leader;
    drawing.node(1).term = Term(2);
    drawing.show(checker);
    HOLDS(checker);
    drawing.node(1).term = Term(3);
    drawing.disk(1).written.log.pop_back();
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::commitRuleSeesAnEarlierTerm()
{
    Drawing drawing;
    CommitRule checker;
    drawing.start(checker);
    drawing.append(0, entry(3, 1));
    drawing.node(0).commit = LogIndex(3);
    drawing.show(checker);
    HOLDS(checker);
    drawing.append(0, entry(4, 1));
    drawing.node(0).term = Term(2);
    drawing.node(0).commit = LogIndex(4);
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::monotoneSeesTheTermGoBack()
{
    Drawing drawing;
    Monotone checker;
    drawing.start(checker);
    drawing.node(1).term = Term(5);
    drawing.show(checker);
    HOLDS(checker);
    drawing.node(1).term = Term(4);
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::monotoneSeesAForgottenTerm()
{
    Drawing drawing;
    Monotone checker;
    drawing.start(checker);
    drawing.node(0).term = Term(5);
    checker.onSend(drawing.cluster, drawing.node(0), {serverOf(1), raft::Heartbeat{Term(5), {}, 1}});
    drawing.start(checker);
    HOLDS(checker);
    drawing.node(0).term = Term(4);
    drawing.start(checker);
    FAILS(checker);
}

void Checkers::monotoneSeesApplyBeyondTheDisk()
{
    Drawing drawing;
    Monotone checker;
    drawing.start(checker);
    drawing.disk(2).durable.log.pop_back();
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::logMatchingSeesADifferentPredecessor()
{
    Drawing drawing;
    LogMatching checker;
    drawing.append(0, entry(3, 1));
    drawing.append(1, entry(3, 2));
    const raft::Write write{WriteId(1), {}, {}, {entry(4, 3)}};
    checker.onWrite(drawing.cluster, drawing.node(0), write);
    HOLDS(checker);
    checker.onWrite(drawing.cluster, drawing.node(1), write);
    FAILS(checker);
}

void Checkers::logMatchingSeesDifferentContent()
{
    Drawing drawing;
    LogMatching checker;
    checker.onWrite(drawing.cluster, drawing.node(0), {WriteId(1), {}, {}, {message(3, 1, "a")}});
    checker.onWrite(drawing.cluster, drawing.node(2), {WriteId(1), {}, {}, {message(3, 1, "a")}});
    HOLDS(checker);
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(1), {}, {}, {message(3, 1, "b")}});
    FAILS(checker);
}

void Checkers::writeDisciplineSeesALeaderTruncate()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.append(0, entry(3, 1));
    drawing.append(1, entry(3, 1));
    WriteDiscipline checker(committed);
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(1), {}, LogIndex(3), {entry(3, 2)}});
    HOLDS(checker);
    checker.onWrite(drawing.cluster, drawing.node(0), {WriteId(1), {}, LogIndex(3), {entry(3, 2)}});
    FAILS(checker);
}

void Checkers::writeDisciplineSeesCommittedEntriesGo()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    WriteDiscipline checker(committed);
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(1), {}, LogIndex(2), {}});
    FAILS(checker);
}

void Checkers::writeDisciplineSeesAcknowledgedEntriesGo()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.append(1, entry(3, 1));
    drawing.append(1, entry(4, 1));
    WriteDiscipline checker(committed);
    checker.onSend(drawing.cluster, drawing.node(1),
                   {serverOf(0), raft::AppendEntriesReply{Term(1), true, LogIndex(3), {}, {}, {}, false}});
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(1), {}, LogIndex(4), {}});
    HOLDS(checker);
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(2), {}, LogIndex(3), {}});
    FAILS(checker);
}

void Checkers::writeDisciplineSeesAGap()
{
    Drawing drawing;
    CommittedLog committed;
    WriteDiscipline checker(committed);
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(1), {}, {}, {entry(4, 1)}});
    FAILS(checker);
}

void Checkers::configurationInForceSeesAStaleOne()
{
    Drawing drawing;
    ConfigurationInForce checker;
    drawing.start(checker);
    drawing.show(checker);
    HOLDS(checker);
    raft::Configuration changed = drawing.configuration;
    changed.members[2].server = ServerId(999);
    const auto change = entry(3, 1, raft::EntryKind::Configuration, raft::encodeConfiguration(changed));
    checker.onWrite(drawing.cluster, drawing.node(1), {WriteId(1), {}, {}, {change}});
    drawing.append(1, change);
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::honestAcknowledgementSeesAMissingEntry()
{
    Drawing drawing;
    const auto reply = [](std::uint64_t match) {
        return raft::Envelope{serverOf(0),
                              raft::AppendEntriesReply{Term(1), true, LogIndex(match), {}, {}, {}, false}};
    };
    HonestAcknowledgement checker;
    checker.onSend(drawing.cluster, drawing.node(1), reply(2));
    HOLDS(checker);
    drawing.disk(1).written.log.push_back(entry(3, 1)); // handed to the disk, not on it
    checker.onSend(drawing.cluster, drawing.node(1), reply(3));
    FAILS(checker);
}

void Checkers::honestAcknowledgementSeesAnotherEntry()
{
    Drawing drawing;
    drawing.node(0).term = Term(3);
    drawing.disk(1).durable.hardState.term = Term(3);
    drawing.append(0, entry(3, 3));
    drawing.append(1, entry(3, 2));
    HonestAcknowledgement checker;
    checker.onSend(drawing.cluster, drawing.node(1),
                   {serverOf(0), raft::AppendEntriesReply{Term(3), true, LogIndex(3), {}, {}, {}, false}});
    FAILS(checker);
}

void Checkers::durableCommitSeesTooFewCopies()
{
    Drawing drawing;
    CommittedLog committed;
    DurableCommit checker(committed);
    drawing.show(committed);
    drawing.show(checker);
    HOLDS(checker);
    drawing.disk(0).written.log.push_back(entry(3, 1));
    drawing.append(1, drawing.disk(0).written.log.back());
    drawing.node(0).commit = LogIndex(3);
    drawing.show(committed);
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::durableCommitSeesAnAcknowledgementThatIsNotCommitted()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    DurableCommit checker(committed);
    checker.onAcknowledge(drawing.cluster, drawing.node(0), {"m", Seq(1), Term(1), LogIndex(2), 2, false});
    HOLDS(checker);
    checker.onAcknowledge(drawing.cluster, drawing.node(0),
                          {"other", Seq(2), Term(1), LogIndex(2), 2, false});
    FAILS(checker);
}

void Checkers::durableCommitSeesAnAcknowledgementOnTooFewDisks()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    DurableCommit checker(committed);
    drawing.disk(2).durable.log.pop_back();
    checker.onAcknowledge(drawing.cluster, drawing.node(0), {"m", Seq(1), Term(1), LogIndex(2), 2, false});
    HOLDS(checker);
    checker.onAcknowledge(drawing.cluster, drawing.node(0), {"m", Seq(1), Term(1), LogIndex(2), 3, false});
    FAILS(checker);
}

void Checkers::exactlyOnceSeesTwoSeqs()
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

void Checkers::exactlyOnceSeesAWrongSeqApplied()
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

void Checkers::stateMachineSafetySeesAnotherHash()
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

void Checkers::deliveryByTimeSeesAnotherOrder()
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

void Checkers::deliveryByTimeSeesAWatermarkThatGoesBack()
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

void Checkers::singleClusterSeesASecond()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    SingleCluster checker(committed);
    drawing.show(checker);
    HOLDS(checker);
    drawing.node(2).configuration.cluster.bytes[0] = 8;
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::boundedMemorySeesEveryExcess()
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

void Checkers::noStalledLeaderSeesOne()
{
    Drawing drawing;
    Census census;
    census.oldestWrite = census.settings.electionTimeoutMax;
    NoStalledLeader checker;
    checker.onCensus(drawing.cluster, drawing.node(0), census);
    HOLDS(checker);
    census.oldestWrite *= 3;
    checker.onCensus(drawing.cluster, drawing.node(1), census); // a follower may wait
    HOLDS(checker);
    checker.onCensus(drawing.cluster, drawing.node(0), census);
    FAILS(checker);
}

namespace {

/// Servers 1 and 2 of the drawing go, 8 and 9 come: with server 0 a majority of one set is none of the other.
raft::Configuration jointFrom(const raft::Configuration& now)
{
    raft::Configuration joint = now;
    for (const raft::Member& member : now.members)
        joint.oldVoters.push_back(member.server);
    joint.members[1].server = ServerId(8);
    joint.members[2].server = ServerId(9);
    return joint;
}

} // namespace

void Checkers::electionSafetySeesAForgottenMajority()
{
    Drawing drawing;
    ElectionSafety checker;
    drawing.node(0).configuration = jointFrom(drawing.configuration);
    // Votes of all three outgoing voters; of the incoming only server 0's.
    for (const int slot : {1, 2})
        drawing.disk(slot).durable.hardState = {Term(1), serverOf(0)};
    drawing.show(checker);
    FAILS(checker);
}

void Checkers::durableCommitSeesAForgottenMajority()
{
    Drawing drawing;
    CommittedLog committed;
    DurableCommit checker(committed);
    drawing.show(committed);
    drawing.show(checker);
    for (const int slot : {0, 1, 2})
        drawing.append(slot, entry(3, 1));
    drawing.node(0).configuration = jointFrom(drawing.configuration);
    checker.onStep(drawing.cluster, drawing.node(0)); // this is in force when the next step decides
    HOLDS(checker);
    drawing.node(0).commit = LogIndex(3);
    committed.onStep(drawing.cluster, drawing.node(0));
    checker.onStep(drawing.cluster, drawing.node(0));
    FAILS(checker);
}

void Checkers::configurationSafetySeesTwoOpenChanges()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    ConfigurationSafety checker(committed);
    const auto append = [&](std::uint64_t index) {
        const auto change =
            entry(index, 1, raft::EntryKind::Configuration, raft::encodeConfiguration(drawing.configuration));
        checker.onWrite(drawing.cluster, drawing.node(0), {WriteId(index), {}, {}, {change}});
        drawing.append(0, change);
        checker.onStep(drawing.cluster, drawing.node(0));
    };
    append(3);
    HOLDS(checker);
    append(4);
    FAILS(checker);
}

void Checkers::configurationSafetySeesAStepTooLarge_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<bool>("right");
    QTest::newRow("a learner comes") << "learner" << true;
    QTest::newRow("an empty slot is filled") << "bind" << true;
    QTest::newRow("joint") << "joint" << true;
    QTest::newRow("joint, then the new voters alone") << "finished" << true;
    QTest::newRow("a voter comes at once") << "voter" << false;
    QTest::newRow("a bound slot is given to another") << "rebind" << false;
    QTest::newRow("joint with other outgoing voters") << "wrong joint" << false;
    QTest::newRow("joint, then others") << "other end" << false;
}

void Checkers::configurationSafetySeesAStepTooLarge()
{
    QFETCH(QString, step);
    QFETCH(bool, right);
    raft::Configuration now = Drawing().configuration;
    if (step == QLatin1String("bind"))
        now.members[0].server = {};
    raft::Configuration next = now;
    if (step == QLatin1String("learner") || step == QLatin1String("voter"))
        next.members.push_back({ServerId(8),
                                "n4",
                                "http://n4",
                                right ? raft::MemberRole::Learner : raft::MemberRole::Voter,
                                {}});
    else if (step == QLatin1String("bind") || step == QLatin1String("rebind"))
        next.members[0].server = ServerId(8);
    else if (step == QLatin1String("joint") || step == QLatin1String("wrong joint"))
        next = jointFrom(now);
    else
        now = next = jointFrom(now);
    if (step == QLatin1String("wrong joint"))
        next.oldVoters.pop_back();
    if (step == QLatin1String("finished") || step == QLatin1String("other end"))
        next.oldVoters.clear();
    if (step == QLatin1String("other end"))
        next.members.pop_back();
    const QString flaw = QString::fromStdString(ConfigurationSafety::flaw(now, next));
    QVERIFY2(flaw.isEmpty() == right, qPrintable(flaw));
}

void Checkers::snapshotDisciplineSeesALogThatNoStateCovers()
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

void Checkers::snapshotDisciplineSeesALogDroppedForNothing()
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

void Checkers::snapshotDisciplineSeesAnOlderState()
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

void Checkers::snapshotDisciplineSeesAFalseReport()
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

void Checkers::linearizabilitySeesAStaleRead()
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

void Checkers::linearizabilitySeesWhatIsNotCommitted()
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

void Checkers::linearizabilitySeesTooFewForMinSeq()
{
    Drawing drawing;
    CommittedLog committed;
    drawing.show(committed);
    Linearizability checker(committed);
    checker.onReadBegun(drawing.cluster, {1, std::nullopt, Seq(1)});
    checker.onReadServed(drawing.cluster, drawing.node(1), {1, Seq(), ""});
    FAILS(checker);
}

void Checkers::linearizabilitySeesSeqsOutOfOrder()
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

void Checkers::estimatesHoldSeesAFalseBound()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(0).peers[0].boot += milliseconds(2);
    drawing.look(checker);
    HOLDS(checker); // at its very end
    drawing.time(0).peers[0].boot += Duration(1);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::estimatesHoldSeesAGuessOutsideItsInterval()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    drawing.time(2).peers[1].estimate.offset += milliseconds(3);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::estimatesHoldAsksForTheToldEpoch()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    // The second node's clock jumps: the others know its clock of before.
    drawing.time(1).mark.anchor += seconds(1);
    ++drawing.time(1).mark.epoch;
    drawing.time(1).peers.clear();
    drawing.look(checker);
    HOLDS(checker);
    // The first one was told, and states what was true before.
    drawing.time(0).peers[0].told = drawing.time(1).mark;
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::estimatesHoldSeesAnExchangeAcrossAJump()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    checker.onExchange(drawing.cluster, drawing.node(0), {serverOf(1), true, false, false});
    checker.onExchange(drawing.cluster, drawing.node(0), {serverOf(1), false, true, false});
    HOLDS(checker);
    checker.onExchange(drawing.cluster, drawing.node(0), {serverOf(1), true, true, false});
    FAILS(checker);
}

void Checkers::estimatesHoldSeesAnHonestOutlier()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    const TimedExchange outlier{serverOf(1), false, false, true};
    drawing.cluster.clocksKeepRate = false;
    checker.onExchange(drawing.cluster, drawing.node(0), outlier);
    HOLDS(checker);
    drawing.cluster.clocksKeepRate = true;
    checker.onExchange(drawing.cluster, drawing.node(0), outlier);
    FAILS(checker);
}

void Checkers::wallClockFollowedSeesAJumpOverlooked()
{
    DrawingOfClocks drawing;
    WallClockFollowed checker;
    drawing.time(0).wallAhead = Duration(-1000);
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(0).wallAhead = Duration(-1001);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::clusterTimeAgreesSeesAWrongMedian()
{
    DrawingOfClocks drawing;
    ClusterTimeAgrees checker;
    drawing.look(checker);
    HOLDS(checker);
    // All of them, so that no two differ.
    for (int slot = 0; slot < 3; ++slot)
        drawing.time(slot).cluster += Duration(2001);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::clusterTimeAgreesSeesAnUnknownVoterLeftOut()
{
    DrawingOfClocks drawing;
    ClusterTimeAgrees checker;
    // The first node knows nothing of the second and takes the lesser of the two it knows.
    drawing.time(0).peers.erase(drawing.time(0).peers.begin());
    drawing.time(0).cluster = UnixTime(milliseconds(0));
    drawing.time(0).bound = milliseconds(100);
    drawing.look(checker);
    HOLDS(checker); // wide enough for whatever the second one's clock shows
    drawing.time(0).bound = milliseconds(2);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::clusterTimeAgreesSeesTwoTimes()
{
    DrawingOfClocks drawing;
    ClusterTimeAgrees checker;
    // The third voter is away and nobody knows its clock, so that there is no median to compare with.
    drawing.node(2).up = false;
    for (int slot = 0; slot < 2; ++slot)
        drawing.time(slot).peers.resize(1);
    drawing.time(0).cluster += milliseconds(2);
    drawing.time(1).cluster -= milliseconds(2);
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(1).cluster -= Duration(1);
    drawing.time(1).peers[0].told.epoch = 7; // was told something else
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(1).peers[0].told.epoch = 0;
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::boundsAreDemandedOfSteadyClocksOnly()
{
    DrawingOfClocks drawing;
    EstimatesHold estimates;
    ClusterTimeAgrees agrees;
    drawing.time(0).peers[0].boot += seconds(1);
    drawing.time(0).cluster += seconds(1);
    drawing.cluster.clocksKeepRate = false;
    drawing.look(estimates);
    drawing.look(agrees);
    HOLDS(estimates);
    HOLDS(agrees);
    drawing.cluster.clocksKeepRate = true;
    drawing.look(estimates);
    drawing.look(agrees);
    FAILS(estimates);
    FAILS(agrees);
}

void Checkers::clusterTimeSlewsSeesItGoBack()
{
    DrawingOfClocks drawing;
    ClusterTimeSlews checker;
    drawing.look(checker);
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(1).cluster -= Duration(1);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::clusterTimeSlewsSeesAStep()
{
    DrawingOfClocks drawing;
    ClusterTimeSlews checker;
    drawing.look(checker);
    drawing.time(1).boot += seconds(1);
    drawing.time(1).cluster += milliseconds(1010);
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(1).boot += seconds(1);
    drawing.time(1).cluster += Duration(1010003);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::clusterTimeSlewsAllowsTheFirstStep()
{
    DrawingOfClocks drawing;
    ClusterTimeSlews checker;
    drawing.time(1).bound.reset();
    drawing.look(checker);
    drawing.time(1).cluster -= seconds(5);
    drawing.time(1).bound = milliseconds(2);
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(1).mark.run = 77; // started anew
    drawing.time(1).cluster -= seconds(5);
    drawing.look(checker);
    HOLDS(checker);
    drawing.time(1).bound.reset(); // what was known once binds
    drawing.time(1).cluster -= seconds(5);
    drawing.look(checker);
    FAILS(checker);
}

void Checkers::stampsNeverGoBackSeesAnEarlierOne()
{
    Drawing drawing;
    CommittedLog committed;
    StampsNeverGoBack checker(committed);
    const auto commit = [&](std::uint64_t index, std::uint64_t term, Duration stamp) {
        const messaging::Message m{"m" + std::to_string(index), "a", "b", "1", {}, UnixTime(stamp), {}};
        const auto e = entry(index, term, raft::EntryKind::Command, messaging::encodeBatch({&m, 1}));
        for (int slot = 0; slot < 3; ++slot) {
            drawing.append(slot, e);
            drawing.node(slot).commit = LogIndex(index);
        }
        drawing.show(committed);
        drawing.show(checker);
    };
    commit(3, 1, seconds(10));
    commit(4, 2, seconds(10));
    HOLDS(checker);
    commit(5, 3, seconds(10) - Duration(1));
    FAILS(checker);
}

void Checkers::whoIsNotSynchronisedIsNamed()
{
    DrawingOfClocks drawing;
    QCOMPARE(unsynchronized(drawing.cluster, drawing.configuration), std::string());
    drawing.time(1).synchronized = false;
    drawing.node(2).up = false;
    QVERIFY(unsynchronized(drawing.cluster, drawing.configuration).find("n2 is") != std::string::npos);
    QVERIFY(unsynchronized(drawing.cluster, drawing.configuration).find("n3 is") != std::string::npos);
    drawing.configuration.members.resize(1);
    QCOMPARE(unsynchronized(drawing.cluster, drawing.configuration), std::string());
}

QTEST_APPLESS_MAIN(Checkers)
#include "tst_checkers.moc"
