// SPDX-License-Identifier: GPL-3.0-or-later
//
// A write that cannot be acknowledged gets exactly one answer, and the right one: rejected when nothing was
// appended, unknown when it was, committed when only the wider quorum is missing (CORE.md, Seq and dedup).
#include <QTest>

#include <map>

#include "core/base/Random.h"
#include "tests/node/Desk.h"

using namespace dsmsg;
using namespace dsmsg::node;
using namespace dsmsg::node::testing;

namespace {

const Unavailable busy{Unavailable::Fate::Rejected, "busy", false, {}, {}};

} // namespace

class TestGivingUp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingExpiresBeforeItsTime()
    {
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.send(2, "b");
        desk.now += writeTimeout - Duration(1);
        desk.expire();
        QCOMPARE(desk.answers(), std::string());
    }

    void whatWaitsInTheQueueIsRejected()
    {
        Desk desk;
        desk.send(1, "a");
        desk.now += writeTimeout;
        desk.send(2, "b");
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:rejected"));
        QCOMPARE(desk.proposals.size(), std::size_t(1));
        QCOMPARE(desk.propose(1).messages.front().msgId, std::string("b"));
    }

    void whatWasAppendedIsUnknown()
    {
        // PROOF.md, pitfall 3: success is never told of what may still be truncated.
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.durable(9, 0, 0);
        desk.now += writeTimeout;
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:unknown"));
    }

    void whatIsAppliedIsCommittedWithItsReceipt()
    {
        Desk desk;
        desk.quorum = 3;
        desk.send(1, "a");
        desk.propose(9);
        desk.apply(9, {"4"});
        desk.durable(9, 9, 0);
        desk.now += writeTimeout;
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:committed seq 4 at 9 on n1,n2"));
        QVERIFY(!desk.proposals.empty() || desk.proposals.size() == 0);
    }

    void anAnswerIsGivenOnce()
    {
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.now += writeTimeout;
        desk.expire();
        desk.apply(9, {"4"});
        desk.durable(9, 9, 9);
        desk.settle();
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:unknown"));
        QCOMPARE(desk.proposals.size(), std::size_t(0));
    }

    void aRefusalByTheCoreAnswersTheBatch()
    {
        Desk desk;
        desk.send(1, "a");
        desk.send(2, "b");
        desk.proposals.takeBatch();
        desk.proposals.refused(busy);
        QCOMPARE(desk.answers(), std::string("1:rejected; 2:rejected"));
        QVERIFY(desk.proposals.empty());
    }

    /// An admission that took longer than the write timeout, and is then refused.
    void aRefusalAfterTheTimeoutDoesNotAnswerTwice()
    {
        Desk desk;
        desk.send(1, "a");
        desk.proposals.takeBatch();
        desk.now += writeTimeout;
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:unknown"));
        desk.proposals.refused(busy);
        QCOMPARE(desk.answers(), std::string());
        QCOMPARE(desk.proposals.size(), std::size_t(0));
    }

    void aLostLeadershipDividesTheAppendedFromTheRest()
    {
        Desk desk(3, 1);
        for (Token token = 1; token <= 4; ++token)
            desk.send(token, "id" + std::to_string(token));
        desk.propose(9);
        desk.propose(10);
        desk.proposals.takeBatch(); // being admitted
        desk.proposals.leadershipLost("stepped down");
        QCOMPARE(desk.answers(), std::string("1:unknown; 2:unknown; 3:rejected; 4:rejected"));
        QVERIFY(desk.proposals.empty());
        QCOMPARE(desk.proposals.size(), std::size_t(0));
        desk.apply(9, {"4"});
        desk.settle();
        QCOMPARE(desk.answers(), std::string());
    }

    void aLookupSurvivesTheLossOfLeadership()
    {
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.apply(9, {"2d"});
        desk.durable(9, 9, 0);
        desk.settle();
        desk.proposals.leadershipLost("stepped down");
        QCOMPARE(desk.answers(), std::string());
        desk.proposals.lookedUp(Seq(2), std::nullopt);
        QCOMPARE(desk.answers(), std::string("1:accepted duplicate seq 2 at 0"));
    }

    /// The store that should have the first copy does not answer any more.
    void aLookupThatNeverComesExpiresAsCommitted()
    {
        Desk desk;
        desk.send(1, "a");
        desk.propose(9);
        desk.apply(9, {"2d"});
        desk.durable(9, 9, 0);
        desk.settle();
        desk.now += writeTimeout;
        desk.expire();
        QCOMPARE(desk.answers(), std::string("1:committed seq 2"));
        QVERIFY(desk.proposals.empty());
        desk.proposals.lookedUp(Seq(2), std::nullopt);
        QCOMPARE(desk.answers(), std::string());
    }

    /// Whatever happens in whatever order, every token is answered exactly once.
    void everyFateIsCounted()
    {
        Desk desk;
        desk.send(1, "a");
        const Proposals::Batch batch = desk.propose(9);
        QCOMPARE(batch.since, desk.now);
        desk.now += std::chrono::milliseconds(30);
        desk.apply(9, {"1"});
        desk.durable(9, 9, 0);
        desk.settle();
        desk.send(2, "b");
        desk.propose(10);
        desk.send(3, "c");
        desk.proposals.leadershipLost("the end");
        QCOMPARE(desk.answers(), std::string("1:accepted seq 1 at 9 on n1,n2; 2:unknown; 3:rejected"));
        const SubmissionCounts& counts = desk.proposals.counts();
        QCOMPARE(counts.accepted, std::uint64_t(1));
        QCOMPARE(counts.duplicates, std::uint64_t(0));
        QCOMPARE(counts.unknown, std::uint64_t(1));
        QCOMPARE(counts.rejected, std::uint64_t(1));
        QCOMPARE(desk.proposals.latencies().count(), std::uint64_t(1));
        QCOMPARE(desk.proposals.latencies().sum(), Duration(std::chrono::milliseconds(30)));
    }

    void everyTokenIsAnsweredExactlyOnce()
    {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            Random random(seed);
            Desk desk(3, 4);
            std::map<Token, int> answered;
            Token tokens = 0;
            std::uint64_t appended = 0;
            std::uint64_t appliedThrough = 0;
            std::vector<std::size_t> sizes;
            const auto gather = [&] {
                for (const Outcome& outcome : desk.proposals.takeOutcomes())
                    ++answered[outcome.token];
            };
            for (int round = 0; round < 300; ++round) {
                desk.now += Duration(static_cast<Duration::rep>(random.below(400'000)));
                switch (random.below(8)) {
                case 0:
                case 1:
                    desk.send(++tokens, "id", static_cast<AckLevel>(1 + random.below(3)));
                    break;
                case 2:
                    if (!desk.proposals.wantsBatch())
                        break;
                    if (const auto batch = desk.proposals.takeBatch(); random.chance(1, 5)) {
                        if (random.chance(1, 2)) {
                            desk.now += writeTimeout;
                            desk.expire();
                        }
                        desk.proposals.refused(busy);
                    } else {
                        sizes.push_back(batch.messages.size());
                        desk.proposals.proposed({Term(3), LogIndex(++appended)});
                    }
                    break;
                case 3:
                    if (appliedThrough < appended) {
                        std::vector<std::string> seqs;
                        for (std::size_t i = 0; i < sizes[appliedThrough]; ++i)
                            seqs.push_back(random.chance(1, 4) ? "7d" : "8");
                        desk.apply(++appliedThrough, seqs);
                    }
                    break;
                case 4:
                    desk.durable(appended, random.below(appended + 1), random.below(appended + 1));
                    desk.settle();
                    break;
                case 5:
                    desk.expire();
                    break;
                case 6:
                    for (Seq seq : desk.proposals.takeLookups())
                        desk.proposals.lookedUp(seq, std::nullopt);
                    break;
                default:
                    if (random.chance(1, 20)) {
                        desk.proposals.leadershipLost("stepped down");
                        appliedThrough = appended;
                    }
                }
                gather();
                QCOMPARE(desk.proposals.size(), tokens - answered.size());
            }
            desk.now += 2 * writeTimeout;
            desk.expire();
            desk.proposals.leadershipLost("the end");
            gather();
            QCOMPARE(answered.size(), tokens);
            for (const auto& [token, times] : answered)
                QCOMPARE(times, 1);
        }
    }
};

QTEST_APPLESS_MAIN(TestGivingUp)
#include "tst_giving_up.moc"
