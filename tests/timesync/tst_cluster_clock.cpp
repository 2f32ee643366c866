// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cluster time as one node makes it of the clocks that it knows.
#include <QTest>

#include <map>

#include "core/timesync/ClusterClock.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace std::chrono_literals;

namespace {

constexpr Duration anchor = 1000s;

/// Node 1 of some, whose peers' clocks a test sets.
struct Subject
{
    ClusterClock clock{ServerId(1), 500, Instant(10s), anchor};
    std::map<std::uint64_t, Estimate> known;

    explicit Subject(std::vector<std::uint64_t> voters)
    {
        std::vector<ServerId> ids;
        for (std::uint64_t voter : voters)
            ids.emplace_back(voter);
        clock.setVoters(ids);
    }
    void knows(std::uint64_t voter, Duration offset, Duration bound = 0us, std::optional<Drift> drift = {})
    {
        known[voter] = {offset, {offset - bound, offset + bound}, drift};
    }
    void updateAt(Duration now, Duration ownAnchor = anchor)
    {
        clock.update(Instant(now), ownAnchor, [this](ServerId voter) -> std::optional<Estimate> {
            const auto found = known.find(voter.value);
            return found == known.end() ? std::nullopt : std::optional(found->second);
        });
    }
    /// Cluster time minus what the node's own clock would be without any jump.
    Duration ahead(Duration now) const { return clock.at(Instant(now)).time_since_epoch() - (now + anchor); }
};

} // namespace

class TestClusterClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLoneVoterIsRight()
    {
        Subject node({1});
        node.updateAt(10s);
        QVERIFY(node.clock.synchronized());
        QVERIFY(node.clock.bound(Instant(10s)) == 0us);
        QVERIFY(node.ahead(20s) == 0us);
    }

    void withoutVotersItIsTheOwnClock()
    {
        Subject node({});
        node.updateAt(10s);
        QVERIFY(!node.clock.synchronized() && !node.clock.bound(Instant(10s)));
        node.updateAt(11s, anchor - 5s); // jumps with it, too
        QVERIFY(node.ahead(11s) == -5s);
    }

    void oneOfThreeIsNotEnough()
    {
        Subject node({1, 2, 3});
        node.updateAt(10s);
        node.updateAt(100s);
        QVERIFY(!node.clock.synchronized() && !node.clock.bound(Instant(100s)));
        QVERIFY(node.ahead(100s) == 0us);
    }

    void allKnownItStepsAtOnceToTheMedian()
    {
        Subject node({1, 2, 3});
        node.knows(2, 50ms, 100us);
        node.knows(3, 2s, 100us);
        node.updateAt(10s);
        QVERIFY(node.clock.synchronized());
        QVERIFY(node.ahead(10s) == 50ms && node.clock.offset(Instant(10s)) == 50ms);
        QVERIFY(node.clock.bound(Instant(10s)) == 100us);
        QVERIFY(node.clock.bound(Instant(20s)) == 5103us); // 10 s at 500.25 ppm
    }

    void twoOfThreeKnownItWaitsForTheThirdAWhile()
    {
        Subject node({1, 2, 3});
        node.knows(2, 50ms, 100us);
        node.updateAt(10s);
        QVERIFY(!node.clock.synchronized());
        node.updateAt(12s);
        QVERIFY(!node.clock.synchronized());
        node.updateAt(13s);
        QVERIFY(node.clock.synchronized());
        // The third may be anywhere, so the median is anywhere between the two.
        QVERIFY(node.ahead(13s) == 25050us);
        QVERIFY(node.clock.bound(Instant(13s)) == 25050us);
    }

    void medians_data()
    {
        QTest::addColumn<std::vector<std::uint64_t>>("voters");
        QTest::addColumn<std::vector<int>>("offsetsMs"); // of voters 2, 3, ...
        QTest::addColumn<int>("medianMs");
        using Ids = std::vector<std::uint64_t>;
        using Offsets = std::vector<int>;
        QTest::newRow("of two the lower") << Ids{1, 2} << Offsets{30} << 0;
        QTest::newRow("of two the lower, the other's") << Ids{1, 2} << Offsets{-30} << -30;
        QTest::newRow("of four the lower") << Ids{1, 2, 3, 4} << Offsets{10, 20, 30} << 10;
        QTest::newRow("of five") << Ids{1, 2, 3, 4, 5} << Offsets{-9000, 7000, 20, 10} << 10;
        QTest::newRow("a learner's own does not count") << Ids{2, 3, 4} << Offsets{10, 20, 30} << 20;
    }
    void medians()
    {
        QFETCH(std::vector<std::uint64_t>, voters);
        QFETCH(std::vector<int>, offsetsMs);
        QFETCH(int, medianMs);
        Subject node(voters);
        for (std::size_t i = 0; i < offsetsMs.size(); ++i)
            node.knows(i + 2, offsetsMs[i] * 1ms, 1ms);
        node.updateAt(10s);
        QVERIFY(node.ahead(10s) == medianMs * 1ms);
    }

    void aMinorityOfLiarsDoesNotMatter()
    {
        Subject node({1, 2, 3, 4, 5});
        node.knows(2, 300us, 100us);
        node.knows(3, -200us, 100us);
        node.knows(4, 9h, 1us);
        node.knows(5, 8h, 1us);
        node.updateAt(10s);
        QVERIFY(node.ahead(10s) == 300us);
        QVERIFY(node.clock.bound(Instant(10s)) <= 400us);
    }

    void aSlotThatNobodyFillsIsUnknown()
    {
        Subject node({1, 0, 0});
        node.updateAt(10s);
        node.updateAt(100s);
        QVERIFY(!node.clock.synchronized());
    }

    void laterChangesAreSlewed()
    {
        Subject node({1, 2, 3});
        node.knows(2, 0ms);
        node.knows(3, 0ms);
        node.updateAt(10s);
        node.knows(2, 20ms);
        node.knows(3, 30ms);
        node.updateAt(11s);
        QVERIFY(node.ahead(11s) == 0ms);
        QVERIFY(node.clock.bound(Instant(11s)) == 20ms);
        QVERIFY(node.ahead(12s) == 10ms);
        // However often it is looked at, even in less than the smallest step.
        for (Duration now = 12s; now < 12s + 500ms; now += 33us)
            node.updateAt(now);
        QVERIFY(node.ahead(12s + 500ms) >= 14900us && node.ahead(12s + 500ms) <= 15ms);
        QVERIFY(node.ahead(14s) == 20ms);
        QVERIFY(node.clock.bound(Instant(14s)) < 1ms);
    }

    void itNeverGoesBack()
    {
        Subject node({1, 2, 3});
        node.knows(2, 0ms);
        node.knows(3, 0ms);
        node.updateAt(10s);
        UnixTime last = node.clock.at(Instant(10s));
        for (int i = 0; i < 20'000; ++i) {
            const Duration now = 10s + i * 41us;
            if (i % 100 == 50) {
                node.knows(2, (i % 300 - 200) * 1s);
                node.knows(3, (i % 700 - 500) * 1s);
                node.updateAt(now, anchor + (i % 3) * 1s);
            }
            QVERIFY(node.clock.at(Instant(now)) >= last);
            last = node.clock.at(Instant(now));
        }
    }

    void anOwnJumpLeavesTheMedianWhereItIs()
    {
        Subject node({1, 2, 3});
        node.knows(2, 1ms);
        node.knows(3, 2ms);
        node.updateAt(10s);
        QVERIFY(node.ahead(10s) == 1ms);
        node.knows(2, 1ms - 1h);
        node.knows(3, 2ms - 1h);
        node.updateAt(11s, anchor + 1h);
        // The own clock was the lowest and is the highest now.
        QVERIFY(node.ahead(12s) == 2ms);
        QVERIFY(node.clock.offset(Instant(12s)) == 2ms - 1h);
    }

    void aNewVoterOfWhomNothingIsKnownIsSaid()
    {
        Subject node({1});
        node.updateAt(10s);
        node.clock.setVoters({ServerId(1), ServerId(2)});
        node.updateAt(11s);
        QVERIFY(!node.clock.synchronized() && !node.clock.bound(Instant(11s)));
        QVERIFY(node.ahead(12s) == 0ms);
        node.knows(2, -30ms, 1ms);
        node.updateAt(12s);
        QVERIFY(node.clock.synchronized());
        QVERIFY(node.ahead(12s) == 0ms);
        QVERIFY(node.clock.bound(Instant(12s)) == 31ms);
        QVERIFY(node.ahead(15s) == -30ms);
    }

    void theDriftIsThatOfTheMedian()
    {
        Subject node({1, 2, 3});
        node.knows(2, 5ms, 1ms, Drift{30, 1});
        node.knows(3, 9ms, 1ms, Drift{-70, 1});
        node.updateAt(10s);
        QVERIFY((node.clock.drift() == Drift{30, 1}));
        node.knows(2, 10ms, 1ms);
        node.updateAt(11s);
        QVERIFY((node.clock.drift() == Drift{-70, 1}));
        node.knows(3, -1ms, 1ms);
        node.updateAt(12s);
        QVERIFY((node.clock.drift() == Drift{}));
    }
};

QTEST_APPLESS_MAIN(TestClusterClock)
#include "tst_cluster_clock.moc"
