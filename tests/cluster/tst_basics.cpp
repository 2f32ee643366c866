// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a cluster does while nothing goes wrong (API.md, "Behaviour that users test by hand").
#include <QElapsedTimer>
#include <algorithm>
#include <set>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestBasics : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aLeaderWithinTwoSeconds();
    void aFollowerRedirects();
    void fiftySendsAtOnce();
    void commitIndexReachesFollowersWithinAHeartbeat();
    void aRepeatGetsTheFirstSeq();
    void oneNodeAlone();
    void aWipedNodeDoesNotVoteAgain();
    void theVerifierNoticesALie();
};

void TestBasics::aLeaderWithinTwoSeconds()
{
    QElapsedTimer sinceFirst;
    sinceFirst.start();
    QVERIFY(startCluster());
    // All were started one after another before the first was asked: the last start is later than this.
    QVERIFY(cluster().awaitLeader() >= 0);
    qInfo("A leader %lld ms after the first node's start.", static_cast<long long>(sinceFirst.elapsed()));
    QVERIFY2(sinceFirst.elapsed() < 2000, qPrintable(QString::number(sinceFirst.elapsed())));
}

void TestBasics::aFollowerRedirects()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int follower = cluster().othersThan(leader).front();

    const SendReply redirect = cluster().client(follower).send(messageOf(QStringLiteral("first")));
    QCOMPARE(redirect.http.status, 307);
    QCOMPARE(QString::fromLatin1(redirect.http.header("location")),
             cluster().url(leader) + QStringLiteral("/send"));
    const QJsonObject contract{{QStringLiteral("status"), QStringLiteral("redirect")},
                               {QStringLiteral("leader_url"), cluster().url(leader)},
                               {QStringLiteral("reason"), QStringLiteral("node_is_not_leader")}};
    QCOMPARE(redirect.json, contract);
    QCOMPARE(redirect.http.header("access-control-allow-origin"), QByteArray("*"));

    // The query goes with it.
    const SendReply asked =
        cluster().client(follower).sendRaw("/send?ack=all", R"({"msg_id":"second"})", sendPatience);
    QCOMPARE(QString::fromLatin1(asked.http.header("location")),
             cluster().url(leader) + QStringLiteral("/send?ack=all"));

    const SendReply sent = cluster().client(leader).send(messageOf(QStringLiteral("first")));
    QVERIFY2(sent.ok(), qPrintable(sent.text()));
    QCOMPARE(sent.seq, 1u);
    QVERIFY(sent.flag("committed"));
    QVERIFY(!sent.flag("duplicate"));
    QCOMPARE(sent.json[QLatin1String("leader_url")].toString(), cluster().url(leader));
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("first"), .seq = sent.seq}}), QStringList());
}

void TestBasics::fiftySendsAtOnce()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 50, .messages = 1});
    QVERIFY(await(Milliseconds(20'000), [&] { return load.acknowledged() == 50; }));
    const std::vector<Sent> sent = load.stop();
    QCOMPARE(sent.size(), std::size_t(50));
    std::set<quint64> seqs;
    for (const Sent& message : sent)
        seqs.insert(message.seq);
    QCOMPARE(seqs.size(), std::size_t(50));
    QCOMPARE(*seqs.begin(), 1u);
    QCOMPARE(*seqs.rbegin(), 50u);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestBasics::commitIndexReachesFollowersWithinAHeartbeat()
{
    constexpr int rounds = 25;
    constexpr qint64 heartbeatMs = 200;
    constexpr qint64 schedulingMs = 300; // two cores, four processes, and whatever else runs there
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    std::vector<qint64> delays;
    for (int round = 0; round < rounds; ++round) {
        const SendReply sent = cluster().client(leader).send(messageOf(QString::number(round)));
        QVERIFY2(sent.ok(), qPrintable(sent.text()));
        QElapsedTimer sinceAnswer;
        sinceAnswer.start();
        for (const int follower : cluster().othersThan(leader)) {
            const bool reached = await(Milliseconds(5000), [&] {
                const auto status = cluster().status(follower);
                return status && status->commitIndex >= sent.index();
            });
            QVERIFY(reached);
        }
        delays.push_back(sinceAnswer.elapsed());
    }
    std::ranges::sort(delays);
    qInfo("Commit index at both followers after the answer: median %lld ms, greatest %lld ms.",
          static_cast<long long>(delays[rounds / 2]), static_cast<long long>(delays.back()));
    QVERIFY(delays[rounds / 2] < heartbeatMs);
    QVERIFY(delays.back() < heartbeatMs + schedulingMs);
}

void TestBasics::aRepeatGetsTheFirstSeq()
{
    QVERIFY(startCluster());
    int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const QString id = QStringLiteral("once");
    const SendReply first = cluster().client(leader).send(messageOf(id));
    QVERIFY2(first.ok(), qPrintable(first.text()));
    const SendReply between = cluster().client(leader).send(messageOf(QStringLiteral("between")));
    QVERIFY2(between.ok(), qPrintable(between.text()));

    const auto repeat = [&](const char* when) {
        const QJsonObject other{{QStringLiteral("msg_id"), id},
                                {QStringLiteral("sender"), QStringLiteral("somebody else")},
                                {QStringLiteral("payload"), QStringLiteral("something else")}};
        const SendReply again = cluster().client(leader).send(other);
        QVERIFY2(again.ok(), qPrintable(again.text()));
        QVERIFY2(again.seq == first.seq, when);
        QVERIFY2(again.flag("duplicate"), when);
        QVERIFY2(again.flag("committed"), when);
        for (const char* field : {"msg_id", "original_ts", "corrected_ts"})
            QCOMPARE(again.json[QLatin1String(field)], first.json[QLatin1String(field)]);
        const auto receipt = [](const SendReply& reply, const char* field) {
            return reply.json[QLatin1String("receipt")][QLatin1String(field)];
        };
        QCOMPARE(receipt(again, "term"), receipt(first, "term"));
        QCOMPARE(receipt(again, "index"), receipt(first, "index"));
    };
    repeat("at once");

    cluster().kill(leader);
    leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    repeat("on another leader");

    for (int node = 0; node < cluster().size(); ++node)
        cluster().kill(node);
    for (int node = 0; node < cluster().size(); ++node)
        QVERIFY(cluster().restart(node));
    leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    repeat("after a restart of all");

    // Stored with the first payload, and once.
    QCOMPARE(verify(cluster(), {{.id = id, .seq = 1}, {.id = QStringLiteral("between"), .seq = 2}}),
             QStringList());
    QCOMPARE(cluster().status(leader)->committedSeq, 2u);
}

void TestBasics::oneNodeAlone()
{
    QElapsedTimer clock;
    clock.start();
    QVERIFY(startCluster({.nodes = 1, .arguments = {}}));
    QCOMPARE(cluster().awaitLeader(), 0);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    const SendReply sent = cluster().client(0).send(messageOf(QStringLiteral("alone")));
    QVERIFY2(sent.ok(), qPrintable(sent.text()));
    QCOMPARE(sent.seq, 1u);
    QVERIFY(cluster().restart(0));
    QCOMPARE(cluster().awaitLeader(), 0);
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("alone"), .seq = 1}}), QStringList());
    const SendReply again = cluster().client(0).send(messageOf(QStringLiteral("alone")));
    QCOMPARE(again.seq, 1u);
    QVERIFY(again.flag("duplicate"));
    QCOMPARE(cluster().client(0).send(messageOf(QStringLiteral("next"))).seq, 2u);
}

void TestBasics::aWipedNodeDoesNotVoteAgain()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const SendReply sent = cluster().client(leader).send(messageOf(QStringLiteral("kept")));
    QVERIFY2(sent.ok(), qPrintable(sent.text()));
    const std::vector<int> others = cluster().othersThan(leader);
    cluster().wipe(others[0]);
    QVERIFY(cluster().restart(others[0]));
    QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("without it"))).ok());

    // The wiped node and one other must not be a majority: it does not know what it voted for.
    cluster().kill(leader);
    QCOMPARE(cluster().awaitLeader(Milliseconds(4000)), -1);
    const auto wiped = cluster().status(others[0]);
    QVERIFY(wiped);
    QVERIFY2(!wiped->json[QLatin1String("explain")].toString().isEmpty(), "it must say what it waits for");

    QVERIFY(cluster().restart(leader));
    QVERIFY(cluster().awaitLeader() >= 0);
    for (const int node : {leader, others[1]})
        QCOMPARE(cluster().client(node).readAll()->front().messages.size(), std::size_t(2));
}

/// A checker that never complains proves nothing.
void TestBasics::theVerifierNoticesALie()
{
    QVERIFY(startCluster({.nodes = 1}));
    QVERIFY(cluster().awaitLeader() >= 0);
    const QJsonObject foreign{{QStringLiteral("msg_id"), QStringLiteral("b")},
                              {QStringLiteral("payload"), QStringLiteral("not what was promised")}};
    QVERIFY(cluster().client(0).send(messageOf(QStringLiteral("a"))).ok());
    QVERIFY(cluster().client(0).send(foreign).ok());
    QCOMPARE(verify(cluster(), {{.id = QStringLiteral("a"), .seq = 1}}), QStringList());
    const auto complains = [&](const Sent& promise, const char* kind) {
        return !verify(cluster(), {promise}).filter(QLatin1String(kind)).isEmpty();
    };
    QVERIFY(complains({.id = QStringLiteral("never sent"), .seq = 3}, "lost"));
    QVERIFY(complains({.id = QStringLiteral("a"), .seq = 2}, "lost"));
    QVERIFY(complains({.id = QStringLiteral("b"), .seq = 2}, "payload"));
}

QTEST_GUILESS_MAIN(TestBasics)
#include "tst_basics.moc"
