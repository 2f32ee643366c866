// SPDX-License-Identifier: GPL-3.0-or-later
//
// Submissions gather into entries within the bounds, and the pipeline has a depth.
#include <QTest>

#include "tests/node/Desk.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace dsmsg::node::testing;

class TestBatching : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWaitsTravelsTogether()
    {
        Desk desk;
        QVERIFY(!desk.proposals.wantsBatch());
        for (Token token = 1; token <= 3; ++token)
            desk.send(token, "id" + std::to_string(token));
        QVERIFY(desk.proposals.wantsBatch());
        const Proposals::Batch batch = desk.propose(7);
        QCOMPARE(batch.messages.size(), std::size_t(3));
        QCOMPARE(batch.messages.front().msgId, std::string("id1"));
        QVERIFY(!desk.proposals.wantsBatch());
        QCOMPARE(desk.proposals.size(), std::size_t(3));
    }

    void aBatchIsBoundedInMessages()
    {
        Desk desk(3, 2);
        for (Token token = 1; token <= 5; ++token)
            desk.send(token, "id");
        QCOMPARE(desk.propose(1).messages.size(), std::size_t(2));
        QCOMPARE(desk.propose(2).messages.size(), std::size_t(2));
        QCOMPARE(desk.propose(3).messages.size(), std::size_t(1));
    }

    void aBatchIsBoundedInBytesUnlessOneMessageIsLarger()
    {
        Desk desk(9, 100, 1000);
        desk.send(1, "small");
        desk.send(2, "large", AckLevel::Quorum, std::string(5000, 'x'));
        desk.send(3, "half", AckLevel::Quorum, std::string(400, 'x'));
        desk.send(4, "half", AckLevel::Quorum, std::string(400, 'x'));
        QCOMPARE(desk.propose(1).messages.size(), std::size_t(1));
        QCOMPARE(desk.propose(2).messages.size(), std::size_t(1));
        QCOMPARE(desk.propose(3).messages.size(), std::size_t(2));
    }

    void thePipelineHasADepth()
    {
        Desk desk(2, 1);
        for (Token token = 1; token <= 4; ++token)
            desk.send(token, "id" + std::to_string(token));
        desk.propose(1);
        QVERIFY(desk.proposals.wantsBatch());
        desk.propose(2);
        QVERIFY(!desk.proposals.wantsBatch());
        desk.commit = LogIndex(1);
        desk.settle();
        QVERIFY(desk.proposals.wantsBatch());
    }

    /// What nobody waits for any more makes room; the core bounds what is not committed.
    void anExpiredEntryMakesRoom()
    {
        Desk desk(1);
        desk.send(1, "a");
        desk.propose(1);
        desk.send(2, "b");
        QVERIFY(!desk.proposals.wantsBatch());
        desk.now += writeTimeout - Duration(1);
        desk.send(3, "c");
        desk.now += Duration(1);
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:unknown; 2:rejected"));
        QVERIFY(desk.proposals.wantsBatch());
    }

    /// Answered by the leader alone, ten thousand entries before one of them is committed: they leave the
    /// pipeline, or every turn would walk over all of them.
    void whatTheLeaderAloneAcknowledgedIsNotKept()
    {
        Desk desk(1);
        for (std::uint64_t index = 1; index <= 10'000; ++index) {
            desk.send(index, "id", AckLevel::Leader);
            desk.proposals.takeBatch();
            desk.proposals.admitted({Foreseen{Seq(index), false, {}}});
            desk.proposals.proposed({Term(3), LogIndex(index)});
            desk.durable(index, 0, 0);
            desk.settle();
            QVERIFY(desk.proposals.empty());
        }
    }

    void timesAreFixedOnArrival()
    {
        Desk desk;
        Submission stamped;
        stamped.token = 1;
        stamped.draft.msgId = "a";
        stamped.draft.ts = UnixTime(Duration(42));
        desk.proposals.add(stamped, AckLevel::Quorum, desk.now, UnixTime(Duration(1000)), {Duration(5), Duration(7)});
        desk.send(2, "b");
        const Proposals::Batch batch = desk.propose(1);
        QCOMPARE(batch.messages[0].originalTs, UnixTime(Duration(42)));
        QCOMPARE(batch.messages[0].receiveTs, UnixTime(Duration(1000)));
        QCOMPARE(batch.messages[0].correctedTs(), UnixTime(Duration(47)));
        QCOMPARE(batch.messages[0].correction.halfWidth, std::optional(Duration(7)));
        QCOMPARE(batch.messages[1].originalTs, batch.messages[1].receiveTs);
    }

    void theOldestIsKnown()
    {
        Desk desk(1);
        QVERIFY(!desk.proposals.oldestSince());
        desk.send(1, "a");
        const Instant begin = desk.now;
        desk.now += Duration(500);
        QCOMPARE(desk.proposals.oldestSince(), std::optional(begin));
        QCOMPARE(desk.proposals.oldestIndex(), LogIndex(0));
        desk.propose(8);
        desk.send(2, "b");
        QCOMPARE(desk.proposals.oldestSince(), std::optional(begin));
        QCOMPARE(desk.proposals.oldestIndex(), LogIndex(8));
    }
};

QTEST_APPLESS_MAIN(TestBatching)
#include "tst_batching.moc"
