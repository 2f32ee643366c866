// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET /clock and GET /time/stats: every field with its type, and its value where it is made of two others.
#include <QTest>

#include "tests/http/JsonTypes.h"
#include "tests/http/TimeSample.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

constexpr const char* met = "http://127.0.0.1:8001";

node::OrderingStatus orderingSample()
{
    node::OrderingStatus ordering;
    ordering.held = 25;
    ordering.heldMax = 100;
    ordering.window = 5s;
    ordering.averageAge = 1'500ms;
    ordering.maxAge = 4s;
    ordering.applied = 65;
    ordering.delivery.last = DeliverySeq(40);
    ordering.delivery.reordered = 10;
    return ordering;
}

double number(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toDouble(-1);
}

QJsonObject part(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toObject();
}

} // namespace

class TestClock : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestServer> server_;
    node::TimeStatus time_;

    QJsonObject get(std::string_view target)
    {
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) { gateway.status.time = time_; });
        const Answer answer = ask(*server_, request("GET", target));
        return answer.status == 200 ? json(answer) : QJsonObject();
    }

private Q_SLOTS:
    void init()
    {
        server_ = std::make_unique<TestServer>();
        time_ = timeSample();
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.ordering = orderingSample(); });
    }
    void cleanup() { server_.reset(); }

    void clockHasEveryField()
    {
        const QJsonObject body = get("/clock");
        QCOMPARE(wrongTypes(body, "current_time:n timestamp:n node_id:s synchronized_time:n "
                                  "time_synchronization:o clock_skew_analysis:o timestamp_correction:o "
                                  "message_ordering:o"),
                 QString());
        QCOMPARE(number(body, "current_time"), toSeconds(time_.localTime));
        QCOMPARE(number(body, "timestamp"), number(body, "current_time"));
        QCOMPARE(number(body, "synchronized_time"), toSeconds(time_.clusterTime));
        QCOMPARE(wrongTypes(part(body, "time_synchronization"), timeSyncTypes), QString());
        const QJsonObject correction = part(body, "timestamp_correction");
        QCOMPARE(wrongTypes(correction, "corrections_applied:n average_correction_magnitude:n "
                                        "max_correction_magnitude:n current_method:s"),
                 QString());
        QCOMPARE(correction, (QJsonObject{{QLatin1String("corrections_applied"), 7},
                                          {QLatin1String("average_correction_magnitude"), 0.019},
                                          {QLatin1String("max_correction_magnitude"), 0.021},
                                          {QLatin1String("current_method"), QStringLiteral("hybrid")}}));
        QCOMPARE(wrongTypes(part(body, "message_ordering"),
                            "buffer_size:n max_buffer_size:n buffer_utilization:n average_message_age:n "
                            "max_message_age:n messages_buffered:n messages_reordered:n messages_delivered:n "
                            "messages_dropped:n reorder_rate:n delivered_tracking_size:n "
                            "deliverable_messages_count:n sample_deliverable_messages:a"),
                 QString());
    }

    void skewHasEveryField()
    {
        const QJsonObject skew = part(get("/clock"), "clock_skew_analysis");
        QCOMPARE(wrongTypes(skew, "current_skew:n drift_rate:n measurements:n mean_offset:n median_offset:n "
                                  "std_deviation:n min_offset:n max_offset:n range:n acceptable:b "
                                  "last_analysis:n peer_statistics:o"),
                 QString());
        QCOMPARE(number(skew, "current_skew"), 0.02001);
        QCOMPARE(number(skew, "drift_rate"), 12.5e-6);
        QCOMPARE(number(skew, "median_offset"), 0.020001);
        QCOMPARE(number(skew, "range"), 0.00012);
        QVERIFY(skew[QLatin1String("acceptable")].toBool());
        const QJsonObject peers = part(skew, "peer_statistics");
        QCOMPARE(peers.keys(), QStringList{QLatin1String(met)}); // those that were measured
        QCOMPARE(part(peers, met), (QJsonObject{{QLatin1String("current_offset"), 0.02501},
                                                {QLatin1String("drift_rate"), -3.5e-6},
                                                {QLatin1String("measurements"), 30},
                                                {QLatin1String("mean_offset"), 0.025},
                                                {QLatin1String("std_deviation"), 0.00002}}));
    }

    void withoutAMeasurementThereIsNoAnalysis()
    {
        time_.skew.reset();
        QCOMPARE(part(get("/clock"), "clock_skew_analysis"),
                 (QJsonObject{{QLatin1String("error"), QStringLiteral("No data available")}}));
        const QJsonObject skew = part(part(get("/time/stats"), "statistics"), "clock_skew");
        QCOMPARE(wrongTypes(skew, "current_skew:n drift_rate:n measurements:n std_deviation:n acceptable:b "
                                  "recommended_sync_interval:n"),
                 QString());
        QCOMPARE(number(skew, "measurements"), 0.0);
    }

    void statisticsHaveEveryField()
    {
        const QJsonObject body = get("/time/stats");
        QCOMPARE(body[QLatin1String("status")].toString(), QStringLiteral("ok"));
        const QJsonObject statistics = part(body, "statistics");
        QCOMPARE(wrongTypes(statistics, "timestamp:n node_id:s synchronization:o clock_skew:o "
                                        "timestamp_correction:o message_ordering:o"),
                 QString());
        QCOMPARE(part(statistics, "synchronization"), (QJsonObject{{QLatin1String("is_synchronized"), true},
                                                                   {QLatin1String("success_rate"), 0.75},
                                                                   {QLatin1String("attempts"), 4},
                                                                   {QLatin1String("successful"), 3},
                                                                   {QLatin1String("current_offset"), 0.02},
                                                                   {QLatin1String("accuracy"), 0.0004},
                                                                   {QLatin1String("peer_count"), 3}}));
        QCOMPARE(part(statistics, "clock_skew"),
                 (QJsonObject{{QLatin1String("current_skew"), 0.02},
                              {QLatin1String("drift_rate"), 12.5e-6},
                              {QLatin1String("measurements"), 30},
                              {QLatin1String("std_deviation"), 0.00002},
                              {QLatin1String("acceptable"), true},
                              {QLatin1String("recommended_sync_interval"), 30}}));
        QCOMPARE(part(statistics, "timestamp_correction"),
                 (QJsonObject{{QLatin1String("corrections_applied"), 7},
                              {QLatin1String("average_magnitude"), 0.019},
                              {QLatin1String("max_magnitude"), 0.021},
                              {QLatin1String("method"), QStringLiteral("hybrid")}}));
        QCOMPARE(part(statistics, "message_ordering"), (QJsonObject{{QLatin1String("buffer_size"), 25},
                                                                    {QLatin1String("utilization"), 0.25},
                                                                    {QLatin1String("reordered"), 10},
                                                                    {QLatin1String("delivered"), 40},
                                                                    {QLatin1String("reorder_rate"), 0.25},
                                                                    {QLatin1String("average_age"), 1.5}}));
    }

    void theIntervalFollowsTheDrift_data()
    {
        QTest::addColumn<double>("driftRate");
        QTest::addColumn<int>("seconds");
        QTest::newRow("none") << 0.0 << 300;
        QTest::newRow("below 1e-9") << 0.9e-9 << 300;
        QTest::newRow("below 1e-7") << 0.9e-7 << 120;
        QTest::newRow("slow, below 1e-7") << -0.9e-7 << 120;
        QTest::newRow("below 1e-6") << 0.9e-6 << 60;
        QTest::newRow("slow, below 1e-6") << -0.9e-6 << 60;
        QTest::newRow("above") << 1.1e-6 << 30;
        QTest::newRow("slow") << -2e-4 << 30;
    }
    void theIntervalFollowsTheDrift()
    {
        QFETCH(double, driftRate);
        QFETCH(int, seconds);
        time_.drift = timesync::Drift{driftRate * 1e6, 0};
        const QJsonObject skew = part(part(get("/time/stats"), "statistics"), "clock_skew");
        QCOMPARE(number(skew, "recommended_sync_interval"), double(seconds));
    }

    void otherMethods()
    {
        for (const char* path : {"/clock", "/time/stats"}) {
            const Answer answer = ask(*server_, request("POST", path));
            QCOMPARE(answer.status, 405);
            QVERIFY(!json(answer)[QLatin1String("message")].toString().isEmpty());
        }
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestClock)
#include "tst_clock.moc"
