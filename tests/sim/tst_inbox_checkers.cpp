// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checkers of inboxes and retention are shown to fail: one node with a log drawn by hand, first healthy,
// then broken in the one way that each is there for.
#include <QtTest>

#include "core/messaging/Command.h"
#include "core/messaging/StateMachine.h"
#include "tests/support/MemoryStore.h"
#include "tests/support/sim/checkers/Inboxes.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using namespace std::chrono_literals;
using messaging::MoveCursor;
using messaging::Order;
using messaging::Removal;
using messaging::RetentionRule;

namespace {

UnixTime at(Duration time)
{
    return UnixTime(time);
}

/// A leader with a log, its state, and the checkers that watch it.
struct Watched
{
    ClusterView cluster;
    DiskView disk;
    CommittedLog committed;
    Removals removals{committed};
    InboxCursors inboxes{committed, removals};
    testing::MemoryStore store;
    messaging::StateMachine machine{store};
    std::uint64_t ids = 0;

    Watched()
    {
        cluster.nodes.resize(1);
        NodeView& node = cluster.nodes[0];
        node.up = true;
        node.server = ServerId(101);
        node.role = raft::Role::Leader;
        node.term = Term(1);
        node.disk = &disk;
        node.time.cluster = at(0s);
    }
    NodeView& node() { return cluster.nodes[0]; }

    /// Commits an entry and applies it.
    void commit(const std::vector<messaging::Message>& messages, const std::vector<Order>& orders = {},
                UnixTime watermark = at(1h))
    {
        const auto entry = std::make_shared<const raft::Entry>(
            raft::Entry{Term(1), disk.written.lastIndex().next(), raft::EntryKind::Command,
                        messaging::encodeBatch(messages, watermark, orders)});
        raft::Write write;
        write.entries = {entry};
        removals.onWrite(cluster, node(), write);
        disk.written.log.push_back(entry);
        disk.durable = disk.written;
        ++node().commit;
        for (Checker* checker : {static_cast<Checker*>(&committed), static_cast<Checker*>(&removals),
                                 static_cast<Checker*>(&inboxes)})
            checker->onStep(cluster, node());
        const raft::EntryPtr entries[] = {entry};
        QVERIFY(machine.apply(entries).ok());
        node().state.applied = store.applied();
        node().state.cursors = store.cursors();
    }
    void send(const std::string& recipient, std::optional<Duration> ttl = {}, UnixTime watermark = at(1h))
    {
        commit({{text("m", ++ids), "s", recipient, "1", at(0s), at(0s), {}, ttl}}, {}, watermark);
    }
    void look()
    {
        removals.onStart(cluster, node());
        inboxes.onStart(cluster, node());
    }
    bool healthy()
    {
        look();
        return !committed.violation() && !removals.violation() && !inboxes.violation();
    }
};

} // namespace

class InboxCheckers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cursorsAreComparedWithTheLog()
    {
        Watched watched;
        watched.send("bob");
        watched.send("bob");
        watched.commit({}, {MoveCursor{"bob", Seq(2)}});
        watched.commit({}, {MoveCursor{"bob", Seq(1)}}); // does nothing
        QVERIFY(watched.healthy());
        watched.node().state.cursors = {{"bob", Seq(1)}};
        QVERIFY(!watched.healthy());
    }

    void aCursorThatNobodyMovedIsSeen()
    {
        Watched watched;
        watched.send("bob");
        watched.node().state.cursors = {{"eve", Seq(1)}};
        QVERIFY(!watched.healthy());
    }

    void nobodyIsToldWhatIsNotApplied()
    {
        Watched watched;
        watched.send("bob");
        watched.commit({}, {MoveCursor{"bob", Seq(1)}});
        watched.inboxes.onCursorTold(watched.cluster, watched.node(), {"bob", Seq(1)}, Seq(1));
        QVERIFY(watched.healthy());
        watched.inboxes.onCursorTold(watched.cluster, watched.node(), {"bob", Seq(2)}, Seq(2));
        QVERIFY(!watched.healthy());
    }

    void aStaleInboxIsSeen()
    {
        Watched watched;
        watched.send("bob");
        watched.commit({}, {MoveCursor{"bob", Seq(1)}});
        watched.inboxes.onCursorTold(watched.cluster, watched.node(), {"bob", Seq(1)}, Seq(1));
        watched.inboxes.onInboxAsked(watched.cluster, {1, "bob"});
        watched.inboxes.onInboxServed(watched.cluster, watched.node(), {1, "bob"}, {Seq(1), {}, Seq(1)});
        QVERIFY(watched.healthy());
        watched.inboxes.onInboxAsked(watched.cluster, {2, "bob"});
        watched.inboxes.onInboxServed(watched.cluster, watched.node(), {2, "bob"}, {Seq(), {Seq(1)}, Seq(1)});
        QVERIFY(!watched.healthy());
    }

    void aHoleInAnInboxIsSeen_data()
    {
        QTest::addColumn<QList<int>>("shown");
        QTest::addColumn<bool>("whole");
        QTest::newRow("own and everybody's") << QList<int>{1, 3} << true;
        QTest::newRow("nothing to all") << QList<int>{1} << false;
        QTest::newRow("another's") << QList<int>{1, 2, 3} << false;
        QTest::newRow("what is removed") << QList<int>{1, 3, 4} << false;
    }
    void aHoleInAnInboxIsSeen()
    {
        QFETCH(QList<int>, shown);
        QFETCH(bool, whole);
        Watched watched;
        watched.send("bob");
        watched.send("eve");
        watched.send("all");
        watched.send("bob", 1s);
        watched.node().time.cluster = at(2s);
        watched.commit({}, {Removal{{{Seq(4), 1}}}});
        InboxView page{Seq(), {}, Seq(4)};
        for (const int seq : shown)
            page.messages.push_back(Seq(static_cast<std::uint64_t>(seq)));
        watched.inboxes.onInboxAsked(watched.cluster, {1, "bob"});
        watched.inboxes.onInboxServed(watched.cluster, watched.node(), {1, "bob"}, page);
        QCOMPARE(watched.healthy(), whole);
    }

    void aRemovalNeedsAReason_data()
    {
        QTest::addColumn<bool>("ttl");
        QTest::addColumn<int>("messagesMax");
        QTest::addColumn<int>("ageMax");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<int>("seq");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("none") << false << 0 << 0 << 100 << 1 << false;
        QTest::newRow("ttl ended") << true << 0 << 0 << 10 << 1 << true;
        QTest::newRow("ttl not ended") << true << 0 << 0 << 9 << 1 << false;
        QTest::newRow("too many") << false << 2 << 0 << 0 << 1 << true;
        QTest::newRow("not the oldest") << false << 2 << 0 << 0 << 2 << false;
        QTest::newRow("not too many") << false << 3 << 0 << 0 << 1 << false;
        QTest::newRow("too old") << false << 0 << 5 << 5 << 1 << true;
        QTest::newRow("not too old") << false << 0 << 5 << 4 << 1 << false;
    }
    void aRemovalNeedsAReason()
    {
        QFETCH(bool, ttl);
        QFETCH(int, messagesMax);
        QFETCH(int, ageMax);
        QFETCH(int, seconds);
        QFETCH(int, seq);
        QFETCH(bool, allowed);
        Watched watched;
        for (int i = 0; i < 3; ++i)
            watched.send("bob", ttl ? std::optional<Duration>(10s) : std::nullopt);
        const messaging::RetentionLimits limits{std::chrono::seconds(ageMax),
                                                static_cast<std::uint64_t>(messagesMax), 0};
        watched.commit({}, {RetentionRule{"bob", limits}});
        watched.node().time.cluster = at(std::chrono::seconds(seconds));
        watched.commit({}, {Removal{{{Seq(static_cast<std::uint64_t>(seq)), 1}}}});
        QCOMPARE(watched.healthy(), allowed);
    }

    void aRuleThatWasClearedIsNoReason()
    {
        Watched watched;
        watched.send("bob");
        watched.send("bob");
        watched.commit({}, {RetentionRule{std::nullopt, {{}, 1, 0}}});
        watched.commit({}, {RetentionRule{std::nullopt, {}}});
        watched.commit({}, {Removal{{{Seq(1), 1}}}});
        QVERIFY(!watched.healthy());
    }

    void whatWaitsForItsDeliveryStays()
    {
        Watched watched;
        watched.commit({{"m1", "s", "bob", "1", at(5s), at(5s), {}, 1s}}, {}, at(0s));
        watched.node().time.cluster = at(10s);
        watched.commit({}, {Removal{{{Seq(1), 1}}}}, at(0s));
        QVERIFY(!watched.healthy());
    }

    void nodesKeepWhatTheLogSays()
    {
        Watched watched;
        watched.send("bob");
        QVERIFY(watched.healthy());
        ++watched.node().state.applied.kept.bytes;
        QVERIFY(!watched.healthy());
    }

    void aRepeatOfWhatIsGoneIsToldSo()
    {
        Watched watched;
        watched.send("bob", 1s);
        watched.node().time.cluster = at(2s);
        watched.commit({}, {Removal{{{Seq(1), 1}}}});
        Acknowledgement told{"m1", Seq(1), Term(1), LogIndex(3), 0, true, true};
        watched.removals.onAcknowledge(watched.cluster, watched.node(), told);
        QVERIFY(watched.healthy());
        told.expired = false;
        watched.removals.onAcknowledge(watched.cluster, watched.node(), told);
        QVERIFY(!watched.healthy());
    }
};

QTEST_APPLESS_MAIN(InboxCheckers)
#include "tst_inbox_checkers.moc"
