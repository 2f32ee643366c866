// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leader's view of one follower: what may be sent when, and which answers count.
#include <QTest>

#include "core/raft/Progress.h"

using namespace dsmsg;
using namespace dsmsg::raft;

namespace {

constexpr std::size_t messagesMax = 3;
constexpr std::size_t bytesMax = 1000;

Progress replicating(std::uint64_t match)
{
    Progress progress(LogIndex(match + 1), Instant{});
    progress.acknowledged(LogIndex(match));
    return progress;
}

bool maySend(const Progress& progress)
{
    return progress.maySend(messagesMax, bytesMax);
}

} // namespace

class TestProgress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itSearchesWithOneProbeAtATime()
    {
        Progress progress(LogIndex(10), Instant{});
        QCOMPARE(progress.state(), Progress::State::Probe);
        QVERIFY(maySend(progress));
        progress.sent(LogIndex(9), 0);
        QVERIFY(!maySend(progress));
        progress.allowProbe();
        QVERIFY(maySend(progress));
        QCOMPARE(progress.next(), LogIndex(10));
    }

    void anAcknowledgementStartsThePipeline()
    {
        Progress progress(LogIndex(10), Instant{});
        progress.sent(LogIndex(9), 0);
        QVERIFY(progress.acknowledged(LogIndex(4)));
        QCOMPARE(progress.state(), Progress::State::Replicate);
        QCOMPARE(progress.match(), LogIndex(4));
        QCOMPARE(progress.next(), LogIndex(5));
    }

    void theWindowIsBoundedInMessages()
    {
        Progress progress = replicating(0);
        for (std::uint64_t i = 1; i <= messagesMax; ++i) {
            QVERIFY(maySend(progress));
            progress.sent(LogIndex(i), 1);
        }
        QVERIFY(!maySend(progress));
        progress.acknowledged(LogIndex(1));
        QVERIFY(maySend(progress));
        QCOMPARE(progress.inflightMessages(), messagesMax - 1);
    }

    void theWindowIsBoundedInBytes()
    {
        Progress progress = replicating(0);
        progress.sent(LogIndex(1), bytesMax);
        QVERIFY(!maySend(progress));
        QCOMPARE(progress.inflightBytes(), bytesMax);
        progress.acknowledged(LogIndex(1));
        QCOMPARE(progress.inflightBytes(), std::size_t(0));
        QVERIFY(maySend(progress));
    }

    void anOldAcknowledgementIsNoNews()
    {
        Progress progress = replicating(8);
        QVERIFY(!progress.acknowledged(LogIndex(5)));
        QCOMPARE(progress.match(), LogIndex(8));
        QCOMPARE(progress.next(), LogIndex(9));
    }

    void aRefusalGoesBackToProbing()
    {
        Progress progress = replicating(5);
        progress.sent(LogIndex(7), 100);
        progress.sent(LogIndex(9), 100);
        QVERIFY(progress.refused(LogIndex(7), LogIndex(6)));
        QCOMPARE(progress.state(), Progress::State::Probe);
        QCOMPARE(progress.next(), LogIndex(6));
        QCOMPARE(progress.inflightMessages(), std::size_t(0));
        QCOMPARE(progress.inflightBytes(), std::size_t(0));
    }

    void staleRefusalsAreIgnored()
    {
        Progress pipelined = replicating(5);
        QVERIFY(!pipelined.refused(LogIndex(5), LogIndex(2)));
        QCOMPARE(pipelined.state(), Progress::State::Replicate);
        Progress probing(LogIndex(10), Instant{});
        probing.sent(LogIndex(9), 0);
        QVERIFY(!probing.refused(LogIndex(7), LogIndex(3)));
        QCOMPARE(probing.next(), LogIndex(10));
        QVERIFY(!maySend(probing));
    }

    void aRefusalNeverGoesBelowTheMatch()
    {
        Progress progress = replicating(5);
        progress.sent(LogIndex(7), 0);
        QVERIFY(progress.refused(LogIndex(7), LogIndex(2)));
        QCOMPARE(progress.next(), LogIndex(6));
    }

    void aRestartSearchesFromTheMatch()
    {
        Progress progress = replicating(5);
        progress.sent(LogIndex(9), 10);
        progress.logReadPending = true;
        progress.restart();
        QCOMPARE(progress.state(), Progress::State::Probe);
        QCOMPARE(progress.next(), LogIndex(6));
        QVERIFY(!progress.logReadPending);
        QVERIFY(maySend(progress));
    }

    /// A probe at 0 would match any log, and the whole of it would travel again.
    void aRestartWithoutAMatchDoesNotBeginAtZero()
    {
        Progress progress(LogIndex(5000), Instant{});
        progress.restart();
        QCOMPARE(progress.next(), LogIndex(5000));
    }

    void nothingIsSentWithoutSpaceOrWhileReading()
    {
        Progress progress = replicating(1);
        progress.noSpace = true;
        QVERIFY(!maySend(progress));
        progress.noSpace = false;
        progress.logReadPending = true;
        QVERIFY(!maySend(progress));
    }

    void silenceIsNoticedOncePerPairOfChecks()
    {
        Progress progress = replicating(1);
        QVERIFY(!progress.quietSinceLastCheck());
        QVERIFY(progress.quietSinceLastCheck());
        progress.acknowledged(LogIndex(1));
        QVERIFY(!progress.quietSinceLastCheck());
    }

    void emptyMessagesTakeNoPlaceInTheWindow()
    {
        Progress progress = replicating(5);
        progress.sent(LogIndex(5), 0);
        QCOMPARE(progress.inflightMessages(), std::size_t(0));
        QCOMPARE(progress.next(), LogIndex(6));
    }
};

QTEST_APPLESS_MAIN(TestProgress)
#include "tst_progress.moc"
