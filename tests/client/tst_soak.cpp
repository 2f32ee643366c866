// SPDX-License-Identifier: GPL-3.0-or-later
//
// The soak's verdict must be able to fail. Two fake nodes that share one honest list of messages earn a clean
// verdict; each lie told by one of them must be found and named.
#include <optional>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "FakeNode.h"
#include "app/soak/Verifier.h"

using namespace dsmsg;
using namespace dsmsg::soak;
using namespace dsmsg::test;

namespace {

struct Stored
{
    int seq = 0;
    QByteArray id;
    QByteArray payload = "1";
};

using Stock = QList<Stored>;

/// Answers /status and /messages from `stock`, whatever it has become meanwhile.
FakeNode::Script serve(const Stock& stock, const QByteArray& hash = "aa")
{
    return [&stock, hash](const FakeRequest& request) {
        const QByteArray last = QByteArray::number(stock.isEmpty() ? 0 : stock.last().seq);
        if (request.target.startsWith("/status"))
            return answer(
                200, json("{'node_id':'n','consensus':{'role':'Leader','current_term':1},'committed_seq':") +
                         last + json(",'applied_index':9,'state_hash':'") + hash + json("'}"));
        const int after = request.target.mid(request.target.indexOf("after=") + 6).toInt();
        QByteArray body;
        for (const Stored& one : stock) {
            if (one.seq > after && body.size() < 300)
                body += (body.isEmpty() ? "" : ",") + json("{'seq':") + QByteArray::number(one.seq) +
                        json(",'msg_id':'") + one.id +
                        json("','sender':'s','recipient':'all','corrected_ts':1.5,'payload':") + one.payload +
                        '}';
        }
        return answer(200, json("{'messages':[") + body + "]}");
    };
}

/// Seq 1 is from before the load, 2 to 9 are acknowledged.
Stock honest()
{
    Stock stock;
    for (int seq = 1; seq <= 9; ++seq)
        stock.append({seq, "m" + QByteArray::number(seq)});
    return stock;
}

std::vector<Load::Sent> promises()
{
    std::vector<Load::Sent> sent;
    for (quint64 seq = 2; seq <= 9; ++seq)
        sent.push_back({QStringLiteral("m%1").arg(seq), seq, client::SendOutcome::Acknowledged});
    // A send that was given up on promises nothing, whether it is stored or not.
    sent.push_back({QStringLiteral("lost in doubt"), 0, client::SendOutcome::Unknown});
    return sent;
}

Verifier::Verdict judge(const Stock& first, const Stock& second, const QByteArray& secondHash = "aa",
                        const std::vector<Load::Sent>& sent = promises())
{
    FakeNode a(serve(first));
    FakeNode b(serve(second, secondHash));
    client::Client::Options options;
    options.endpoints = {a.url(), b.url()};
    options.limits.total = Milliseconds(5000);
    Verifier verifier(options, sent, 1);
    std::optional<Verifier::Verdict> verdict;
    verifier.start(Milliseconds(300), [&verdict](const Verifier::Verdict& v) { verdict = v; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(verdict.has_value(), 20000); }();
    return *verdict;
}

} // namespace

class TestSoak : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void honestNodesAreClean()
    {
        const auto verdict = judge(honest(), honest());
        QVERIFY2(verdict.clean(), qPrintable(verdict.problems.join(QLatin1Char('\n'))));
        QVERIFY(verdict.equal);
        QCOMPARE(verdict.nodes, 2U);
        QCOMPARE(verdict.messages, 8U);
    }

    void aMessageInDoubtMayBeStored()
    {
        Stock stock = honest();
        stock.append({10, "lost in doubt"});
        QVERIFY(judge(stock, stock).clean());
    }

    void aLostMessage()
    {
        Stock stock = honest();
        stock.removeAt(4);
        const auto verdict = judge(honest(), stock);
        QVERIFY(!verdict.clean());
        QCOMPARE(verdict.lost, 1U);
        QCOMPARE(verdict.gaps, 1U);
    }

    void lostEverywhereWithoutAGap()
    {
        Stock stock = honest();
        stock[4].id = "somebody else's";
        const auto verdict = judge(stock, stock);
        QVERIFY(!verdict.clean() && verdict.equal);
        QCOMPARE(verdict.lost, 1U);
    }

    void aLostTail()
    {
        Stock stock = honest();
        stock.removeLast();
        const auto verdict = judge(stock, stock);
        QVERIFY(!verdict.clean());
        QCOMPARE(verdict.lost, 1U);
        QCOMPARE(verdict.gaps, 1U);
    }

    void aDuplicate()
    {
        Stock stock = honest();
        stock.append({10, "m3"});
        const auto verdict = judge(stock, stock);
        QVERIFY(!verdict.clean());
        QCOMPARE(verdict.duplicated, 1U);
        QCOMPARE(verdict.lost, 0U);
    }

    void anotherSeqThanAcknowledged()
    {
        Stock stock = honest();
        stock[4].id.swap(stock[5].id);
        const auto verdict = judge(stock, stock);
        QVERIFY(!verdict.clean());
        QCOMPARE(verdict.lost, 2U);
        QCOMPARE(verdict.reordered, 0U); // both nodes agree
    }

    void anotherOrderOnOneNode()
    {
        Stock stock = honest();
        stock[4].id.swap(stock[5].id);
        const auto verdict = judge(honest(), stock);
        QVERIFY(!verdict.clean() && !verdict.equal);
        QCOMPARE(verdict.reordered, 2U);
        QCOMPARE(verdict.reports[0].lost, 0U);
        QCOMPARE(verdict.reports[1].lost, 2U);
    }

    /// What one node vouched for alone was promised less, and its end is no gap.
    void lossesBeforeAMajorityAreCountedApart()
    {
        Stock stock = honest();
        stock.removeLast();
        std::vector<Load::Sent> sent = promises();
        sent[7].beforeMajority = true;
        const auto verdict = judge(stock, stock, "aa", sent);
        QVERIFY(!verdict.clean());
        QCOMPARE(verdict.lost, 0U);
        QCOMPARE(verdict.lostBeforeMajority, 1U);
        QCOMPARE(verdict.gaps, 0U);
    }

    void nodesThatDiffer()
    {
        Stock stock = honest();
        stock[4].payload = "2";
        const auto verdict = judge(honest(), stock);
        QVERIFY(!verdict.clean() && !verdict.equal);
        QCOMPARE(verdict.lost, 0U);
    }

    void stateHashesThatDiffer()
    {
        const auto verdict = judge(honest(), honest(), "bb");
        QVERIFY(!verdict.clean() && verdict.equal);
        QVERIFY(verdict.problems.first().contains(QLatin1String("state hashes")));
    }
};

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
