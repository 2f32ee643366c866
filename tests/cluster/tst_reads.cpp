// SPDX-License-Identifier: GPL-3.0-or-later
//
// How fresh a read is (dissertation 6.4; PROOF.md, pitfall 6): linearizable on every node, by seq, and
// refused where no quorum can confirm it.
#include "tests/support/process/Await.h"
#include "tests/support/process/ClusterTest.h"

using namespace dsmsg;
using namespace dsmsg::test;

class TestReads : public ClusterTest
{
    Q_OBJECT

private Q_SLOTS:
    void aLinearizableReadSeesWhatWasAcknowledged();
    void aReadWaitsForItsSeq();
    void aCutOffLeaderServesNoLinearizableRead();

private:
    HttpReply read(int node, const QByteArray& query)
    {
        return cluster().client(node).http().get("/messages?" + query, Milliseconds(10'000));
    }
};

void TestReads::aLinearizableReadSeesWhatWasAcknowledged()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    for (int round = 0; round < 30; ++round) {
        const SendReply sent = cluster().client(leader).send(messageOf(QString::number(round)));
        QVERIFY2(sent.ok(), qPrintable(sent.text()));
        for (int node = 0; node < cluster().size(); ++node) {
            const HttpReply page =
                read(node, "consistency=linearizable&after=" + QByteArray::number(sent.seq - 1));
            QCOMPARE(page.status, 200);
            const ReadPage seen = parsePage(page.body);
            QCOMPARE(seen.messages.size(), std::size_t{1});
            QCOMPARE(seen.messages.front().seq, sent.seq);
        }
    }
}

void TestReads::aReadWaitsForItsSeq()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    for (int round = 0; round < 30; ++round) {
        const SendReply sent = cluster().client(leader).send(messageOf(QString::number(round)));
        QVERIFY(sent.ok());
        const QByteArray seq = QByteArray::number(sent.seq);
        for (const int node : cluster().othersThan(leader)) {
            const HttpReply page =
                read(node, "min_seq=" + seq + "&after=" + QByteArray::number(sent.seq - 1));
            QCOMPARE(page.status, 200);
            QCOMPARE(parsePage(page.body).messages.size(), std::size_t{1});
        }
    }
    const HttpReply never = read(leader, "min_seq=1000000");
    QCOMPARE(never.status, 503);
    QVERIFY(never.json().value(QLatin1String("reason")).toString().contains(QLatin1String("seq 30")));
    for (const char* wrong : {"min_seq=x", "min_seq=-1", "min_seq=", "consistency=strong"})
        QCOMPARE(read(leader, wrong).status, 400);
}

void TestReads::aCutOffLeaderServesNoLinearizableRead()
{
    QVERIFY(startCluster());
    const int leader = cluster().awaitLeader();
    QVERIFY(leader >= 0);
    QVERIFY(cluster().client(leader).send(messageOf(QStringLiteral("first"))).ok());
    for (const int node : cluster().othersThan(leader))
        cluster().process(node).pause();
    QCOMPARE(read(leader, "consistency=linearizable").status, 503);
    QCOMPARE(read(leader, "consistency=local").status, 200);
    for (const int node : cluster().othersThan(leader))
        cluster().process(node).resume();
    QVERIFY(
        await(Milliseconds(10'000), [&] { return read(leader, "consistency=linearizable").status == 200; }));
}

QTEST_GUILESS_MAIN(TestReads)
#include "tst_reads.moc"
