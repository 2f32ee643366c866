// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node whose applied state is not what its log makes of it, though every checksum is right: only the
// comparison of the running hashes can tell (issue "All of Raft", divergence check). With a majority against
// it the node takes itself out, says why and comes back as a new incarnation; nobody has to help.
#include <QFile>

#include "core/storage/StateStore.h"
#include "tests/support/process/Await.h"
#include "tests/support/process/ClientProgram.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{20'000};
/// See tst_members.cpp.
constexpr Milliseconds oneElection{2000};

/// As if an entry had been applied wrongly once: the stored state is whole, and of another history. Two calls
/// with different `bit` make two different histories. False when the stopped node's state cannot be changed.
bool falsifyState(const QString& dataDirectory, int bit)
{
    const auto directory = storage::DataDirectory::openExisting(dataDirectory);
    if (!directory)
        return false;
    const auto store = storage::StateStore::open(**directory);
    if (!store)
        return false;
    messaging::AppliedState state = (*store)->applied();
    state.hash.bytes[0] ^= static_cast<std::uint8_t>(1 << bit);
    return (*store)->begin().ok() && (*store)->commit(state).ok() && (*store)->sync().ok();
}

} // namespace

class TestDivergence : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aNodeWithAnotherStateTakesItselfOut_data();
    void aNodeWithAnotherStateTakesItselfOut();
    void withoutAMajorityNobodyIsTakenOut();

private:
    bool falsify(int node, int bit)
    {
        return cluster().stop(node) && falsifyState(cluster().dataDirectory(node), bit) &&
               cluster().restart(node);
    }
    bool makeLeader(int node)
    {
        return runClient({QStringLiteral("cluster"), QStringLiteral("transfer"), ProcessCluster::id(node),
                          QStringLiteral("--node"), cluster().urls().join(QLatin1Char(','))})
                   .ok() &&
               await(patience, [&] { return cluster().leader() == node; });
    }
};

void TestDivergence::aNodeWithAnotherStateTakesItselfOut_data()
{
    QTest::addColumn<bool>("leads");
    QTest::newRow("a follower") << false;
    QTest::newRow("the leader") << true;
}

void TestDivergence::aNodeWithAnotherStateTakesItselfOut()
{
    QFETCH(bool, leads);
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    LoadClients before(cluster().urls(), {.clients = 8});
    QVERIFY(before.awaitMore(500));
    std::vector<Sent> sent = before.stop();

    const int victim = cluster().othersThan(leader).front();
    QVERIFY(falsify(victim, 0));
    QVERIFY(cluster().awaitLeader() >= 0 && cluster().awaitEqual());
    if (leads)
        QVERIFY(makeLeader(victim));
    QMap<int, QString> incarnations;
    for (const int node : cluster().members())
        incarnations[node] = cluster().incarnation(node);

    LoadClients load(cluster().urls(), {.clients = 8});
    QVERIFY2(cluster().awaitIncarnationAfter(victim, incarnations[victim]), "it begins anew");
    QVERIFY(
        cluster().awaitVoters(victim, {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3")}));
    QVERIFY(load.awaitMore(200));
    const std::vector<Sent> later = load.stop();
    sent.insert(sent.end(), later.begin(), later.end());
    QVERIFY(LoadClients::longestSilence(later) < oneElection);

    // It said why, in the log and beside what it set aside; and only it was taken out.
    QVERIFY(cluster().process(victim).log().contains("this node's state is wrong"));
    QCOMPARE(cluster().setAside(victim).size(), 1);
    QFile why(cluster().setAside(victim).front() + QStringLiteral("/why.txt"));
    QVERIFY(why.open(QIODevice::ReadOnly));
    QVERIFY(why.readAll().contains("differs from that of"));
    for (const int other : cluster().othersThan(victim)) {
        QCOMPARE(cluster().incarnation(other), incarnations[other]);
        QCOMPARE(cluster().setAside(other), QStringList());
    }
    QCOMPARE(verify(cluster(), sent), QStringList());
}

/// Three nodes, three states: nobody can tell who is wrong, so nobody throws anything away, and all say so.
void TestDivergence::withoutAMajorityNobodyIsTakenOut()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    LoadClients before(cluster().urls(), {.clients = 8});
    QVERIFY(before.awaitMore(200));
    before.stop();
    int bit = 0;
    for (const int victim : cluster().othersThan(leader))
        QVERIFY(falsify(victim, bit++));
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 8});
    for (const int node : cluster().members()) {
        QVERIFY2(await(patience,
                       [&] {
                           const auto status = cluster().status(node);
                           return status && status->json[QLatin1String("explain")].toString().contains(
                                                QLatin1String("The nodes disagree"));
                       }),
                 "every node says that the nodes disagree");
    }
    QVERIFY2(load.awaitMore(200), "they go on");
    load.stop();
    for (const int node : cluster().members()) {
        QVERIFY(cluster().process(node).running());
        QCOMPARE(cluster().setAside(node), QStringList());
    }
}

QTEST_GUILESS_MAIN(TestDivergence)
#include "tst_divergence.moc"
