// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counters, rates and distributions as the driver feeds them.
#include <QTest>

#include "core/node/Observer.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace std::chrono_literals;

namespace {

constexpr ServerId second{2};
constexpr Instant start{std::chrono::hours(1)};

Observer observerAt(DeliverySeq delivered = {})
{
    return Observer({UnixTime(1'700'000'000s), start, LogIndex(10), delivered});
}

raft::AppendEntries appendOf(std::size_t bytes)
{
    raft::AppendEntries append;
    raft::Entry entry;
    entry.data = std::string(bytes, 'x');
    append.entries.push_back(std::make_shared<const raft::Entry>(std::move(entry)));
    return append;
}

raft::RequestVote ballot(raft::Ballot kind)
{
    raft::RequestVote vote;
    vote.ballot = kind;
    return vote;
}

raft::AppendEntriesReply replyThat(bool success)
{
    raft::AppendEntriesReply reply;
    reply.success = success;
    return reply;
}

} // namespace

class TestObserver : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void trafficIsCountedByKind()
    {
        Observer observer = observerAt();
        observer.sent(second, appendOf(100), true);
        observer.sent(second, raft::Heartbeat{}, true);
        observer.sent(second, ballot(raft::Ballot::PreVote), true);
        observer.sent(second, ballot(raft::Ballot::Vote), true);
        observer.sent(second, appendOf(100), false);
        observer.heard(second, replyThat(true));
        observer.heard(second, replyThat(false));
        observer.heard(second, raft::HeartbeatReply{});
        const PeerTraffic traffic = observer.traffic(second);
        QCOMPARE(traffic.append, std::uint64_t(1));
        QCOMPARE(traffic.heartbeat, std::uint64_t(1));
        QCOMPARE(traffic.prevote, std::uint64_t(1));
        QCOMPARE(traffic.vote, std::uint64_t(1));
        QCOMPARE(traffic.unsent, std::uint64_t(1));
        QCOMPARE(traffic.ok, std::uint64_t(1));
        QCOMPARE(traffic.rejected, std::uint64_t(1));
        QCOMPARE(traffic.bytes, std::uint64_t(100));
    }

    void whoLeavesTakesItsCountersAlong()
    {
        Observer observer = observerAt();
        observer.sent(second, raft::Heartbeat{}, true);
        observer.sent(ServerId(3), raft::Heartbeat{}, true);
        raft::Configuration members;
        members.members.push_back({second, "b", "http://b"});
        observer.membersAre(members);
        QCOMPARE(observer.traffic(second).heartbeat, std::uint64_t(1));
        QCOMPARE(observer.traffic(ServerId(3)).heartbeat, std::uint64_t(0));
    }

    void theNumberOfPeersIsBounded()
    {
        Observer observer = observerAt();
        for (std::uint64_t i = 1; i <= Observer::peersMax + 1; ++i)
            observer.sent(ServerId(i), raft::Heartbeat{}, true);
        QCOMPARE(observer.traffic(ServerId(Observer::peersMax + 1)).heartbeat, std::uint64_t(0));
    }

    void deliveriesAreThoseSinceTheStart()
    {
        Observer observer = observerAt(DeliverySeq(40));
        messaging::AppliedState state;
        state.index = LogIndex(12);
        state.delivery.last = DeliverySeq(45);
        observer.applied(state, 2, 6, 1ms, start);
        QCOMPARE(observer.counters().messagesDelivered, std::uint64_t(5));
        QCOMPARE(observer.counters().entriesApplied, std::uint64_t(2));
        QCOMPARE(observer.counters().messagesApplied, std::uint64_t(6));
        QCOMPARE(observer.apply().count(), std::uint64_t(1));
    }

    void aRateIsADifferenceOverTheTimeThatPassed()
    {
        Observer observer = observerAt();
        Histogram send;
        SubmissionCounts counts;
        observer.second({}, send, counts, start + 1s);
        for (int i = 0; i < 100; ++i)
            send.record(2ms);
        counts.accepted = 100;
        observer.second({}, send, counts, start + 3s); // a second that was late
        const Rates rates = observer.rates(send);
        QCOMPARE(rates.acknowledged, 50.0);
        QVERIFY(rates.p50 && *rates.p50 >= 2ms && *rates.p50 < 2100us);
        const auto rows = observer.history().find({}).rows;
        QCOMPARE(rows.size(), std::size_t(1)); // both rows are of the same time here
        QVERIFY(rows[0].p99 >= 2.0f);
    }

    void latenciesOfLongAgoSayNothingOfNow()
    {
        Observer observer = observerAt();
        Histogram send;
        send.record(500ms);
        observer.second({}, send, {}, start + 1s);
        observer.second({}, send, {}, start + 2s);
        QVERIFY(!observer.rates(send).p99);
        send.record(3ms); // of the second under way
        QVERIFY(*observer.rates(send).p99 < 4ms);
    }

    void electionsAreCounted()
    {
        Observer observer = observerAt();
        observer.happened({}, raft::Event::Kind::ElectionStarted);
        observer.happened({}, raft::Event::Kind::LeaderElected);
        observer.happened({}, raft::Event::Kind::SteppedDown);
        observer.happened({}, raft::Event::Kind::LeaderFollowed);
        QCOMPARE(observer.counters().elections, std::uint64_t(1));
        QCOMPARE(observer.counters().electionsWon, std::uint64_t(1));
        QCOMPARE(observer.counters().steppedDown, std::uint64_t(1));
        QCOMPARE(observer.counters().leaderChanges, std::uint64_t(2));
        QCOMPARE(observer.events().after(0, 100).events.size(), std::size_t(4));
    }
};

QTEST_APPLESS_MAIN(TestObserver)
#include "tst_observer.moc"
