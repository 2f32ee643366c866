// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an acknowledgement promises, by mode, quorum and the request's own wish (CORE.md, Seq and dedup).
#include <QElapsedTimer>
#include <QJsonArray>
#include <memory>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestModes : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void asyncAnswersFromTheLeaderAlone();
    void asyncIsBounded();
    void quorumOfAllThree();
    void ackOfTheRequest();
};

void TestModes::asyncAnswersFromTheLeaderAlone()
{
    // Long election timeouts: the leader must not step down while its followers are stopped.
    QVERIFY(startCluster({.arguments = {QStringLiteral("--election-timeout-min"), QStringLiteral("4000"),
                                        QStringLiteral("--election-timeout-max"), QStringLiteral("5000")}}));
    const int leader = cluster().awaitLeader(Milliseconds(20'000));
    QVERIFY(leader >= 0);
    std::vector<Sent> sent;
    const SendReply before = cluster().client(leader).send(messageOf(QStringLiteral("before")));
    QVERIFY2(before.ok(), qPrintable(before.text()));
    sent.push_back({.id = QStringLiteral("before"), .seq = before.seq});
    QVERIFY(cluster().awaitEqual());
    const auto termBefore = cluster().status(leader)->term;

    for (const int follower : cluster().othersThan(leader))
        cluster().process(follower).pause();
    for (int i = 0; i < 10; ++i) {
        const QString id = QStringLiteral("alone-%1").arg(i);
        const SendReply reply = cluster().client(leader).send(messageOf(id));
        QVERIFY2(reply.ok(), qPrintable(reply.text()));
        QVERIFY2(!reply.flag("committed"), qPrintable(reply.text()));
        QVERIFY(!reply.flag("duplicate"));
        QCOMPARE(reply.seq, static_cast<quint64>(i) + 2);
        QCOMPARE(reply.json[QLatin1String("receipt")][QLatin1String("durable_on")].toArray().size(), 1);
        sent.push_back({.id = id, .seq = reply.seq});
    }
    // A repeat of one that is not committed yet, and of one that is.
    const SendReply again = cluster().client(leader).send(messageOf(QStringLiteral("alone-3")));
    QVERIFY2(again.ok(), qPrintable(again.text()));
    QCOMPARE(again.seq, sent[4].seq);
    QVERIFY(again.flag("duplicate"));
    QVERIFY(!again.flag("committed"));
    const SendReply old = cluster().client(leader).send(messageOf(QStringLiteral("before")));
    QCOMPARE(old.seq, before.seq);
    QVERIFY(old.flag("duplicate"));
    QVERIFY(old.flag("committed"));
    // Not committed means not shown.
    QCOMPARE(cluster().client(leader).readAll()->front().messages.size(), std::size_t(1));

    for (const int follower : cluster().othersThan(leader))
        cluster().process(follower).resume();
    QCOMPARE(verify(cluster(), sent), QStringList());
    QCOMPARE(cluster().status(leader)->term, termBefore);
    QCOMPARE(cluster().client(leader).send(messageOf(QStringLiteral("alone-3"))).seq, sent[4].seq);
}

/// More than a leader may hold without a majority (64 MiB), from several clients at once: what is
/// acknowledged keeps its seq, what is rejected is stored nowhere.
void TestModes::asyncIsBounded()
{
    constexpr int connections = 6;
    constexpr int requests = 14;
    QVERIFY(startCluster({.arguments = {QStringLiteral("--election-timeout-min"), QStringLiteral("7000"),
                                        QStringLiteral("--election-timeout-max"), QStringLiteral("7500"),
                                        QStringLiteral("--write-timeout"), QStringLiteral("1000")}}));
    const int leader = cluster().awaitLeader(Milliseconds(30'000));
    QVERIFY(leader >= 0);
    QVERIFY(cluster().awaitEqual());
    for (const int follower : cluster().othersThan(leader))
        cluster().process(follower).pause();

    const QByteArray padding(900'000, ' '); // outside the string: it counts as the payload's raw text
    std::vector<std::unique_ptr<HttpClient>> clients;
    const auto idOf = [](int connection, int i) {
        return QStringLiteral("big-%1-%2").arg(connection).arg(i);
    };
    std::vector<Sent> sent;
    QStringList rejected;
    clients.reserve(connections);
    for (int connection = 0; connection < connections; ++connection)
        clients.push_back(std::make_unique<HttpClient>(cluster().url(leader)));
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < requests; ++i) {
        for (int connection = 0; connection < connections; ++connection) {
            HttpClient& client = *clients[static_cast<std::size_t>(connection)];
            const QByteArray id = idOf(connection, i).toUtf8();
            const QByteArray body =
                R"({"msg_id":")" + id + R"(","payload":{"for":)" + padding + '"' + id + R"("}})";
            QVERIFY2(client.write(client.format("POST", "/send", body), QDeadlineTimer(sendPatience)),
                     qPrintable(client.error()));
        }
        for (int connection = 0; connection < connections; ++connection) {
            const HttpReply reply =
                clients[static_cast<std::size_t>(connection)]->receive(QDeadlineTimer(sendPatience));
            const QJsonObject json = reply.json();
            const QByteArray shown = QByteArray::number(reply.status) + reply.error.toUtf8() + reply.body;
            if (reply.status == 200) {
                sent.push_back({.id = idOf(connection, i),
                                .seq = static_cast<quint64>(json.value(QLatin1String("seq")).toInteger())});
            } else {
                QVERIFY2(reply.status == 503, shown);
                QVERIFY2(json.value(QLatin1String("outcome")).toString() == QLatin1String("rejected"), shown);
                rejected << idOf(connection, i);
            }
        }
    }
    qInfo("%zu acknowledged, %lld rejected, in %lld ms.", sent.size(),
          static_cast<long long>(rejected.size()), static_cast<long long>(clock.elapsed()));
    QVERIFY(sent.size() > 50);
    QVERIFY(rejected.size() > 5);

    for (const int follower : cluster().othersThan(leader))
        cluster().process(follower).resume();
    QVERIFY(cluster().awaitEqual(Milliseconds(30'000)));
    const SendReply after = cluster().client(leader).send(messageOf(QStringLiteral("after")));
    QVERIFY2(after.ok(), qPrintable(after.text()));
    sent.push_back({.id = QStringLiteral("after"), .seq = after.seq});
    QCOMPARE(verify(cluster(), sent), QStringList());
    QCOMPARE(cluster().status(leader)->committedSeq, static_cast<quint64>(sent.size()));
}

void TestModes::quorumOfAllThree()
{
    QVERIFY(startCluster({.arguments = {QStringLiteral("--replication_mode"), QStringLiteral("sync_quorum"),
                                        QStringLiteral("--quorum"), QStringLiteral("3"),
                                        QStringLiteral("--write-timeout"), QStringLiteral("700")}}));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const SendReply all = cluster().client(leader).send(messageOf(QStringLiteral("all")));
    QVERIFY2(all.ok(), qPrintable(all.text()));
    QCOMPARE(all.json[QLatin1String("receipt")][QLatin1String("durable_on")].toArray().size(), 3);

    const int down = cluster().othersThan(leader).front();
    cluster().kill(down);
    QElapsedTimer clock;
    clock.start();
    const SendReply two = cluster().client(leader).send(messageOf(QStringLiteral("two of three")));
    QVERIFY2(two.http.status == 503, qPrintable(two.text()));
    QCOMPARE(two.outcome, QStringLiteral("committed"));
    QCOMPARE(two.seq, 2u);
    QCOMPARE(two.json[QLatin1String("reason")].toString(), QStringLiteral("replication quorum not achieved"));
    QVERIFY(two.http.header("retry-after").toInt() > 0);
    QCOMPARE(two.json[QLatin1String("receipt")][QLatin1String("durable_on")].toArray().size(), 2);
    QVERIFY2(clock.elapsed() >= 690 && clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    // A majority has it: it is committed and shown, and the next one gets the next seq.
    QCOMPARE(cluster().client(leader).readAll()->front().messages.size(), std::size_t(2));
    QCOMPARE(cluster().client(leader).send(messageOf(QStringLiteral("another"))).seq, 3u);

    QVERIFY(cluster().restart(down));
    SendReply retry;
    QVERIFY(await(Milliseconds(10'000), [&] {
        retry = cluster().client(leader).send(messageOf(QStringLiteral("two of three")));
        return retry.ok();
    }));
    QCOMPARE(retry.seq, 2u);
    QVERIFY(retry.flag("duplicate"));
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("two of three"), .seq = 2}}), QStringList());
}

void TestModes::ackOfTheRequest()
{
    QVERIFY(startCluster({.arguments = {QStringLiteral("--replication-mode"), QStringLiteral("sync_quorum"),
                                        QStringLiteral("--write-timeout"), QStringLiteral("700")}}));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const auto send = [&](const char* ack, const QString& id) {
        return cluster().client(leader).sendRaw(QByteArray("/send?ack=") + ack,
                                                R"({"msg_id":")" + id.toUtf8() + R"("})");
    };
    for (const char* ack : {"leader", "quorum", "all"}) {
        const SendReply reply = send(ack, QLatin1String(ack));
        QVERIFY2(reply.ok(), qPrintable(reply.text()));
    }
    QCOMPARE(send("some", QStringLiteral("x")).http.status, 400);

    cluster().kill(cluster().othersThan(leader).front());
    QVERIFY(send("quorum", QStringLiteral("quorum again")).ok());
    const SendReply all = send("all", QStringLiteral("all again"));
    QCOMPARE(all.http.status, 503);
    QCOMPARE(all.outcome, QStringLiteral("committed"));
    QCOMPARE(all.seq, 5u);
}

QTEST_GUILESS_MAIN(TestModes)
#include "tst_modes.moc"
