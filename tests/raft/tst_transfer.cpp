// SPDX-License-Identifier: GPL-3.0-or-later
//
// Handing over leadership, seen from one server (dissertation 3.10).
#include <QTest>

#include <algorithm>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

Error::Kind refusal(const Ready& ready)
{
    return ready.administered && !ready.administered->ok() ? ready.administered->error().kind
                                                           : Error::Kind::Corrupt;
}

} // namespace

class TestTransfer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theOrderFollowsTheLastAcknowledgement()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        QVERIFY(leader.step(TransferLeadership{second}).administered->ok());
        QVERIFY(leader.sent<TimeoutNow>(second).empty());
        leader.acknowledge(third, leader.last());
        QVERIFY(leader.sent<TimeoutNow>(second).empty());
        leader.acknowledge(second, leader.last());
        QCOMPARE(leader.sent<TimeoutNow>(second), std::vector{TimeoutNow{leader.raft.term()}});
        QCOMPARE(leader.status().transferTo, second);
    }

    void nothingIsTakenMeanwhile()
    {
        Subject leader;
        leader.lead();
        leader.step(TransferLeadership{second});
        QVERIFY(leader.proposeIs(Refusal::HandingOver));
        QCOMPARE(refusal(leader.step(TransferLeadership{third})), Error::Kind::Busy);
        QCOMPARE(refusal(leader.step(ChangeMembers{{}})), Error::Kind::Busy);
    }

    void itIsGivenUpAfterAnElectionTimeout()
    {
        Subject leader;
        leader.lead();
        leader.step(TransferLeadership{second});
        for (int i = 0; i < 6; ++i) {
            leader.pass(ms(100));
            leader.receive(third, HeartbeatReply{leader.raft.term(), 1, false});
        }
        QCOMPARE(leader.status().transferTo, ServerId());
        QVERIFY(std::holds_alternative<Proposed>(leader.propose()));
    }

    void whoCannotLeadIsRefused()
    {
        Subject leader;
        QCOMPARE(refusal(leader.step(TransferLeadership{second})), Error::Kind::Refused); // it does not lead
        leader.lead();
        QCOMPARE(refusal(leader.step(TransferLeadership{self})), Error::Kind::Invalid);
        QCOMPARE(refusal(leader.step(TransferLeadership{ServerId(9)})), Error::Kind::NotFound);
        leader.pause(ms(299));
        leader.receive(third, HeartbeatReply{leader.raft.term(), 1, false});
        leader.pause(ms(1));
        QCOMPARE(refusal(leader.step(TransferLeadership{second})),
                 Error::Kind::Refused); // silent for too long
        QVERIFY(leader.step(TransferLeadership{third}).administered->ok());
    }

    void theOrderIsObeyedAtOnce()
    {
        Subject follower;
        follower.follow(second, 1);
        follower.receive(second, TimeoutNow{Term(1)});
        QCOMPARE(follower.role(), Role::Candidate);
        QCOMPARE(follower.term(), std::uint64_t(2));
        follower.persist();
        const auto asked = follower.sent<RequestVote>(third);
        QCOMPARE(asked.size(), std::size_t(1));
        QVERIFY(asked.front().transfer && asked.front().ballot == Ballot::Vote);
        const auto started = std::ranges::find(follower.events, Event::Kind::ElectionStarted, &Event::kind);
        QVERIFY(started != follower.events.end());
        QCOMPARE(started->cause, std::string("the leader hands over to this node"));
    }

    void onlyTheLeaderOfThisTermGivesIt_data()
    {
        QTest::addColumn<quint64>("from");
        QTest::addColumn<quint64>("term");
        QTest::newRow("another follower") << quint64(3) << quint64(4);
        QTest::newRow("a leader of an earlier term") << quint64(2) << quint64(3);
    }
    void onlyTheLeaderOfThisTermGivesIt()
    {
        QFETCH(quint64, from);
        QFETCH(quint64, term);
        Subject follower;
        follower.follow(second, 4);
        follower.receive(ServerId(from), TimeoutNow{Term(term)});
        QCOMPARE(follower.role(), Role::Follower);
        QCOMPARE(follower.term(), std::uint64_t(4));
    }

    void aVoterThatHearsItsLeaderVotesForTheSuccessor()
    {
        Subject voter;
        voter.follow(second, 1);
        RequestVote request{Ballot::Vote, Term(2), LogIndex(1), Term(1), true};
        voter.receive(third, request);
        voter.persist();
        QVERIFY(voter.sent<RequestVoteReply>(third).front().granted);
    }
};

QTEST_APPLESS_MAIN(TestTransfer)
#include "tst_transfer.moc"
