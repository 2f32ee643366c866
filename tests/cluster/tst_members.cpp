// SPDX-License-Identifier: GPL-3.0-or-later
//
// Members that come, go and hand over while messages are sent: nobody may wait longer than for one election,
// and nothing may be lost (issue "All of Raft"; dissertation, chapter 4).
#include <QJsonArray>
#include <QJsonDocument>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/LoadClients.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

/// One election: the greatest timeout of 600 ms twice over (a split vote), and what the machine adds.
constexpr Milliseconds oneElection{2000};
constexpr Milliseconds patience{20'000};

} // namespace

class TestMembers : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aNodeIsAddedUnderLoad();
    void theLeaderIsRemovedUnderLoad();
    void leadershipIsHandedOver();
    void allThreeAreReplacedUnderLoad();
    void aChangeThatMakesNoSenseIsRefused();

private:
    QStringList voters();
    bool awaitVoters(const QStringList& ids);
    HttpReply order(const char* path, const QJsonObject& body);
    bool remove(const QString& id);
};

QStringList TestMembers::voters()
{
    const int leader = cluster().leader();
    return leader < 0 ? QStringList() : cluster().client(leader).voters();
}

bool TestMembers::awaitVoters(const QStringList& ids)
{
    return await(patience, [&] { return voters() == ids; });
}

/// To the leader, found anew when it is not the leader any more.
HttpReply TestMembers::order(const char* path, const QJsonObject& body)
{
    HttpReply reply;
    await(patience, [&] {
        const int leader = cluster().leader();
        if (leader < 0)
            return false;
        reply =
            cluster().client(leader).http().post(path, QJsonDocument(body).toJson(), Milliseconds(10'000));
        return reply.status != 307 && reply.status != 503;
    });
    return reply;
}

bool TestMembers::remove(const QString& id)
{
    const QJsonObject change{{QStringLiteral("action"), QStringLiteral("remove")},
                             {QStringLiteral("id"), id}};
    return order("/cluster/members", {{QStringLiteral("changes"), QJsonArray{change}}}).status == 200;
}

void TestMembers::aNodeIsAddedUnderLoad()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(500));
    QVERIFY(cluster().join() == 3);
    QVERIFY(awaitVoters(
        {QStringLiteral("n1"), QStringLiteral("n2"), QStringLiteral("n3"), QStringLiteral("n4")}));
    QVERIFY(load.awaitMore(500));
    const std::vector<Sent> sent = load.stop();
    QVERIFY(LoadClients::longestSilence(sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestMembers::theLeaderIsRemovedUnderLoad()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const QString id = cluster().status(leader)->nodeId;
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(500));
    QVERIFY(remove(id));
    QVERIFY(await(patience, [&] {
        const int successor = cluster().leader();
        return successor >= 0 && successor != leader;
    }));
    // It knows, and says so.
    QVERIFY(await(patience, [&] {
        const auto status = cluster().status(leader);
        return status &&
               status->json.value(QLatin1String("explain")).toString().contains(QLatin1String("removed"));
    }));
    cluster().retire(leader);
    QVERIFY(load.awaitMore(500));
    const std::vector<Sent> sent = load.stop();
    QVERIFY(LoadClients::longestSilence(sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestMembers::leadershipIsHandedOver()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int successor = cluster().othersThan(leader).front();
    const quint64 term = cluster().status(leader)->term;
    LoadClients load(cluster().urls(), {.clients = 16});
    QVERIFY(load.awaitMore(500));
    QCOMPARE(order("/cluster/transfer", {{QStringLiteral("to"), cluster().status(successor)->nodeId}}).status,
             200);
    QVERIFY(await(patience, [&] { return cluster().leader() == successor; }));
    QCOMPARE(cluster().status(successor)->term, term + 1);
    const std::vector<Sent> sent = load.stop();
    // Nobody waits for an election timeout.
    qInfo("Longest silence %lld ms.", static_cast<long long>(LoadClients::longestSilence(sent).count()));
    QVERIFY(LoadClients::longestSilence(sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestMembers::allThreeAreReplacedUnderLoad()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    // The clients know the new nodes from redirects only.
    LoadClients load(cluster().urls(), {.clients = 8});
    QVERIFY(load.awaitMore(300));
    for (int old = 0; old < 2; ++old) {
        QVERIFY(cluster().join() >= 0);
        QVERIFY(await(patience, [&] { return voters().size() == 4; }));
        QVERIFY(remove(QStringLiteral("n%1").arg(old + 1)));
        QVERIFY(await(patience, [&] { return voters().size() == 3; }));
        cluster().retire(old);
        QVERIFY(await(patience, [&] { return cluster().leader() >= 0; }));
    }
    // The last one in one step: its successor catches up, then both change places.
    const QString replaced = QStringLiteral("n3");
    const int joined = cluster().join({QStringLiteral("--log-level"), QStringLiteral("info")});
    QVERIFY(joined >= 0);
    QVERIFY(await(patience, [&] { return voters().size() == 4; }));
    QVERIFY(remove(replaced));
    QVERIFY(awaitVoters({QStringLiteral("n4"), QStringLiteral("n5"), QStringLiteral("n6")}));
    const std::vector<Sent> sent = load.stop();
    cluster().retire(2);
    qInfo("%zu messages; longest silence %lld ms.", sent.size(),
          static_cast<long long>(LoadClients::longestSilence(sent).count()));
    QVERIFY(LoadClients::longestSilence(sent) < oneElection);
    QCOMPARE(verify(cluster(), sent), QStringList());
}

void TestMembers::aChangeThatMakesNoSenseIsRefused()
{
    QVERIFY(startCluster());
    QVERIFY(cluster().awaitLeader() >= 0);
    const auto change = [&](const char* action, const char* id, const char* url = nullptr) {
        QJsonObject wish{{QStringLiteral("action"), QLatin1String(action)},
                         {QStringLiteral("id"), QLatin1String(id)}};
        if (url != nullptr)
            wish.insert(QStringLiteral("url"), QLatin1String(url));
        return order("/cluster/members", {{QStringLiteral("changes"), QJsonArray{wish}}}).status;
    };
    QCOMPARE(change("remove", "n9"), 400);
    QCOMPARE(change("explode", "n1"), 400);
    QCOMPARE(change("add", "n1", "http://127.0.0.1:1"), 400);
    QCOMPARE(change("add", "n9"), 400);
    QCOMPARE(change("promote", "n1"), 400);
    QCOMPARE(order("/cluster/transfer", {{QStringLiteral("to"), QStringLiteral("n9")}}).status, 404);
}

QTEST_GUILESS_MAIN(TestMembers)
#include "tst_members.moc"
