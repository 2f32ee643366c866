// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nodes that stop, die and are cut off (API.md, "Behaviour that users test by hand"), one trouble a test.
#include <QDateTime>
#include <QElapsedTimer>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/StatusWatch.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestFailures : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aFollowerStopsAndReturns();
    void theLeaderDies();
    void twoOfThreeDown();
    void theLeaderIsCutOff();

private:
    void checkTheCutOffLeader(int old, quint64 oldTerm);
};

void TestFailures::aFollowerStopsAndReturns()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const std::vector<int> followers = cluster().othersThan(leader);
    const int stopped = followers[0];
    const auto before = cluster().status(stopped);
    QVERIFY(before);
    LoadClients load(cluster().urls(), {.clients = 48});
    QVERIFY(await(Milliseconds(10'000), [&] { return load.acknowledged() > 50; }));

    const int atKill = load.acknowledged();
    cluster().kill(stopped);
    QElapsedTimer sinceKill;
    sinceKill.start();
    for (const int peer : {leader, followers[1]}) {
        const bool noticed = await(Milliseconds(10'000), [&] {
            const auto status = cluster().status(peer);
            return status && !status->peerAlive.value(cluster().url(stopped), true);
        });
        QVERIFY2(noticed, "alive:false within 10 s");
        qInfo("alive:false after %lld ms.", static_cast<long long>(sinceKill.elapsed()));
    }
    QVERIFY(sinceKill.elapsed() < 10'000);
    const int whileDown = load.acknowledged();
    QVERIFY2(await(Milliseconds(5000), [&] { return load.acknowledged() > whileDown + 100; }),
             "writes go on without it");
    QCOMPARE(cluster().leader(), leader);

    QElapsedTimer sinceRestart;
    const double restartedAt = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
    sinceRestart.start();
    QVERIFY(cluster().restart(stopped));
    const quint64 target = cluster().status(leader)->committedSeq;
    const bool caughtUp = await(Milliseconds(10'000), [&] {
        const auto status = cluster().status(stopped);
        return status && status->committedSeq >= target;
    });
    QVERIFY2(caughtUp, "caught up within 10 s");
    QVERIFY(sinceRestart.elapsed() < 10'000);
    qInfo("Caught up after %lld ms, with %d messages behind.", static_cast<long long>(sinceRestart.elapsed()),
          load.acknowledged() - atKill);
    const auto recoveredAt = [&]() -> double {
        const auto status = cluster().status(stopped);
        return status ? status->json[QLatin1String("metrics")][QLatin1String("last_recovery_time")].toDouble()
                      : 0;
    };
    QVERIFY(await(Milliseconds(2000), [&] { return recoveredAt() >= restartedAt; }));
    const bool alive = await(Milliseconds(10'000), [&] {
        const auto status = cluster().status(leader);
        return status && status->peerAlive.value(cluster().url(stopped));
    });
    QVERIFY(alive);
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
}

void TestFailures::theLeaderDies()
{
    constexpr int rounds = 5;
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(5)});
    StatusWatch watch(cluster().urls());
    for (int round = 0; round < rounds; ++round) {
        const int old = cluster().awaitLeader();
        QVERIFY(old >= 0);
        const int acknowledged = load.acknowledged();
        QVERIFY(await(Milliseconds(10'000), [&] { return load.acknowledged() > acknowledged + 20; }));
        const quint64 oldTerm = cluster().status(old)->term;
        QElapsedTimer sinceKill;
        sinceKill.start();
        cluster().kill(old);
        const int next = cluster().awaitLeader(Milliseconds(3000));
        QVERIFY2(next >= 0, "a new leader within 3 s");
        QVERIFY(next != old);
        const quint64 term = cluster().status(next)->term;
        qInfo("New leader after %lld ms, term %llu -> %llu.", static_cast<long long>(sinceKill.elapsed()),
              static_cast<unsigned long long>(oldTerm), static_cast<unsigned long long>(term));
        QVERIFY(term > oldTerm);
        QVERIFY(cluster().restart(old));
    }
    QVERIFY(cluster().awaitLeader() >= 0);
    const std::vector<Sent> sent = load.stop();
    QCOMPARE(watch.stop(), QStringList());
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestFailures::twoOfThreeDown()
{
    QVERIFY(startCluster({.arguments = {QStringLiteral("--replication-mode"), QStringLiteral("sync_quorum"),
                                        QStringLiteral("--write-timeout"), QStringLiteral("1000")}}));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    std::vector<Sent> sent;
    for (int i = 0; i < 20; ++i) {
        const SendReply reply = cluster().client(leader).send(messageOf(QString::number(i)));
        QVERIFY2(reply.ok(), qPrintable(reply.text()));
        sent.push_back({.id = QString::number(i), .seq = reply.seq});
    }
    for (const int follower : cluster().othersThan(leader))
        cluster().kill(follower);

    // At first the leader may not know yet; then it has stepped down. Never an acknowledgement.
    const auto refused = [&](const QString& outcomes) {
        const SendReply reply = cluster().client(leader).send(messageOf(QStringLiteral("in vain")));
        QVERIFY2(reply.http.status == 503, qPrintable(reply.text()));
        QVERIFY2(outcomes.contains(reply.outcome) && !reply.outcome.isEmpty(), qPrintable(reply.text()));
        QVERIFY2(!reply.json[QLatin1String("reason")].toString().isEmpty(), qPrintable(reply.text()));
        QVERIFY2(reply.http.header("retry-after").toInt() > 0, "Retry-After");
    };
    refused(QStringLiteral("unknown rejected"));
    QVERIFY2(await(Milliseconds(5000), [&] { return !cluster().status(leader)->leads(); }),
             "a leader without a majority steps down");
    refused(QStringLiteral("rejected"));
    QVERIFY(!cluster().status(leader)->json[QLatin1String("explain")].toString().isEmpty());
    QCOMPARE(cluster().client(leader).readAll()->front().messages.size(), std::size_t(20));

    cluster().kill(leader);
    for (int node = 0; node < cluster().size(); ++node)
        QVERIFY(cluster().restart(node));
    QVERIFY(cluster().awaitLeader() >= 0);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestFailures::theLeaderIsCutOff()
{
    QVERIFY(startCluster({.ownNetworks = true}));
    const int old = cluster().awaitLeader();
    QVERIFY(old >= 0);
    StatusWatch watch(cluster().urls());
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(5)});
    QVERIFY(await(Milliseconds(10'000), [&] { return load.acknowledged() > 50; }));
    const quint64 oldTerm = cluster().status(old)->term;

    cluster().cutOff(old);
    checkTheCutOffLeader(old, oldTerm);
    if (QTest::currentTestFailed())
        return;
    const int next = cluster().awaitLeader();
    const quint64 term = cluster().status(next)->term;

    cluster().heal();
    const bool follows = await(Milliseconds(10'000), [&] {
        const auto status = cluster().status(old);
        return status && !status->leads() && status->leaderUrl == cluster().url(next);
    });
    QVERIFY2(follows, "after healing it follows");
    QCOMPARE(cluster().status(next)->term, term);
    const int healed = load.acknowledged();
    QVERIFY(await(Milliseconds(5000), [&] { return load.acknowledged() > healed + 50; }));
    const std::vector<Sent> sent = load.stop();
    qInfo("%zu messages, longest time without an acknowledgement %lld ms.", sent.size(),
          static_cast<long long>(LoadClients::longestSilence(sent).count()));
    QCOMPARE(watch.stop(), QStringList());
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestFailures::checkTheCutOffLeader(int old, quint64 oldTerm)
{
    QElapsedTimer sinceCut;
    sinceCut.start();
    int next = -1;
    QVERIFY(await(Milliseconds(5000), [&] {
        next = cluster().leader();
        return next >= 0 && next != old;
    }));
    QVERIFY(cluster().status(next)->term > oldTerm);
    qInfo("The majority has a leader %lld ms after the cut.", static_cast<long long>(sinceCut.elapsed()));
    const SendReply sent = cluster().client(next).send(messageOf(QStringLiteral("majority")));
    QVERIFY2(sent.ok(), qPrintable(sent.text()));
    if (!cluster().cutsTheWire())
        return; // a stopped process answers nobody
    QVERIFY2(await(Milliseconds(3000),
                   [&] {
                       const auto status = cluster().status(old);
                       return status && !status->leads();
                   }),
             "the cut-off leader steps down");
    const SendReply refused = cluster().client(old).send(messageOf(QStringLiteral("minority")));
    QVERIFY2(refused.http.status == 503 && refused.outcome == QLatin1String("rejected"),
             qPrintable(refused.text()));
    // Ten election timeouts later its term has not run away: it would depose the leader when it returns.
    QThread::msleep(3000);
    QCOMPARE(cluster().status(old)->term, oldTerm);
    QCOMPARE(cluster().leader(), next);
}

QTEST_GUILESS_MAIN(TestFailures)
#include "tst_failures.moc"
