// SPDX-License-Identifier: GPL-3.0-or-later
//
// /ws and /send/batch on real nodes: a window of messages that outlives its leader, and a subscriber on a
// follower that goes on where it stopped.
#include <QJsonArray>
#include <map>
#include <set>

#include "tests/support/WsClient.h"
#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

QJsonObject pub(int first, int count)
{
    QJsonArray messages;
    for (int i = first; i < first + count; ++i)
        messages.append(messageOf(QStringLiteral("w%1").arg(i)));
    return {{QStringLiteral("type"), QStringLiteral("pub")},
            {QStringLiteral("ref"), first},
            {QStringLiteral("messages"), messages}};
}

QJsonObject sub(const QString& after)
{
    return {{QStringLiteral("type"), QStringLiteral("sub")},
            {QStringLiteral("sub"), 1},
            {QStringLiteral("after"), after},
            {QStringLiteral("credit"), 100'000}};
}

} // namespace

class TestClusterWs : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aWindowOutlivesItsLeader();
    void aSubscriberOnAFollowerResumes();
    void batchesGoThroughTheLeader();

private:
    std::unique_ptr<WsClient> connectToLeader();
};

std::unique_ptr<WsClient> TestClusterWs::connectToLeader()
{
    std::unique_ptr<WsClient> client;
    await(Milliseconds(10'000), [&] {
        const int leader = cluster().leader();
        if (leader < 0)
            return false;
        client = std::make_unique<WsClient>(cluster().url(leader));
        return client->open(1000);
    });
    return client;
}

/// Published, perhaps acknowledged, the leader killed: what has no answer is sent again with the same id on a
/// new connection, until everything is acknowledged. Each message is there once.
void TestClusterWs::aWindowOutlivesItsLeader()
{
    constexpr int count = 4000;
    constexpr int perFrame = 50;
    QVERIFY(startCluster());
    const int first = cluster().awaitLeader();
    QVERIFY(first >= 0);
    std::map<int, quint64> seqs; ///< by number
    std::set<int> open;
    for (int i = 0; i < count; i += perFrame)
        open.insert(i);
    bool killed = false;
    const QDeadlineTimer deadline(60'000);
    while (!open.empty() && !deadline.hasExpired()) {
        const auto client = connectToLeader();
        for (const int frame : open)
            client->send(pub(frame, perFrame));
        for (bool more = true; more;) {
            const QJsonArray results = client->next(1500)[QLatin1String("results")].toArray();
            more = !results.isEmpty();
            for (const QJsonValue& result : results) {
                if (result[QLatin1String("status")].toString() == QLatin1String("ok"))
                    seqs.emplace(result[QLatin1String("ref")].toInt(),
                                 static_cast<quint64>(result[QLatin1String("seq")].toInteger()));
            }
            if (!killed && seqs.size() > count / 8) {
                killed = true;
                cluster().kill(first);
            }
        }
        std::erase_if(open, [&](int frame) {
            int answered = 0;
            for (int i = frame; i < frame + perFrame; ++i)
                answered += seqs.contains(i) ? 1 : 0;
            return answered == perFrame;
        });
    }
    QVERIFY(killed);
    QCOMPARE(seqs.size(), static_cast<std::size_t>(count));
    QVERIFY(cluster().restart(first));
    QVERIFY(cluster().awaitEqual());
    for (const int node : cluster().members()) {
        const auto pages = cluster().client(node).readAll();
        QVERIFY(pages);
        std::map<QString, quint64> stored;
        std::size_t all = 0;
        for (const ReadPage& page : *pages) {
            for (const ReadMessage& message : page.messages) {
                stored[message.id] = message.seq;
                ++all;
            }
        }
        QCOMPARE(all, stored.size());
        QCOMPARE(all, static_cast<std::size_t>(count));
        for (const auto& [number, seq] : seqs)
            QCOMPARE(stored[QStringLiteral("w%1").arg(number)], seq);
    }
}

/// It hears from a follower, breaks off in the middle, and goes on at another one from the id it has.
void TestClusterWs::aSubscriberOnAFollowerResumes()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const std::vector<int> followers = cluster().othersThan(leader);
    WsClient publisher(cluster().url(leader));
    QVERIFY(publisher.open());
    std::vector<int> heard;
    QString after = QStringLiteral("s:0");
    const auto listen = [&](WsClient& subscriber, std::size_t until) {
        while (heard.size() < until) {
            const QJsonObject frame = subscriber.next();
            if (frame.isEmpty())
                return false;
            for (const QJsonValue& message : frame[QLatin1String("messages")].toArray())
                heard.push_back(message[QLatin1String("seq")].toInt());
            after = frame[QLatin1String("id")].toString();
        }
        return true;
    };
    {
        WsClient subscriber(cluster().url(followers[0]));
        QVERIFY(subscriber.open());
        subscriber.send(sub(after));
        publisher.send(pub(0, 500));
        QVERIFY(listen(subscriber, 500));
        publisher.send(pub(500, 500));
        QVERIFY(listen(subscriber, 501));
        subscriber.abort();
    }
    QCOMPARE(publisher.results(1000).size(), 1000);
    WsClient subscriber(cluster().url(followers[1]), QStringLiteral("dsmsg.cbor"));
    QVERIFY(subscriber.open());
    subscriber.send(sub(after));
    QVERIFY(listen(subscriber, 1000));
    publisher.send(pub(1000, 10));
    QVERIFY(listen(subscriber, 1010));
    for (int i = 0; i < 1010; ++i)
        QCOMPARE(heard[static_cast<std::size_t>(i)], i + 1);
}

void TestClusterWs::batchesGoThroughTheLeader()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int follower = cluster().othersThan(leader).front();
    QByteArray body;
    for (int i = 0; i < 100; ++i)
        body += R"({"msg_id":"b)" + QByteArray::number(i % 50) + "\"}\n";
    HttpReply redirect = cluster().client(follower).http().post("/send/batch?ack=all", body, sendPatience);
    QCOMPARE(redirect.status, 307);
    QCOMPARE(QString::fromUtf8(redirect.header("location")),
             cluster().url(leader) + QStringLiteral("/send/batch?ack=all"));
    const HttpReply reply = cluster().client(leader).http().post("/send/batch?ack=all", body, sendPatience);
    QCOMPARE(reply.status, 200);
    const QJsonArray results = reply.json()[QLatin1String("results")].toArray();
    QCOMPARE(results.size(), 100);
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(results[i][QLatin1String("seq")].toInt(), i % 50 + 1);
        QCOMPARE(results[i][QLatin1String("duplicate")].toBool(), i >= 50);
        QCOMPARE(results[i][QLatin1String("receipt")][QLatin1String("durable_on")].toArray().size(), 3);
    }
    WsClient refused(cluster().url(follower));
    QVERIFY(refused.open());
    QCOMPARE(refused.hello()[QLatin1String("leader_url")].toString(), cluster().url(leader));
    refused.send(pub(0, 1));
    QCOMPARE(refused.results(1)[0][QLatin1String("leader_url")].toString(), cluster().url(leader));
}

QTEST_GUILESS_MAIN(TestClusterWs)
#include "tst_ws.moc"
