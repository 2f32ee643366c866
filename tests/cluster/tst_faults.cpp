// SPDX-License-Identifier: GPL-3.0-or-later
//
// Faults ordered over HTTP on real nodes: a cut follower is seen as dead and comes back, a cut leader loses
// its office, a failed fsync ends a node's writing, and nothing acknowledged is lost.
#include <QJsonArray>
#include <QJsonDocument>

#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"
#include "tests/support/process/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::test;

namespace {

constexpr Milliseconds patience{15'000};

} // namespace

class TestFaults : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void offByDefault();
    void aFollowerIsCutOff();
    void theLeaderCannotSend();
    void aPausedLeaderLosesItsOffice();
    void aFailedFsyncEndsWriting();
    void aLeaderWithAFullDiskHandsOver();
    void fullDisksAreWaitedOut();

private:
    bool order(int node, const QByteArray& body)
    {
        const HttpReply reply = cluster().client(node).http().post("/faults", body, patience);
        if (reply.status != 200)
            qWarning("%d %s", reply.status, reply.body.constData());
        return reply.status == 200;
    }
    int heal(int node)
    {
        const HttpReply reply = cluster().client(node).http().request("DELETE", "/faults", {}, patience);
        return reply.status == 200 ? reply.json()[QLatin1String("healed")].toInt() : -1;
    }
    bool awaitNewLeader(int old)
    {
        return await(patience, [&] {
            const int leader = cluster().leader();
            return leader >= 0 && leader != old;
        });
    }
};

void TestFaults::offByDefault()
{
    QVERIFY(startCluster({.nodes = 1}));
    QCOMPARE(cluster().client(0).http().get("/faults", patience).status, 404);
}

void TestFaults::aFollowerIsCutOff()
{
    QVERIFY(startCluster(breakable()));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    const int cut = cluster().othersThan(leader)[0];
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(2)});
    QVERIFY(await(patience, [&] { return load.acknowledged() > 20; }));

    QVERIFY(order(cut, R"({"kind":"partition","for_s":120})"));
    const auto shown = cluster().status(cut);
    QVERIFY(shown);
    QCOMPARE(shown->json[QLatin1String("faults")].toArray().size(), 1);
    const quint64 term = cluster().status(leader)->term;
    QVERIFY2(await(patience,
                   [&] {
                       const auto status = cluster().status(leader);
                       return status && !status->peerAlive.value(cluster().url(cut), true);
                   }),
             "the leader sees it as dead");
    const int whileCut = load.acknowledged();
    QVERIFY(await(patience, [&] { return load.acknowledged() > whileCut + 100; }));

    QCOMPARE(heal(cut), 1);
    QVERIFY2(await(patience,
                   [&] {
                       const auto status = cluster().status(leader);
                       return status && status->peerAlive.value(cluster().url(cut), false);
                   }),
             "the leader sees it alive again");
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
    QCOMPARE(cluster().status(leader)->term, term);
}

void TestFaults::theLeaderCannotSend()
{
    QVERIFY(startCluster(breakable()));
    const int old = cluster().awaitLeader();
    QVERIFY(old >= 0);
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(2)});
    QVERIFY(await(patience, [&] { return load.acknowledged() > 20; }));
    QVERIFY(order(old, R"({"kind":"partition","direction":"out","for_s":8})"));
    QVERIFY2(awaitNewLeader(old), "the others elect another leader");
    // Not healed by anybody: it ends by itself.
    QVERIFY(await(patience, [&] {
        const auto status = cluster().status(old);
        return status && status->json[QLatin1String("faults")].toArray().isEmpty();
    }));
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
}

void TestFaults::aPausedLeaderLosesItsOffice()
{
    QVERIFY(startCluster(breakable()));
    const int old = cluster().awaitLeader();
    QVERIFY(old >= 0);
    QVERIFY(order(old, R"({"kind":"pause","for_s":60})"));
    QVERIFY(awaitNewLeader(old));
    QCOMPARE(cluster().client(old).http().get("/faults", patience).status, 200);
    QCOMPARE(heal(old), 1);
    QVERIFY(await(patience, [&] {
        const auto status = cluster().status(old);
        return status && !status->leads() && !status->leaderId.isEmpty();
    }));
}

void TestFaults::aFailedFsyncEndsWriting()
{
    QVERIFY(startCluster(breakable()));
    const int old = cluster().awaitLeader();
    QVERIFY(old >= 0);
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(2)});
    QVERIFY(await(patience, [&] { return load.acknowledged() > 20; }));
    QVERIFY(order(old, R"({"kind":"fsync_fail","for_s":1})"));
    QVERIFY(awaitNewLeader(old));
    QVERIFY2(
        await(patience,
              [&] {
                  const auto status = cluster().status(old);
                  return status &&
                         !status->json[QLatin1String("disk")][QLatin1String("failure")].toString().isEmpty();
              }),
        "the node says that its disk failed, though the fault is over");
    QVERIFY(cluster().restart(old));
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
}

void TestFaults::aLeaderWithAFullDiskHandsOver()
{
    QVERIFY(startCluster(breakable()));
    const int old = cluster().awaitLeader();
    QVERIFY(old >= 0);
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(2)});
    QVERIFY(await(patience, [&] { return load.acknowledged() > 20; }));
    // Below the reserve, and enough for everything that a vote writes.
    QVERIFY(order(old, R"({"kind":"disk_full","value":40000000,"for_s":60})"));
    QVERIFY2(awaitNewLeader(old), "a node with room leads");
    const int before = load.acknowledged();
    QVERIFY(await(patience, [&] { return load.acknowledged() > before + 50; }));
    QCOMPARE(cluster().leader() == old, false);
    QCOMPARE(heal(old), 1);
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
}

void TestFaults::fullDisksAreWaitedOut()
{
    QVERIFY(startCluster(breakable()));
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    LoadClients load(cluster().urls(), {.clients = 4, .pause = Milliseconds(2)});
    QVERIFY(await(patience, [&] { return load.acknowledged() > 20; }));
    for (int node = 0; node < cluster().size(); ++node)
        QVERIFY(order(node, R"({"kind":"disk_full","value":40000000,"for_s":60})"));
    SendReply refused;
    QVERIFY2(await(patience,
                   [&] {
                       const int now = cluster().leader();
                       if (now < 0)
                           return false;
                       refused = cluster().client(now).send(messageOf(QStringLiteral("full")));
                       return refused.http.status == 507;
                   }),
             "a full leader answers 507");
    for (int node = 0; node < cluster().size(); ++node)
        QCOMPARE(heal(node), 1);
    const int before = load.acknowledged();
    QVERIFY(await(patience, [&] { return load.acknowledged() > before + 50; }));
    QCOMPARE(verify(cluster(), load.stop()), QStringList());
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
