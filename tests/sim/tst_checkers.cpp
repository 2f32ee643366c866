// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every checker must be able to fail: each is shown a small cluster drawn by hand, first healthy, then broken
// in the one way that it exists for. Here those of elections, logs, disks and members.
#include <QtTest>

#include "tests/sim/Drawing.h"
#include "tests/support/sim/checkers/Bounds.h"
#include "tests/support/sim/checkers/CommittedLog.h"
#include "tests/support/sim/checkers/Configurations.h"
#include "tests/support/sim/checkers/Durability.h"
#include "tests/support/sim/checkers/Elections.h"
#include "tests/support/sim/checkers/Logs.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::EntryPtr;
using std::chrono::milliseconds;
using std::chrono::seconds;

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
    void singleClusterSeesASecond();
    void noStalledLeaderSeesOne();
    void electionSafetySeesAForgottenMajority();
    void durableCommitSeesAForgottenMajority();
    void configurationSafetySeesTwoOpenChanges();
    void configurationSafetySeesAStepTooLarge_data();
    void configurationSafetySeesAStepTooLarge();
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

QTEST_APPLESS_MAIN(Checkers)
#include "tst_checkers.moc"
