// SPDX-License-Identifier: GPL-3.0-or-later
//
// The majority is gone for good (issue "All of Raft", recovery): `dsmsg recover` makes the survivor a cluster
// of its own. It is loud about what may be lost, and it is lost: what the others acknowledged without the
// survivor does not come back, all that the survivor had does, and an old node that turns up is kept out.
#include <QJsonArray>
#include <QJsonDocument>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{20'000};

} // namespace

class TestRecovery : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aLoneSurvivorBecomesACluster();

private:
    void recover(int survivor, quint64 messages);
    void serveAlone(int survivor, const std::vector<Sent>& kept);
    void growAgain(int survivor, std::vector<Sent>& sent);
    void keepOut(int old, int survivor);
};

void TestRecovery::aLoneSurvivorBecomesACluster()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int survivor = cluster().othersThan(leader).front();
    const int third = cluster().othersThan(leader).back();
    LoadClients load(cluster().urls(), {.clients = 8});
    QVERIFY(load.awaitMore(1000));
    std::vector<Sent> kept = load.stop();
    QVERIFY(cluster().awaitEqual());
    const quint64 messages = cluster().status(survivor)->committedSeq;

    // Nobody saves this one: it is acknowledged without the survivor.
    cluster().kill(survivor);
    QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("lost"))).ok());
    cluster().wipe(third);
    cluster().retire(third);
    cluster().retire(leader);

    recover(survivor, messages);
    if (!QTest::currentTestFailed())
        serveAlone(survivor, kept);
    if (!QTest::currentTestFailed())
        growAgain(survivor, kept);
    if (!QTest::currentTestFailed())
        keepOut(leader, survivor);
}

void TestRecovery::recover(int survivor, quint64 messages)
{
    const QString directory = cluster().dataDirectory(survivor);
    const QStringList command{QStringLiteral("recover"), directory, QStringLiteral("--url"),
                              cluster().url(survivor)};
    const QStringList loudly = command + QStringList{QStringLiteral("--i-accept-loss")};

    // With its directory as it is it can only wait for a majority; and while it runs nobody may touch it.
    QVERIFY(cluster().restart(survivor));
    const ClientRun running = runClient(loudly);
    QCOMPARE(running.exitCode, 1);
    QVERIFY2(running.errors.contains("in use"), running.errors.constData());
    QVERIFY(!cluster().client(survivor).send(messageOf(QStringLiteral("in vain"))).ok());
    QVERIFY(cluster().stop(survivor));

    const ClientRun careless = runClient(command);
    QCOMPARE(careless.exitCode, 2);
    QVERIFY2(careless.errors.contains("may be lost"), careless.errors.constData());

    const ClientRun done = runClient(loudly);
    QVERIFY2(done.ok(), done.text().constData());
    QVERIFY2(done.output.contains("only member of the new cluster"), done.output.constData());
    QVERIFY2(done.output.contains(QByteArray::number(messages) + " messages"), done.output.constData());
    QVERIFY2(done.output.contains("May be lost") &&
                 done.output.contains("is lost if this node had not received it"),
             done.output.constData());

    QVERIFY(done.output.contains("without --peers"));

    // Again is harmless; and what a script reads says the same.
    const ClientRun again = runClient(loudly + QStringList{QStringLiteral("--json")});
    QVERIFY2(again.ok(), again.text().constData());
    const QJsonObject said = QJsonDocument::fromJson(again.output).object();
    QCOMPARE(said[QLatin1String("last_seq")].toInteger(), static_cast<qint64>(messages));
    QVERIFY(!said[QLatin1String("certain")].toArray().isEmpty());
    QVERIFY(said[QLatin1String("cluster_id")] != said[QLatin1String("former_cluster_id")]);
    const ClientRun verified = runClient({QStringLiteral("verify"), directory});
    QVERIFY2(verified.ok(), verified.text().constData());
}

void TestRecovery::serveAlone(int survivor, const std::vector<Sent>& kept)
{
    // Who does not read that is told once more: the old peers are none of its cluster, and it dials none.
    QVERIFY(cluster().process(survivor).start());
    QCOMPARE(cluster().process(survivor).exitCode(patience), std::optional(1));
    QVERIFY(cluster().process(survivor).log().contains("Correct --peers"));

    QVERIFY(cluster().restartAlone(survivor));
    QVERIFY(await(patience, [&] { return cluster().leader() == survivor; }));
    QCOMPARE(verify(cluster(), kept), QStringList());
    const SendReply lost = cluster().client(survivor).send(messageOf(QStringLiteral("lost")));
    QVERIFY2(lost.ok() && !lost.flag("duplicate"), qPrintable(lost.text()));
    const SendReply known = cluster().client(survivor).send(messageOf(kept.front().id));
    QVERIFY2(known.ok() && known.flag("duplicate"), qPrintable(known.text()));
    QCOMPARE(known.seq, kept.front().seq);
}

/// Two blank nodes join it, and then it may die as well.
void TestRecovery::growAgain(int survivor, std::vector<Sent>& sent)
{
    const int first = cluster().join();
    const int second = cluster().join();
    QVERIFY(first >= 0 && second >= 0);
    for (const int node : {first, second})
        QVERIFY(cluster().awaitVoters(
            node, {ProcessCluster::id(survivor), ProcessCluster::id(first), ProcessCluster::id(second)}));
    LoadClients load({cluster().url(first), cluster().url(second)}, {.clients = 8});
    QVERIFY(load.awaitMore(100));
    cluster().kill(survivor);
    QVERIFY(load.awaitMore(100));
    QVERIFY(cluster().restart(survivor));
    const std::vector<Sent> more = load.stop();
    sent.insert(sent.end(), more.begin(), more.end());
    QCOMPARE(verify(cluster(), sent), QStringList());
}

/// A node of the old cluster comes back with its old directory: it belongs nowhere, and disturbs nobody.
void TestRecovery::keepOut(int old, int survivor)
{
    QVERIFY(cluster().process(old).start());
    const auto problem = [&] {
        const auto seen = cluster().status(old);
        return seen ? seen->json[QLatin1String("peer_status")][cluster().url(survivor)]
                                [QLatin1String("problem")]
                                    .toString()
                    : QString();
    };
    QVERIFY2(await(patience, [&] { return problem().contains(QLatin1String("cluster")); }),
             qPrintable(problem()));
    QCOMPARE(cluster().status(old)->leaderId, QString());
    const SendReply refused = cluster().client(old).send(messageOf(QStringLiteral("to the old one")));
    QCOMPARE(refused.http.status, 503);
    QCOMPARE(refused.outcome, QStringLiteral("rejected"));
    QVERIFY(cluster().awaitLeader() >= 0);
    QCOMPARE(cluster().client(survivor).voters().size(), 3);
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
