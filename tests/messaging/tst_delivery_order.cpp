// SPDX-License-Identifier: GPL-3.0-or-later
//
// Delivery in order of time (CORE.md, Delivery order): through the state machine, on a store in memory,
// against what sorting says.
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/Snapshot.h"
#include "core/messaging/StateMachine.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using namespace std::chrono_literals;

namespace {

constexpr UnixTime start{1'700'000'000'000'000us};

/// A state machine with its store; every entry takes the next index.
class Machine
{
public:
    AppliedEntry apply(const std::vector<Message>& messages, UnixTime watermark = {})
    {
        const auto entry = std::make_shared<const raft::Entry>(raft::Entry{
            Term(1), LogIndex(++index_), raft::EntryKind::Command, encodeBatch(messages, watermark)});
        return machine_->apply({&entry, 1}).value().front();
    }
    std::vector<std::uint64_t> order() const
    {
        std::vector<std::uint64_t> seqs;
        for (const Seq seq : store_.deliveryOrder())
            seqs.push_back(seq.value);
        return seqs;
    }
    DeliveryState state() const { return store_.applied().delivery; }
    const DeliveryOrder& waiting() const { return machine_->order(); }
    dsmsg::testing::MemoryStore& store() { return store_; }
    /// As after a restart: only the store is left.
    void restart() { machine_.emplace(store_); }

private:
    dsmsg::testing::MemoryStore store_;
    std::uint64_t index_ = 0;
    std::optional<StateMachine> machine_{std::in_place, store_};
};

Message at(Duration offset, Duration received = 0ms)
{
    static std::uint64_t number = 0;
    Message message;
    message.msgId = "m" + std::to_string(++number);
    message.payload = "1";
    message.originalTs = start + offset;
    message.receiveTs = start + received;
    return message;
}

using Delivered = std::vector<std::uint64_t>;

} // namespace

class TestDeliveryOrder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void messagesWaitForTheWatermarkAndComeInOrderOfTime()
    {
        Machine machine;
        machine.apply({at(30ms), at(10ms), at(20ms), at(10ms)});
        QCOMPARE(machine.order(), Delivered{});
        QCOMPARE(machine.waiting().held(), std::size_t(4));
        QCOMPARE(machine.waiting().oldest(), std::optional(start + 10ms));
        const AppliedEntry moved = machine.apply({}, start + 20ms);
        QCOMPARE(machine.order(), (Delivered{2, 4, 3})); // equal times by seq
        QCOMPARE(moved.delivered, std::uint64_t(3));
        QCOMPARE(moved.lastDelivery, DeliverySeq(3));
        machine.apply({}, start + 1s);
        QCOMPARE(machine.order(), (Delivered{2, 4, 3, 1}));
        QCOMPARE(machine.state().late, std::uint64_t(0));
        QCOMPARE(machine.state().reordered, std::uint64_t(2)); // 3 after 4, and 1
    }

    void whatComesAfterItsTimeIsDeliveredAtOnceAndLate()
    {
        Machine machine;
        machine.apply({at(10ms)}, start);
        // Its own entry's watermark counts, and what waits goes first.
        const AppliedEntry entry = machine.apply({at(20ms), at(-1h), at(3s)}, start + 20ms);
        QCOMPARE(machine.order(), (Delivered{1, 2, 3}));
        QCOMPARE(entry.delivered, std::uint64_t(3));
        QCOMPARE(machine.state().late, std::uint64_t(2));
        QVERIFY(!machine.store().message(Seq(1))->late);
        QVERIFY(machine.store().message(Seq(3))->late);
        QCOMPARE(machine.store().message(Seq(3))->delivery, DeliverySeq(3));
        QCOMPARE(machine.store().message(Seq(4))->delivery, DeliverySeq());
    }

    void aWatermarkNeverGoesBack()
    {
        Machine machine;
        machine.apply({}, start + 50ms);
        machine.apply({at(40ms), at(60ms)}, start);
        QCOMPARE(machine.state().watermark, start + 50ms);
        QCOMPARE(machine.order(), Delivered{1});
    }

    /// In milliseconds, or from the year 2200: five seconds after its arrival at the latest.
    void aTimeFarAheadIsClamped()
    {
        Machine machine;
        const Message far = at(std::chrono::hours(24 * 365 * 175), 100ms);
        QVERIFY(far.clamped());
        QCOMPARE(far.orderTs(), start + 100ms + 5s);
        QVERIFY(!at(5s).clamped());
        machine.apply({far, at(5099ms), at(5101ms, 200ms)});
        machine.apply({}, start + 6s);
        QCOMPARE(machine.order(), (Delivered{2, 1, 3}));
    }

    void aDuplicateIsDeliveredOnce()
    {
        Machine machine;
        const Message once = at(10ms);
        machine.apply({once, once});
        machine.apply({once}, start + 1s);
        machine.apply({once}, start + 2s);
        QCOMPARE(machine.order(), Delivered{1});
        QCOMPARE(machine.waiting().held(), std::size_t(0));
    }

    void theWatermarkThatLeavesSome()
    {
        Machine machine;
        machine.apply({at(30ms), at(10ms), at(20ms), at(40ms)});
        QCOMPARE(machine.waiting().watermarkLeaving(0), std::optional(start + 40ms));
        QCOMPARE(machine.waiting().watermarkLeaving(3), std::optional(start + 10ms));
        QVERIFY(!machine.waiting().watermarkLeaving(4));
        machine.apply({}, *machine.waiting().watermarkLeaving(1));
        QCOMPARE(machine.waiting().held(), std::size_t(1));
    }

    /// Against a model that sorts; with restarts, and through a snapshot in small pieces.
    void anyStreamIsDeliveredAsSortingSays()
    {
        Random random(11);
        for (int round = 0; round < 20; ++round) {
            Machine machine;
            std::vector<std::pair<UnixTime, std::uint64_t>> waiting;
            Delivered expected;
            std::uint64_t seq = 0;
            UnixTime watermark{};
            for (int entry = 0; entry < 60; ++entry) {
                const UnixTime now = start + entry * 10ms;
                if (random.chance(3, 4))
                    watermark = std::max(watermark, now - 100ms);
                std::ranges::sort(waiting);
                while (!waiting.empty() && waiting.front().first <= watermark) {
                    expected.push_back(waiting.front().second);
                    waiting.erase(waiting.begin());
                }
                std::vector<Message> messages;
                for (std::uint64_t n = random.below(6); n > 0; --n) {
                    messages.push_back(
                        at(Duration(random.between(-150'000, 50'000)) + entry * 10ms, entry * 10ms));
                    if (messages.back().orderTs() <= watermark)
                        expected.push_back(++seq);
                    else
                        waiting.emplace_back(messages.back().orderTs(), ++seq);
                }
                machine.apply(messages, watermark);
                if (random.chance(1, 10))
                    machine.restart();
                QCOMPARE(machine.order(), expected);
            }
            dsmsg::testing::MemoryStore copy;
            std::optional<SnapshotBuilder> builder(copy);
            for (bool finished = false; !finished;) {
                const StateChunk chunk = machine.store().readChunk(copy.applied().lastSeq, 300).value();
                if (random.chance(1, 3))
                    builder.emplace(copy);
                QVERIFY(builder->add(chunk).ok());
                finished = chunk.finished.has_value();
            }
            QCOMPARE(copy.applied(), machine.store().applied());
            QCOMPARE(copy.deliveryOrder(), machine.store().deliveryOrder());
        }
    }

    void aSnapshotThatDeliversOtherwiseIsRefused()
    {
        Machine machine;
        machine.apply({at(30ms), at(10ms)});
        machine.apply({}, start + 1s);
        StateChunk chunk = machine.store().readChunk(Seq(), 1u << 20).value();
        chunk.finished->delivery.orderHash ^= 1;
        dsmsg::testing::MemoryStore copy;
        SnapshotBuilder builder(copy);
        QCOMPARE(builder.add(chunk).error().kind, Error::Kind::Invalid);
        QCOMPARE(copy.applied(), AppliedState{});
        chunk.finished->delivery.orderHash ^= 1;
        QVERIFY(builder.add(chunk).ok()); // and nothing of the refused one is left behind
        QCOMPARE(copy.applied(), machine.store().applied());
    }

    void theHashTellsOrdersApart()
    {
        Machine one;
        Machine other;
        const std::vector<Message> messages{at(10ms), at(20ms)};
        one.apply(messages);
        other.apply(messages);
        QCOMPARE(one.store().applied().hash, other.store().applied().hash);
        one.apply({}, start + 15ms);
        other.apply({}, start + 25ms);
        QVERIFY(one.store().applied().hash != other.store().applied().hash);
        QVERIFY(one.state().orderHash != other.state().orderHash);
    }

    /// Entries from before there were orders, and from before there was a watermark.
    void earlierVersionsOfTheCommandAreRead()
    {
        const std::string now = encodeBatch(std::vector{at(10ms)}, start);
        // [3, 1, watermark, messages, []] without orders is [2, 1, watermark, messages].
        std::string before(now, 0, now.size() - 1);
        before[0] = char(0x84);
        before[1] = 2;
        QCOMPARE(splitBatch(before).value().size(), std::size_t(1));
        QCOMPARE(watermarkOf(before), start);
        // And without the watermark [1, 1, messages].
        const std::size_t watermarkBytes = 9;
        before.erase(3, watermarkBytes);
        before[0] = char(0x83);
        before[1] = 1;
        QCOMPARE(splitBatch(before).value().size(), std::size_t(1));
        QCOMPARE(watermarkOf(before), UnixTime{});
        QCOMPARE(watermarkOf(now), start);
    }
};

QTEST_APPLESS_MAIN(TestDeliveryOrder)
#include "tst_delivery_order.moc"
