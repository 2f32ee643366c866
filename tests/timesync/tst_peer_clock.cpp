// SPDX-License-Identifier: GPL-3.0-or-later
//
// A peer's clock: what is taken and what not, jumps and restarts, and the promise that the true offset is
// inside the interval always, held against clocks whose truth is known.
#include <QTest>

#include "tests/timesync/ClockLab.h"

using namespace dsmsg;
using namespace dsmsg::timesync;
using namespace dsmsg::timesync::testing;
using namespace std::chrono_literals;

namespace {

using Verdict = PeerClock::Verdict;

constexpr ClockState told{.run = 9, .epoch = 3, .anchor = 1000s};
constexpr Duration ownAnchor = 900s;

/// The peer's boot-time clock is `ahead`, 100 us each way.
Exchange exchangeAt(Duration at, Duration ahead, const ClockState& state = told)
{
    return {Instant(at), Instant(at + ahead + 100us), Instant(at + ahead + 110us), Instant(at + 210us),
            state};
}

} // namespace

Q_DECLARE_METATYPE(dsmsg::timesync::testing::Path)

class TestPeerClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void beforeTheFirstSampleNothingIsKnown()
    {
        PeerClock peer(Assumptions{});
        peer.asked();
        QVERIFY(!peer.estimate(Instant(1s), ownAnchor) && !peer.figures() && !peer.peer());
        QCOMPARE(peer.counters().attempts, std::uint64_t(1));
    }

    void anOffsetIsThatOfTheWallClocks()
    {
        PeerClock peer(Assumptions{});
        QVERIFY(peer.take(exchangeAt(10s, 5s), ownAnchor) == Verdict::Accepted);
        const auto estimate = peer.estimate(Instant(10s + 210us), ownAnchor);
        QVERIFY(estimate->offset == 105s);
        QVERIFY(estimate->interval.holds(105s));
        QVERIFY(estimate->bound() == 102us); // half of the delay, resolution, drift during the exchange
        QVERIFY(peer.figures()->current == 105s);
        QVERIFY(peer.counters().lastDelay == 200us);
        QCOMPARE(peer.counters().accepted, std::uint64_t(1));
    }

    void whatProvesNothingIsRejected()
    {
        PeerClock peer(Assumptions{});
        Exchange negative = exchangeAt(10s, 0s);
        negative.peerSent += 300us;
        QVERIFY(peer.take(negative, ownAnchor) == Verdict::NegativeDelay);
        Exchange reversed = exchangeAt(10s, 0s);
        reversed.peerSent = reversed.peerReceived - 1us;
        QVERIFY(peer.take(reversed, ownAnchor) == Verdict::NegativeDelay);
        Exchange slow = exchangeAt(10s, 0s);
        slow.received = slow.sent + 1s + 1us;
        QVERIFY(peer.take(slow, ownAnchor) == Verdict::TooSlow);
        QCOMPARE(peer.counters().rejected, std::uint64_t(3));
        QVERIFY(!peer.estimate(Instant(11s), ownAnchor));
    }

    void aSlowAnswerStillTellsAJump()
    {
        PeerClock peer(Assumptions{});
        QVERIFY(peer.take(exchangeAt(10s, 5s), ownAnchor) == Verdict::Accepted);
        Exchange slow = exchangeAt(11s, 5s, {told.run, told.epoch + 1, told.anchor + 60s});
        slow.received = slow.sent + 2s;
        QVERIFY(peer.take(slow, ownAnchor) == Verdict::TooSlow);
        QVERIFY(peer.estimate(Instant(14s), ownAnchor)->offset == 165s);
    }

    void aJumpOfThePeerMovesTheEstimateAndCostsNoSample()
    {
        PeerClock peer(Assumptions{});
        for (int i = 0; i < 20; ++i)
            QVERIFY(peer.take(exchangeAt(10s + i * 1s, 5s), ownAnchor) == Verdict::Accepted);
        const ClockState jumped{told.run, told.epoch + 1, told.anchor + 60s};
        QVERIFY(peer.take(exchangeAt(30s, 5s, jumped), ownAnchor) == Verdict::OfAnotherTime);
        QVERIFY(peer.estimate(Instant(31s), ownAnchor)->offset == 165s);
        QVERIFY(peer.estimate(Instant(31s), ownAnchor)->drift);
        // A late answer from before says nothing new.
        QVERIFY(peer.take(exchangeAt(31s, 5s), ownAnchor) == Verdict::OfAnotherTime);
        QVERIFY(peer.take(exchangeAt(32s, 5s, jumped), ownAnchor) == Verdict::Accepted);
        QVERIFY(peer.estimate(Instant(33s), ownAnchor)->offset == 165s);
        QVERIFY(peer.figures()->measurements == 1); // not mixed with those of before
    }

    void aPeerStartedAnewIsMeasuredAnew()
    {
        PeerClock peer(Assumptions{});
        for (int i = 0; i < 20; ++i)
            peer.take(exchangeAt(10s + i * 1s, 5s), ownAnchor);
        const ClockState another{told.run + 1, 0, told.anchor};
        QVERIFY(peer.take(exchangeAt(30s, -700s, another), ownAnchor) == Verdict::Accepted);
        QVERIFY(peer.estimate(Instant(30s + 210us), ownAnchor)->offset == -600s);
        QVERIFY(!peer.estimate(Instant(31s), ownAnchor)->drift);
    }

    void anOwnJumpDiscardsWhatIsUnderWay()
    {
        PeerClock peer(Assumptions{});
        QVERIFY(peer.take(exchangeAt(10s, 5s), ownAnchor) == Verdict::Accepted);
        peer.ownJumped(Instant(11s + 50us));
        QVERIFY(peer.take(exchangeAt(11s, 5s), ownAnchor + 7s) == Verdict::OfAnotherTime);
        QVERIFY(peer.estimate(Instant(12s), ownAnchor + 7s)->offset == 98s);
        QVERIFY(peer.take(exchangeAt(12s, 5s), ownAnchor + 7s) == Verdict::Accepted);
    }

    void anOutlierIsCounted()
    {
        PeerClock peer(Assumptions{});
        for (int i = 0; i < 5; ++i)
            peer.take(exchangeAt(10s + i * 1s, 5s), ownAnchor);
        QVERIFY(peer.take(exchangeAt(15s, 6s), ownAnchor) == Verdict::Outlier);
        QCOMPARE(peer.counters().outliers, std::uint64_t(1));
        QVERIFY(peer.figures()->measurements == 5);
    }

    void resettingForgetsFiguresOnly()
    {
        PeerClock peer(Assumptions{});
        peer.asked();
        peer.take(exchangeAt(10s, 5s), ownAnchor);
        peer.resetStatistics();
        QVERIFY(!peer.figures());
        QCOMPARE(peer.counters().attempts, std::uint64_t(0));
        QVERIFY(peer.estimate(Instant(11s), ownAnchor)->offset == 105s);
    }

    void theTruthIsAlwaysInside_data()
    {
        QTest::addColumn<Path>("path");
        QTest::newRow("loopback") << Path{20us, 50us, 1ms, 0};
        QTest::newRow("lopsided and bursty") << Path{100us, 20ms, 600ms, 30};
        QTest::newRow("slow and steady") << Path{150ms, 10us, 100us, 5};
    }
    void theTruthIsAlwaysInside()
    {
        QFETCH(Path, path);
        int accepted = 0;
        int checks = 0;
        for (std::uint64_t seed = 1; seed <= 150; ++seed) {
            ClockLab lab(seed, 2, 250'000);
            PeerClock peer(Assumptions{});
            for (int second = 0; second < 60; ++second) {
                if (const auto exchange = lab.exchange(0, 1, told, path))
                    accepted += peer.take(*exchange, ownAnchor) == Verdict::Accepted ? 1 : 0;
                for (int i = 0; i < 3; ++i) {
                    if (const auto estimate = peer.estimate(lab.clock(0).boot(), ownAnchor)) {
                        const Nanoseconds truth = lab.offset(0, 1) + told.anchor - ownAnchor;
                        const bool inside =
                            estimate->interval.lower <= truth && truth <= estimate->interval.upper;
                        QVERIFY2(inside,
                                 qPrintable(QStringLiteral("seed %1, second %2").arg(seed).arg(second)));
                        QVERIFY(estimate->interval.holds(estimate->offset));
                        QVERIFY(estimate->bound() <= estimate->interval.upper - estimate->interval.lower);
                        ++checks;
                    }
                    lab.advance(Nanoseconds(lab.random().between(1, 600'000'000)));
                }
            }
            QCOMPARE(peer.counters().outliers, std::uint64_t(0));
        }
        QVERIFY2(accepted > 4000 && checks > 20'000,
                 qPrintable(QStringLiteral("%1 %2").arg(accepted).arg(checks)));
    }

    /// The same check with clocks that drift twice as much as assumed: it must be able to fail.
    void beyondTheAssumptionItIsNot()
    {
        int outside = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            ClockLab lab(seed, 2, 1'000'000);
            PeerClock peer(Assumptions{});
            for (int second = 0; second < 60; ++second) {
                if (const auto exchange = lab.exchange(0, 1, told, {20us, 50us, 1ms, 0}))
                    peer.take(*exchange, ownAnchor);
                lab.advance(1s);
                const auto estimate = peer.estimate(lab.clock(0).boot(), ownAnchor);
                const Nanoseconds truth = lab.offset(0, 1) + told.anchor - ownAnchor;
                outside += truth < estimate->interval.lower || truth > estimate->interval.upper ? 1 : 0;
            }
        }
        QVERIFY(outside > 100);
    }
};

QTEST_APPLESS_MAIN(TestPeerClock)
#include "tst_peer_clock.moc"
