// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a write may be answered, and with what: each level of acknowledgement, wider quorums, duplicates whose
// first copy is looked up, and what an asynchronous leader foresees.
#include <QTest>

#include "tests/node/Desk.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace dsmsg::node::testing;

namespace {

messaging::StoredMessage stored(std::uint64_t seq, std::uint64_t index)
{
    messaging::StoredMessage first;
    first.message.msgId = "first";
    first.seq = Seq(seq);
    first.term = Term(1);
    first.index = LogIndex(index);
    return first;
}

} // namespace

class TestAcknowledgement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aQuorumThatIsDurableAndAppliedAnswers_data()
    {
        QTest::addColumn<QList<quint64>>("disks");
        QTest::addColumn<bool>("isApplied");
        QTest::addColumn<std::string>("answer");
        QTest::newRow("nothing") << QList<quint64>{0, 0, 0} << false << std::string();
        QTest::newRow("durable, not applied") << QList<quint64>{9, 9, 0} << false << std::string();
        QTest::newRow("applied, one disk") << QList<quint64>{9, 8, 8} << true << std::string();
        QTest::newRow("both") << QList<quint64>{9, 9, 8} << true
                              << std::string("1:accepted seq 4 at 9 on n1,n2");
        QTest::newRow("two followers")
            << QList<quint64>{8, 9, 9} << true << std::string("1:accepted seq 4 at 9 on n2,n3");
    }
    void aQuorumThatIsDurableAndAppliedAnswers()
    {
        QFETCH(QList<quint64>, disks);
        QFETCH(bool, isApplied);
        QFETCH(std::string, answer);
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.durable(disks[0], disks[1], disks[2]);
        if (isApplied)
            desk.apply(9, {"4"});
        desk.settle();
        QCOMPARE(desk.answers(), answer);
    }

    void aWiderQuorumWaitsForMore()
    {
        Desk desk;
        desk.quorum = 3;
        desk.send(1, "a");
        desk.propose(9);
        desk.apply(9, {"4"});
        desk.durable(9, 9, 8);
        desk.settle();
        QCOMPARE(desk.answers(), std::string());
        desk.durable(9, 9, 9);
        desk.settle();
        QCOMPARE(desk.answers(), std::string("1:accepted seq 4 at 9 on n1,n2,n3"));
    }

    void eachMessageOfAnEntryHasItsOwnLevel()
    {
        Desk desk;
        desk.send(1, "a", AckLevel::All);
        desk.send(2, "b", AckLevel::Quorum);
        desk.propose(9);
        desk.apply(9, {"4", "5"});
        desk.durable(9, 9, 0);
        desk.settle();
        QCOMPARE(desk.answers(), std::string("2:accepted seq 5 at 9 on n1,n2"));
        desk.durable(9, 9, 9);
        desk.settle();
        QCOMPARE(desk.answers(), std::string("1:accepted seq 4 at 9 on n1,n2,n3"));
        QVERIFY(desk.proposals.empty());
    }

    /// A proposal is answered by index and term, never by index alone.
    void anEntryOfAnotherTermAnswersNobody()
    {
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.durable(9, 9, 9);
        desk.apply(9, {"4"}, 4);
        desk.settle();
        QCOMPARE(desk.answers(), std::string());
    }

    void entriesOfOthersInBetweenAreSkipped()
    {
        Desk desk(3, 1);
        desk.send(1, "a");
        desk.send(2, "b");
        desk.propose(9);
        desk.propose(11);
        desk.durable(11, 11, 11);
        for (std::uint64_t index : {8u, 9u, 10u, 11u})
            desk.apply(index, index % 2 == 1 ? std::vector<std::string>{std::to_string(index)}
                                             : std::vector<std::string>{});
        desk.settle();
        QCOMPARE(desk.answers(),
                 std::string("1:accepted seq 9 at 9 on n1,n2,n3; 2:accepted seq 11 at 11 on n1,n2,n3"));
    }

    void aDuplicateIsAnsweredWithItsFirstCopy()
    {
        Desk desk;
        desk.send(1, "a");
        desk.send(2, "a");
        desk.send(3, "new");
        desk.propose(9);
        desk.apply(9, {"2d", "2d", "4"});
        desk.durable(9, 9, 0);
        desk.settle();
        QCOMPARE(desk.answers(), std::string("3:accepted seq 4 at 9 on n1,n2"));
        QCOMPARE(desk.proposals.takeLookups(), std::vector<Seq>{Seq(2)});
        QVERIFY(desk.proposals.takeLookups().empty());
        QVERIFY(!desk.proposals.empty());
        desk.proposals.lookedUp(Seq(2), stored(2, 5));
        QCOMPARE(desk.answers(), std::string("1:accepted duplicate seq 2 at 5 on n1,n2; "
                                             "2:accepted duplicate seq 2 at 5 on n1,n2"));
        QVERIFY(desk.proposals.empty());
        QCOMPARE(desk.proposals.size(), std::size_t(0));
    }

    void aDuplicateWhoseFirstCopyIsGoneIsStillADuplicate()
    {
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.apply(9, {"2d"});
        desk.durable(9, 9, 0);
        desk.settle();
        desk.proposals.lookedUp(Seq(2), std::nullopt);
        QCOMPARE(desk.answers(), std::string("1:accepted duplicate seq 2 at 0"));
    }

    /// What is left of a removed message does not know its id; whoever asks for it does.
    void aRepeatOfWhatIsRemovedSaysSo()
    {
        messaging::StoredMessage remnant = stored(2, 5);
        remnant.message.msgId.clear();
        remnant.expired = true;
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.apply(9, {"2d"});
        desk.send(2, "a", AckLevel::Leader);
        desk.proposals.takeBatch();
        desk.proposals.admitted({Foreseen{Seq(2), true, remnant}});
        desk.proposals.proposed({Term(3), LogIndex(10)});
        desk.durable(10, 10, 0);
        desk.settle();
        desk.proposals.lookedUp(Seq(2), remnant);
        const std::vector<Outcome> outcomes = desk.proposals.takeOutcomes();
        QCOMPARE(outcomes.size(), std::size_t(2));
        for (const Outcome& outcome : outcomes) {
            const auto& accepted = std::get<Accepted>(outcome.result);
            QVERIFY(accepted.duplicate && accepted.expired);
            QCOMPARE(accepted.message.msgId, std::string("a"));
            QCOMPARE(accepted.seq, Seq(2));
        }
    }

    /// The first copy must satisfy the retry's level too.
    void aDuplicateWaitsForItsLevel()
    {
        Desk desk;
        desk.send(1, "a", AckLevel::All);
        desk.propose(9);
        desk.apply(9, {"2d"});
        desk.durable(9, 9, 8);
        desk.settle();
        QVERIFY(desk.proposals.takeLookups().empty());
        desk.durable(9, 9, 9);
        desk.settle();
        QCOMPARE(desk.proposals.takeLookups().size(), std::size_t(1));
    }

    void aLookupNobodyWaitsForIsNothing()
    {
        Desk desk;
        desk.proposals.lookedUp(Seq(2), stored(2, 5));
        QCOMPARE(desk.answers(), std::string());
    }

    void anAsynchronousLeaderAnswersWhenItsOwnDiskHasIt()
    {
        Desk desk;
        desk.send(1, "a", AckLevel::Leader);
        desk.proposals.takeBatch();
        desk.proposals.admitted({Foreseen{Seq(4), false, {}}});
        desk.proposals.proposed({Term(3), LogIndex(9)});
        desk.durable(8, 9, 9);
        desk.settle();
        QCOMPARE(desk.answers(), std::string());
        desk.durable(9, 8, 8);
        desk.settle();
        QCOMPARE(desk.answers(), std::string("1:accepted uncommitted seq 4 at 9 on n1"));
    }

    void aForeseenDuplicateSpeaksOfItsFirstCopy()
    {
        Desk desk;
        desk.send(1, "a", AckLevel::Leader);
        desk.proposals.takeBatch();
        desk.proposals.admitted({Foreseen{Seq(2), true, stored(2, 5)}});
        desk.proposals.proposed({Term(3), LogIndex(9)});
        desk.durable(9, 5, 0);
        desk.settle();
        QCOMPARE(desk.answers(), std::string("1:accepted duplicate seq 2 at 5 on n1,n2"));
    }

    void aQuorumIsWaitedForByWhoAskedForOneEvenWhenForeseen()
    {
        Desk desk;
        desk.send(1, "a", AckLevel::Quorum);
        desk.proposals.takeBatch();
        desk.proposals.admitted({Foreseen{Seq(4), false, {}}});
        desk.proposals.proposed({Term(3), LogIndex(9)});
        desk.durable(9, 8, 8);
        desk.settle();
        QCOMPARE(desk.answers(), std::string());
    }

    void latencyIsTheMeanOfTheAcknowledged()
    {
        Desk desk(9, 1);
        QCOMPARE(desk.proposals.averageLatency(), Duration::zero());
        desk.send(1, "a");
        desk.propose(1);
        desk.now += Duration(100);
        desk.send(2, "b");
        desk.propose(2);
        desk.now += Duration(200);
        desk.durable(2, 2, 2);
        desk.apply(1, {"1"});
        desk.apply(2, {"2"});
        desk.settle();
        QCOMPARE(desk.proposals.averageLatency(), Duration(250));
    }
};

QTEST_APPLESS_MAIN(TestAcknowledgement)
#include "tst_acknowledgement.moc"
