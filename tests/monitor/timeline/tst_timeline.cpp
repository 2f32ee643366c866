// SPDX-License-Identifier: GPL-3.0-or-later
//
// One time axis and the clocks: what nodes remember becomes the past of one cluster, samples become points,
// events become marks, a correction becomes lengths.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/monitor/clocks/ClockRows.h"
#include "app/monitor/clocks/Correction.h"
#include "app/monitor/cluster/ClusterMonitor.h"
#include "app/monitor/cluster/Requests.h"
#include "app/monitor/embedded/EmbeddedCluster.h"
#include "app/monitor/timeline/HistoryRow.h"
#include "app/monitor/timeline/LiveSecond.h"
#include "app/monitor/timeline/Past.h"
#include "app/monitor/timeline/Timeline.h"
#include "app/monitor/timeline/TimelineMarkers.h"

using namespace dsmsg::monitor;

namespace {

HistoryRow rowOf(double ts, bool leads, double term, double acknowledged)
{
    HistoryRow row;
    row.ts = ts;
    row.leads = leads;
    row.term = term;
    row.acknowledgedPerS = acknowledged;
    row.commit = 100;
    row.lag = leads ? 3 : 0;
    row.boundMs = 0.2;
    row.clockOffsetMs = 0.05;
    return row;
}

RaftEvent eventOf(quint64 id, double ts, const QString& kind)
{
    RaftEvent event;
    event.id = id;
    event.nodeId = QStringLiteral("n1");
    event.clusterTs = ts;
    event.kind = kind;
    event.text = kind;
    return event;
}

Sample sampleOf(Role role, quint64 term)
{
    Sample sample;
    sample.role = role;
    sample.term = term;
    sample.bound = 0.0003;
    return sample;
}

PeerSample peerOf(const QString& id, quint64 match, quint64 lag)
{
    PeerSample peer;
    peer.id = id;
    peer.match = match;
    peer.lag = lag;
    return peer;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- what nodes remember

    static void columnsAreFoundByName()
    {
        const auto page = readHistory(R"({"columns":["p99_ms","ts","role","new","acknowledged_per_s"],
            "rows":[[1.5,10.0,"Leader",7,20],[null,11.0,"Follower",7,null]],"has_more":true,"next_from":11.5})");
        QVERIFY(page);
        QCOMPARE(page->rows.size(), std::size_t{2});
        QCOMPARE(page->rows[0].ts, 10.0);
        QCOMPARE(page->rows[0].p99Ms, 1.5);
        QVERIFY(page->rows[0].leads);
        QVERIFY(std::isnan(page->rows[1].p99Ms));
        QVERIFY(!page->rows[1].leads);
        QCOMPARE(page->nextFrom, std::optional(11.5));
    }

    static void whatIsNoHistoryIsNone()
    {
        QVERIFY(!readHistory("<html>"));
        QVERIFY(!readHistory("{}"));
        QVERIFY(!readHistory(R"({"columns":["x"],"rows":[]})"));
        QVERIFY(!readHistory(R"({"columns":["ts"],"rows":[],"has_more":false,"next_from":null})")->nextFrom);
    }

    static void theLeaderOfTheMomentSpeaks()
    {
        // n1 leads term 1, then nobody, then n2 leads term 2 while n1 does not know yet.
        const QHash<QString, std::vector<HistoryRow>> rows{
            {QStringLiteral("n1"),
             {rowOf(10.2, true, 1, 100), rowOf(11.2, false, 1, 0), rowOf(12.2, true, 1, 0)}},
            {QStringLiteral("n2"),
             {rowOf(10.4, false, 1, 0), rowOf(11.4, false, 1, 0), rowOf(12.4, true, 2, 200)}}};
        const Past past = pastOf(rows);
        QCOMPARE(past.acknowledged.size(), std::size_t{3});
        QCOMPARE(past.acknowledged[0].value, 100.0);
        QVERIFY(std::isnan(past.acknowledged[1].value));
        QCOMPARE(past.acknowledged[2].value, 200.0);
        QCOMPARE(past.worstBound[1].value, 0.2);
        QCOMPARE(past.offsets.value(QStringLiteral("n2")).size(), std::size_t{3});
        const auto& offset = past.offsets.value(QStringLiteral("n2"))[0];
        QVERIFY(std::abs(offset.high - 0.25) < 1e-9);
        QVERIFY(std::abs(offset.low + 0.15) < 1e-9);
    }

    static void aNewLeaderDoesNotKnowTheLag()
    {
        HistoryRow row = rowOf(10, true, 1, 0);
        row.lag = row.commit;
        QVERIFY(std::isnan(pastOf({{QStringLiteral("n1"), {row}}}).worstLag[0].value));
    }

    // --- samples

    static void theWorstOfASecondStays()
    {
        LiveSecond second;
        QVERIFY(std::isnan(second.worstLag()));
        Sample sample = sampleOf(Role::Leader, 3);
        sample.acknowledgedPerS = 10;
        sample.p99Ms = 4;
        sample.peers = {peerOf(QStringLiteral("n2"), 90, 10), peerOf(QStringLiteral("n3"), 0, 100)};
        second.take(sample);
        sample.p99Ms = 2;
        sample.peers = {peerOf(QStringLiteral("n2"), 99, 1), peerOf(QStringLiteral("n3"), 0, 100)};
        second.take(sample);
        QCOMPARE(second.p99Ms(), 4.0);
        QCOMPARE(second.lags().value(QStringLiteral("n2")), 10.0);
        // Of n3 it has not heard yet.
        QCOMPARE(second.worstLag(), 10.0);
        QCOMPARE(second.worstBoundMs(), 0.3);
        second.clear();
        QVERIFY(!second.led());
    }

    static void anOldLeaderDoesNotSpeak()
    {
        LiveSecond second;
        Sample now = sampleOf(Role::Leader, 5);
        now.acknowledgedPerS = 50;
        second.take(now);
        Sample old = sampleOf(Role::Leader, 4);
        old.acknowledgedPerS = 7;
        second.take(old);
        QCOMPARE(second.acknowledgedPerS(), 50.0);
    }

    // --- marks

    static void eventsOfOnePlaceAreOneMark()
    {
        EventModel events;
        dsmsg::ui::ChartCursor cursor;
        cursor.setSpan(60);
        cursor.setNow(1000);
        TimelineMarkers markers;
        markers.setEvents(&events);
        markers.setCursor(&cursor);
        markers.setProperty("room", 12);                               // five seconds each
        events.add(eventOf(1, 900, QStringLiteral("leader_elected"))); // too old
        events.add(eventOf(2, 951, QStringLiteral("leader_elected")));
        events.add(eventOf(3, 952, QStringLiteral("election_started"))); // graver, same place
        events.add(eventOf(4, 980, QStringLiteral("leader_elected")));
        events.add(eventOf(5, 981, QStringLiteral("vote_granted"))); // routine
        QTRY_COMPARE(markers.count(), 2);
        const auto first = markers.index(0);
        QCOMPARE(markers.data(first, TimelineMarkers::KindRole).toString(),
                 QStringLiteral("election_started"));
        QCOMPARE(markers.data(first, TimelineMarkers::EventsRole).toInt(), 2);
        QCOMPARE(events.get(markers.data(first, TimelineMarkers::RowRole).toInt())
                     .value(QStringLiteral("kind"))
                     .toString(),
                 QStringLiteral("election_started"));

        // Time goes on: the first mark leaves, the others stay what they are.
        QSignalSpy removed(&markers, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&markers, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&markers, &QAbstractItemModel::modelReset);
        cursor.setNow(1020);
        QTRY_COMPARE(markers.count(), 1);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(inserted.size(), 0);
        QCOMPARE(reset.size(), 0);
        markers.setProperty("routine", true);
        QTRY_COMPARE(markers.data(markers.index(0), TimelineMarkers::EventsRole).toInt(), 2);
    }

    // --- clocks

    static void theAxisGrowsAtOnceAndShrinksLate()
    {
        QCOMPARE(ClockRows::reachFor(0.3, 1), 1.0);
        QCOMPARE(ClockRows::reachFor(0.25, 1), 0.5);
        QCOMPARE(ClockRows::reachFor(3, 1), 5.0);
        QCOMPARE(ClockRows::reachFor(2, 5), 5.0);
        QCOMPARE(ClockRows::reachFor(0.01, 5), 0.05);
        // A tenth of a second is well within what is drawn, a second is not.
        QVERIFY(ClockRows::reachFor(1000, 0.05) >= 1000);
    }

    static void aCorrectionIsDrawnWithRoom()
    {
        Correction correction;
        QVERIFY(!correction.valid());
        correction.setAnswer(
            {{QStringLiteral("original_timestamp"), 1000.0},
             {QStringLiteral("corrected_timestamp"), 1000.002},
             {QStringLiteral("correction_info"),
              QVariantMap{{QStringLiteral("method"), QStringLiteral("hybrid")}}},
             {QStringLiteral("estimated_accuracy"), QVariantMap{{QStringLiteral("lower_bound"), 1000.0015},
                                                                {QStringLiteral("upper_bound"), 1000.0025}}},
             {QStringLiteral("client_clock"), QStringLiteral("verified")}});
        QVERIFY(correction.valid());
        QVERIFY(std::abs(correction.movedMs() - 2) < 1e-6);
        QVERIFY(std::abs(correction.boundMs() - 0.5) < 1e-6);
        QVERIFY(correction.fromMs() < 0);
        QVERIFY(correction.toMs() > 2.5);
        QVERIFY(correction.verified());
        QVERIFY(correction.text().contains(QStringLiteral("later")));
    }

    // --- real nodes

    static void whatARealClusterRemembersIsShown()
    {
        const QTemporaryDir directory;
        EmbeddedCluster embedded(directory.path());
        embedded.start(3);
        QTRY_VERIFY_WITH_TIMEOUT(embedded.running(), 20'000);
        Requests requests;
        ClusterMonitor cluster(requests);
        Timeline timeline(requests, cluster);
        QSignalSpy filled(&timeline, &Timeline::filled);
        QTest::qWait(2500); // what there is to remember
        cluster.connectTo(embedded.urls());
        QTRY_VERIFY_WITH_TIMEOUT(!filled.isEmpty() && !timeline.filling(), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(timeline.offsets().size(), 3, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(timeline.now()), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(timeline.earliest() < timeline.now() - 1, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(timeline.acknowledged()->latest()), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(timeline.worstBound()->latest() > 0, 10'000);
        cluster.disconnectFromCluster();
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
