// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nodes that lost their data, or whose data is damaged: they come back by themselves as learners and end as
// voters with the same state (CORE.md, Trust nothing read back; PROOF.md, pitfalls 11 and 12). And a follower
// whose next entry is compacted.
#include <QDir>
#include <QFile>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{20'000};

/// A log so short that whoever was away for a moment needs a snapshot.
ClusterOptions shortLog()
{
    ClusterOptions options;
    options.arguments << QStringLiteral("--log-keep-messages") << QStringLiteral("200");
    return options;
}

void damage(const QString& path)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::ReadWrite), qPrintable(path));
    for (qint64 at = 4096; at < file.size(); at += 1500) {
        file.seek(at);
        char byte = 0;
        file.peek(&byte, 1);
        byte = static_cast<char>(byte ^ 0x55);
        file.write(&byte, 1);
    }
}

} // namespace

class TestLostData : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aFollowerReturnsToACompactedLog();
    void aWipedNodeComesBack();
    void aNodeWithADamagedDatabaseComesBack_data();
    void aNodeWithADamagedDatabaseComesBack();
    void aLoneNodeKeepsItsDamagedData();

private:
    quint64 firstLogIndex(int node);
    bool awaitVoterAgain(int node)
    {
        return cluster().awaitVoters(node,
                                     {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3")});
    }
};

quint64 TestLostData::firstLogIndex(int node)
{
    const auto status = cluster().status(node);
    return status ? static_cast<quint64>(status->json.value(QLatin1String("first_log_index")).toDouble()) : 0;
}

void TestLostData::aFollowerReturnsToACompactedLog()
{
    QVERIFY(startCluster(shortLog()));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int away = cluster().othersThan(leader).front();
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(300));
    const quint64 lastSeen = cluster().status(away)->lastLogIndex;
    cluster().kill(away);
    QVERIFY(await(patience, [&] { return firstLogIndex(cluster().leader()) > lastSeen + 1; }));
    QVERIFY(cluster().restart(away));
    const quint64 target = cluster().status(leader)->committedSeq;
    QVERIFY(await(patience, [&] {
        const auto status = cluster().status(away);
        return status && status->committedSeq >= target;
    }));
    QVERIFY(cluster().process(away).log().contains("Installing a snapshot"));
    const std::vector<Sent> sent = load.stop();
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestLostData::aWipedNodeComesBack()
{
    QVERIFY(startCluster(shortLog()));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(1000));
    for (const int victim : {cluster().othersThan(leader).front(), leader}) {
        cluster().wipe(victim);
        QVERIFY(load.awaitMore(300));
        QVERIFY(cluster().restart(victim));
        QVERIFY(awaitVoterAgain(victim));
    }
    const std::vector<Sent> sent = load.stop();
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestLostData::aNodeWithADamagedDatabaseComesBack_data()
{
    QTest::addColumn<QString>("database");
    QTest::newRow("log") << QStringLiteral("raft.db");
    QTest::newRow("state") << QStringLiteral("state.db");
}

void TestLostData::aNodeWithADamagedDatabaseComesBack()
{
    QFETCH(QString, database);
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int victim = cluster().othersThan(leader).front();
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(1000));
    QVERIFY(cluster().stop(victim)); // so that the WAL is in the database, where the damage is done
    damage(cluster().dataDirectory(victim) + QLatin1Char('/') + database);
    QVERIFY(cluster().restart(victim));
    QVERIFY(awaitVoterAgain(victim));
    QVERIFY(cluster().process(victim).log().contains("It is set aside"));
    QVERIFY(!QDir(cluster().dataDirectory(victim)).entryList({QStringLiteral("damaged-*")}).isEmpty());
    const std::vector<Sent> sent = load.stop();
    QCOMPARE(verify(cluster(), sent), QStringList());
}

/// Nobody else has its messages: it must not throw them away.
void TestLostData::aLoneNodeKeepsItsDamagedData()
{
    ClusterOptions options;
    options.nodes = 1;
    QVERIFY(startCluster(options));
    QVERIFY(cluster().awaitLeader() == 0);
    QVERIFY(cluster().client(0).send(messageOf(QStringLiteral("only"))).ok());
    QVERIFY(cluster().stop(0));
    damage(cluster().dataDirectory(0) + QStringLiteral("/raft.db"));
    QVERIFY(cluster().process(0).start());
    QCOMPARE(cluster().process(0).exitCode(patience), std::optional(1));
    QVERIFY(QDir(cluster().dataDirectory(0)).entryList({QStringLiteral("damaged-*")}).isEmpty());
}

QTEST_GUILESS_MAIN(TestLostData)
#include "tst_lost_data.moc"
