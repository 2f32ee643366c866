// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's knowledge of time, with clocks, peers and members in the test's hand.
#include <QTest>

#include <set>

#include "core/node/Timekeeper.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace std::chrono_literals;

namespace {

class HandClock final : public Clock
{
public:
    Instant boot{1h};
    UnixTime wallTime{1'700'000'000s};

    Instant now() const override { return boot; }
    UnixTime wall() const override { return wallTime; }
    void advance(Duration by)
    {
        boot += by;
        wallTime += by;
    }
};

raft::Configuration membersOf(std::vector<std::uint64_t> voters)
{
    raft::Configuration members;
    members.cluster.bytes[0] = 1;
    for (std::uint64_t voter : voters) {
        const std::string number = std::to_string(voter);
        members.members.push_back({ServerId(voter), voter == 0 ? "" : "n" + number, "http://n" + number,
                                   raft::MemberRole::Voter, ServerId{}});
    }
    return members;
}

/// Node 1 and peers whose clocks are ahead of its clock by what the test says.
struct Subject
{
    HandClock clock;
    std::set<std::uint64_t> reachable;
    Timekeeper keeper{ServerId(1), "n1", clock, {}, 42, [this] {
                          for (std::uint64_t peer : reachable)
                              keeper.asked(ServerId(peer));
                      }};

    explicit Subject(const std::vector<std::uint64_t>& voters = {1, 2, 3})
    {
        if (!voters.empty())
            keeper.setMembers(membersOf(voters));
    }
    /// A whole exchange of 200 us.
    void exchange(std::uint64_t peer, Duration ahead, std::uint64_t run = 5)
    {
        keeper.asked(ServerId(peer));
        const Instant sent = clock.now();
        clock.advance(200us);
        answer(peer, sent, ahead, run);
    }
    void answer(std::uint64_t peer, Instant sent, Duration ahead, std::uint64_t run = 5)
    {
        const Duration anchor = UnixTime(1'700'000'000s).time_since_epoch() - 1h;
        const Instant peers = sent + (clock.now() - sent) / 2;
        keeper.told(ServerId(peer), {sent, peers, peers, clock.now(), {run, 0, anchor + ahead}});
    }
    std::vector<TimeEvent> tick(Duration after = 1s)
    {
        clock.advance(after);
        return keeper.tick();
    }
    /// Both peers answer each second.
    std::vector<TimeEvent> live(int seconds, Duration second = 50ms, Duration third = 2s)
    {
        std::vector<TimeEvent> all;
        for (; seconds > 0; --seconds) {
            exchange(2, second);
            exchange(3, third);
            for (TimeEvent& event : tick())
                all.push_back(std::move(event));
        }
        return all;
    }
    Duration ahead() { return keeper.clusterNow() - clock.wall(); }
};

} // namespace

class TestTimekeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beforeThereIsAClusterTimeIsTheOwn()
    {
        Subject node{std::vector<std::uint64_t>{}};
        node.tick();
        QVERIFY(node.ahead() == 0us);
        QVERIFY(!node.keeper.bound() && !node.keeper.status().synchronized);
        node.clock.wallTime += 5s;
        node.tick();
        QVERIFY(node.ahead() == 0us);
    }

    void aLoneNodeIsSynchronised()
    {
        Subject node({1});
        const auto events = node.tick();
        QCOMPARE(events.size(), std::size_t(1));
        QVERIFY(events[0].kind == TimeEvent::Kind::Synchronized);
        const TimeStatus status = node.keeper.status();
        QVERIFY(status.synchronized && status.bound == 0us && status.peers.empty());
        QCOMPARE(status.attempts, std::uint64_t(1));
        QCOMPARE(status.successes, std::uint64_t(1));
    }

    void threeNodesMeetInTheMiddle()
    {
        Subject node;
        const auto events = node.live(1);
        QCOMPARE(events.size(), std::size_t(1));
        QVERIFY(events[0].kind == TimeEvent::Kind::Synchronized);
        QVERIFY(events[0].text.find("50.000 ms") != std::string::npos);
        QVERIFY(node.ahead() == 50ms);
        QVERIFY(node.keeper.bound() < 1ms);
    }

    void stampsAreTheClustersTime()
    {
        Subject node;
        node.live(1);
        const UnixTime stamped = node.keeper.stamp({});
        QCOMPARE(stamped, node.keeper.clusterNow());
        node.tick(1s);
        QCOMPARE(node.keeper.stamp(stamped), node.keeper.clusterNow());
    }

    /// An earlier leader, whose majority of clocks was wrong, has stamped ten seconds ahead.
    void stampsGoOnFromTheNewestOneALittleSlowerThanTime()
    {
        Subject node;
        node.live(1);
        const UnixTime newest = node.keeper.clusterNow() + 10s;
        QCOMPARE(node.keeper.stamp(newest), newest);
        node.clock.advance(1s);
        QCOMPARE(node.keeper.stamp(newest), newest + 990ms);
        QCOMPARE(node.keeper.stamp(newest + 5s), newest + 5s);
        node.clock.advance(2000s);
        QCOMPARE(node.keeper.stamp(newest), node.keeper.clusterNow());
    }

    /// Its own clock may be years off; the others have to be heard first.
    void nothingIsStampedBeforeTheFirstSynchronisation()
    {
        Subject alone({1});
        QVERIFY(alone.keeper.mayStamp());
        Subject subject;
        QVERIFY(!subject.keeper.mayStamp());
        subject.exchange(2, 50ms);
        QVERIFY(!subject.keeper.mayStamp()); // a majority, but the third may still answer
        subject.exchange(3, 2s);
        QVERIFY(subject.keeper.mayStamp());
        subject.keeper.setMembers(membersOf({1, 7, 8})); // nobody knows those, but time goes on
        QVERIFY(subject.keeper.mayStamp());

        Subject lonely; // clocks that cannot be compared do not stop a cluster
        lonely.tick(9s);
        QVERIFY(!lonely.keeper.mayStamp());
        lonely.tick(1s);
        QVERIFY(lonely.keeper.mayStamp());
    }

    void theStatusTellsAll()
    {
        Subject node;
        node.live(40);
        const TimeStatus status = node.keeper.status();
        QCOMPARE(status.nodeId, std::string("n1"));
        QVERIFY(status.localTime == node.clock.wall() && status.asOf == node.clock.now());
        QVERIFY(status.clusterTime == status.localTime + 50ms);
        QVERIFY(status.clockOffset == 50ms && status.synchronized && status.bound < 1ms);
        QVERIFY(status.networkDelay == 200us);
        QVERIFY(status.drift && std::abs(status.drift->partsPerMillion) < 1);
        QVERIFY(status.predictedOffset && std::chrono::abs(*status.predictedOffset - 50ms) < 1ms);
        QVERIFY(status.skew && status.skew->mean == 50ms && status.skewAcceptable());
        QVERIFY(status.lastSync && status.clusterTime - *status.lastSync < 2s);
        QCOMPARE(status.historySize, std::size_t(80));
        QCOMPARE(status.peers.size(), std::size_t(2));
        const PeerTime& third = status.peers[1];
        QCOMPARE(third.id, std::string("n3"));
        QCOMPARE(third.url, std::string("http://n3"));
        QVERIFY(third.votes && third.estimate->offset == 2s && third.figures->median == 2s);
        QCOMPARE(third.exchanges.accepted, std::uint64_t(40));
        QCOMPARE(third.exchanges.attempts, std::uint64_t(40));
    }

    void aJumpIsToldAndChangesNothingElse()
    {
        Subject node;
        node.live(5, 0ms, 0ms);
        const UnixTime before = node.keeper.clusterNow();
        node.clock.wallTime += 1h;
        const auto events = node.tick(0s);
        QCOMPARE(events.size(), std::size_t(1));
        QVERIFY(events[0].kind == TimeEvent::Kind::ClockJump);
        QVERIFY(events[0].text.find("3600000.000 ms") != std::string::npos);
        QVERIFY(node.keeper.clusterNow() == before);
        QCOMPARE(node.keeper.mark().epoch, std::uint64_t(1));
        QCOMPARE(node.keeper.status().jumps, std::uint64_t(1));
        QVERIFY(node.keeper.status().clockOffset == -1h);
        QVERIFY(!node.keeper.status().skewAcceptable());
        node.live(5, 0ms, 0ms);
        QVERIFY(std::chrono::abs(node.keeper.clusterNow() - (node.clock.wall() - 1h)) < 1us);
    }

    void silenceLosesSynchronisationAndTimeGoesOn()
    {
        Subject node;
        node.live(5);
        std::vector<TimeEvent> events;
        for (int second = 0; second < 40; ++second) {
            for (TimeEvent& event : node.tick())
                events.push_back(std::move(event));
        }
        QCOMPARE(events.size(), std::size_t(1));
        QVERIFY(events[0].kind == TimeEvent::Kind::SynchronizationLost);
        QVERIFY(events[0].text.find("1 of 3 voters") != std::string::npos);
        QVERIFY(node.ahead() == 50ms);
        QVERIFY(!node.keeper.status().synchronized);
        QVERIFY(node.keeper.bound() > 15ms && node.keeper.bound() < 30ms);
        QVERIFY(node.live(1).at(0).kind == TimeEvent::Kind::Synchronized);
    }

    void oneSilentPeerOfTwoIsBorne()
    {
        Subject node;
        node.live(5);
        for (int second = 0; second < 60; ++second) {
            node.exchange(2, 50ms);
            QVERIFY(node.tick().empty());
        }
        QVERIFY(node.keeper.status().synchronized);
    }

    void roundsAreCounted()
    {
        Subject node;
        node.reachable = {2, 3};
        node.tick(); // begins the first
        const Instant asked = node.clock.now();
        node.clock.advance(200us);
        node.answer(2, asked, 0ms);
        QCOMPARE(node.keeper.status().attempts, std::uint64_t(0));
        node.answer(2, asked, 0ms); // twice the same
        QCOMPARE(node.keeper.status().attempts, std::uint64_t(0));
        node.answer(3, asked, 0ms);
        QCOMPARE(node.keeper.status().attempts, std::uint64_t(1));
        QCOMPARE(node.keeper.status().successes, std::uint64_t(1));

        for (int second = 0; second < 33; ++second) // the second one: nobody answers
            node.tick();
        QCOMPARE(node.keeper.status().attempts, std::uint64_t(2));
        QCOMPARE(node.keeper.status().successes, std::uint64_t(1));
        QCOMPARE(node.keeper.status().successRate(), 0.5);
    }

    void onDemandItEndsWhenAllHaveAnswered()
    {
        Subject node;
        node.reachable = {2, 3};
        std::vector<TimeRound> rounds;
        const auto note = [&](TimeRound round) { rounds.push_back(std::move(round)); };
        node.keeper.syncNow(note);
        node.keeper.syncNow(note); // shares it
        const Instant asked = node.clock.now();
        node.clock.advance(200us);
        node.answer(2, asked, 50ms);
        QVERIFY(rounds.empty());
        node.answer(3, asked, 2s);
        QCOMPARE(rounds.size(), std::size_t(2));
        QVERIFY(rounds[0].good && rounds[0].asked == 2 && rounds[0].answered == 2);
        QVERIFY(rounds[0].status.clockOffset == 50ms);
    }

    void onDemandItEndsInTimeWithoutThem()
    {
        Subject node;
        node.reachable = {2, 3};
        std::optional<TimeRound> round;
        const Instant early = node.clock.now();
        node.clock.advance(100us);
        node.keeper.syncNow([&](TimeRound r) { round = std::move(r); });
        node.answer(2, early, 0ms); // to an earlier question
        node.tick();
        QVERIFY(!round);
        node.tick();
        QVERIFY(round && !round->good && round->asked == 2 && round->answered == 0);
    }

    void onDemandNobodyIsThere()
    {
        Subject node;
        std::optional<TimeRound> round;
        node.keeper.syncNow([&](TimeRound r) { round = std::move(r); });
        QVERIFY(round && !round->good && round->asked == 0);
        Subject alone({1});
        alone.keeper.syncNow([&](TimeRound r) { round = std::move(r); });
        QVERIFY(round->good);
    }

    void stoppingAnswersThoseThatWait()
    {
        Subject node;
        node.reachable = {2};
        bool answered = false;
        node.keeper.syncNow([&](const TimeRound&) { answered = true; });
        QVERIFY(!answered);
        node.keeper.stop();
        QVERIFY(answered);
    }

    void whoLeftIsForgotten()
    {
        Subject node;
        node.live(3);
        node.keeper.setMembers(membersOf({1, 2}));
        QCOMPARE(node.keeper.status().peers.size(), std::size_t(1));
        node.live(1);
        QVERIFY(node.keeper.status().clockOffset > 35ms); // slews to the lower of the two
        node.live(6);
        QVERIFY(node.ahead() == 0us);
        // Its link lives on for a while.
        QCOMPARE(node.keeper.status().peers.size(), std::size_t(1));
    }

    void peersAreBounded()
    {
        Subject node{std::vector<std::uint64_t>{}};
        for (std::uint64_t peer = 2; peer < 200; ++peer)
            node.keeper.asked(ServerId(peer));
        QCOMPARE(node.keeper.status().peers.size(), Timekeeper::peersMax);
    }

    void aBootClockThatIsSetBackDoesNotTurnTimeBack()
    {
        Subject node;
        node.live(3);
        const UnixTime before = node.keeper.clusterNow();
        node.clock.boot -= 10s;
        QVERIFY(node.keeper.clusterNow() >= before);
        node.tick(2s);
        QVERIFY(node.keeper.clusterNow() >= before);
    }

    void correctionsAreCountedUntilTheyAreReset()
    {
        Subject node;
        node.live(3);
        const UnixTime ts = node.clock.wall() - 1s;
        const auto corrected = node.keeper.correct(ts);
        QVERIFY(corrected.applied == 50ms && corrected.halfWidth && !corrected.verified);
        QVERIFY(node.keeper.correct(ts, timesync::StatedClock{-10ms, 1ms}).applied == -10ms);
        QVERIFY(node.keeper.correctRecent(ts).ok());
        QVERIFY(!node.keeper.correctRecent(ts - 60s).ok());
        QVERIFY(!node.keeper.correctRecent(ts + 7s).ok());
        CorrectionFigures figures = node.keeper.status().corrections;
        QCOMPARE(figures.applied, std::uint64_t(3));
        QVERIFY(figures.greatestMagnitude == 50ms);
        node.keeper.resetStatistics();
        figures = node.keeper.status().corrections;
        QCOMPARE(figures.applied, std::uint64_t(0));
        QVERIFY(!node.keeper.status().skew && node.keeper.status().attempts == 0);
        QVERIFY(node.ahead() == 50ms && node.keeper.bound());
    }
};

QTEST_APPLESS_MAIN(TestTimekeeper)
#include "tst_timekeeper.moc"
