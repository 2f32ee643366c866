// SPDX-License-Identifier: GPL-3.0-or-later
//
// Applying: seq without a gap, a repeated id gets the first seq wherever it repeats, two stores fed equally
// agree to the hash, and a store that fails leaves nothing behind (CORE.md, Seq and dedup).
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "tests/support/MemoryStore.h"

using namespace dsmsg;
using namespace dsmsg::messaging;
using dsmsg::testing::MemoryStore;

namespace {

using Ids = std::vector<std::string>;

Message messageOf(const std::string& id, const std::string& payload)
{
    Message message;
    message.msgId = id;
    message.sender = "s";
    message.recipient = "all";
    message.payload = payload;
    return message;
}

raft::EntryPtr batch(std::uint64_t index, const Ids& ids, const std::string& payload = "1",
                     std::uint64_t term = 1)
{
    std::vector<Message> messages;
    for (const std::string& id : ids)
        messages.push_back(messageOf(id, payload));
    return std::make_shared<const raft::Entry>(
        raft::Entry{Term(term), LogIndex(index), raft::EntryKind::Command, encodeBatch(messages)});
}

raft::EntryPtr other(std::uint64_t index, raft::EntryKind kind, std::string data = {})
{
    return std::make_shared<const raft::Entry>(raft::Entry{Term(1), LogIndex(index), kind, std::move(data)});
}

/// "1 2 2d" : seqs, d for a duplicate.
std::string verdicts(const std::vector<AppliedEntry>& entries)
{
    std::string text;
    for (const AppliedEntry& entry : entries) {
        for (const AppliedMessage& message : entry.messages)
            text += (text.empty() ? "" : " ") + std::to_string(message.seq.value) +
                    (message.duplicate ? "d" : "");
    }
    return text;
}

std::string applied(MemoryStore& store, const std::vector<raft::EntryPtr>& entries)
{
    const auto outcome = StateMachine(store).apply(entries);
    return outcome ? verdicts(*outcome) : "failed: " + outcome.error().text;
}

/// A store that fails at the nth call, counting calls that may fail.
class FailingStore final : public Store
{
public:
    FailingStore(MemoryStore& store, int failAt)
        : store_(store)
        , countdown_(failAt)
    {
    }

    AppliedState applied() const override { return store_.applied(); }
    Result<void> begin() override { return fails() ? failure() : store_.begin(); }
    Result<std::optional<Seq>> findId(const IdHash& id) override
    {
        if (fails())
            return failure().error();
        return store_.findId(id);
    }
    Result<void> addBatch(const BatchRecord& record) override
    {
        return fails() ? failure() : store_.addBatch(record);
    }
    Result<void> addDeliveries(std::span<const DeliveryRun> runs) override
    {
        return fails() ? failure() : store_.addDeliveries(runs);
    }
    Result<std::vector<RemovedMessage>> remove(std::span<const SeqRange> ranges) override
    {
        if (fails())
            return failure().error();
        return store_.remove(ranges);
    }
    Result<Seq> nextKept(Seq from) override { return store_.nextKept(from); }
    Result<std::optional<Seq>> findCursor(const std::string& recipient) override
    {
        return store_.findCursor(recipient);
    }
    Result<std::size_t> cursorCount() override { return store_.cursorCount(); }
    Result<void> setCursor(const InboxCursor& cursor) override
    {
        return fails() ? failure() : store_.setCursor(cursor);
    }
    Result<void> setRule(const RetentionRule& rule) override
    {
        return fails() ? failure() : store_.setRule(rule);
    }
    Result<std::vector<RetentionRule>> rules() override { return store_.rules(); }
    Result<std::vector<Seq>> expired(UnixTime now, std::size_t limit) override
    {
        return store_.expired(now, limit);
    }
    Result<std::vector<HeldMessage>> undelivered() override
    {
        if (fails())
            return failure().error();
        return store_.undelivered();
    }
    Result<void> commit(const AppliedState& state) override
    {
        if (!fails())
            return store_.commit(state);
        store_.rollback(); // what a database does whose COMMIT fails
        return failure();
    }
    void rollback() override { store_.rollback(); }
    Result<StateChunk> readChunk(Seq after, std::size_t bytesMax) override
    {
        return store_.readChunk(after, bytesMax);
    }
    bool failed() const { return countdown_ < 0; }

private:
    bool fails() { return countdown_-- == 0; }
    static Result<void> failure() { return Error{Error::Kind::Io, "the disk is gone"}; }

    MemoryStore& store_;
    int countdown_;
};

} // namespace

class TestStateMachine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seqsHaveNoGap()
    {
        MemoryStore store;
        QCOMPARE(applied(store, {batch(1, {"a", "b"}), batch(2, {"c"})}), std::string("1 2 3"));
        QCOMPARE(applied(store, {batch(3, {"d"})}), std::string("4"));
        QCOMPARE(store.applied().lastSeq, Seq(4));
        QCOMPARE(store.applied().index, LogIndex(3));
    }

    void repeatsGetTheFirstSeq_data()
    {
        QTest::addColumn<QList<Ids>>("batches");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, const QList<Ids>& batches, const char* expected) {
            QTest::newRow(name) << batches << std::string(expected);
        };
        row("in one batch", {{"a", "a", "b"}}, "1 1d 2");
        row("across batches", {{"a"}, {"a"}}, "1 1d");
        row("both", {{"a", "b"}, {"c", "b", "c", "d"}}, "1 2 3 2d 3d 4");
        row("a batch of nothing new", {{"a", "b"}, {"b", "a", "b"}, {"c"}}, "1 2 2d 1d 2d 3");
        row("ids that differ by a zero byte", {{"a", std::string("a\0", 2)}}, "1 2");
        row("an empty batch", {{}, {"a"}}, "1");
    }
    void repeatsGetTheFirstSeq()
    {
        QFETCH(QList<Ids>, batches);
        QFETCH(std::string, expected);
        std::vector<raft::EntryPtr> entries;
        for (const Ids& ids : batches)
            entries.push_back(batch(entries.size() + 1, ids));
        MemoryStore together;
        QCOMPARE(applied(together, entries), expected);
        MemoryStore oneByOne;
        for (const raft::EntryPtr& entry : entries)
            applied(oneByOne, {entry});
        QCOMPARE(oneByOne.applied(), together.applied());
    }

    void theFirstPayloadStands()
    {
        MemoryStore store;
        applied(store, {batch(1, {"a"}, "\"first\""), batch(2, {"a"}, "\"second\"")});
        QCOMPARE(store.message(Seq(1))->message.payload, std::string("\"first\""));
        QVERIFY(!store.message(Seq(2)));
    }

    void skippedMessagesDoNotShiftTheOthers()
    {
        MemoryStore store;
        applied(store, {batch(1, {"a", "b"}), batch(2, {"b", "c", "a", "d"})});
        QCOMPARE(store.message(Seq(3))->message.msgId, std::string("c"));
        QCOMPARE(store.message(Seq(4))->message.msgId, std::string("d"));
        QCOMPARE(store.message(Seq(4))->index, LogIndex(2));
    }

    void entriesWithoutMessagesOnlyMoveTheIndex()
    {
        MemoryStore store;
        const Bits128 before = store.applied().hash;
        QCOMPARE(applied(store, {other(1, raft::EntryKind::Form, "x"), other(2, raft::EntryKind::NoOp),
                                 other(3, raft::EntryKind::Configuration, "y")}),
                 std::string());
        QCOMPARE(store.applied().index, LogIndex(3));
        QCOMPARE(store.applied().lastSeq, Seq(0));
        QVERIFY(store.applied().hash != before);
    }

    void theHashTellsHistoriesApart_data()
    {
        QTest::addColumn<QList<raft::EntryPtr>>("history");
        const auto row = [](const char* name, const QList<raft::EntryPtr>& history) {
            QTest::newRow(name) << history;
        };
        // Each differs from {a} {b} in one thing.
        row("another order", {batch(1, {"b"}), batch(2, {"a"})});
        row("another payload", {batch(1, {"a"}), batch(2, {"b"}, "2")});
        row("one batch", {batch(1, {"a", "b"}), other(2, raft::EntryKind::NoOp)});
        row("another term", {batch(1, {"a"}), batch(2, {"b"}, "1", 2)});
        row("another kind",
            {batch(1, {"a"}), other(2, raft::EntryKind::NoOp, std::string(batch(2, {"b"})->data))});
        row("fewer", {batch(1, {"a"})});
    }
    void theHashTellsHistoriesApart()
    {
        QFETCH(QList<raft::EntryPtr>, history);
        MemoryStore one;
        MemoryStore same;
        MemoryStore differs;
        const std::vector<raft::EntryPtr> reference = {batch(1, {"a"}), batch(2, {"b"})};
        applied(one, reference);
        applied(same, reference);
        applied(differs, {history.begin(), history.end()});
        QCOMPARE(one.applied().hash, same.applied().hash);
        QVERIFY(one.applied().hash != differs.applied().hash);
    }

    void anUndecodableEntryAppliesNothingOfItsGroup()
    {
        MemoryStore store;
        applied(store, {batch(1, {"a"})});
        const AppliedState before = store.applied();
        const auto outcome = StateMachine(store).apply(
            std::vector<raft::EntryPtr>{batch(2, {"b"}), other(3, raft::EntryKind::Command, "garbage")});
        QVERIFY(!outcome.ok());
        QCOMPARE(store.applied(), before);
        QCOMPARE(applied(store, {batch(2, {"b"})}), std::string("2"));
    }

    /// At every call that can fail: nothing is applied, and applying again later gives what it would have
    /// given.
    void aFailingStoreLeavesNothingBehind()
    {
        const std::vector<raft::EntryPtr> entries = {batch(2, {"b", "a", "c"}), batch(3, {"d", "b"})};
        MemoryStore reference;
        applied(reference, {batch(1, {"a"})});
        applied(reference, entries);
        int calls = 0;
        for (;; ++calls) {
            MemoryStore store;
            applied(store, {batch(1, {"a"})});
            const AppliedState before = store.applied();
            FailingStore failing(store, calls);
            const auto outcome = StateMachine(failing).apply(entries);
            if (!failing.failed()) {
                QVERIFY(outcome.ok());
                break;
            }
            QCOMPARE(outcome.error().text, std::string("the disk is gone"));
            QCOMPARE(store.applied(), before);
            applied(store, entries);
            QCOMPARE(store.applied(), reference.applied());
        }
        QCOMPARE(calls, 12); // what waits, begin, five ids, two batches and their deliveries, commit
    }

    void replayAfterAPowerCutComesToTheSameState()
    {
        Random random(12);
        std::vector<raft::EntryPtr> entries;
        for (std::uint64_t index = 1; index <= 60; ++index) {
            Ids ids;
            for (std::uint64_t n = 1 + random.below(4); n > 0; --n)
                ids.push_back("id" + std::to_string(random.below(80)));
            entries.push_back(batch(index, ids));
        }
        MemoryStore reference;
        applied(reference, entries);
        MemoryStore store;
        std::optional<StateMachine> machine(store);
        for (int cuts = 0; cuts < 20 || store.applied().index < LogIndex(60);) {
            const std::uint64_t from = store.applied().index.value;
            const std::uint64_t through = std::min<std::uint64_t>(60, from + 1 + random.below(10));
            const auto group = std::span(entries).subspan(from, through - from);
            if (!group.empty())
                QVERIFY(machine->apply(group).ok());
            if (random.chance(1, 3))
                store.checkpoint();
            if (cuts < 20 && random.chance(1, 2)) {
                store.cutPower();
                machine.emplace(store);
                ++cuts;
            }
        }
        QCOMPARE(store.applied(), reference.applied());
    }
};

QTEST_APPLESS_MAIN(TestStateMachine)
#include "tst_state_machine.moc"
