// SPDX-License-Identifier: GPL-3.0-or-later
//
// An inbox against a plain filter of everything there is, in steps of every size, while messages go on
// coming.
#include <QTest>

#include "core/base/Random.h"
#include "core/messaging/InboxWalk.h"
#include "core/messaging/StateMachine.h"
#include "tests/support/MemoryStore.h"

namespace dsmsg::messaging {

namespace {

struct Node
{
    testing::MemoryStore store;
    StateMachine machine{store};
    testing::MemoryReader reader{store};
    std::uint64_t ids = 0;

    void send(const std::string& recipient)
    {
        const Message message{std::to_string(++ids), "s", recipient, "1", {}, {}, {}, {}};
        apply(encodeBatch({&message, 1}));
    }
    void remove(std::uint64_t seq)
    {
        const Order order = Removal{{{Seq(seq), 1}}};
        apply(encodeBatch({}, UnixTime(std::chrono::hours(1)), {&order, 1}));
    }
    void apply(std::string command)
    {
        const auto entry = std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), store.applied().index.next(), raft::EntryKind::Command, std::move(command)});
        const raft::EntryPtr entries[] = {entry};
        QVERIFY(machine.apply(entries).ok());
    }
};

std::vector<std::uint64_t> seqsOf(InboxWalk& walk, std::uint32_t step)
{
    std::vector<std::uint64_t> seqs;
    for (;;) {
        const auto message = walk.next(step);
        if (!message || !*message)
            return seqs;
        seqs.push_back((*message)->seq.value);
    }
}

} // namespace

class TestInboxWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownMessagesAndThoseToAll()
    {
        Node node;
        for (const char* to : {"bob", "eve", "all", "bob", "eve"})
            node.send(to);
        InboxWalk walk(node.reader, "bob", Seq());
        QCOMPARE(seqsOf(walk, 10), (std::vector<std::uint64_t>{1, 3, 4}));
        QCOMPARE(walk.through(), Seq(5)); // the last one is another's
        InboxWalk later(node.reader, "bob", Seq(1));
        QCOMPARE(seqsOf(later, 10), (std::vector<std::uint64_t>{3, 4}));
        InboxWalk everybodys(node.reader, "all", Seq());
        QCOMPARE(seqsOf(everybodys, 10), (std::vector<std::uint64_t>{3}));
    }

    void removedMessagesAreLeftOut()
    {
        Node node;
        for (const char* to : {"bob", "all", "bob"})
            node.send(to);
        node.remove(2);
        InboxWalk walk(node.reader, "bob", Seq());
        QCOMPARE(seqsOf(walk, 1), (std::vector<std::uint64_t>{1, 3}));
        QCOMPARE(walk.through(), Seq(3));
    }

    /// Whatever the steps, and whatever comes between two of them: no hole, no repeat.
    void nothingIsSkippedWhileMessagesCome()
    {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            Random random(seed);
            Node node;
            const auto sendOne = [&] { node.send(random.chance(1, 3) ? "all" : random.chance(1, 2) ? "bob" : "eve"); };
            for (std::uint64_t i = random.below(30); i > 0; --i)
                sendOne();
            std::vector<std::uint64_t> seen;
            Seq from;
            while (from < node.store.applied().lastSeq) {
                InboxWalk walk(node.reader, "bob", from);
                for (std::uint64_t left = random.below(10); left > 0; --left) {
                    const auto message = walk.next(1 + static_cast<std::uint32_t>(random.below(3)));
                    QVERIFY(message.ok());
                    if (!*message)
                        break;
                    seen.push_back((*message)->seq.value);
                    if (node.ids < 60 && random.chance(1, 2))
                        sendOne();
                }
                QVERIFY(walk.through() >= from);
                from = walk.through();
            }
            std::vector<std::uint64_t> expected;
            for (const StoredMessage& stored : node.store.messages(Seq(), 1000)) {
                if (stored.message.recipient != "eve")
                    expected.push_back(stored.seq.value);
            }
            QCOMPARE(seen, expected);
        }
    }
};

} // namespace dsmsg::messaging

QTEST_APPLESS_MAIN(dsmsg::messaging::TestInboxWalk)
#include "tst_inbox_walk.moc"
