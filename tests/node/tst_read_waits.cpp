// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/node/ReadWaits.h"

namespace dsmsg::node {

class TestReadWaits : public QObject
{
    Q_OBJECT

    Instant now_;
    std::vector<Result<void>> answers_;

    ReadWaits::Answer keep()
    {
        return [this](const Result<void>& answer) { answers_.push_back(answer); };
    }
    static ReadWish linearizable() { return {raft::ReadLevel::Linearizable, {}, Milliseconds(1000)}; }
    static ReadWish atSeq(std::uint64_t seq) { return {std::nullopt, Seq(seq), Milliseconds(1000)}; }

private Q_SLOTS:
    void init() { answers_.clear(); }

    void whatIsAppliedIsServedAtOnce()
    {
        ReadWaits waits(10);
        waits.applied(LogIndex(5), Seq(7));
        QVERIFY(!waits.add(atSeq(7), keep(), now_));
        QCOMPARE(answers_.size(), std::size_t(1));
        QVERIFY(answers_[0].ok());
    }

    void aSeqIsWaitedFor()
    {
        ReadWaits waits(10);
        waits.add(atSeq(8), keep(), now_);
        waits.applied(LogIndex(5), Seq(7));
        QVERIFY(answers_.empty());
        waits.applied(LogIndex(6), Seq(8));
        QVERIFY(answers_.size() == 1 && answers_[0].ok());
    }

    void anIndexIsAskedForAndThenWaitedFor()
    {
        ReadWaits waits(10);
        waits.applied(LogIndex(5), Seq(7));
        const auto question = waits.add(linearizable(), keep(), now_);
        QVERIFY(question);
        waits.applied(LogIndex(9), Seq(9)); // however much is applied, the index must be named first
        QVERIFY(answers_.empty());
        waits.indexKnown({question->id, LogIndex(10)});
        QVERIFY(answers_.empty());
        waits.applied(LogIndex(10), Seq(9));
        QVERIFY(answers_.size() == 1 && answers_[0].ok());
        QVERIFY(waits.empty());
    }

    void noQuestionIsAskedTwiceUnderOneId()
    {
        ReadWaits waits(10);
        const auto first = waits.add(linearizable(), keep(), now_);
        waits.indexKnown({first->id, {}});
        const auto second = waits.add(linearizable(), keep(), now_);
        QVERIFY(second->id != first->id);
        waits.indexKnown({first->id, LogIndex(1)}); // late
        waits.applied(LogIndex(5), {});
        QCOMPARE(answers_.size(), std::size_t(1));
        QVERIFY(!answers_[0].ok());
    }

    void timeEnds()
    {
        ReadWaits waits(10);
        waits.add(atSeq(8), keep(), now_);
        waits.expire(now_ + Milliseconds(999));
        QVERIFY(answers_.empty());
        waits.expire(now_ + Milliseconds(1000));
        QVERIFY(answers_.size() == 1 && !answers_[0].ok());
    }

    void theNumberIsBounded()
    {
        ReadWaits waits(1);
        waits.add(atSeq(8), keep(), now_);
        QVERIFY(!waits.add(linearizable(), keep(), now_));
        QVERIFY(answers_.size() == 1 && answers_[0].error().kind == Error::Kind::Busy);
        QCOMPARE(waits.refused(), std::uint64_t(1));
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestReadWaits)
#include "tst_read_waits.moc"
