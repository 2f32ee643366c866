// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scope without a window: what is recorded, what a moment looks like, and how the player moves through
// it. Samples are canned; time is an argument.
#include <cmath>

#include <QAbstractItemModelTester>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/scope/LanesPicture.h"
#include "app/monitor/scope/ScopeFile.h"
#include "app/monitor/scope/ScopePicture.h"
#include "app/monitor/scope/ScopePlayer.h"
#include "app/monitor/scope/ScopePulses.h"
#include "app/monitor/scope/ScopeTrack.h"
#include "tests/monitor/scope/CannedCluster.h"

using namespace dsmsg;
using namespace dsmsg::monitor;

namespace {

int count(const ScopeScene& scene, PulseKind kind)
{
    int frames = 0;
    for (const ScenePulse& pulse : scene.pulses)
        frames += pulse.kind == kind ? pulse.count : 0;
    return frames;
}

} // namespace

class TestScope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersByClusterTimeWhateverCameFirst()
    {
        ScopeRecording recording;
        for (const double late : {0.5, 0.0, 1.0, 0.25})
            QVERIFY(recording.add(sampleOf(QStringLiteral("n1"), t0 + late)));
        QVERIFY(!recording.add(sampleOf(QStringLiteral("n1"), t0 + 0.25))); // again
        std::vector<double> times;
        for (const auto& sample : recording.samples(0))
            times.push_back(sample->ts - t0);
        QCOMPARE(times, (std::vector<double>{0, 0.25, 0.5, 1}));

        recording.add(eventOf(QStringLiteral("n2"), 7, t0 + 0.4, QStringLiteral("vote_granted")));
        recording.add(eventOf(QStringLiteral("n1"), 3, t0 + 0.3, QStringLiteral("election_started")));
        QVERIFY(
            !recording.add(eventOf(QStringLiteral("n1"), 3, t0 + 0.3, QStringLiteral("election_started"))));
        QCOMPARE(recording.events().size(), 2U);
        QCOMPARE(recording.events()[0].nodeId, QStringLiteral("n1"));
    }

    void keepsTenMinutesAndNotMore()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 700, 0);
        for (quint64 i = 0; i < ScopeRecording::maxEvents + 50; ++i)
            recording.add(eventOf(QStringLiteral("n1"), i, t0 + 690 + double(i) / 10'000,
                                  QStringLiteral("vote_granted")));
        QCOMPARE(recording.from(), t0 + 100.25);
        QCOMPARE(recording.to(), t0 + 700);
        QCOMPARE(recording.sampleCount(), 3 * 2400U);
        QCOMPARE(recording.events().size(), ScopeRecording::maxEvents);
        QVERIFY2(recording.bytes() < 5'000'000, qPrintable(QString::number(recording.bytes())));
    }

    void isBoundedWithManyNodesThatKnowMany()
    {
        ScopeRecording recording;
        for (int second = 0; second < 600; ++second) {
            for (int node = 0; node < 40; ++node) {
                Sample sample = sampleOf(QStringLiteral("m%1").arg(node), t0 + second);
                for (int peer = 0; peer < 40; ++peer) {
                    PeerSample one;
                    one.id = QStringLiteral("m%1").arg(peer);
                    sample.peers.append(one);
                }
                recording.add(sample);
            }
        }
        QVERIFY(recording.bytes() <= ScopeRecording::maxBytes);
        QCOMPARE(recording.to(), t0 + 599);
    }

    void aWrongClockDoesNotMakeItForgetTheRest()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 10);
        QVERIFY(!recording.add(sampleOf(QStringLiteral("n2"), t0 + 100'000)));
        QVERIFY(!recording.add(sampleOf(QStringLiteral("n2"), 0)));
        QCOMPARE(recording.to(), t0 + 10);
    }

    void differencesOfCountersBecomePulses()
    {
        ScopeRecording recording;
        recording.add(sampleOf(QStringLiteral("n1"), t0, 100, 7));
        recording.add(sampleOf(QStringLiteral("n1"), t0 + 0.25, 102, 8));
        for (const auto* id : {u"n2", u"n3"})
            recording.add(sampleOf(QString::fromUtf16(id), t0));
        // Two appends: at 62.5 ms and 187.5 ms. One heartbeat: at 125 ms. All are on their way after 200 ms.
        const ScopeScene scene = sceneAt(recording, t0 + 0.2, {0.32});
        QCOMPARE(count(scene, PulseKind::Append), 4); // to both followers
        QCOMPARE(count(scene, PulseKind::Heartbeat), 2);
        QCOMPARE(count(scene, PulseKind::Reply), 0); // nothing has arrived yet
        QCOMPARE(scene.flying, bit(PulseKind::Append) | bit(PulseKind::Heartbeat));
        QVERIFY(scene.soon & bit(PulseKind::Reply));
        // An answer leaves when what it answers arrives.
        const ScopeScene later = sceneAt(recording, t0 + 0.45, {0.32});
        QCOMPARE(count(later, PulseKind::Reply), 2);
        for (const ScenePulse& pulse : later.pulses) {
            if (pulse.kind == PulseKind::Reply)
                QCOMPARE(pulse.to, later.indexOf(QStringLiteral("n1")));
        }
    }

    void manyFramesAreFewPulsesOfTheSameSum()
    {
        ScopeRecording recording;
        recording.add(sampleOf(QStringLiteral("n1"), t0, 0));
        recording.add(sampleOf(QStringLiteral("n1"), t0 + 0.25, 1003));
        recording.add(sampleOf(QStringLiteral("n2"), t0));
        recording.add(sampleOf(QStringLiteral("n3"), t0));
        const ScopeScene scene = sceneAt(recording, t0 + 0.25, {0.5});
        QCOMPARE(count(scene, PulseKind::Append), 2 * 1003);
        QVERIFY2(scene.pulses.size() <= 20, qPrintable(QString::number(scene.pulses.size())));
    }

    void aRestartIsNotADifference()
    {
        ScopeRecording recording;
        recording.add(sampleOf(QStringLiteral("n1"), t0, 100, 50));
        Sample anew = sampleOf(QStringLiteral("n1"), t0 + 0.5, 3, 1);
        anew.run = QStringLiteral("n1-run2");
        recording.add(anew);
        Sample further = anew;
        further.clusterTs = t0 + 0.75;
        for (PeerSample& peer : further.peers)
            peer.sent.append = 4;
        recording.add(further);
        recording.add(sampleOf(QStringLiteral("n2"), t0));
        QCOMPARE(sceneAt(recording, t0 + 0.3, {0.32}).pulses.size(), 0U);
        // One more to each of the two peers, in the new run.
        QCOMPARE(count(sceneAt(recording, t0 + 0.7, {0.32}), PulseKind::Append), 2);
        // A counter that falls within a run, which must not be, is nothing rather than a very large number.
        const ScopeSample& before = *recording.samples(0)[1];
        ScopeSample fallen = *recording.samples(0)[2];
        fallen.peers[0].append = 0;
        QCOMPARE(framesBetween(before, fallen, fallen.peers[0].node).of(PulseKind::Append), 0U);
    }

    void theTimerRunsDownAndIsSetByTheLeader()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 1, 0);
        // At the sample 100 ms had passed since the contact; the next sample's contact is 150 ms later.
        const auto timer = [&](double ts) {
            const ScopeScene scene = sceneAt(recording, ts);
            return scene.nodes[std::size_t(scene.indexOf(QStringLiteral("n2")))].timerMs;
        };
        QVERIFY(std::abs(timer(t0 + 0.5) - 300) < 1);
        QVERIFY(std::abs(timer(t0 + 0.55) - 250) < 1);
        QVERIFY(std::abs(timer(t0 + 0.66) - 390) < 1);
        const ScopeScene scene = sceneAt(recording, t0 + 0.5);
        QVERIFY(std::isnan(scene.nodes[std::size_t(scene.leader)].timer)); // a leader has none
    }

    void aSilentLeaderLetsTheTimersRunOut()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 1, 0);
        for (int i = 1; i <= 8; ++i) {
            for (const auto* id : {u"n2", u"n3"}) {
                Sample sample = sampleOf(QString::fromUtf16(id), t0 + 1 + 0.25 * i);
                sample.leaderContactMs = 100 + 250 * i;
                sample.electionRemainingMs = std::max(0, 300 - 250 * i);
                for (PeerSample& peer : sample.peers)
                    peer.alive = peer.id != u"n1";
                recording.add(sample);
            }
        }
        const ScopeScene scene = sceneAt(recording, t0 + 3);
        const SceneNode& n1 = scene.nodes[std::size_t(scene.indexOf(QStringLiteral("n1")))];
        const SceneNode& n2 = scene.nodes[std::size_t(scene.indexOf(QStringLiteral("n2")))];
        QVERIFY(n1.known && !n1.alive);
        QCOMPARE(ScopeNodes::stateText(n1), QStringLiteral("Silent"));
        QCOMPARE(scene.leader, -1);
        QCOMPARE(n2.timerMs, 0.0);
        QCOMPARE(scene.edges[0].ab.state, SceneLink::Dead);
    }

    void aCutIsSeenFromTheSideThatIsCut()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 1, 0);
        Sample cut = sampleOf(QStringLiteral("n2"), t0 + 1.25);
        cut.peers[1].alive = false; // n2 does not reach n3
        recording.add(cut);
        recording.add(sampleOf(QStringLiteral("n3"), t0 + 1.25));
        const ScopeScene scene = sceneAt(recording, t0 + 1.3);
        for (const SceneEdge& edge : scene.edges) {
            if (scene.nodes[std::size_t(edge.a)].id == u"n2") {
                QCOMPARE(edge.ab.state, SceneLink::Cut);
                QCOMPARE(edge.ba.state, SceneLink::Up);
            }
        }
    }

    void aVoteFliesAndAnElectionFlashes()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 2, 0);
        recording.add(eventOf(QStringLiteral("n2"), 1, t0 + 1, QStringLiteral("election_started")));
        recording.add(eventOf(QStringLiteral("n3"), 2, t0 + 1.01, QStringLiteral("vote_granted"),
                              QStringLiteral("n2")));
        const ScopeScene scene = sceneAt(recording, t0 + 1.1);
        QCOMPARE(count(scene, PulseKind::Granted), 1);
        const SceneNode& candidate = scene.nodes[std::size_t(scene.indexOf(QStringLiteral("n2")))];
        QCOMPARE(candidate.flash.kind, SceneFlash::Election);
        QVERIFY(candidate.flash.strength > 0.8);
        QVERIFY(!sceneAt(recording, t0 + 0.9).flashing);
    }

    void theHighestTermLeads()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 1, 0);
        Sample second = sampleOf(QStringLiteral("n3"), t0 + 1.1);
        second.role = Role::Leader;
        second.term = 5;
        recording.add(second);
        const ScopeScene scene = sceneAt(recording, t0 + 1.2);
        QCOMPARE(scene.nodes[std::size_t(scene.leader)].id, QStringLiteral("n3"));
        QCOMPARE(ScopeNodes::stateText(scene.nodes[0]), QStringLiteral("Old leader"));
    }

    void livesHalfASecondBehind()
    {
        ScopePlayer player;
        QAbstractItemModelTester nodes(player.nodes(),
                                       QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester events(player.events(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        double now = 50;
        for (int i = 0; i < 40; ++i, now += 0.25) {
            // n1's samples come 20 ms late, the others' 60 ms: the nearest tells what time it is.
            for (const auto* id : {u"n1", u"n2", u"n3"})
                player.take(sampleOf(QString::fromUtf16(id),
                                     t0 + now - (*id == u'n' && id[1] == u'1' ? 0.02 : 0.06), quint64(i)),
                            now);
            player.advance(now);
        }
        QVERIFY(player.live());
        QVERIFY2(std::abs(player.position() - (t0 + now - 0.25 - 0.02 - 0.5)) < 0.01,
                 qPrintable(QString::number(player.position() - t0 - now, 'f', 4)));
        QCOMPARE(player.scene().moment, player.position());
        QCOMPARE(player.nodes()->count(), 3);
        QVERIFY(player.note().contains(QStringLiteral("Half a second behind")));
        QVERIFY2(player.note().contains(QStringLiteral("0.3 ms")), qPrintable(player.note()));
    }

    void neverRunsBackwards()
    {
        ScopePlayer player;
        double last = 0;
        for (int i = 0; i < 400; ++i) {
            const double now = 10 + 0.016 * i;
            if (i % 15 == 0) // late by up to 200 ms, now more and now less
                player.take(
                    sampleOf(QStringLiteral("n1"), t0 + now - 0.2 * std::abs(std::sin(i)), quint64(i)), now);
            player.advance(now);
            QVERIFY(player.position() >= last);
            last = player.position();
        }
    }

    void replaysAtTheSpeedItSays()
    {
        ScopePlayer player;
        play(player, 20);
        player.seek(t0 + 5);
        QVERIFY(!player.live());
        player.setSpeed(0.25);
        player.advance(100);
        const double begin = player.position();
        player.advance(100.8);
        QVERIFY(std::abs(player.position() - begin - 0.2) < 1e-6);
        player.pause();
        player.advance(101.5);
        QVERIFY(std::abs(player.position() - begin - 0.2) < 1e-6);
        player.goLive();
        QVERIFY(player.live() && player.playing() && player.speed() == 1);
    }

    void stepsOverWhatIsSimultaneousAtOnce()
    {
        ScopePlayer player;
        play(player, 20);
        player.take(eventOf(QStringLiteral("n1"), 1, t0 + 5, QStringLiteral("election_started")));
        player.take(eventOf(QStringLiteral("n2"), 2, t0 + 5.00015, QStringLiteral("vote_granted"),
                            QStringLiteral("n1")));
        player.take(eventOf(QStringLiteral("n1"), 3, t0 + 6, QStringLiteral("leader_elected")));
        player.seek(t0 + 4);
        QCOMPARE(player.events()->count(), 0);
        player.stepEvent(1);
        QVERIFY(!player.playing());
        QCOMPARE(player.events()->count(), 2);
        QVERIFY(player.events()->get(0).value(QStringLiteral("simultaneous")).toBool());
        QVERIFY(!player.events()->get(1).value(QStringLiteral("simultaneous")).toBool());
        player.stepEvent(1);
        QCOMPARE(player.events()->count(), 3);
        player.stepEvent(-1);
        QCOMPARE(player.events()->count(), 2);
        player.stepEvent(-1);
        QCOMPARE(player.events()->count(), 2); // nothing before
    }

    void aFileBringsBackWhatWasRecorded()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("incident.jsonl"));
        ScopeRecording recording;
        record(recording, t0, t0 + 30, 25);
        recording.add(
            eventOf(QStringLiteral("n3"), 9, t0 + 12, QStringLiteral("vote_granted"), QStringLiteral("n1")));
        const auto written = writeScopeFile(recording, path);
        QVERIFY(written.ok());
        QCOMPARE(written->samples, recording.sampleCount());
        const auto read = readScopeFile(path);
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().text.c_str());
        QCOMPARE(read->sampleCount(), recording.sampleCount());
        QCOMPARE(read->from(), recording.from());
        QCOMPARE(read->to(), recording.to());
        for (const double ts : {t0 + 3.1, t0 + 12.2}) {
            const ScopeScene was = sceneAt(recording, ts), is = sceneAt(*read, ts);
            QCOMPARE(is.nodes.size(), was.nodes.size());
            QCOMPARE(is.pulses.size(), was.pulses.size());
            QCOMPARE(is.leader, was.leader);
            for (std::size_t i = 0; i < was.nodes.size(); ++i) {
                QCOMPARE(is.nodes[i].commit, was.nodes[i].commit);
                QCOMPARE(is.nodes[i].match, was.nodes[i].match);
                QCOMPARE(is.nodes[i].timerMs, was.nodes[i].timerMs);
            }
        }
    }

    void refusesFilesInWords_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        const QByteArray header = R"({"format":"dsmsg-scope","version":1})"
                                  "\n";
        QTest::newRow("something else") << QByteArray("{\"a\":1}\n") << QStringLiteral("not a recording");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("not a recording");
        QTest::newRow("newer") << QByteArray(R"({"format":"dsmsg-scope","version":2})")
                               << QStringLiteral("newer");
        QTest::newRow("damaged") << header + "{\"sample\":{\"node_id\"" << QStringLiteral("Line 2");
        QTest::newRow("nothing in it") << header << QStringLiteral("no sample");
    }

    void refusesFilesInWords()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("x.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto read = readScopeFile(file.fileName());
        QVERIFY(!read.ok());
        QVERIFY2(QString::fromStdString(read.error().text).contains(words), read.error().text.c_str());
    }

    void playsAFileWhileTheClusterGoesOn()
    {
        QTemporaryDir directory;
        const QUrl file = QUrl::fromLocalFile(directory.filePath(QStringLiteral("incident.jsonl")));
        ScopePlayer player;
        play(player, 20);
        QSignalSpy exported(&player, &ScopePlayer::exported), imported(&player, &ScopePlayer::imported),
            failed(&player, &ScopePlayer::failed);
        player.exportTo(file);
        QVERIFY(player.busy());
        QVERIFY(exported.wait());
        QVERIFY(!player.busy());
        player.importFrom(file);
        QVERIFY(imported.wait());
        QCOMPARE(player.fileName(), QStringLiteral("incident.jsonl"));
        QCOMPARE(player.position(), t0);
        const auto samples = player.recording().sampleCount();
        player.take(sampleOf(QStringLiteral("n1"), t0 + 20.5), 120.5);
        QCOMPARE(player.recording().sampleCount(), samples); // the live one got it
        player.closeFile();
        QCOMPARE(player.recording().sampleCount(), samples + 1);
        player.importFrom(QUrl::fromLocalFile(directory.filePath(QStringLiteral("none"))));
        QVERIFY(failed.wait());
    }

    void theScrubBarKnowsWhatWasBusyAndWhatHappened()
    {
        ScopeRecording recording;
        for (int i = 0; i <= 40; ++i) {
            Sample sample = sampleOf(QStringLiteral("n1"), t0 + 0.25 * i);
            sample.acknowledgedPerS = i < 20 ? 100 : 0;
            recording.add(sample);
        }
        recording.add(eventOf(QStringLiteral("n2"), 1, t0 + 2.5, QStringLiteral("peer_lost")));
        recording.add(eventOf(QStringLiteral("n2"), 2, t0 + 2.6, QStringLiteral("vote_granted"))); // routine
        recording.add(
            eventOf(QStringLiteral("n2"), 3, t0 - 60, QStringLiteral("peer_lost"))); // before the bar
        // Buckets of 50 ms: shorter than the time between samples, and filled all the same.
        const TrackPicture track = TrackPicture::of(recording, t0, t0 + 10, 200);
        QCOMPARE(track.activity[10], 100.0);
        QCOMPARE(track.activity[11], 100.0);
        QCOMPARE(track.activity[150], 0.0);
        QCOMPARE(track.marks.size(), 1U);
        QVERIFY(std::abs(track.marks[0].at - 0.25) < 0.01);
    }

    void lanesShowAsMuchAsTheOneBehindNeeds()
    {
        ScopeRecording recording;
        record(recording, t0, t0 + 1, 0);
        const ScopeScene even = sceneAt(recording, t0 + 1);
        QCOMPARE(LanesPicture::newest(even), 11.0);
        QCOMPARE(LanesPicture::spanFor(even), 24.0);
        Sample ahead = sampleOf(QStringLiteral("n1"), t0 + 1.25, 400);
        recording.add(ahead);
        const double wide = LanesPicture::spanFor(sceneAt(recording, t0 + 1.3));
        QVERIFY2(wide >= 400 && wide <= 1000, qPrintable(QString::number(wide)));
    }

    void anotherClusterBeginsAnew()
    {
        ScopePlayer player;
        play(player, 5);
        QVERIFY(!player.empty());
        player.forget();
        QVERIFY(player.empty());
        QCOMPARE(player.nodes()->count(), 0);
    }

    void drawsEveryNodeInItsPlace_data()
    {
        QTest::addColumn<int>("nodes");
        for (int nodes : {1, 2, 3, 5, 7, 12})
            QTest::addRow("%d nodes", nodes) << nodes;
    }

    void drawsEveryNodeInItsPlace()
    {
        QFETCH(int, nodes);
        for (const QSizeF size : {QSizeF(300, 240), QSizeF(640, 420), QSizeF(900, 400), QSizeF(500, 900)}) {
            const ScopeLayout layout = ScopeLayout::discs(nodes, size);
            QCOMPARE(int(layout.centres.size()), nodes);
            const QRectF inside = QRectF(QPointF(), size)
                                      .adjusted(layout.radius, layout.radius, -layout.radius, -layout.radius);
            for (int i = 0; i < nodes; ++i) {
                QVERIFY(inside.contains(layout.centres[std::size_t(i)]));
                for (int j = i + 1; j < nodes; ++j)
                    QVERIFY2(QLineF(layout.centres[std::size_t(i)], layout.centres[std::size_t(j)]).length() >
                                 2 * layout.radius,
                             qPrintable(QStringLiteral("%1x%2").arg(size.width()).arg(size.height())));
            }
        }
    }

    /// Five nodes under load, the size the page has at 1280x800.
    void aPictureTakesLessThanAFrame()
    {
        ScopePicture picture = busyPicture();
        QImage image(700, 520, QImage::Format_RGB32);
        QElapsedTimer timer;
        std::vector<double> ms;
        for (int i = 0; i < 60; ++i) {
            timer.start();
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
            picture.paint(painter);
            painter.end();
            ms.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(ms.begin(), ms.end());
        qInfo("picture: median %.2f ms, p95 %.2f ms, %zu pulses", ms[30], ms[57],
              picture.scene.pulses.size());
        QVERIFY(ms[57] < 16);
    }

private:
    /// So many seconds of three nodes, live.
    static void play(ScopePlayer& player, double seconds)
    {
        for (int i = 0; 0.25 * i <= seconds; ++i) {
            for (const auto* id : {u"n1", u"n2", u"n3"})
                player.take(sampleOf(QString::fromUtf16(id), t0 + 0.25 * i, quint64(i)), 50 + 0.25 * i);
            player.advance(50 + 0.25 * i);
        }
    }

    static ScopePicture busyPicture()
    {
        ScopeRecording recording;
        for (int i = 0; i <= 8; ++i) {
            for (int node = 1; node <= 5; ++node) {
                Sample sample = sampleOf(QStringLiteral("n%1").arg(node), t0 + 0.25 * i);
                sample.peers.clear();
                for (int peer = 1; peer <= 5; ++peer) {
                    PeerSample one;
                    one.id = QStringLiteral("n%1").arg(peer);
                    one.alive = true;
                    one.sent.append = one.ok = node == 1 ? quint64(250 * i) : 0;
                    if (peer != node)
                        sample.peers.append(one);
                }
                recording.add(sample);
            }
        }
        ScopePicture picture;
        picture.scene = sceneAt(recording, t0 + 1.2);
        picture.layout = ScopeLayout::discs(5, {700, 520});
        picture.style.background = Qt::white;
        picture.style.series[0] = Qt::blue;
        picture.style.series[2] = Qt::darkGreen;
        picture.style.good = Qt::green;
        picture.centreTitle = QStringLiteral("Term 4");
        return picture;
    }
};

QTEST_MAIN(TestScope)
#include "tst_scope.moc"
