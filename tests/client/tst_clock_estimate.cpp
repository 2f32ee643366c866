// SPDX-License-Identifier: GPL-3.0-or-later
//
// The clock of a client against the cluster's: the stated interval must hold the truth, always.
#include <QTest>

#include "FakeNode.h"
#include "core/base/Random.h"
#include "core/client/Client.h"

using namespace dsmsg;
using namespace dsmsg::client;
using namespace dsmsg::test;

namespace {

/// Cluster time minus the boot-time clock, at `now`.
using Truth = std::function<double(double nowMicros)>;

ClockEstimate::Exchange exchange(double sent, double there, double inNode, double back, const Truth& truth,
                                 double clusterError, Duration bound)
{
    ClockEstimate::Exchange exchange;
    const double atNode = sent + there + inNode;
    const auto micros = [](double value) { return Duration(std::llround(value)); };
    exchange.sent = Instant(micros(std::floor(sent)));
    exchange.received = Instant(micros(std::floor(atNode + back)));
    exchange.nodeReceived = UnixTime(micros(7e14 + sent + there));
    exchange.nodeSent = UnixTime(micros(7e14 + atNode));
    exchange.clusterTime = UnixTime(micros(atNode + truth(atNode) + clusterError));
    exchange.bound = bound;
    return exchange;
}

QByteArray timeAnswer(UnixTime node, UnixTime cluster)
{
    const auto text = [](UnixTime time) { return QByteArray::number(toSeconds(time), 'f', 6); };
    return json("{'server_receive_time':") + text(node) + json(",'server_send_time':") + text(node) +
           json(",'synchronized_time':") + text(cluster) + json(",'bound':0.000100}");
}

} // namespace

class TestClockEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTruthLiesInside()
    {
        Random random(7);
        const auto upTo = [&random](double greatest) {
            return double(random.below(1'000'000)) / 1e6 * greatest;
        };
        for (int round = 0; round < 300; ++round) {
            ClockEstimate estimate(500);
            const double drift = upTo(1000) - 500; // ppm
            const double offset = upTo(2e12) - 1e12;
            const Truth truth = [&](double now) { return offset + now * drift / 1e6; };
            double now = 1e9;
            for (int i = 0; i < 40; ++i) {
                now += upTo(60e6);
                const double bound = upTo(2000);
                const double error = (upTo(2) - 1) * bound;
                const auto asked = exchange(now, upTo(random.chance(1, 5) ? 4e5 : 300), upTo(100), upTo(300),
                                            truth, error, Duration(std::llround(std::ceil(bound)) + 1));
                QVERIFY(estimate.add(asked));
                now = double(asked.received.time_since_epoch().count());
                const double later = now + upTo(100e6);
                const UnixTime wall(Duration(std::llround(later + upTo(1e12))));
                const auto stated = estimate.at(Instant(Duration(std::llround(later))), wall);
                QVERIFY(stated);
                const double clusterNow = later + truth(later);
                const double off = clusterNow - double((wall.time_since_epoch() + stated->offset).count());
                QVERIFY2(std::abs(off) <= double(stated->error.count()),
                         qPrintable(
                             QStringLiteral("off by %1 us, stated %2").arg(off).arg(stated->error.count())));
            }
        }
    }

    void theNarrowestCountsAndGrowsWithItsAge()
    {
        ClockEstimate estimate(500);
        const Truth none = [](double) { return 0.0; };
        QVERIFY(!estimate.at(Instant(), UnixTime()));
        QVERIFY(estimate.add(exchange(1e6, 50, 0, 50, none, 0, Duration(0))));
        QVERIFY(estimate.add(exchange(2e6, 50000, 0, 50000, none, 0, Duration(0))));
        const auto soon = estimate.at(Instant(Duration(2'200'000)), UnixTime());
        QVERIFY(soon->error < Duration(1000));
        const auto later = estimate.at(Instant(Duration(62'200'000)), UnixTime());
        const auto growth = later->error - soon->error;
        QVERIFY2(growth >= Duration(29990) && growth <= Duration(30010), "500 us a second");
        QVERIFY(!estimate.at(Instant(std::chrono::hours(1)), UnixTime()));
    }

    void whatProvesNothingIsRefused()
    {
        ClockEstimate estimate(500);
        const Truth none = [](double) { return 0.0; };
        QVERIFY2(!estimate.add(exchange(1e6, 800000, 0, 800000, none, 0, Duration(0))), "too slow");
        auto backwards = exchange(1e6, 50, 0, 50, none, 0, Duration(0));
        std::swap(backwards.sent, backwards.received);
        QVERIFY(!estimate.add(backwards));
        auto longer = exchange(1e6, 50, 0, 50, none, 0, Duration(0));
        longer.nodeReceived -= Duration(1000);
        QVERIFY2(!estimate.add(longer), "longer in the node than in all");
        QVERIFY(!estimate.add(exchange(1e6, 50, 0, 50, none, 0, Duration(-1))));
        QVERIFY(!estimate.at(Instant(Duration(2'000'000)), UnixTime()));
    }

    // The whole way: GET /time, and what the next message says.
    void messagesStateTheClock()
    {
        constexpr Duration ahead = std::chrono::seconds(100);
        FakeNode node([ahead](const FakeRequest& request) {
            const UnixTime now = SystemClock().wall();
            return request.target == "/time" ? answer(200, timeAnswer(now, now + ahead)) : acknowledge(1);
        });
        Client::Options options;
        options.endpoints = {node.url()};
        Client client(options);
        std::optional<std::optional<ClockOffset>> measured;
        client.measureClock([&measured](std::optional<ClockOffset> offset) { measured = offset; });
        QTRY_VERIFY(measured.has_value());
        QVERIFY(measured->has_value());
        QVERIFY(std::chrono::abs((**measured).offset - ahead) <= (**measured).error);

        node.requests.clear();
        bool done = false;
        Draft draft;
        draft.payload = "1";
        client.send(draft, [&done](const SendResult&) { done = true; });
        QTRY_VERIFY(done);
        QByteArray body;
        for (const FakeRequest& request : std::as_const(node.requests))
            body += request.body;
        QVERIFY2(body.contains(json(",'clock':{'offset':100.0")) ||
                     body.contains(json(",'clock':{'offset':99.9")),
                 body.constData());
        QVERIFY2(body.contains(json(",'ts':")), body.constData());
    }

    void anUnknownClockIsNotStated()
    {
        FakeNode node([](const FakeRequest& request) {
            return request.target == "/time"
                       ? answer(200,
                                json("{'server_receive_time':1,'server_send_time':1,'synchronized_time':1,"
                                     "'bound':null}"))
                       : acknowledge(1);
        });
        Client::Options options;
        options.endpoints = {node.url(), deadUrl()};
        Client client(options);
        std::optional<std::optional<ClockOffset>> measured;
        client.measureClock([&measured](std::optional<ClockOffset> offset) { measured = offset; });
        QTRY_VERIFY(measured.has_value());
        QVERIFY(!measured->has_value());
        bool done = false;
        client.send(Draft(), [&done](const SendResult&) { done = true; });
        QTRY_VERIFY(done);
        for (const FakeRequest& request : std::as_const(node.requests))
            QVERIFY(!request.body.contains("clock") && !request.body.contains("ts"));
    }
};

QTEST_GUILESS_MAIN(TestClockEstimate)
#include "tst_clock_estimate.moc"
