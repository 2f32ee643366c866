// SPDX-License-Identifier: GPL-3.0-or-later
//
// The time routes of API.md on one node: every field with its type, where the stamps are taken, every refusal
// in its words.
#include <QTest>

#include "tests/http/JsonTypes.h"
#include "tests/http/TimeSample.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

constexpr double microsecond = 1e-6;

double number(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toDouble(-1);
}

QString text(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toString();
}

QJsonObject part(const QJsonObject& object, const char* name)
{
    return object[QLatin1String(name)].toObject();
}

} // namespace

class TestTimeRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestServer> server_;
    node::TimeStatus time_; ///< what the node says
    const SystemClock clock_;

    Answer get(std::string_view target) { return ask(*server_, request("GET", target)); }
    Answer post(std::string_view target, std::string_view body = {})
    {
        return ask(*server_, request("POST", target, body));
    }
    void tell(const node::TimeStatus& time)
    {
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) { gateway.status.time = time; });
    }
    void tellRound(std::size_t asked, std::size_t answered, bool good)
    {
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) {
            gateway.timeRound = {asked, answered, good, time_};
        });
    }
    /// On the clock that the node tells, which follows the boot-time clock.
    double told(Instant at) const { return toSeconds(time_.localTime + (at - time_.asOf)); }

private Q_SLOTS:
    void init()
    {
        server_ = std::make_unique<TestServer>();
        time_ = timeSample();
        tell(time_);
    }
    void cleanup() { server_.reset(); }

    void timeHasEveryField()
    {
        const Answer answer = get("/time");
        QCOMPARE(answer.status, 200);
        const QJsonObject body = json(answer);
        QCOMPARE(wrongTypes(body, "server_receive_time:n server_send_time:n synchronized_time:n local_time:n "
                                  "node_id:s is_synchronized:b clock_offset:n sync_accuracy:n "
                                  "last_sync_time:n bound:n"),
                 QString());
        QCOMPARE(text(body, "node_id"), QStringLiteral("n1"));
        QCOMPARE(number(body, "clock_offset"), 0.02);
        QCOMPARE(number(body, "sync_accuracy"), 0.0004);
        QVERIFY(std::abs(number(body, "synchronized_time") - number(body, "local_time") - 0.02) <
                microsecond);
        QCOMPARE(number(body, "last_sync_time"), toSeconds(*time_.lastSync));
    }

    // The client's offset is ((receive - t1) + (send - t4)) / 2, true within half of the round trip.
    void theFourTimestampsAreInOrder()
    {
        RawClient client(*server_);
        const double t1 = told(clock_.now());
        client.send(request("GET", "/time"));
        const auto answer = client.answer();
        const double t4 = told(clock_.now());
        QVERIFY(answer);
        const QJsonObject body = json(*answer);
        const double received = number(body, "server_receive_time");
        const double sent = number(body, "server_send_time");
        QVERIFY(t1 - microsecond <= received && received <= sent && sent <= t4 + microsecond);
    }

    void theRequestIsStampedBeforeTheNodeIsAsked()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.holdTime = true; });
        RawClient client(*server_);
        client.send(request("GET", "/time"));
        QVERIFY(server_->waitFor(
            [](FakeGateway& gateway, http::HttpFront&) { return gateway.heldTime.size() == 1; }));
        const double asked = told(clock_.now());
        server_->inHttp(
            [](FakeGateway& gateway, http::HttpFront&) { gateway.heldTime.front()(gateway.status.time); });
        const QJsonObject body = json(client.answer().value_or(Answer{}));
        QVERIFY(number(body, "server_receive_time") <= asked + microsecond);
        QVERIFY(number(body, "server_send_time") >= asked - microsecond);
        QCOMPARE(number(body, "server_send_time"), number(body, "local_time"));
    }

    void theStampIsOfTheLastByte()
    {
        RawClient client(*server_);
        const std::string whole = request("GET", "/time");
        client.send(std::string_view(whole).substr(0, 10));
        QVERIFY(server_->waitFor(
            [](FakeGateway&, http::HttpFront& front) { return front.connectionCount() == 1; }));
        const double second = told(clock_.now());
        client.send(std::string_view(whole).substr(10));
        const QJsonObject body = json(client.answer().value_or(Answer{}));
        QVERIFY(number(body, "server_receive_time") >= second - microsecond);
    }

    void whatIsNotKnownIsNull()
    {
        time_.synchronized = false;
        time_.bound.reset();
        time_.lastSync.reset();
        time_.drift.reset();
        time_.predictedOffset.reset();
        time_.networkDelay.reset();
        tell(time_);
        const QJsonObject body = json(get("/time"));
        QCOMPARE(wrongTypes(body, "clock_offset:n sync_accuracy:0 last_sync_time:0 bound:0"), QString());
        QVERIFY(!body[QLatin1String("is_synchronized")].toBool(true));
        QCOMPARE(wrongTypes(part(json(get("/status")), "time_sync"),
                            "synchronized:b clock_offset:n network_delay:n sync_accuracy:0 drift_rate:n "
                            "predicted_offset:n last_sync_time:0"),
                 QString());
    }

    void timeSyncOfTheStatus()
    {
        const QJsonObject body = json(get("/status"));
        const QJsonObject sync = part(body, "time_sync");
        QCOMPARE(wrongTypes(sync, timeSyncTypes), QString());
        QVERIFY(sync[QLatin1String("synchronized")].toBool());
        QCOMPARE(number(sync, "drift_rate"), 12.5e-6);
        QCOMPARE(number(sync, "predicted_offset"), 0.020375);
        QCOMPARE(number(sync, "success_rate"), 0.75);
        QCOMPARE(number(sync, "clock_jumps"), 2.0);
        QCOMPARE(number(part(body, "metrics"), "average_correction_magnitude"), 0.019);

        const char* met = "http://127.0.0.1:8001";
        QCOMPARE(part(sync, "peer_offsets"), (QJsonObject{{QLatin1String(met), 0.025}}));
        QCOMPARE(part(sync, "peer_delays"), (QJsonObject{{QLatin1String(met), 0.00014}}));
        const QJsonObject peers = part(sync, "peers");
        QCOMPARE(peers.size(), 3);
        const QJsonObject peer = part(peers, met);
        QCOMPARE(wrongTypes(peer, "id:s votes:b bound:n since_exchange:n exchanges:o"), QString());
        QCOMPARE(number(peer, "bound"), 0.0003);
        QCOMPARE(number(peer, "since_exchange"), 1.0);
        QCOMPARE(part(peer, "exchanges"), (QJsonObject{{QLatin1String("attempts"), 9},
                                                       {QLatin1String("accepted"), 6},
                                                       {QLatin1String("rejected"), 2},
                                                       {QLatin1String("outliers"), 1}}));
        QCOMPARE(wrongTypes(part(peers, "http://127.0.0.1:8002"), "id:s bound:0 since_exchange:0"),
                 QString());
        QCOMPARE(wrongTypes(part(peers, toHex(ServerId(4)).c_str()), "id:0 votes:b"), QString());
    }

    void aRoundIsAnswered_data()
    {
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("answered");
        QTest::addColumn<bool>("good");
        QTest::addColumn<QString>("says");
        QTest::newRow("by all") << 2 << 2 << true << QStringLiteral("2 of 2 peers answered.");
        QTest::newRow("by some") << 2 << 1 << true << QStringLiteral("1 of 2 peers answered.");
        QTest::newRow("by the one") << 1 << 1 << true << QStringLiteral("1 of 1 peer answered.");
        QTest::newRow("alone") << 0 << 0 << true << QStringLiteral("no peers");
        QTest::newRow("by none") << 2 << 0 << false << QStringLiteral("0 of 2 peers answered in time.");
        QTest::newRow("none reached") << 0 << 0 << false << QStringLiteral("No peer can be reached.");
    }
    void aRoundIsAnswered()
    {
        QFETCH(int, asked);
        QFETCH(int, answered);
        QFETCH(bool, good);
        QFETCH(QString, says);
        tellRound(static_cast<std::size_t>(asked), static_cast<std::size_t>(answered), good);
        for (const char* body : {"", "{}"}) {
            const Answer answer = post("/time/sync", body);
            QCOMPARE(answer.status, good ? 200 : 206);
            const QJsonObject object = json(answer);
            QCOMPARE(wrongTypes(object, "status:s message:s sync_status:o node_id:s asked:n answered:n"),
                     QString());
            QCOMPARE(text(object, "status"), good ? QStringLiteral("ok") : QStringLiteral("partial"));
            QVERIFY2(text(object, "message").contains(says), answer.body.c_str());
            QCOMPARE(wrongTypes(part(object, "sync_status"), timeSyncTypes), QString());
        }
    }

    void correctHasEveryField()
    {
        const UnixTime stamp(1'700'000'000'250'000us);
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) {
            gateway.corrected = timesync::CorrectedTime{stamp, -50ms, 10ms,
                                                        timesync::CorrectionMethod::DriftCompensated, false};
        });
        const Answer answer = post("/time/correct", R"({"timestamp":1700000000.25,"sender":"alice"})");
        QCOMPARE(answer.status, 200);
        const QJsonObject body = json(answer);
        QCOMPARE(wrongTypes(body, "status:s original_timestamp:n corrected_timestamp:n correction_info:o "
                                  "estimated_accuracy:o client_clock:s"),
                 QString());
        QCOMPARE(text(body, "status"), QStringLiteral("ok"));
        QCOMPARE(number(body, "original_timestamp"), 1700000000.25);
        QCOMPARE(number(body, "corrected_timestamp"), 1700000000.2);
        QCOMPARE(text(body, "client_clock"), QStringLiteral("unverified"));
        QCOMPARE(part(body, "correction_info"),
                 (QJsonObject{{QLatin1String("applied_offset"), -0.05},
                              {QLatin1String("method"), QStringLiteral("drift_compensated")},
                              {QLatin1String("magnitude"), 0.05}}));
        QCOMPARE(part(body, "estimated_accuracy"),
                 (QJsonObject{{QLatin1String("confidence_interval"), 0.01},
                              {QLatin1String("lower_bound"), 1700000000.19},
                              {QLatin1String("upper_bound"), 1700000000.21}}));
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.toCorrect, std::vector<UnixTime>{stamp});
        });
    }

    void methodsOfCorrection()
    {
        using enum timesync::CorrectionMethod;
        for (const auto& [method, name] : {std::pair(Offset, "offset"), std::pair(Hybrid, "hybrid")}) {
            server_->inHttp([&, method = method](FakeGateway& gateway, http::HttpFront&) {
                gateway.corrected = timesync::CorrectedTime{UnixTime(1s), 1ms, {}, method, true};
            });
            const QJsonObject body = json(post("/time/correct", R"({"timestamp":1})"));
            QCOMPARE(text(part(body, "correction_info"), "method"), QLatin1String(name));
            QCOMPARE(text(body, "client_clock"), QStringLiteral("verified"));
            QCOMPARE(wrongTypes(part(body, "estimated_accuracy"),
                                "confidence_interval:0 lower_bound:0 upper_bound:0"),
                     QString());
        }
    }

    void refusedTimestamps_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* body, const char* says) {
            QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(says);
        };
        const char* missing = "Missing timestamp parameter";
        const char* notNumeric = "timestamp must be a finite number of seconds since the Unix epoch";
        row("no body", "", missing);
        row("nothing in it", "{}", missing);
        row("null", R"({"timestamp":null})", missing);
        row("another name", R"({"ts":1})", missing);
        row("a string", R"({"timestamp":"1700000000"})", notNumeric);
        row("a boolean", R"({"timestamp":true})", notNumeric);
        row("an array", R"({"timestamp":[1]})", notNumeric);
        row("an object", R"({"timestamp":{}})", notNumeric);
        row("infinite", R"({"timestamp":1e999})", notNumeric);
        row("sender of another type", R"({"timestamp":1,"sender":5})", "sender must be a string");
        row("NaN", R"({"timestamp":NaN})", "");
        row("Infinity", R"({"timestamp":Infinity})", "");
        row("not JSON", "{", "");
        row("no object", "[1]", "");
        row("a number", "1700000000", "");
    }
    void refusedTimestamps()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, says);
        const Answer answer = post("/time/correct", body.toStdString());
        QCOMPARE(answer.status, 400);
        const QJsonObject object = json(answer);
        QCOMPARE(text(object, "status"), QStringLiteral("error"));
        QVERIFY(!text(object, "message").isEmpty());
        if (!says.isEmpty())
            QCOMPARE(text(object, "message"), says);
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { QVERIFY(gateway.toCorrect.empty()); });
    }

    void tooOldOrTooFarAhead_data()
    {
        QTest::addColumn<qint64>("secondsFromNow");
        QTest::addColumn<int>("status");
        QTest::newRow("61 s old") << qint64(-61) << 400;
        QTest::newRow("59 s old") << qint64(-59) << 200;
        QTest::newRow("4 s ahead") << qint64(4) << 200;
        QTest::newRow("6 s ahead") << qint64(6) << 400;
        QTest::newRow("in milliseconds") << qint64(1'700'000'000'000) << 400;
        QTest::newRow("before 1970") << qint64(-4'000'000'000) << 400;
    }
    void tooOldOrTooFarAhead()
    {
        QFETCH(qint64, secondsFromNow);
        QFETCH(int, status);
        const UnixTime now = clock_.wall();
        const UnixTime stamp = now + std::chrono::seconds(secondsFromNow);
        const auto checked = timesync::checkTimestamp(stamp, now);
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) {
            if (!checked)
                gateway.corrected = checked.error();
        });
        const Answer answer =
            post("/time/correct", "{\"timestamp\":" + std::to_string(toSeconds(stamp)) + "}");
        QCOMPARE(answer.status, status);
        const QJsonObject object = json(answer);
        QCOMPARE(text(object, "status"), status == 200 ? QStringLiteral("ok") : QStringLiteral("error"));
        QCOMPARE(text(object, "message").contains(QLatin1String("timestamp")), status == 400);
    }

    void resetHasEveryField()
    {
        const Answer answer = post("/time/reset");
        QCOMPARE(answer.status, 200);
        const QJsonObject body = json(answer);
        QCOMPARE(wrongTypes(body, "status:s message:s timestamp:n"), QString());
        QCOMPARE(text(body, "status"), QStringLiteral("ok"));
        QCOMPARE(number(body, "timestamp"), toSeconds(time_.localTime));
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) { QCOMPARE(gateway.timeResets, 1); });
    }

    void otherMethodsAreRefusedInWords()
    {
        for (const auto& [method, path] :
             {std::pair("POST", "/time"), std::pair("GET", "/time/sync"), std::pair("GET", "/time/correct"),
              std::pair("DELETE", "/time/reset")}) {
            const Answer answer = ask(*server_, request(method, path));
            QCOMPARE(answer.status, 405);
            QVERIFY(!answer.header("allow").empty());
            QVERIFY(!text(json(answer), "message").isEmpty());
        }
        QCOMPARE(get("/time/").status, 404);
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestTimeRoutes)
#include "tst_time_routes.moc"
