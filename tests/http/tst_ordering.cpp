// SPDX-License-Identifier: GPL-3.0-or-later
//
// Delivery over HTTP (API.md, Ordering): /ordering/*, pages by delivery, and what messages say of theirs.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

QJsonObject bodyOf(const Answer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

messaging::StoredMessage stored(std::uint64_t seq, std::uint64_t delivery)
{
    messaging::StoredMessage message;
    message.message.msgId = "id" + std::to_string(seq);
    message.message.sender = "alice";
    message.message.recipient = "bob";
    message.message.payload = "1";
    message.message.originalTs = UnixTime(1'700'000'000'250'000us);
    message.message.receiveTs = UnixTime(1'700'000'001'000'000us);
    message.seq = Seq(seq);
    message.delivery = DeliverySeq(delivery);
    return message;
}

/// Five messages, delivered in the order 3, 1, 4; one of them late, one far ahead, one that still waits.
ServerOptions someDelivered()
{
    ServerOptions options;
    options.messages = {stored(1, 2), stored(2, 0), stored(3, 1), stored(4, 3), stored(5, 0)};
    options.messages[3].late = true;
    options.messages[4].message.originalTs += 1h;
    return options;
}

QStringList idsOf(const QJsonObject& page)
{
    QStringList ids;
    for (const auto& message : page[QLatin1String("messages")].toArray())
        ids << message.toObject()[QLatin1String("msg_id")].toString();
    return ids;
}

} // namespace

class TestOrdering : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aMessageSaysWhenItWasDelivered()
    {
        const TestServer server(someDelivered());
        const QJsonArray messages =
            bodyOf(ask(server, request("GET", "/messages")))[QLatin1String("messages")].toArray();
        QCOMPARE(messages.size(), 5);
        const QJsonObject first = messages[0].toObject();
        QCOMPARE(first[QLatin1String("delivery_seq")].toInt(), 2);
        QCOMPARE(first[QLatin1String("late")], QJsonValue(false));
        QCOMPARE(first[QLatin1String("clamped")], QJsonValue(false));
        QVERIFY(messages[1].toObject()[QLatin1String("delivery_seq")].isNull());
        QCOMPARE(messages[3].toObject()[QLatin1String("late")], QJsonValue(true));
        QCOMPARE(messages[4].toObject()[QLatin1String("clamped")], QJsonValue(true));
    }

    void pagesByDelivery()
    {
        const TestServer server(someDelivered());
        QJsonObject page = bodyOf(ask(server, request("GET", "/messages?order=delivery&limit=2")));
        QCOMPARE(idsOf(page), (QStringList{QStringLiteral("id3"), QStringLiteral("id1")}));
        QCOMPARE(page[QLatin1String("next_after")].toInt(), 2); // a delivery seq
        page = bodyOf(ask(server, request("GET", "/messages?order=delivery&after=2")));
        QCOMPARE(idsOf(page), QStringList{QStringLiteral("id4")});
        page = bodyOf(ask(server, request("GET", "/messages?order=delivery&after=3")));
        QCOMPARE(idsOf(page), QStringList());
        QCOMPARE(page[QLatin1String("next_after")].toInt(), 3);
        QCOMPARE(ask(server, request("GET", "/messages?order=backwards")).status, 400);
    }

    void theStatusHasEveryField()
    {
        TestServer server;
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            node::OrderingStatus& status = gateway.ordering;
            status.held = 250;
            status.heldMax = 1000;
            status.averageAge = 500ms;
            status.maxAge = 2s;
            status.applied = 1250;
            status.delivery.last = DeliverySeq(1000);
            status.delivery.late = 50;
            status.delivery.reordered = 100;
            status.deliverable = 1;
            status.sample = {stored(7, 0)};
        });
        const QJsonObject body = bodyOf(ask(server, request("GET", "/ordering/status")));
        QCOMPARE(body[QLatin1String("status")].toString(), QStringLiteral("ok"));
        const QJsonObject status = body[QLatin1String("ordering_status")].toObject();
        const std::vector<std::pair<const char*, double>> numbers{{"buffer_size", 250},
                                                                  {"max_buffer_size", 1000},
                                                                  {"buffer_utilization", 0.25},
                                                                  {"average_message_age", 0.5},
                                                                  {"max_message_age", 2},
                                                                  {"messages_buffered", 1200},
                                                                  {"messages_reordered", 100},
                                                                  {"messages_delivered", 1000},
                                                                  {"messages_dropped", 0},
                                                                  {"reorder_rate", 0.1},
                                                                  {"delivered_tracking_size", 1000},
                                                                  {"deliverable_messages_count", 1}};
        for (const auto& [name, value] : numbers) {
            QVERIFY2(status[QLatin1String(name)].isDouble(), name);
            QCOMPARE(status[QLatin1String(name)].toDouble(), value);
        }
        const QJsonObject sample =
            status[QLatin1String("sample_deliverable_messages")].toArray().at(0).toObject();
        QCOMPARE(sample[QLatin1String("msg_id")].toString(), QStringLiteral("id7"));
        QCOMPARE(sample[QLatin1String("corrected_timestamp")].toDouble(), 1'700'000'000.25);
        QCOMPARE(sample[QLatin1String("original_timestamp")].toDouble(), 1'700'000'000.25);
        QCOMPARE(sample[QLatin1String("sender")].toString(), QStringLiteral("alice"));
        QCOMPARE(ask(server, request("POST", "/ordering/status", "{}")).status, 405);
    }

    void aForcedDeliveryNamesWhatItDelivered()
    {
        TestServer server(someDelivered());
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.forced = node::ForcedDelivery{DeliverySeq(3), 2};
        });
        const Answer answer = ask(server, request("POST", "/ordering/force_delivery", ""));
        QCOMPARE(answer.status, 200);
        const QJsonObject body = bodyOf(answer);
        QCOMPARE(body[QLatin1String("status")].toString(), QStringLiteral("ok"));
        QVERIFY(!body[QLatin1String("message")].toString().isEmpty());
        QCOMPARE(body[QLatin1String("delivered_count")].toInt(), 2);
        const QJsonArray delivered = body[QLatin1String("delivered_messages")].toArray();
        QCOMPARE(delivered.size(), 2);
        const QJsonObject first = delivered[0].toObject();
        QCOMPARE(first[QLatin1String("msg_id")].toString(), QStringLiteral("id1"));
        QVERIFY(first[QLatin1String("corrected_timestamp")].isDouble());
        QCOMPARE(first[QLatin1String("sender")].toString(), QStringLiteral("alice"));
        QCOMPARE(first[QLatin1String("recipient")].toString(), QStringLiteral("bob"));
        QCOMPARE(ask(server, request("GET", "/ordering/force_delivery")).status, 405);
    }

    void aForcedDeliveryOfNothing()
    {
        TestServer server;
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.forced = node::ForcedDelivery{DeliverySeq(9), 0};
        });
        const QJsonObject body = bodyOf(ask(server, request("POST", "/ordering/force_delivery", "")));
        QCOMPARE(body[QLatin1String("delivered_count")].toInt(-1), 0);
        QVERIFY(body[QLatin1String("delivered_messages")].isArray());
    }

    void onlyTheLeaderForces()
    {
        TestServer server;
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.forced = node::Redirected{"http://127.0.0.1:8001"};
        });
        Answer answer = ask(server, request("POST", "/ordering/force_delivery", ""));
        QCOMPARE(answer.status, 307);
        QCOMPARE(answer.header("location"), std::string("http://127.0.0.1:8001/ordering/force_delivery"));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.forced = Error{Error::Kind::Busy, "no quorum"};
        });
        answer = ask(server, request("POST", "/ordering/force_delivery", ""));
        QCOMPARE(answer.status, 503);
        QCOMPARE(bodyOf(answer)[QLatin1String("message")].toString(), QStringLiteral("no quorum"));
        QVERIFY(!answer.header("retry-after").empty());
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestOrdering)
#include "tst_ordering.moc"
