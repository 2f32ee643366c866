// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client library and `dsmsg` on real nodes: subscribers and senders go through the death of the node they
// are on and of the leader, without a gap, a repeat or a loss.
#include <QProcess>
#include <QSet>

#include "core/client/Client.h"
#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

/// Waits while events are processed: clients live in this thread.
template <class Condition>
bool eventually(Condition condition, Milliseconds patience = Milliseconds(20'000))
{
    return QTest::qWaitFor(condition, int(patience.count()));
}

void spin(Milliseconds time)
{
    const QDeadlineTimer end(time);
    eventually([&] { return end.hasExpired(); }, time * 2);
}

client::Client::Options options(const QStringList& urls)
{
    client::Client::Options options;
    for (const QString& url : urls)
        options.endpoints.append(QUrl(url));
    options.seed = 1;
    return options;
}

/// A subscription from the first message on, and what it brought.
struct Reader
{
    Reader(client::Client& client, client::Order wanted)
        : order(wanted)
        , subscription(client.subscribe(
              {wanted, 0, {}, {}},
              [this](const client::Message& message) {
                  numbers.append(message.number(order));
                  ids.insert(message.msgId);
              },
              [this](const client::SubscriptionState& state) {
                  if (state.kind == client::SubscriptionState::Kind::Live)
                      node = state.node;
                  else
                      ++losses;
              }))
    {
    }

    bool hasAll(quint64 last) const { return !numbers.isEmpty() && numbers.last() >= last; }
    /// 1, 2, 3 and so on, every message another one.
    bool isWhole() const
    {
        for (qsizetype i = 0; i < numbers.size(); ++i) {
            if (numbers[i] != quint64(i) + 1)
                return false;
        }
        return ids.size() == numbers.size();
    }

    client::Order order;
    QList<quint64> numbers;
    QSet<QString> ids;
    QUrl node;
    int losses = 0;
    std::unique_ptr<client::Subscription> subscription;
};

/// Sends one message after the other, `pause` apart, until it is told to stop.
class Sender
{
public:
    Sender(const QStringList& urls, Milliseconds pause)
        : client_(options(urls))
    {
        timer_.setInterval(pause);
        QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] {
            client::Draft draft;
            draft.payload = client::jsonString(QString::number(++sent));
            client_.send(draft, [this](const client::SendResult& result) {
                ++(result.outcome == client::SendOutcome::Acknowledged ? acknowledged : failed);
            });
        });
        timer_.start();
    }

    bool stop()
    {
        timer_.stop();
        return eventually([&] { return acknowledged + failed == sent; }, Milliseconds(30'000));
    }

    int sent = 0;
    int acknowledged = 0;
    int failed = 0;

private:
    client::Client client_;
    QTimer timer_;
};

/// The seqs that `dsmsg tail --json` printed.
QList<quint64> seqsIn(const QByteArray& lines)
{
    QList<quint64> seqs;
    for (const QByteArray& line : lines.split('\n')) {
        if (!line.isEmpty())
            seqs.append(quint64(QJsonDocument::fromJson(line).object()[QLatin1String("seq")].toDouble()));
    }
    return seqs;
}

} // namespace

class TestClient : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void subscribersGoThroughKills();
    void everySendIsStoredOnce();
    void linesGoThroughAKill();
    void theClockIsStated();
    void aKilledConsumerLosesNothing();

private:
    /// Each message of these ids is on every node exactly once, and there are no others.
    void verifyStored(const QSet<QString>& ids);
};

void TestClient::verifyStored(const QSet<QString>& ids)
{
    QVERIFY(cluster().awaitEqual());
    for (const int node : cluster().members()) {
        const auto pages = cluster().client(node).readAll();
        QVERIFY(pages);
        QSet<QString> found;
        qsizetype count = 0;
        for (const ReadPage& page : *pages) {
            for (const ReadMessage& message : page.messages) {
                found.insert(message.id);
                ++count;
            }
        }
        QCOMPARE(count, ids.size());
        QCOMPARE(found, ids);
    }
}

/// Readers in both orders and `dsmsg tail`, while the node they read from dies, and the leader.
void TestClient::subscribersGoThroughKills()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    QStringList followersFirst;
    for (const int node : cluster().othersThan(leader))
        followersFirst.append(cluster().url(node));
    followersFirst.append(cluster().url(leader));
    client::Client client(options(followersFirst));
    Reader bySeq(client, client::Order::Seq);
    Reader byDelivery(client, client::Order::Delivery);
    QProcess tail;
    tail.start(clientProgram(),
               {QStringLiteral("tail"), QStringLiteral("-f"), QStringLiteral("--after"), QStringLiteral("0"),
                QStringLiteral("--json"), QStringLiteral("--node"), followersFirst.join(QLatin1Char(','))});
    Sender sender(cluster().urls(), Milliseconds(5));
    QVERIFY(eventually([&] { return bySeq.hasAll(100) && byDelivery.hasAll(100); }));

    for (int round = 0; round < 2; ++round) {
        const int readFrom = cluster().nodeAt(bySeq.node.toString());
        QVERIFY(readFrom >= 0);
        const quint64 before = bySeq.numbers.last();
        cluster().kill(readFrom);
        QVERIFY(eventually([&] { return bySeq.hasAll(before + 100); }));
        QVERIFY(cluster().restart(readFrom));
        const int old = cluster().awaitLeader();
        QVERIFY(old >= 0);
        cluster().kill(old);
        const quint64 between = bySeq.numbers.last();
        QVERIFY(eventually([&] { return bySeq.hasAll(between + 100); }));
        QVERIFY(cluster().restart(old));
        QVERIFY(cluster().awaitLeader() >= 0);
    }

    QVERIFY(sender.stop());
    QCOMPARE(sender.failed, 0);
    const auto all = quint64(sender.sent);
    QVERIFY(eventually([&] { return bySeq.hasAll(all) && byDelivery.hasAll(all); }));
    QVERIFY(bySeq.isWhole() && byDelivery.isWhole());
    QCOMPARE(bySeq.numbers.last(), all);
    QCOMPARE(byDelivery.ids, bySeq.ids);
    QVERIFY2(bySeq.losses >= 2, "no stream was ever lost; what was tested?");
    QByteArray printed;
    QVERIFY(
        eventually([&] { return (printed += tail.readAllStandardOutput()).count('\n') >= qsizetype(all); }));
    QCOMPARE(seqsIn(printed), bySeq.numbers);
    QVERIFY(tail.readAllStandardError().contains("going on with"));
    qInfo("%llu messages, %d losses of the stream; %d kills.", static_cast<unsigned long long>(all),
          bySeq.losses, 4);
    tail.terminate();
    QVERIFY(tail.waitForFinished());
    QCOMPARE(tail.exitCode(), 0);
}

/// `dsmsg send` again and again while the leader is killed: as a script would. DSMSG_TEST_KILLS=24 with
/// DSMSG_TEST_KILL_EVERY_MS=5000 makes it two minutes.
void TestClient::everySendIsStoredOnce()
{
    const int kills =
        qEnvironmentVariableIsSet("DSMSG_TEST_KILLS") ? qEnvironmentVariableIntValue("DSMSG_TEST_KILLS") : 3;
    const Milliseconds between(qEnvironmentVariableIsSet("DSMSG_TEST_KILL_EVERY_MS")
                                   ? qEnvironmentVariableIntValue("DSMSG_TEST_KILL_EVERY_MS")
                                   : 1500);
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    const QString nodes = cluster().urls().join(QLatin1Char(','));
    QSet<QString> ids;
    QStringList problems;
    qint64 slowest = 0;
    bool goesOn = true;
    QProcess send;
    QElapsedTimer took;
    const auto next = [&] {
        const QString id = QStringLiteral("m-%1").arg(ids.size());
        ids.insert(id);
        took.start();
        send.start(clientProgram(), {QStringLiteral("send"), QStringLiteral("--node"), nodes,
                                     QStringLiteral("--id"), id, QStringLiteral("hello")});
    };
    connect(&send, &QProcess::finished, &send, [&](int code, QProcess::ExitStatus status) {
        slowest = std::max(slowest, took.elapsed());
        if (code != 0 || status != QProcess::NormalExit)
            problems.append(QString::fromUtf8(send.readAllStandardError()));
        if (goesOn)
            next();
    });
    next();
    for (int round = 0; round < kills; ++round) {
        spin(between);
        const int old = cluster().awaitLeader();
        QVERIFY(old >= 0);
        cluster().kill(old);
        QVERIFY(eventually([&] { return cluster().leader() >= 0; }));
        QVERIFY(cluster().restart(old));
    }
    goesOn = false;
    QVERIFY(eventually([&] { return send.state() == QProcess::NotRunning; }, Milliseconds(30'000)));
    qInfo("%lld sends, %d kills, the slowest took %lld ms.", static_cast<long long>(ids.size()), kills,
          static_cast<long long>(slowest));
    QCOMPARE(problems, QStringList());
    verifyStored(ids);
}

/// A stream of lines in a window, the leader killed in the middle of it.
void TestClient::linesGoThroughAKill()
{
    constexpr int lines = 3000;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    QSet<QString> ids;
    QProcess send;
    send.start(clientProgram(),
               {QStringLiteral("send"), QStringLiteral("--ndjson"), QStringLiteral("--id"),
                QStringLiteral("line"), QStringLiteral("--node"), cluster().urls().join(QLatin1Char(','))});
    for (int i = 1; i <= lines; ++i) {
        send.write("{\"payload\":" + QByteArray::number(i) + "}\n");
        ids.insert(QStringLiteral("line-%1").arg(i));
    }
    send.closeWriteChannel();
    const auto stored = [&] {
        const int leader = cluster().leader();
        const auto status = leader >= 0 ? cluster().status(leader) : std::nullopt;
        return status ? status->committedSeq : 0;
    };
    QVERIFY(eventually([&] { return stored() > lines / 10; }));
    const int old = cluster().awaitLeader();
    QVERIFY2(stored() < lines, "too fast: the leader would die in vain");
    cluster().kill(old);
    QVERIFY(eventually([&] { return send.state() == QProcess::NotRunning; }, Milliseconds(60'000)));
    const QByteArray said = send.readAllStandardOutput();
    QVERIFY2(send.exitCode() == 0 && said.startsWith("3 000 acknowledged"),
             said + send.readAllStandardError());
    QVERIFY(cluster().restart(old));
    verifyStored(ids);
}

/// What the client measured is what the message says, and the node's own clock agrees: all are on one
/// machine.
void TestClient::theClockIsStated()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    client::Client client(options(cluster().urls()));
    std::optional<client::ClockOffset> clock;
    const auto measure = [&] {
        client.measureClock([&clock](std::optional<client::ClockOffset> offset) { clock = offset; });
        return clock.has_value();
    };
    QVERIFY(eventually(measure)); // a node says its bound once it has compared itself with others
    QVERIFY(clock->error < Milliseconds(100));
    QVERIFY(std::chrono::abs(clock->offset) <= clock->error + Milliseconds(100));
    std::optional<client::SendResult> sent;
    client::Draft draft;
    draft.payload = "1";
    client.send(draft, [&sent](client::SendResult result) { sent = std::move(result); });
    QVERIFY(eventually([&] { return sent.has_value(); }));
    QVERIFY2(sent->body.contains("verified") && !sent->body.contains("unverified"), sent->body);
}

/// `dsmsg inbox -f` killed at any moment, again and again: its successors see everything, in order, and again
/// only what was printed and not acknowledged.
void TestClient::aKilledConsumerLosesNothing()
{
    constexpr int messages = 400;
    constexpr int page = 7;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    client::Client client(options(cluster().urls()));
    int acknowledged = 0;
    for (int i = 0; i < messages; ++i) {
        client::Draft draft;
        draft.recipient = i % 3 == 0   ? QStringLiteral("bob")
                          : i % 3 == 1 ? QStringLiteral("alice")
                                       : QString();
        draft.payload = QByteArray::number(i);
        client.send(draft, [&acknowledged](const client::SendResult& result) {
            acknowledged += result.outcome == client::SendOutcome::Acknowledged ? 1 : 0;
        });
    }
    QVERIFY(eventually([&] { return acknowledged == messages; }));
    QList<quint64> wanted;
    const auto pages = cluster().client(0).readAll();
    QVERIFY(pages && cluster().awaitEqual());
    for (const ReadPage& read : *pages) {
        for (const ReadMessage& message : read.messages) {
            if (message.payload.toInt() % 3 != 0)
                wanted.append(message.seq);
        }
    }

    QList<quint64> seen;
    qsizetype repeated = 0;
    int consumers = 0;
    for (; consumers < 100 && !seen.endsWith(wanted.last()); ++consumers) {
        QProcess consumer;
        consumer.start(clientProgram(),
                       {QStringLiteral("inbox"), QStringLiteral("alice"), QStringLiteral("-f"),
                        QStringLiteral("--json"), QStringLiteral("--limit"), QString::number(page),
                        QStringLiteral("--node"), cluster().urls().join(QLatin1Char(','))});
        QByteArray printed;
        QVERIFY(eventually([&] { return (printed += consumer.readAllStandardOutput()).contains('\n'); }));
        QTest::qSleep(consumers % 8);
        consumer.kill();
        QVERIFY(consumer.waitForFinished());
        printed += consumer.readAllStandardOutput();
        const QList<quint64> seqs = seqsIn(printed.left(printed.lastIndexOf('\n') + 1));
        // Where it begins among what was seen, it goes on without a gap.
        const qsizetype from = wanted.indexOf(seqs.first());
        QVERIFY2(from >= 0 && from <= seen.size() && from >= seen.size() - page,
                 "a gap, or more than the tail again");
        QCOMPARE(seqs, wanted.mid(from, seqs.size()));
        repeated += seen.size() - from;
        seen = wanted.mid(0, std::max(seen.size(), from + seqs.size()));
    }
    QCOMPARE(seen, wanted);
    qInfo("%d consumers for %lld messages, %lld seen again.", consumers,
          static_cast<long long>(wanted.size()), static_cast<long long>(repeated));
    QVERIFY2(consumers > 3, "killed too late to matter");
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
