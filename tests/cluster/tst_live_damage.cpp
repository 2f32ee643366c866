// SPDX-License-Identifier: GPL-3.0-or-later
//
// A database that is damaged while its node runs, in the middle of what was written long ago: whoever reads
// it, the scrub at the latest, notices; the node notes it, begins anew and is filled by the others, and
// nothing acknowledged is lost (CORE.md, Trust nothing read back; PROOF.md, pitfall 11).
#include <QFile>
#include <algorithm>

#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

struct Volume
{
    int messages;
    int padding; ///< bytes of each
};
/// Three times what a node's connection to a database caches: what was written first is read from the file
/// again, where the damage is.
constexpr Volume beyondTheDatabaseCache{3000, 4096};
/// More than a leader keeps of its log in memory (64 MiB).
constexpr Volume beyondTheLogCache{800, 100'000};

ClusterOptions withScrubEvery(const char* milliseconds)
{
    ClusterOptions options;
    options.arguments << QStringLiteral("--scrub-interval") << QLatin1String(milliseconds);
    return options;
}

constexpr std::size_t early = 100;

/// Turns one bit of each of the first messages in a database that lie there in one piece, under those who
/// have it open; how many those were. Not of one only: what is found may be what a page was split from, which
/// nobody reads.
int damageEarlyMessages(std::vector<Sent> sent, const QString& database)
{
    std::ranges::sort(sent, {}, &Sent::seq);
    sent.resize(std::min(sent.size(), early));
    // The node that notices moves the file away: it must not be made anew here.
    QFile file(database);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return 0;
    const QByteArray bytes = file.readAll();
    int damaged = 0;
    for (const Sent& message : sent) {
        const QByteArray text = "{\"for\":\"" + message.id.toLatin1() + '"';
        bool found = false;
        for (qsizetype at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1))
            found |= file.seek(at) && file.putChar(static_cast<char>(bytes[at] ^ 1));
        damaged += found ? 1 : 0;
    }
    return damaged;
}

} // namespace

class TestLiveDamage : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void theScrubFindsIt_data();
    void theScrubFindsIt();
    void aReadForAFollowerFindsIt();
    void aReadForAClientFindsIt();
    void whoCannotBeginAnewEnds();

private:
    std::vector<Sent> fill(const Volume& volume)
    {
        constexpr int clients = 10;
        LoadClients load(
            cluster().urls(),
            {.clients = clients, .messages = volume.messages / clients, .padding = volume.padding});
        load.awaitMore(volume.messages, Milliseconds(60'000));
        return load.stop();
    }
    QString file(int node, const QString& database)
    {
        return cluster().dataDirectory(node) + QLatin1Char('/') + database;
    }
    bool awaitAllVoters(int node)
    {
        return cluster().awaitVoters(node,
                                     {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3")});
    }
};

void TestLiveDamage::theScrubFindsIt_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<bool>("leads");
    QTest::newRow("a follower's log") << QStringLiteral("raft.db") << false;
    QTest::newRow("the leader's state") << QStringLiteral("state.db") << true;
}

void TestLiveDamage::theScrubFindsIt()
{
    QFETCH(QString, database);
    QFETCH(bool, leads);
    QVERIFY(startCluster(withScrubEvery("20")));
    QVERIFY(cluster().awaitLeader() >= 0);
    std::vector<Sent> sent = fill(beyondTheDatabaseCache);
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0 && cluster().awaitEqual());
    const int victim = leads ? leader : cluster().othersThan(leader).front();
    const QString before = cluster().incarnation(victim);

    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(5)});
    QVERIFY(load.awaitMore(50));
    QVERIFY2(damageEarlyMessages(sent, file(victim, database)) > 0,
             "a message lies in the file in one piece");
    QVERIFY2(cluster().awaitIncarnationAfter(victim, before), "the node begins anew");
    QVERIFY(awaitAllVoters(victim));
    QVERIFY(load.awaitMore(50));
    QVERIFY(cluster().process(victim).log().contains("is damaged"));
    QCOMPARE(cluster().setAside(victim).size(), 1);
    const std::vector<Sent> later = load.stop();
    sent.insert(sent.end(), later.begin(), later.end());
    QCOMPARE(verify(cluster(), sent), QStringList());
}

/// The leader must not send on what it cannot read. What it had is on one other node only, and the third has
/// not even caught up yet.
void TestLiveDamage::aReadForAFollowerFindsIt()
{
    QVERIFY(startCluster(withScrubEvery("86400000"))); // a day: not in this test
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int away = cluster().othersThan(leader).front();
    cluster().kill(away);
    const std::vector<Sent> sent = fill(beyondTheLogCache);
    QCOMPARE(cluster().leader(), leader);
    const QString before = cluster().incarnation(leader);
    QVERIFY(damageEarlyMessages(sent, file(leader, QStringLiteral("raft.db"))) > 0);
    QVERIFY(cluster().restart(away));
    QVERIFY2(cluster().awaitIncarnationAfter(leader, before), "the leader begins anew");
    QVERIFY(awaitAllVoters(leader) && awaitAllVoters(away));
    QCOMPARE(cluster().setAside(leader).size(), 1);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

/// The client is told, and the node does not wait for the scrub.
void TestLiveDamage::aReadForAClientFindsIt()
{
    QVERIFY(startCluster(withScrubEvery("86400000")));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const std::vector<Sent> sent = fill(beyondTheDatabaseCache);
    QVERIFY(cluster().awaitEqual());
    const int victim = cluster().othersThan(leader).front();
    const QString before = cluster().incarnation(victim);
    QVERIFY(damageEarlyMessages(sent, file(victim, QStringLiteral("state.db"))) > 0);
    const HttpReply page = cluster().client(victim).http().get(
        "/messages?limit=" + QByteArray::number(quint64(early)), Milliseconds(5000));
    QCOMPARE(page.status, 500);
    QVERIFY2(page.body.contains("is damaged"), page.body.constData());
    QVERIFY2(cluster().awaitIncarnationAfter(victim, before), "the node begins anew");
    QVERIFY(awaitAllVoters(victim));
    QCOMPARE(verify(cluster(), sent), QStringList());
}

/// A start that fails is tried once: nobody is served by a node that fails again and again.
void TestLiveDamage::whoCannotBeginAnewEnds()
{
    QVERIFY(startCluster(withScrubEvery("20")));
    QVERIFY(cluster().awaitLeader() >= 0);
    const std::vector<Sent> sent = fill(beyondTheDatabaseCache);
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0 && cluster().awaitEqual());
    const int victim = cluster().othersThan(leader).front();
    // Where the damaged data would be moved to there is no room for a directory.
    QFile obstacle(file(victim, QStringLiteral("damaged.partial")));
    QVERIFY(obstacle.open(QIODevice::WriteOnly));
    QVERIFY(damageEarlyMessages(sent, file(victim, QStringLiteral("raft.db"))) > 0);
    QCOMPARE(cluster().process(victim).exitCode(Milliseconds(20'000)), std::optional(1));
    QVERIFY2(cluster().process(victim).log().contains("Setting it aside failed"),
             cluster().process(victim).log());
}

QTEST_GUILESS_MAIN(TestLiveDamage)
#include "tst_live_damage.moc"
