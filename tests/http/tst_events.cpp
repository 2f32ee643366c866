// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET /events: what a subscriber gets, where it begins and resumes, and what one that stands still or leaves
// costs. Streams are read by a second reading of the standard (EventText).
#include <QDeadlineTimer>
#include <QTest>
#include <functional>

#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"
#include "tests/http/TestServer.h"
#include "tests/support/EventText.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

messaging::StoredMessage message(std::uint64_t seq, const char* recipient = "all",
                                 std::string payload = "\"x\"")
{
    messaging::StoredMessage stored;
    stored.message.msgId = "id" + std::to_string(seq);
    stored.message.sender = seq % 2 == 0 ? "even" : "odd";
    stored.message.recipient = recipient;
    stored.message.payload = std::move(payload);
    stored.message.originalTs = UnixTime(1'700'000'000'250'000us);
    stored.message.receiveTs = UnixTime(1'700'000'001'000'000us);
    stored.seq = Seq(seq);
    stored.term = Term(2);
    stored.index = LogIndex(seq + 5);
    return stored;
}

messaging::StoredMessage delivered(std::uint64_t seq, std::uint64_t delivery)
{
    messaging::StoredMessage stored = message(seq);
    stored.delivery = DeliverySeq(delivery);
    return stored;
}

ServerOptions withMessages(std::uint64_t count)
{
    ServerOptions options;
    for (std::uint64_t seq = 1; seq <= count; ++seq)
        options.messages.push_back(message(seq));
    return options;
}

std::string jsonOf(const messaging::StoredMessage& stored)
{
    std::string json;
    http::JsonWriter writer(json);
    http::writeMessage(writer, stored);
    return json;
}

/// A subscriber: its answer's head, then events.
class Subscriber
{
public:
    Subscriber(const TestServer& server, const std::string& target, const std::string& headers = {})
        : client_(server)
    {
        client_.send(request("GET", target, {}, headers));
        head = client_.answer(true).value_or(Answer{});
        text.add(client_.takeLeftover());
    }

    bool await(const std::function<bool(const EventText&)>& condition)
    {
        const QDeadlineTimer deadline(10'000);
        while (!condition(text) && !deadline.hasExpired()) {
            if (!client_.waitBytes(static_cast<int>(deadline.remainingTime())))
                break;
            text.add(client_.takeLeftover());
        }
        return condition(text);
    }
    bool awaitEvents(std::size_t count)
    {
        return await([count](const EventText& seen) { return seen.events.size() >= count; });
    }
    std::vector<std::string> ids() const
    {
        std::vector<std::string> all;
        for (const ServerEvent& event : text.events)
            all.push_back(event.id);
        return all;
    }
    RawClient& client() { return client_; }

    Answer head;
    EventText text;

private:
    RawClient client_;
};

std::size_t subscribers(TestServer& server)
{
    std::size_t count = 0;
    server.inHttp([&](FakeGateway&, http::HttpFront& front) { count = front.feed().subscriberCount(); });
    return count;
}

} // namespace

class TestEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStreamBeginsWithItsHead()
    {
        TestServer server(withMessages(3));
        Subscriber subscriber(server, "/events?after=1", "Origin: http://page.example\r\n");
        QCOMPARE(subscriber.head.status, 200);
        QCOMPARE(subscriber.head.header("content-type"), std::string("text/event-stream"));
        QCOMPARE(subscriber.head.header("cache-control"), std::string("no-store"));
        QCOMPARE(subscriber.head.header("connection"), std::string("close"));
        QCOMPARE(subscriber.head.header("access-control-allow-origin"), std::string("http://page.example"));
        QCOMPARE(subscriber.head.count("content-length"), std::size_t(0));
        QVERIFY(subscriber.awaitEvents(2));
        QVERIFY(std::stoi(subscriber.text.retry) > 0);
        QCOMPARE(subscriber.ids(), (std::vector<std::string>{"s:2", "s:3"}));
        QCOMPARE(subscriber.text.events[0].data, jsonOf(message(2)));
    }

    void withoutAPositionItBeginsNow()
    {
        TestServer server(withMessages(3));
        Subscriber subscriber(server, "/events");
        QVERIFY(subscriber.await([](const EventText& text) { return text.lastEventId == "s:3"; }));
        QVERIFY(subscriber.text.events.empty());
        server.publish(message(4));
        server.publish(message(5));
        QVERIFY(subscriber.awaitEvents(2));
        QCOMPARE(subscriber.ids(), (std::vector<std::string>{"s:4", "s:5"}));
    }

    void positionsAreReadAsTheContractSays_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("lastEventId");
        QTest::addColumn<QByteArray>("first"); ///< id of the first event; empty: refused
        const auto row = [](const char* name, const char* target, const char* header, const char* first) {
            QTest::newRow(name) << QByteArray(target) << QByteArray(header) << QByteArray(first);
        };
        row("plain", "/events?after=4", "", "s:5");
        row("seq", "/events?after=s:4", "", "s:5");
        row("from the start", "/events?after=0", "", "s:1");
        row("header", "/events", "s:2", "s:3");
        row("plain header", "/events", "2", "s:3");
        row("header wins", "/events?after=5", "s:2", "s:3");
        row("delivery", "/events?order=delivery&after=d:3", "", "d:4");
        row("delivery header", "/events?order=delivery", "d:0", "d:1");
        row("delivery in seq", "/events?after=d:3", "", "");
        row("seq in delivery", "/events?order=delivery&after=s:3", "", "");
        row("plain in delivery", "/events?order=delivery&after=3", "", "");
        row("wrong kind of header", "/events?after=3", "d:3", "");
        row("no number", "/events?after=s:", "", "");
        row("negative", "/events?after=-1", "", "");
        row("too large", "/events?after=9223372036854775808", "", "");
        row("trailing", "/events?after=3x", "", "");
        row("unknown order", "/events?order=time", "", "");
    }
    void positionsAreReadAsTheContractSays()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, lastEventId);
        QFETCH(QByteArray, first);
        ServerOptions options;
        for (std::uint64_t seq = 1; seq <= 6; ++seq)
            options.messages.push_back(delivered(seq, 7 - seq));
        TestServer server(options);
        const std::string headers =
            lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId.toStdString() + "\r\n";
        if (first.isEmpty()) {
            const Answer refused = ask(server, request("GET", target.toStdString(), {}, headers));
            QCOMPARE(refused.status, 400);
            QVERIFY(refused.body.find("reason") != std::string::npos);
            QCOMPARE(subscribers(server), std::size_t(0));
            return;
        }
        Subscriber subscriber(server, target.toStdString(), headers);
        QVERIFY(subscriber.awaitEvents(1));
        QCOMPARE(subscriber.ids().front(), first.toStdString());
    }

    void filtersLetOnlyTheirsPassAndAHeartbeatMovesTheRest()
    {
        ServerOptions options = withMessages(4);
        options.limits.heartbeatTime = 100ms;
        TestServer server(options);
        Subscriber subscriber(server, "/events?after=0&sender=even&recipient=all");
        QVERIFY(subscriber.awaitEvents(2));
        server.publish(message(5));
        server.publish(message(6, "somebody else"));
        server.publish(message(7));
        QVERIFY(subscriber.await([](const EventText& text) { return text.lastEventId == "s:7"; }));
        QVERIFY(subscriber.text.comments > 0);
        QCOMPARE(subscriber.ids(), (std::vector<std::string>{"s:2", "s:4"}));
        server.publish(message(8));
        QVERIFY(subscriber.awaitEvents(3));
        QCOMPARE(subscriber.ids().back(), std::string("s:8"));
    }

    void aSilentStreamBeatsAndOutlivesTheIdleTime()
    {
        ServerOptions options;
        options.limits.heartbeatTime = 40ms;
        options.limits.idleTimeMax = 100ms;
        TestServer server(options);
        Subscriber subscriber(server, "/events");
        QVERIFY(subscriber.await([](const EventText& text) { return text.comments >= 8; }));
        server.publish(message(1));
        QVERIFY(subscriber.awaitEvents(1));
    }

    void thePositionIsNeverAheadOfWhatWasSent()
    {
        TestServer server(withMessages(2000));
        Subscriber subscriber(server, "/events?after=0");
        QVERIFY(subscriber.awaitEvents(2000));
        for (std::uint64_t seq = 1; seq <= 2000; ++seq)
            QCOMPARE(subscriber.text.events[seq - 1].id, "s:" + std::to_string(seq));
    }

    void aPayloadWithLineEndsIsOneLine()
    {
        TestServer server;
        Subscriber subscriber(server, "/events");
        server.publish(message(1, "all", "{\n  \"a\": 1,\r\n  \"b\": \"x\\ny\"\n}"));
        QVERIFY(subscriber.awaitEvents(1));
        QVERIFY(subscriber.text.events[0].data.find("\"payload\":{   \"a\": 1,    \"b\": \"x\\ny\" }") !=
                std::string::npos);
    }

    void deliveryOrderComesAsItIsDelivered()
    {
        ServerOptions options;
        options.messages = {delivered(1, 2), delivered(2, 1), message(3)};
        TestServer server(options);
        Subscriber subscriber(server, "/events?order=delivery&after=d:0");
        QVERIFY(subscriber.awaitEvents(2));
        server.publish(delivered(4, 3));
        QVERIFY(subscriber.awaitEvents(3));
        QCOMPARE(subscriber.ids(), (std::vector<std::string>{"d:1", "d:2", "d:3"}));
        QCOMPARE(subscriber.text.events[0].data, jsonOf(delivered(2, 1)));
    }

    void aPositionAheadOfThisNodeWaits()
    {
        TestServer server(withMessages(3));
        Subscriber subscriber(server, "/events?after=5");
        for (std::uint64_t seq = 4; seq <= 7; ++seq)
            server.publish(message(seq));
        QVERIFY(subscriber.awaitEvents(2));
        QCOMPARE(subscriber.ids(), (std::vector<std::string>{"s:6", "s:7"}));
    }

    void headAndOldHttpBehave()
    {
        TestServer server(withMessages(1));
        RawClient head(server);
        head.send(request("HEAD", "/events"));
        const auto answer = head.answer(true);
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->header("content-type"), std::string("text/event-stream"));
        QVERIFY(head.closedByServer());
        QVERIFY(head.leftover().empty());
        QCOMPARE(subscribers(server), std::size_t(0));

        RawClient old(server);
        old.send("GET /events?after=0 HTTP/1.0\r\n\r\n");
        QVERIFY(old.answer(true));
        EventText text;
        do
            text.add(old.takeLeftover());
        while (text.events.empty() && old.waitBytes(10'000));
        QCOMPARE(text.events.size(), std::size_t(1));
        QCOMPARE(ask(server, request("POST", "/events", "{}")).status, 405);
    }

    void aStreamComesAfterTheAnswersBeforeIt()
    {
        TestServer server(withMessages(1));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.holdStatus = true; });
        RawClient client(server);
        client.send(request("GET", "/status") + request("GET", "/events?after=0") +
                    request("GET", "/heartbeat"));
        QVERIFY(server.waitFor([](FakeGateway& gateway, http::HttpFront& front) {
            return gateway.heldStatus.size() == 1 && front.feed().subscriberCount() == 1;
        }));
        QVERIFY(!client.waitBytes(50));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.heldStatus[0]({}); });
        QVERIFY(client.answer()->header("content-type") == "application/json");
        QVERIFY(client.answer(true)->header("content-type") == "text/event-stream");
        EventText text;
        do
            text.add(client.takeLeftover());
        while (text.events.empty() && client.waitBytes(10'000));
        QCOMPARE(text.events.size(), std::size_t(1));
    }

    void whoLeavesIsForgotten()
    {
        TestServer server;
        {
            Subscriber subscriber(server, "/events");
            QCOMPARE(subscribers(server), std::size_t(1));
            subscriber.client().abort();
        }
        QVERIFY(server.waitFor([](FakeGateway&, http::HttpFront& front) {
            return front.feed().subscriberCount() == 0 && front.connectionCount() == 0;
        }));
        // The next news finds nobody, and the node need not tell any more.
        server.publish(message(1));
        server.inHttp([](FakeGateway& gateway, http::HttpFront& front) {
            QVERIFY(!gateway.progressReceiver);
            QCOMPARE(front.feed().heldMessages(), std::size_t(0));
        });
    }

    void theNumberOfSubscribersIsBounded()
    {
        ServerOptions options;
        options.limits.subscribersMax = 2;
        TestServer server(options);
        auto first = std::make_unique<Subscriber>(server, "/events");
        Subscriber second(server, "/events");
        const Answer refused = ask(server, request("GET", "/events"));
        QCOMPARE(refused.status, 503);
        QVERIFY(!refused.header("retry-after").empty());
        first.reset();
        QVERIFY(server.waitFor(
            [](FakeGateway&, http::HttpFront& front) { return front.feed().subscriberCount() == 1; }));
        QCOMPARE(Subscriber(server, "/events").head.status, 200);
    }

    /// Nobody reads, and much comes: memory stays bounded, others are not held up, and when it reads again
    /// nothing is missing.
    void oneThatStandsStillCostsNothingAndLosesNothing()
    {
        ServerOptions options;
        options.limits.feedMessagesMax = 64;
        TestServer server(options);
        RawClient stalled(server);
        stalled.limitReading(true);
        stalled.send(request("GET", "/events?after=0"));
        Subscriber other(server, "/events?after=0");
        const std::string payload = '"' + std::string(20'000, 'p') + '"';
        constexpr std::uint64_t count = 1000; // far more than the kernel's buffers hold
        for (std::uint64_t seq = 1; seq <= count; ++seq)
            server.publish(message(seq, "all", payload));
        QVERIFY(other.awaitEvents(count));
        server.inHttp([](FakeGateway&, http::HttpFront& front) {
            QVERIFY(front.feed().heldMessages() <= 64);
            QCOMPARE(front.feed().subscriberCount(), std::size_t(2));
        });
        stalled.limitReading(false);
        QVERIFY(stalled.answer(true));
        EventText text;
        do
            text.add(stalled.takeLeftover());
        while (text.events.size() < count && stalled.waitBytes(10'000));
        QCOMPARE(text.events.size(), count);
        for (std::uint64_t seq = 1; seq <= count; ++seq)
            QCOMPARE(text.events[seq - 1].id, "s:" + std::to_string(seq));
    }

    void oneThatStandsStillForLongIsEnded()
    {
        ServerOptions options;
        options.limits.stallTimeMax = 200ms;
        options.limits.idleTimeMax = 200ms;
        TestServer server(options);
        RawClient stalled(server);
        stalled.limitReading(true);
        stalled.send(request("GET", "/events?after=0"));
        Subscriber healthy(server, "/events");
        const std::string payload = '"' + std::string(500'000, 'p') + '"';
        for (std::uint64_t seq = 1; seq <= 40; ++seq)
            server.publish(message(seq, "all", payload));
        QVERIFY(healthy.awaitEvents(40));
        QVERIFY(server.waitFor(
            [](FakeGateway&, http::HttpFront& front) { return front.feed().subscriberCount() == 1; }));
    }

    void theEndOfTheNodeEndsTheStreamCleanly()
    {
        auto server = std::make_unique<TestServer>(withMessages(1));
        Subscriber subscriber(*server, "/events?after=0");
        QVERIFY(subscriber.awaitEvents(1));
        server.reset();
        QVERIFY(subscriber.client().closedByServer());
        QVERIFY(subscriber.client().closedCleanly());
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestEvents)
#include "tst_events.moc"
