// SPDX-License-Identifier: GPL-3.0-or-later
//
// Delivery in order of time on real nodes (CORE.md, Delivery order): shuffled timestamps from many senders, a
// leader killed or paused in the middle, timestamps that are years off.
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{10'000};
constexpr double clampAhead = 5; // seconds, fixed by the specification

struct Delivered
{
    quint64 delivery = 0;
    quint64 seq = 0;
    double orderTs = 0; ///< seconds since the epoch
    bool late = false;
    bool clamped = false;
    QString id;
};

/// Everything that the node has delivered, in that order.
std::vector<Delivered> deliveredBy(NodeClient& node)
{
    std::vector<Delivered> all;
    for (quint64 after = 0;;) {
        const HttpReply reply = node.http().get(
            "/messages?order=delivery&limit=1000&after=" + QByteArray::number(after), patience);
        const QJsonArray page = reply.json()[QLatin1String("messages")].toArray();
        if (page.isEmpty())
            return all;
        for (const auto& value : page) {
            const QJsonObject message = value.toObject();
            Delivered delivered;
            delivered.delivery = static_cast<quint64>(message[QLatin1String("delivery_seq")].toDouble());
            delivered.seq = static_cast<quint64>(message[QLatin1String("seq")].toDouble());
            delivered.orderTs = std::min(message[QLatin1String("corrected_ts")].toDouble(),
                                         message[QLatin1String("receive_ts")].toDouble() + clampAhead);
            delivered.late = message[QLatin1String("late")].toBool();
            delivered.clamped = message[QLatin1String("clamped")].toBool();
            delivered.id = message[QLatin1String("msg_id")].toString();
            all.push_back(delivered);
        }
        after = all.back().delivery;
    }
}

/// What is wrong with the order, in words; empty: nothing. Late messages have no place in it.
QString disorder(const std::vector<Delivered>& delivered)
{
    const Delivered* before = nullptr;
    for (std::size_t i = 0; i < delivered.size(); ++i) {
        const Delivered& here = delivered[i];
        if (here.delivery != i + 1)
            return QStringLiteral("delivery %1 stands in place %2").arg(here.delivery).arg(i + 1);
        if (here.late)
            continue;
        if (before != nullptr && std::pair(here.orderTs, here.seq) <= std::pair(before->orderTs, before->seq))
            return QStringLiteral("delivery %1 (seq %2) is older than the one before it")
                .arg(here.delivery)
                .arg(here.seq);
        before = &here;
    }
    return {};
}

bool sameOrder(const std::vector<Delivered>& one, const std::vector<Delivered>& other)
{
    return std::ranges::equal(one, other, {}, &Delivered::seq, &Delivered::seq) &&
           std::ranges::equal(one, other, {}, &Delivered::late, &Delivered::late);
}

double now()
{
    return static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
}

ClusterOptions withWindow(const char* milliseconds)
{
    ClusterOptions options;
    options.arguments[options.arguments.indexOf(QStringLiteral("--ordering-window")) + 1] =
        QLatin1String(milliseconds);
    return options;
}

} // namespace

class TestOrdering : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void shuffledTimesComeInOrder();
    void timesThatAreYearsOff();
    void aPausedLeaderDecidesNothingLate();
    void whatWaitsCanBeForced();
    void aFullBufferIsEmptiedThroughTheLog();

private:
    /// Sends through the leader; the seq.
    quint64 sendAt(double ts, const char* id)
    {
        QJsonObject message = messageOf(QLatin1String(id));
        message[QLatin1String("ts")] = ts;
        const SendReply reply = cluster().client(cluster().awaitLeader()).send(message);
        return reply.ok() ? reply.seq : 0;
    }
    std::optional<Delivered> delivered(int node, const char* id)
    {
        for (const Delivered& one : deliveredBy(cluster().client(node))) {
            if (one.id == QLatin1String(id))
                return one;
        }
        return std::nullopt;
    }
    /// One order, the same on every node, of exactly what was sent.
    void verifyOrders(const std::vector<Sent>& sent, std::size_t& late);
};

void TestOrdering::verifyOrders(const std::vector<Sent>& sent, std::size_t& late)
{
    QVERIFY(cluster().awaitEqual());
    QCOMPARE(verify(cluster(), sent), QStringList());
    const std::vector<Delivered> first = deliveredBy(cluster().client(0));
    QCOMPARE(disorder(first), QString());
    const auto stored = cluster().status(0);
    QVERIFY(stored.has_value());
    QCOMPARE(first.size(), std::size_t(stored->committedSeq));
    for (int node = 1; node < 3; ++node)
        QVERIFY2(sameOrder(first, deliveredBy(cluster().client(node))), qPrintable(cluster().url(node)));
    late = static_cast<std::size_t>(std::ranges::count_if(first, &Delivered::late));
}

/// A hundred thousand, each up to two seconds old, the leader killed in the middle.
void TestOrdering::shuffledTimesComeInOrder()
{
    constexpr int messages = 100'000;
    QVERIFY(startCluster(withWindow("5000")));
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 100,
                                        .messages = messages / 100,
                                        .giveUp = Milliseconds(60'000),
                                        .timeSpread = Milliseconds(2000)});
    QVERIFY(load.awaitMore(messages / 2, Milliseconds(120'000)));
    const int old = cluster().leader();
    QVERIFY(old >= 0);
    cluster().kill(old);
    QVERIFY(load.awaitMore(messages / 10, Milliseconds(60'000)));
    QVERIFY(cluster().restart(old));
    QVERIFY(await(Milliseconds(120'000), [&] { return load.acknowledged() == messages; }));
    const std::vector<Sent> sent = load.stop();
    std::size_t late = 0;
    verifyOrders(sent, late);
    QCOMPARE(late, std::size_t(0));
}

void TestOrdering::timesThatAreYearsOff()
{
    QVERIFY(startCluster(withWindow("1000")));
    QVERIFY(cluster().awaitLeader() >= 0);
    constexpr double year = 365.25 * 24 * 3600;
    QVERIFY(sendAt(now() - 5 * year, "old") > 0);
    QVERIFY(await(Milliseconds(500), [&] { return delivered(0, "old").has_value(); }));
    QVERIFY(delivered(0, "old")->late);
    QVERIFY(!delivered(0, "old")->clamped);

    QVERIFY(sendAt(now() + 174 * year, "2200") > 0);
    QVERIFY(sendAt(now() * 1000, "in milliseconds") > 0);
    QVERIFY(sendAt(now(), "now") > 0);
    // The two far ahead hold nothing up, and come five seconds later themselves.
    QVERIFY(await(Milliseconds(4000), [&] { return delivered(0, "now").has_value(); }));
    QVERIFY(!delivered(0, "2200"));
    QVERIFY(await(Milliseconds(10'000), [&] { return delivered(0, "in milliseconds").has_value(); }));
    QVERIFY(delivered(0, "2200")->clamped);
    QVERIFY(!delivered(0, "2200")->late);
    QVERIFY(delivered(0, "in milliseconds")->clamped);
    QVERIFY(cluster().awaitEqual());
    QCOMPARE(deliveredBy(cluster().client(1)).size(), std::size_t(4));
    QCOMPARE(disorder(deliveredBy(cluster().client(2))), QString());
}

void TestOrdering::aPausedLeaderDecidesNothingLate()
{
    QVERIFY(startCluster(withWindow("1000")));
    const int paused = cluster().awaitLeader();
    QVERIFY(paused >= 0);
    LoadClients load(cluster().urls(),
                     {.clients = 8, .pause = Milliseconds(5), .timeSpread = Milliseconds(300)});
    QVERIFY(load.awaitMore(500));
    cluster().process(paused).pause();
    QElapsedTimer since;
    since.start();
    QVERIFY(load.awaitMore(50)); // a client that asks the paused node waits for two seconds
    QVERIFY(await(Milliseconds(15'000), [&] { return since.elapsed() > 10'000; }));
    cluster().process(paused).resume();
    QVERIFY(load.awaitMore(500));
    std::size_t late = 0;
    const std::vector<Sent> sent = load.stop();
    verifyOrders(sent, late);
}

void TestOrdering::whatWaitsCanBeForced()
{
    QVERIFY(startCluster(withWindow("60000")));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    QVERIFY(sendAt(now(), "second") > 0);
    QVERIFY(sendAt(now() - 1, "first") > 0);
    QVERIFY(deliveredBy(cluster().client(leader)).empty());
    const int other = cluster().othersThan(leader).front();
    QCOMPARE(cluster().client(other).http().post("/ordering/force_delivery", {}, patience).status, 307);
    const HttpReply forced = cluster().client(leader).http().post("/ordering/force_delivery", {}, patience);
    QCOMPARE(forced.status, 200);
    QCOMPARE(forced.json()[QLatin1String("delivered_count")].toInt(), 2);
    for (int node = 0; node < 3; ++node) {
        QVERIFY(await(patience, [&] { return deliveredBy(cluster().client(node)).size() == 2; }));
        QCOMPARE(deliveredBy(cluster().client(node)).front().id, QStringLiteral("first"));
    }
    // What comes now with a time that was passed is late.
    QVERIFY(sendAt(now() - 2, "third") > 0);
    QVERIFY(await(patience, [&] { return delivered(leader, "third").has_value(); }));
    QVERIFY(delivered(leader, "third")->late);
}

/// The leader's limit, and through the log: every node delivers the same, though the others know of no limit.
void TestOrdering::aFullBufferIsEmptiedThroughTheLog()
{
    ClusterOptions options = withWindow("60000");
    options.arguments << QStringLiteral("--max-ordering-buffer") << QStringLiteral("50");
    QVERIFY(startCluster(options));
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 8, .messages = 40});
    QVERIFY(load.awaitMore(320));
    load.stop();
    QVERIFY(await(patience, [&] {
        return std::ranges::all_of(cluster().members(), [&](int node) {
            const auto status = cluster().status(node);
            return status && status->committedSeq == 320 &&
                   status->committedSeq - status->deliveredSeq <= 50 &&
                   status->appliedIndex == status->lastLogIndex;
        });
    }));
    const std::vector<Delivered> first = deliveredBy(cluster().client(0));
    QVERIFY(first.size() >= 270);
    for (int node = 1; node < 3; ++node)
        QVERIFY(sameOrder(first, deliveredBy(cluster().client(node))));
    const QJsonObject status = cluster()
                                   .client(0)
                                   .http()
                                   .get("/ordering/status", patience)
                                   .json()[QLatin1String("ordering_status")]
                                   .toObject();
    QCOMPARE(status[QLatin1String("max_buffer_size")].toInt(), 50);
    QCOMPARE(status[QLatin1String("messages_dropped")].toInt(-1), 0);
}

QTEST_GUILESS_MAIN(TestOrdering)
#include "tst_ordering.moc"
