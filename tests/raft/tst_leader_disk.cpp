// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leader and disks in trouble: its own that stalls or fills, and a follower's that is full (CORE.md, Raft
// and Storage).
#include <QTest>

#include <algorithm>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

/// Time passes while both followers answer every heartbeat.
void passWithContact(Subject& leader, int rounds)
{
    for (int i = 0; i < rounds && leader.role() == Role::Leader; ++i) {
        leader.pass(ms(200));
        for (ServerId peer : {second, third})
            leader.receive(peer, HeartbeatReply{leader.raft.term(), 1, false});
    }
}

AppendEntriesReply noSpaceFor(const Subject& leader)
{
    AppendEntriesReply reply;
    reply.term = leader.raft.term();
    reply.rejected = LogIndex(leader.last() - 1);
    reply.noSpace = true;
    return reply;
}

} // namespace

class TestLeaderDisk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLeaderWithAStalledDiskStepsDown()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        passWithContact(leader, 2);
        QCOMPARE(leader.role(), Role::Leader);
        passWithContact(leader, 1);
        QCOMPARE(leader.role(), Role::Follower);
        QVERIFY(leader.reported(Event::Kind::DiskStall));
    }

    void aDiskThatFinishesInTimeIsNotStalled()
    {
        Subject leader;
        leader.lead();
        for (int i = 0; i < 10; ++i) {
            leader.propose();
            passWithContact(leader, 2);
            leader.persist();
        }
        QCOMPARE(leader.role(), Role::Leader);
        QVERIFY(!leader.reported(Event::Kind::DiskStall));
    }

    void itDoesNotCampaignAgainBeforeTheDiskAnswers()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        passWithContact(leader, 3);
        leader.clear();
        leader.pass(ms(5000));
        QVERIFY(leader.sent<RequestVote>(second).empty());
        leader.persist();
        QVERIFY(!leader.sent<RequestVote>(second).empty());
    }

    void aLoneVoterSaysSoOnceAndGoesOn()
    {
        Subject lone({.voters = 1});
        lone.step(Tick{});
        lone.persist();
        lone.apply();
        lone.propose();
        lone.clear();
        lone.pass(ms(5000));
        QCOMPARE(lone.role(), Role::Leader);
        QCOMPARE(std::ranges::count(lone.events, Event::Kind::DiskStall, &Event::kind), 1);
        lone.persist();
        QCOMPARE(lone.commit(), std::uint64_t(3));
    }

    void aFullDiskRefusesProposals()
    {
        Subject leader;
        leader.lead();
        leader.propose(); // nobody has it yet, so nobody takes over
        const std::size_t written = leader.writes.size();
        leader.step(DiskSpace{false});
        QVERIFY(leader.proposeIs(Refusal::DiskFull));
        QCOMPARE(leader.writes.size(), written);
        leader.step(DiskSpace{true});
        QVERIFY(std::holds_alternative<Proposed>(leader.propose()));
    }

    void aLeaderWithAFullDiskHandsOverToOneThatHasEverything()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.acknowledge(third, leader.last());
        leader.clear();
        leader.step(DiskSpace{false});
        QCOMPARE(leader.sent<TimeoutNow>(third), std::vector{TimeoutNow{leader.raft.term()}});
        QVERIFY(leader.sent<TimeoutNow>(second).empty());
        QCOMPARE(leader.status().transferTo, third);
    }

    void itWaitsForOneThatHasEverything()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.step(DiskSpace{false});
        QCOMPARE(leader.status().transferTo, ServerId());
        QVERIFY(leader.proposeIs(Refusal::DiskFull)); // not: handing over
        leader.acknowledge(second, leader.last());
        leader.receive(second, HeartbeatReply{leader.raft.term(), 1, false});
        QCOMPARE(leader.status().transferTo, second);
        QCOMPARE(leader.sent<TimeoutNow>(second).size(), std::size_t(1));
    }

    void itDoesNotHandOverToAnotherFullDisk()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        for (ServerId peer : {second, third}) {
            leader.acknowledge(peer, leader.last());
            leader.receive(peer, HeartbeatReply{leader.raft.term(), 1, true});
        }
        leader.step(DiskSpace{false});
        QCOMPARE(leader.status().transferTo, ServerId());
        QVERIFY(leader.proposeIs(Refusal::DiskFull));
        // Who asks for it gets it nevertheless.
        QVERIFY(leader.step(TransferLeadership{}).administered->ok());
    }

    void theSuccessorIsRatherOneWithRoom()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.acknowledge(second, leader.last());
        leader.receive(second, HeartbeatReply{leader.raft.term(), 1, true});
        leader.receive(third, HeartbeatReply{leader.raft.term(), 1, false});
        QVERIFY(leader.step(TransferLeadership{}).administered->ok());
        QCOMPARE(leader.status().transferTo, third);
    }

    void aFollowerWithoutSpaceIsSentNothingUntilItHasSome()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.receive(third, noSpaceFor(leader));
        leader.clear();
        leader.propose();
        leader.receive(third, HeartbeatReply{Term(2), 1, true});
        QVERIFY(leader.sent<AppendEntries>(third).empty());
        QCOMPARE(leader.sent<AppendEntries>(second).size(), std::size_t(1));
        QVERIFY(leader.status().peers.back().noSpace);

        leader.receive(third, HeartbeatReply{Term(2), 2, false});
        const auto sent = leader.sent<AppendEntries>(third);
        QCOMPARE(sent.size(), std::size_t(1));
        QCOMPARE(sent.front().entries.size(), std::size_t(2));
    }

    void aFollowerWithoutSpaceStillKeepsItsLeader()
    {
        Subject leader;
        leader.lead();
        leader.receive(third, noSpaceFor(leader));
        for (std::uint64_t round = 1; round <= 10; ++round) {
            leader.pass(ms(200));
            leader.receive(third, HeartbeatReply{Term(2), round, true});
        }
        QCOMPARE(leader.role(), Role::Leader);
    }
};

QTEST_APPLESS_MAIN(TestLeaderDisk)
#include "tst_leader_disk.moc"
