// SPDX-License-Identifier: GPL-3.0-or-later
//
// What GET /messages can be asked beyond pages forwards: backwards, by time, by id, and to wait.
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t epoch = 1'700'000'000;

/// Sent a second apart.
messaging::StoredMessage message(std::uint64_t seq, std::uint64_t delivery = 0)
{
    messaging::StoredMessage stored;
    stored.message.msgId = "id" + std::to_string(seq);
    stored.message.sender = seq % 2 == 0 ? "even" : "odd";
    stored.message.recipient = "all";
    stored.message.payload = "\"x\"";
    stored.message.originalTs = UnixTime(std::chrono::seconds(epoch + static_cast<std::int64_t>(seq)));
    stored.message.receiveTs = stored.message.originalTs;
    stored.seq = Seq(seq);
    stored.delivery = DeliverySeq(delivery);
    return stored;
}

ServerOptions withMessages(std::uint64_t count)
{
    ServerOptions options;
    for (std::uint64_t seq = 1; seq <= count; ++seq)
        options.messages.push_back(message(seq, count + 1 - seq));
    return options;
}

QJsonObject jsonOf(const Answer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

std::vector<int> seqsOf(const Answer& answer)
{
    std::vector<int> seqs;
    const QJsonArray messages = jsonOf(answer)[QLatin1String("messages")].toArray();
    for (const QJsonValue& one : messages)
        seqs.push_back(one[QLatin1String("seq")].toInt());
    return seqs;
}

std::string get(const std::string& query)
{
    return request("GET", "/messages?" + query);
}

std::size_t waiting(TestServer& server)
{
    std::size_t count = 0;
    server.inHttp([&](FakeGateway&, http::HttpFront& front) { count = front.polls().waiting(); });
    return count;
}

bool awaitWaiting(TestServer& server, std::size_t count)
{
    return server.waitFor([count](FakeGateway&, http::HttpFront& front) {
        return front.polls().waiting() == count && front.feed().subscriberCount() == count;
    });
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesAreAskedForInWords_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QList<int>>("seqs");
        QTest::addColumn<QByteArray>("cursor");
        const auto row = [](const char* query, QList<int> seqs, const char* cursor) {
            QTest::newRow(query) << QByteArray(query) << std::move(seqs) << QByteArray(cursor);
        };
        row("before=4", {3, 2, 1}, "next_before=1");
        row("before=100&limit=2", {9, 8}, "next_before=8");
        row("before=8&limit=2&sender=odd", {7, 5}, "next_before=5");
        row("before=1", {}, "next_before=1");
        row("before=-3", {}, "next_before=-3");
        row("before=4&order=delivery", {7, 8, 9}, "next_before=1");
        row("from_ts=1700000003&to_ts=1700000006", {3, 4, 5}, "next_after=5");
        row("from_ts=1700000006.5", {7, 8, 9}, "next_after=9");
        row("to_ts=1700000002.000001", {1, 2}, "next_after=2");
        row("before=9&from_ts=1.700000005e9&sender=even", {8, 6}, "next_before=6");
        row("after=2&to_ts=1700000005&order=delivery", {4, 3, 2, 1}, "next_after=9");
        row("msg_id=id7", {7}, "next_after=7");
        row("msg_id=id7&order=delivery", {7}, "next_after=3");
        row("msg_id=nobody", {}, "next_after=null");
        row("wait=0&after=8", {9}, "next_after=9");
    }
    void pagesAreAskedForInWords()
    {
        QFETCH(QByteArray, query);
        QFETCH(QList<int>, seqs);
        QFETCH(QByteArray, cursor);
        TestServer server(withMessages(9));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) { gateway.ids["id7"] = Seq(7); });
        const Answer answer = ask(server, get(query.toStdString()));
        QCOMPARE(answer.status, 200);
        QCOMPARE(seqsOf(answer), std::vector<int>(seqs.begin(), seqs.end()));
        const QList<QByteArray> expected = cursor.split('=');
        const std::string written =
            '"' + expected[0].toStdString() + "\":" + expected[1].toStdString() + ",\"first_seq\":1}";
        QVERIFY2(QByteArray::fromStdString(answer.body).endsWith(QByteArray::fromStdString(written)),
                 answer.body.c_str());
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* query, const char* reason) {
            QTest::newRow(query) << QByteArray(query) << QByteArray(reason);
        };
        row("before=x", "before must be integer");
        row("before=5&after=3", "give one of them");
        row("before=5&wait=1", "leave out before");
        row("wait=-1", "from 0 to 60");
        row("wait=60.001", "from 0 to 60");
        row("wait=nan", "from 0 to 60");
        row("wait=", "from 0 to 60");
        row("wait=1s", "from 0 to 60");
        row("from_ts=x", "from_ts must be a number");
        row("from_ts=inf", "from_ts must be a number");
        row("to_ts=", "to_ts must be a number");
        row("msg_id=", "1 to 256 bytes");
        row("msg_id=a&after=3", "leave out after");
        row("msg_id=a&sender=b", "leave out sender");
    }
    void whatMakesNoSenseIsRefused()
    {
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, reason);
        TestServer server(withMessages(1));
        const Answer answer = ask(server, get(query.toStdString()));
        QCOMPARE(answer.status, 400);
        QVERIFY2(answer.body.find(reason.toStdString()) != std::string::npos, answer.body.c_str());
    }

    void anEmptyPageWaitsForItsMessage()
    {
        TestServer server(withMessages(3));
        RawClient client(server);
        client.send(get("after=3&wait=30"));
        QVERIFY(awaitWaiting(server, 1));
        QVERIFY(!client.waitBytes(20));
        server.publish(message(4));
        const auto answer = client.answer();
        QVERIFY(answer);
        QCOMPARE(seqsOf(*answer), (std::vector<int>{4}));
        QVERIFY(awaitWaiting(server, 0));
        client.send(get("after=4&wait=30&order=delivery"));
        QVERIFY(awaitWaiting(server, 1));
        server.publish(message(5));
        server.publish(message(6, 5));
        QCOMPARE(seqsOf(client.answer().value()), (std::vector<int>{6}));
    }

    void aFilterWaitsForItsOwn()
    {
        TestServer server(withMessages(3));
        RawClient client(server);
        client.send(get("after=3&wait=30&sender=even&from_ts=" + std::to_string(epoch + 5)));
        QVERIFY(awaitWaiting(server, 1));
        server.publish(message(4)); // too early
        server.publish(message(5)); // odd
        QVERIFY(!client.waitBytes(20));
        server.publish(message(6));
        QCOMPARE(seqsOf(client.answer().value()), (std::vector<int>{6}));
    }

    void timeIsOverWithAnEmptyPage()
    {
        TestServer server(withMessages(3));
        QElapsedTimer watch;
        watch.start();
        const Answer answer = ask(server, get("after=3&wait=0.2"));
        QCOMPARE(answer.status, 200);
        QVERIFY(watch.elapsed() >= 200);
        QVERIFY(watch.elapsed() < 5000);
        QVERIFY(seqsOf(answer).empty());
        QCOMPARE(jsonOf(answer)[QLatin1String("next_after")].toInt(), 3);
        QCOMPARE(waiting(server), std::size_t(0));
    }

    /// The shorter wait was asked for later, and both at their time.
    void everybodyWaitsHisOwnTime()
    {
        TestServer server;
        RawClient longer(server);
        longer.send(get("wait=0.4"));
        QVERIFY(awaitWaiting(server, 1));
        QElapsedTimer watch;
        watch.start();
        QVERIFY(ask(server, get("wait=0.05")).status == 200);
        QVERIFY(watch.elapsed() < 350);
        QVERIFY(longer.answer());
    }

    void aFresherReadWaitsToo()
    {
        TestServer server(withMessages(3));
        RawClient client(server);
        client.send(get("after=3&wait=30&consistency=linearizable"));
        QVERIFY(awaitWaiting(server, 1));
        server.publish(message(4));
        QCOMPARE(seqsOf(client.answer().value()), (std::vector<int>{4}));
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.wishes.size(), std::size_t(1));
            gateway.readRefusal = Error{Error::Kind::Busy, "no quorum"};
        });
        client.send(get("after=4&wait=30&consistency=linearizable"));
        QCOMPARE(client.answer()->status, 503);
        QCOMPARE(waiting(server), std::size_t(0));
    }

    void whoLeavesWaitsNoLonger()
    {
        TestServer server;
        RawClient client(server);
        client.send(get("wait=30") + get("wait=30"));
        QVERIFY(awaitWaiting(server, 2));
        client.abort();
        QVERIFY(awaitWaiting(server, 0));
    }

    void theNumberOfThoseWhoWaitIsBounded()
    {
        ServerOptions options;
        options.limits.waitersMax = 2;
        TestServer server(options);
        RawClient client(server);
        client.send(get("wait=30") + get("wait=30"));
        QVERIFY(awaitWaiting(server, 2));
        const Answer refused = ask(server, get("wait=30"));
        QCOMPARE(refused.status, 503);
        QVERIFY(!refused.header("retry-after").empty());
        server.publish(message(1));
        QCOMPARE(seqsOf(client.answer().value()), (std::vector<int>{1}));
        QCOMPARE(seqsOf(client.answer().value()), (std::vector<int>{1}));
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestMessages)
#include "tst_messages.moc"
