// SPDX-License-Identifier: GPL-3.0-or-later
//
// What cluster time is for: on three and five nodes with clocks that drift, jump and go unheard, each node's
// time is within its bound of the true median, and two nodes' times differ by no more than the sum of theirs.
#include <QTest>

#include "tests/timesync/ClockLab.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace dsmsg::timesync::testing;
using namespace std::chrono_literals;

namespace {

constexpr Duration readingError{1}; ///< a clock is read in whole microseconds

struct View
{
    Nanoseconds time{}; ///< exactly
    Duration bound{};
};

/// What the node takes the time for.
std::optional<View> viewOf(const ClusterLab& lab, const TimeNode& node)
{
    const SimulatedClock& clock = lab.clocks.clock(node.number);
    const auto bound = node.cluster.bound(clock.boot());
    if (!bound)
        return std::nullopt;
    const UnixTime at = node.cluster.at(clock.boot());
    return View{at.time_since_epoch() + (clock.bootTime - clock.boot().time_since_epoch()), *bound};
}

struct Tally
{
    int views = 0;
    int pairs = 0;
    Duration widest{};
};

/// What is wrong, or nothing.
QString check(const ClusterLab& lab, Tally& tally)
{
    std::vector<View> views;
    const Nanoseconds median = lab.trueMedian();
    for (const auto& node : lab.nodes) {
        const auto view = viewOf(lab, *node);
        if (!view)
            continue;
        if (std::chrono::abs(view->time - median) > view->bound + readingError)
            return QStringLiteral("node %1 is %2 ns from the median with a bound of %3 us")
                .arg(node->number)
                .arg((view->time - median).count())
                .arg(view->bound.count());
        for (const View& other : views) {
            if (std::chrono::abs(view->time - other.time) > view->bound + other.bound + readingError)
                return QStringLiteral("node %1 and another are farther apart than their bounds")
                    .arg(node->number);
            ++tally.pairs;
        }
        views.push_back(*view);
        ++tally.views;
        tally.widest = std::max(tally.widest, view->bound);
    }
    return {};
}

} // namespace

class TestClusterBounds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boundsHold_data()
    {
        QTest::addColumn<std::size_t>("nodes");
        QTest::addColumn<bool>("jumps");
        QTest::addColumn<bool>("absences");
        for (const std::size_t nodes :
             {std::size_t(1), std::size_t(2), std::size_t(3), std::size_t(4), std::size_t(5)}) {
            const auto row = [&](const char* what, bool jumps, bool absences) {
                QTest::addRow("%d nodes, %s", static_cast<int>(nodes), what) << nodes << jumps << absences;
            };
            row("drifting", false, false);
            row("jumping", true, false);
            row("some absent", false, true);
            row("jumping, some absent", true, true);
        }
    }
    void boundsHold()
    {
        QFETCH(std::size_t, nodes);
        QFETCH(bool, jumps);
        QFETCH(bool, absences);
        Tally tally;
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            ClusterLab lab(seed, nodes, 500);
            for (int second = 0; second < 80; ++second) {
                Random& random = lab.clocks.random();
                // Nobody jumps while away: the others could not know.
                TimeNode& node = *lab.nodes[random.below(nodes)];
                if (absences && random.chance(1, 10))
                    node.present = !node.present;
                if (jumps && random.chance(1, 15) && node.present && lab.epochsKnown())
                    lab.jump(node.number, Duration(random.between(-3'000'000, 3'000'000)));
                lab.round({20us, 2ms, 50ms, 10});
                if (!lab.epochsKnown())
                    continue;
                const QString wrong = check(lab, tally);
                QVERIFY2(wrong.isEmpty(),
                         qPrintable(QStringLiteral("seed %1, second %2: ").arg(seed).arg(second) + wrong));
            }
        }
        QVERIFY2(tally.views > 100, qPrintable(QString::number(tally.views)));
        QVERIFY(nodes == 1 || tally.pairs > 50);
    }

    /// Without faults the bounds are also small: a bound that always holds because it is endless proves
    /// nothing.
    void boundsAreSmall()
    {
        ClusterLab lab(7, 3, 500);
        for (int second = 0; second < 30; ++second)
            lab.round({20us, 50us, 100us, 0});
        // The first step leaves nothing to slew; 1 s at 500 ppm, and a quick exchange.
        for (int second = 0; second < 60; ++second) {
            lab.round({20us, 50us, 100us, 0});
            Tally tally;
            QCOMPARE(check(lab, tally), QString());
            QVERIFY2(tally.views == 3 && tally.widest < 2ms,
                     qPrintable(QString::number(tally.widest.count())));
        }
    }

    /// The same check with clocks that drift more than assumed: it must be able to fail.
    void beyondTheAssumptionTheyDoNotHold()
    {
        int wrong = 0;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            ClusterLab lab(seed, 3, 500);
            for (std::size_t i = 0; i < 3; ++i)
                lab.clocks.clock(i).ratePpb = static_cast<std::int64_t>(i) * 20'000'000;
            for (int second = 0; second < 20; ++second) {
                lab.round({20us, 50us, 100us, 0});
                Tally tally;
                wrong += check(lab, tally).isEmpty() ? 0 : 1;
            }
        }
        QVERIFY(wrong > 5);
    }
};

QTEST_APPLESS_MAIN(TestClusterBounds)
#include "tst_cluster_bounds.moc"
