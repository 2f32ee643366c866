// SPDX-License-Identifier: GPL-3.0-or-later
//
// ReadIndex, seen from one server (dissertation 6.4).
#include <algorithm>

#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

/// The index given to the read in this step; nothing when it was not answered.
std::optional<std::uint64_t> given(const Ready& ready, std::uint64_t read)
{
    const auto found = std::ranges::find(ready.reads, ReadId(read), &ReadReady::id);
    return found == ready.reads.end() ? std::nullopt : std::optional(found->index.value);
}

const Ready& ask(Subject& server, std::uint64_t read, ReadLevel level = ReadLevel::Linearizable)
{
    return server.step(ReadIndex{ReadId(read), level});
}

std::uint64_t roundOf(const Subject& server)
{
    const auto beats = server.sent<Heartbeat>(second);
    return beats.empty() ? 0 : beats.back().round;
}

using Answer = std::optional<std::uint64_t>;

} // namespace

class TestReadIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRoundConfirms()
    {
        Subject leader;
        leader.lead();
        QCOMPARE(given(ask(leader, 1), 1), Answer());
        const HeartbeatReply answer{leader.raft.term(), roundOf(leader), false};
        QCOMPARE(given(leader.receive(third, answer), 1), Answer(leader.commit()));
        QCOMPARE(given(leader.receive(second, answer), 1), Answer()); // once
    }

    void anEarlierRoundDoesNot()
    {
        Subject leader;
        leader.lead();
        leader.pass(ms(200));
        const HeartbeatReply earlier{leader.raft.term(), roundOf(leader), false};
        ask(leader, 1);
        QCOMPARE(given(leader.receive(second, earlier), 1), Answer());
        QCOMPARE(given(leader.receive(third, earlier), 1), Answer());
    }

    void aLearnerConfirmsNothing()
    {
        Subject leader;
        leader.lead();
        leader.step(ChangeMembers{
            {{MemberChange::Kind::Add, {ServerId(4), idOf(4), urlOf(4), MemberRole::Learner, {}}}}});
        ask(leader, 1);
        QCOMPARE(
            given(leader.receive(ServerId(4), HeartbeatReply{leader.raft.term(), roundOf(leader), false}), 1),
            Answer());
    }

    void beforeTheNoOpIsCommittedItIsTheNoOp()
    {
        Subject leader;
        leader.win();
        ask(leader, 1);
        const HeartbeatReply answer{leader.raft.term(), roundOf(leader), false};
        QCOMPARE(given(leader.receive(second, answer), 1), Answer(leader.last()));
        QVERIFY(leader.commit() < leader.last());
    }

    void whatWaitsIsBounded()
    {
        Subject leader({.settings = {.pendingReadsMax = 2}});
        leader.lead();
        ask(leader, 1);
        ask(leader, 2);
        QCOMPARE(given(ask(leader, 3), 3), Answer(0));
        QCOMPARE(leader.status().pendingReads, std::size_t(2));
    }

    void aFollowerAsksItsLeaderAndPassesTheAnswerOn()
    {
        Subject follower;
        follower.follow(second, 1);
        ask(follower, 7, ReadLevel::Leader);
        const auto asked = follower.sent<ReadIndexRequest>(second);
        QCOMPARE(asked.size(), std::size_t(1));
        QCOMPARE(asked.front().level, ReadLevel::Leader);
        QCOMPARE(given(follower.receive(second, ReadIndexReply{Term(1), asked.front().id, LogIndex(5)}), 7),
                 Answer(5));
    }

    void whoKnowsNoLeaderRefuses()
    {
        Subject follower;
        QCOMPARE(given(ask(follower, 7), 7), Answer(0));
        follower.receive(third, ReadIndexRequest{Term(1), ReadId(4), ReadLevel::Linearizable});
        QCOMPARE(follower.sent<ReadIndexReply>(third), (std::vector{ReadIndexReply{Term(1), ReadId(4), {}}}));
    }

    void anAnswerToARunBeforeIsNotTakenForOne()
    {
        // PROOF.md, pitfall 6: a reused read id. A host numbers its reads from 1 in every run.
        Subject before({.seed = 1});
        Subject now({.seed = 2});
        before.follow(second, 1);
        now.follow(second, 1);
        ask(before, 1);
        ask(now, 1);
        const ReadIndexReply late{Term(1), before.sent<ReadIndexRequest>(second).front().id, LogIndex(3)};
        QCOMPARE(given(now.receive(second, late), 1), Answer());
    }

    void aLeaderThatStepsDownRefuses()
    {
        Subject leader;
        leader.lead();
        ask(leader, 1);
        QCOMPARE(given(leader.receive(second, Heartbeat{leader.raft.term().next(), {}, 1}), 1), Answer(0));
    }
};

QTEST_APPLESS_MAIN(TestReadIndex)
#include "tst_read_index.moc"
