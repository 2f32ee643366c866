// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every checker must be able to fail: each is shown a small cluster drawn by hand, first healthy, then broken
// in the one way that it exists for. Here those of time.
#include <QtTest>

#include "tests/sim/Drawing.h"
#include "tests/support/sim/checkers/Clocks.h"
#include "tests/support/sim/checkers/CommittedLog.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::EntryPtr;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

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

} // namespace

class ClockCheckers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

void ClockCheckers::estimatesHoldSeesAFalseBound()
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

void ClockCheckers::estimatesHoldSeesAGuessOutsideItsInterval()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    drawing.time(2).peers[1].estimate.offset += milliseconds(3);
    drawing.look(checker);
    FAILS(checker);
}

void ClockCheckers::estimatesHoldAsksForTheToldEpoch()
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

void ClockCheckers::estimatesHoldSeesAnExchangeAcrossAJump()
{
    DrawingOfClocks drawing;
    EstimatesHold checker;
    checker.onExchange(drawing.cluster, drawing.node(0), {serverOf(1), true, false, false});
    checker.onExchange(drawing.cluster, drawing.node(0), {serverOf(1), false, true, false});
    HOLDS(checker);
    checker.onExchange(drawing.cluster, drawing.node(0), {serverOf(1), true, true, false});
    FAILS(checker);
}

void ClockCheckers::estimatesHoldSeesAnHonestOutlier()
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

void ClockCheckers::wallClockFollowedSeesAJumpOverlooked()
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

void ClockCheckers::clusterTimeAgreesSeesAWrongMedian()
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

void ClockCheckers::clusterTimeAgreesSeesAnUnknownVoterLeftOut()
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

void ClockCheckers::clusterTimeAgreesSeesTwoTimes()
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

void ClockCheckers::boundsAreDemandedOfSteadyClocksOnly()
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

void ClockCheckers::clusterTimeSlewsSeesItGoBack()
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

void ClockCheckers::clusterTimeSlewsSeesAStep()
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

void ClockCheckers::clusterTimeSlewsAllowsTheFirstStep()
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

void ClockCheckers::stampsNeverGoBackSeesAnEarlierOne()
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

void ClockCheckers::whoIsNotSynchronisedIsNamed()
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

QTEST_APPLESS_MAIN(ClockCheckers)
#include "tst_clock_checkers.moc"
