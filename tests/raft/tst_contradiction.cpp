// SPDX-License-Identifier: GPL-3.0-or-later
//
// What no correct server says changes nothing, and asserts nothing: old messages, two leaders in one term,
// entries that do not follow each other, committed entries denied.
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

/// Follows server 2 in term 3 with the log 1 2 2 3; entries up to 3 are committed.
Subject* settled(Subject& server)
{
    server.receive(second, append(3, 4, 3, {}, 3));
    server.clear();
    return &server;
}

const Setup settledSetup{.terms = {1, 2, 2, 3}, .hardState = {Term(3), {}}};

} // namespace

Q_DECLARE_METATYPE(dsmsg::raft::AppendEntries)

class TestContradiction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anImpossibleAppendChangesNothing_data()
    {
        QTest::addColumn<AppendEntries>("request");
        const auto row = [](const char* name, const AppendEntries& request) {
            QTest::newRow(name) << request;
        };
        row("a gap", append(3, 4, 3, {command(5, 3), command(7, 3)}));
        row("the first one not next", append(3, 4, 3, {command(6, 3)}));
        row("terms that go back", append(3, 4, 3, {command(5, 3), command(6, 2)}));
        row("an entry older than the one before it", append(3, 4, 3, {command(5, 2)}));
        row("an entry of a term to come", append(3, 4, 3, {command(5, 4)}));
        row("a committed entry denied", append(3, 2, 2, {command(3, 3)}));
        row("committed entries denied from the beginning", append(3, 0, 0, {noOp(1, 3), noOp(2, 3)}));
        row("committed entries denied and more sent",
            append(3, 0, 0, {noOp(1, 1), noOp(2, 1), noOp(3, 1), noOp(4, 1)}));
        AppendEntries unreadable = append(3, 4, 3, {});
        unreadable.entries = {
            std::make_shared<const Entry>(Entry{Term(3), LogIndex(5), EntryKind::Configuration, "not CBOR"})};
        row("a configuration that cannot be read", unreadable);
    }
    void anImpossibleAppendChangesNothing()
    {
        QFETCH(AppendEntries, request);
        Subject server(settledSetup);
        settled(server)->receive(second, request);
        QVERIFY(server.reported(Event::Kind::Contradiction));
        QVERIFY(server.messages.empty());
        QVERIFY(server.writes.empty());
        QCOMPARE(server.last(), std::uint64_t(4));
        QCOMPARE(server.commit(), std::uint64_t(3));
        QCOMPARE(server.raft.configuration(), clusterOf(3));
    }

    void indexesAtTheEndOfTheirRange_data()
    {
        QTest::addColumn<quint64>("prevIndex");
        QTest::newRow("greatest") << ~quint64(0);
        QTest::newRow("one less") << ~quint64(0) - 1;
    }
    void indexesAtTheEndOfTheirRange()
    {
        QFETCH(quint64, prevIndex);
        Subject server(settledSetup);
        settled(server)->receive(second, append(3, prevIndex, 3, {}, prevIndex));
        QCOMPARE(server.commit(), std::uint64_t(3));
        QVERIFY(!server.sent<AppendEntriesReply>(second).back().success);
    }

    void aSecondLeaderInTheTermIsIgnored()
    {
        Subject server(settledSetup);
        settled(server)->receive(third, append(3, 4, 3, {command(5, 3)}, 4));
        server.receive(third, Heartbeat{Term(3), LogIndex(4), 1});
        QCOMPARE(server.raft.leader(), second);
        QCOMPARE(server.last(), std::uint64_t(4));
        QCOMPARE(server.commit(), std::uint64_t(3));
        QVERIFY(server.messages.empty());
        QVERIFY(server.reported(Event::Kind::Contradiction));
    }

    void aLeaderDoesNotFollowAnotherInItsTerm()
    {
        Subject leader;
        leader.lead();
        leader.receive(second, append(2, 1, 1, {command(2, 2)}, 2));
        leader.receive(third, Heartbeat{Term(2), LogIndex(2), 1});
        QCOMPARE(leader.role(), Role::Leader);
        QVERIFY(leader.messages.empty());
        QVERIFY(leader.reported(Event::Kind::Contradiction));
    }

    void anOldLeaderLearnsThatItIsOne()
    {
        Subject server(settledSetup);
        settled(server)->receive(third, append(2, 3, 2, {command(4, 2)}));
        server.receive(third, Heartbeat{Term(1), LogIndex(4), 9});
        QCOMPARE(server.last(), std::uint64_t(4));
        QCOMPARE(server.raft.leader(), second);
        QCOMPARE(server.sent<AppendEntriesReply>(third).front().term, Term(3));
        QVERIFY(!server.sent<AppendEntriesReply>(third).front().success);
        QCOMPARE(server.sent<HeartbeatReply>(third).front().term, Term(3));
    }

    void aMatchBeyondTheLogIsNotBelieved()
    {
        Subject leader;
        leader.lead({second});
        leader.propose();
        leader.persist();
        leader.acknowledge(third, 1000);
        QCOMPARE(leader.commit(), std::uint64_t(2));
        QVERIFY(leader.reported(Event::Kind::Contradiction));
    }

    void acknowledgementsOfOtherTermsAndStrangersDoNotCount()
    {
        Subject leader;
        leader.lead();
        leader.propose();
        leader.persist();
        AppendEntriesReply old{Term(1), true, LogIndex(3), {}, {}, {}, false};
        leader.receive(second, old);
        AppendEntriesReply stranger{Term(2), true, LogIndex(3), {}, {}, {}, false};
        leader.receive(ServerId(77), stranger);
        QCOMPARE(leader.commit(), std::uint64_t(2));
        leader.receive(second, stranger);
        QCOMPARE(leader.commit(), std::uint64_t(3));
    }

    void aFollowerIgnoresRepliesMeantForALeader()
    {
        Subject server(settledSetup);
        settled(server)->receive(third, AppendEntriesReply{Term(3), true, LogIndex(4), {}, {}, {}, false});
        server.receive(third, HeartbeatReply{Term(3), 5, false});
        server.step(LogRead{third, {command(2, 2)}});
        QVERIFY(server.messages.empty());
        QCOMPARE(server.raft.leader(), second);
    }

    void aLaterTermInAReplyEndsLeadership()
    {
        Subject leader;
        leader.lead();
        leader.receive(second, HeartbeatReply{Term(6), 1, false});
        QCOMPARE(leader.role(), Role::Follower);
        QCOMPARE(leader.term(), std::uint64_t(6));
        QVERIFY(leader.reported(Event::Kind::SteppedDown));
    }
};

QTEST_APPLESS_MAIN(TestContradiction)
#include "tst_contradiction.moc"
