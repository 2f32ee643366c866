// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replication and commit, rule by rule: Raft sections 5.3 and 5.4.2, asynchronous writes
// (dissertation 10.2.1), and the pitfalls of PROOF.md.
#include <QtTest>

#include "tests/sim/Trio.h"

using namespace dsmsg;
using namespace dsmsg::sim;
using raft::Role;
using std::chrono::seconds;

namespace {
#define CLEAN(trio) QCOMPARE(QString::fromStdString((trio).violation()), QString())

raft::EntryPtr entry(std::uint64_t index, std::uint64_t term, const std::string& data)
{
    return std::make_shared<const raft::Entry>(
        raft::Entry{Term(term), LogIndex(index), raft::EntryKind::Command, batchOf(data)});
}

raft::AppendEntries append(std::uint64_t term, std::uint64_t prev, std::uint64_t prevTerm,
                           std::uint64_t commit, std::vector<raft::EntryPtr> entries)
{
    return {Term(term), LogIndex(prev), Term(prevTerm), LogIndex(commit), std::move(entries)};
}
} // namespace

class ScenariosReplication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theNoOpComesBeforeAnyProposal();
    void anEntryCommitsWhenAMajorityHasItOnDisk();
    void theLeadersOwnCopyCountsOnlyWhenPersisted();
    void theLeaderNeedNotBeFirstToPersist();
    void aNewCommitIsPushedAtOnce();
    void figure8();
    void aFollowerCommitsOnlyWhatItMatched();
    void aHeartbeatCommitsNothingBeforeAMatch();
    void aConflictingTailIsReplaced();
    void matchingEntriesAreNotTruncatedByAnOldMessage();
    void aLateCompletionDoesNotVouchForAReplacedEntry();
    void anUnfinishedWriteIsNotAcknowledged();
    void whatIsAppliedIsOnTheOwnDisk();
    void aLostAppendIsSentAgain();
    void anEmptyFollowerCatchesUp();
    void anOldLeaderIsToldTheTerm();
    void anAcknowledgementOfAnEarlierTermCountsForNothing();
    void aFullDiskRefusesEntriesButVotes();
    void withFullDisksALeaderServesReads();
    void anOldLeadersEntriesChangeNothing();
};

void ScenariosReplication::theNoOpComesBeforeAnyProposal()
{
    Trio trio;
    trio.form();
    trio.sleep(2, seconds(1));
    trio.sleep(3, seconds(1));
    trio.timeout(2);
    trio.deliver(2, 3);
    trio.deliver(3, 2);
    trio.persist(2);
    trio.deliver(2, 3);
    trio.persist(3);
    trio.deliver(3, 2);
    QCOMPARE(trio.role(2), Role::Leader);
    const auto early = trio.propose(2);
    QVERIFY(std::holds_alternative<raft::Refusal>(early) &&
            std::get<raft::Refusal>(early) == raft::Refusal::NotReady);
    trio.settle();
    QVERIFY(trio.status(2).serving);
    QVERIFY(std::holds_alternative<raft::Proposed>(trio.propose(2)));
    CLEAN(trio);
}

void ScenariosReplication::anEntryCommitsWhenAMajorityHasItOnDisk()
{
    Trio trio;
    trio.form();
    const auto before = trio.commit(1);
    trio.propose(1);
    trio.persist(1);
    QCOMPARE(trio.commit(1), before);
    trio.deliver(1, 2);
    trio.deliver(2, 1);
    QCOMPARE(trio.commit(1), before); // node 2 has it, but not on disk
    trio.persist(2);
    trio.deliver(2, 1);
    QCOMPARE(trio.commit(1), before + 1);
    CLEAN(trio);
}

void ScenariosReplication::theLeadersOwnCopyCountsOnlyWhenPersisted()
{
    Trio trio;
    trio.form();
    const auto before = trio.commit(1);
    trio.propose(1);
    trio.deliver(1, 2);
    trio.persist(2);
    trio.deliver(2, 1);
    QCOMPARE(trio.commit(1), before);
    QCOMPARE(trio.core(1).durableOn(2).value, before);
    trio.persist(1);
    QCOMPARE(trio.commit(1), before + 1);
    QCOMPARE(trio.core(1).durableOn(2).value, before + 1);
    QCOMPARE(trio.core(1).durableOn(3).value, before);
    CLEAN(trio);
}

void ScenariosReplication::theLeaderNeedNotBeFirstToPersist()
{
    Trio trio;
    trio.form();
    const auto before = trio.commit(1);
    trio.propose(1);
    for (const int node : {2, 3}) {
        trio.deliver(1, node);
        trio.persist(node);
        trio.deliver(node, 1);
    }
    QCOMPARE(trio.commit(1), before + 1);   // two of three have it ...
    QCOMPARE(trio.applyThrough(1), before); // ... but the leader applies only what it has itself
    trio.persist(1);
    QCOMPARE(trio.applyThrough(1), before + 1);
    CLEAN(trio);
}

void ScenariosReplication::aNewCommitIsPushedAtOnce()
{
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.persist(1);
    trio.deliver(1, 2);
    trio.persist(2);
    trio.deliver(2, 1); // commits; no timer has run
    trio.deliver(1, 2);
    QCOMPARE(trio.commit(2), trio.commit(1));
    CLEAN(trio);
}

void ScenariosReplication::figure8()
{
    // PROOF.md, pitfall 1: commit of an earlier term by counting replicas.
    // Raft, figure 8, with five nodes. (a) node 1 leads term 2 and brings an entry to node 2 only.
    Trio trio({.nodes = 5});
    trio.form();
    const auto base = trio.commit(1);
    trio.elect(1, {1, 2, 3, 4, 5});
    trio.propose(1, "a");
    trio.persist(1);
    trio.deliver(1, 2);
    trio.persist(2);
    for (int node = 2; node <= 5; ++node)
        trio.drop(1, node);
    const auto contested = trio.core(1).status({}).last;
    // (b) node 1 crashes; node 5 leads the next term by the votes of 3 and 4, and keeps its entry for itself.
    trio.crash(1);
    for (int node = 3; node <= 5; ++node)
        trio.sleep(node, seconds(1));
    trio.timeout(5);
    for (int pass = 0; pass < 3; ++pass) {
        for (const int node : {3, 4}) {
            trio.deliver(5, node);
            trio.persist(node);
            trio.deliver(node, 5);
        }
        if (trio.role(5) != Role::Leader)
            trio.persist(5);
        if (trio.role(5) == Role::Leader)
            break;
    }
    QCOMPARE(trio.role(5), Role::Leader);
    trio.persist(5);
    const auto termOf5 = trio.term(5);
    trio.crash(5);
    // (c) node 1 returns, leads again, and brings its old entry to node 3: now a majority holds it.
    trio.restart(1);
    for (const int node : {2, 3, 4})
        trio.introduce(1, node);
    for (int node = 2; node <= 4; ++node)
        trio.sleep(node, seconds(2));
    for (int attempt = 0; attempt < 5 && trio.role(1) != Role::Leader; ++attempt) {
        trio.timeout(1);
        for (int pass = 0; pass < 3 && trio.role(1) != Role::Leader; ++pass) {
            trio.persist(1);
            for (const int node : {2, 3, 4}) {
                trio.deliver(1, node);
                trio.persist(node);
                trio.deliver(node, 1);
            }
        }
    }
    QCOMPARE(trio.role(1), Role::Leader);
    QVERIFY(trio.term(1) > termOf5);
    // Its own entry of the new term stays behind: the followers say they hold the old one, no more.
    const raft::AppendEntriesReply holdsOld{trio.core(1).term(), true, contested, {}, {}, {}, false};
    for (const int node : {2, 3, 4})
        trio.drop(1, node);
    trio.inject(2, 1, append(trio.term(1), 0, 0, 0, {})); // noise that must not matter
    const auto entryBefore = contested.previous();
    const auto entries = trio.core(1).entries(contested, contested, 1u << 20);
    QCOMPARE(entries.size(), 1u);
    trio.inject(1, 3,
                raft::AppendEntries{trio.core(1).term(), entryBefore, trio.core(1).termAt(entryBefore),
                                    LogIndex(base), entries});
    trio.persist(3);
    trio.drop(3, 1);
    trio.inject(2, 1, holdsOld);
    trio.inject(3, 1, holdsOld);
    QVERIFY(trio.core(1).durableOn(3) >= contested);
    QVERIFY2(trio.commit(1) < contested.value, "an entry of an earlier term must not commit by counting");
    // (e) once an entry of its own term is on a majority, all before it commits with it.
    trio.settle({1, 2, 3, 4});
    trio.timeout(1);
    trio.settle({1, 2, 3, 4});
    QVERIFY(trio.commit(1) > contested.value);
    CLEAN(trio);
}

void ScenariosReplication::aFollowerCommitsOnlyWhatItMatched()
{
    // PROOF.md, pitfall 1: a follower that commits past its last matched index.
    // Node 3 has a tail of its own that no leader shares; a commit index beyond the match must not touch it.
    Trio trio;
    trio.form();
    trio.elect(3);
    const auto base = trio.commit(3);
    trio.propose(3, "own");
    trio.persist(3); // only node 3 has it
    trio.drop(3, 1);
    trio.drop(3, 2);
    trio.elect(1, {1, 2});
    trio.propose(1, "other");
    trio.settle({1, 2});
    QVERIFY(trio.commit(1) > base);
    // An empty AppendEntries at the point where the logs still agree, with the leader's commit index.
    trio.inject(1, 3,
                append(trio.term(1), base, trio.core(1).termAt(LogIndex(base)).value, trio.commit(1), {}));
    QCOMPARE(trio.commit(3), base);
    CLEAN(trio);
}

void ScenariosReplication::aHeartbeatCommitsNothingBeforeAMatch()
{
    Trio trio;
    trio.form();
    trio.elect(3);
    const auto base = trio.commit(3);
    trio.propose(3, "own");
    trio.persist(3);
    trio.drop(3, 1);
    trio.drop(3, 2);
    trio.elect(1, {1, 2});
    trio.propose(1, "other");
    trio.settle({1, 2});
    trio.inject(1, 3, raft::Heartbeat{trio.core(1).term(), trio.core(1).commitIndex(), 7});
    QCOMPARE(trio.commit(3), base);
    CLEAN(trio);
}

void ScenariosReplication::aConflictingTailIsReplaced()
{
    Trio trio;
    trio.form();
    trio.elect(3);
    trio.propose(3, "lost");
    trio.propose(3, "lost too");
    trio.persist(3);
    trio.drop(3, 1);
    trio.drop(3, 2);
    trio.elect(1, {1, 2});
    trio.propose(1, "kept");
    trio.settle({1, 2});
    trio.disconnect(1, 3);
    trio.introduce(1, 3);
    trio.settle();
    trio.timeout(1);
    trio.settle();
    QCOMPARE(trio.log(3), trio.log(1));
    QCOMPARE(trio.durableLog(3), trio.log(1));
    CLEAN(trio);
}

void ScenariosReplication::matchingEntriesAreNotTruncatedByAnOldMessage()
{
    // Raft 5.3: only a conflict truncates. A delayed, shorter AppendEntries proves nothing about what
    // follows.
    Trio trio;
    trio.form();
    trio.propose(1, "a");
    const auto shorter = trio.intercept(1, 2);
    trio.propose(1, "b");
    trio.drop(1, 2);
    trio.disconnect(1, 2);
    trio.introduce(1, 2);
    trio.settle();
    const std::string whole = trio.log(2);
    for (const auto& message : shorter)
        trio.inject(1, 2, message);
    trio.settle();
    QCOMPARE(trio.log(2), whole);
    CLEAN(trio);
}

void ScenariosReplication::aLateCompletionDoesNotVouchForAReplacedEntry()
{
    // PROOF.md, pitfall 3.
    // ABA: entry (n, t2) is written, truncated, (n, t3) written, and (n, t2) sent again. The completion of
    // the first write must not acknowledge what the disk no longer holds. Node 3 follows leaders 1 (term 2)
    // and 2 (term 3).
    Trio trio;
    trio.form();
    trio.elect(1);
    const auto base = trio.commit(3);
    const auto baseTerm = trio.core(3).termAt(LogIndex(base)).value;
    const auto t2 = trio.term(1);
    trio.inject(1, 3, append(t2, base, baseTerm, base, {entry(base + 1, t2, "first")}));
    QCOMPARE(trio.unfinishedWrites(3), 1u);
    trio.inject(2, 3, append(t2 + 1, base, baseTerm, base, {entry(base + 1, t2 + 1, "second")}));
    QCOMPARE(trio.unfinishedWrites(3), 2u);
    trio.drop(3, 1);
    trio.drop(3, 2);
    trio.persistOldest(3); // the first write is done only now
    QCOMPARE(trio.underWay(3, 1), std::vector<std::string>{});
    QCOMPARE(trio.underWay(3, 2), std::vector<std::string>{});
    // A leader of term 4 has the first entry again.
    trio.inject(1, 3, append(t2 + 2, base, baseTerm, base, {entry(base + 1, t2, "first")}));
    trio.persistOldest(3); // the second write, which truncated the first
    for (const std::string& answer : trio.underWay(3, 1))
        QVERIFY2(answer.find("match " + std::to_string(base + 1)) == std::string::npos, answer.c_str());
    trio.persist(3);
    QCOMPARE(trio.underWay(3, 1).back(),
             "AppendReply t" + std::to_string(t2 + 2) + " match " + std::to_string(base + 1));
}

void ScenariosReplication::anUnfinishedWriteIsNotAcknowledged()
{
    // PROOF.md, pitfall 2: acknowledgement before durability.
    Trio trio;
    trio.form();
    trio.propose(1);
    trio.deliver(1, 2);
    QCOMPARE(trio.underWay(2, 1), std::vector<std::string>{});
    trio.persist(2);
    QCOMPARE(trio.underWay(2, 1).size(), 1u);
    CLEAN(trio);
}

void ScenariosReplication::whatIsAppliedIsOnTheOwnDisk()
{
    Trio trio;
    trio.form();
    const auto before = trio.applyThrough(3);
    trio.propose(1);
    trio.settle({1, 2});
    for (int i = 0; i < 3; ++i) { // lost to node 3 so far: heartbeats, then the entry, then the commit index
        trio.timeout(1);
        trio.deliver(1, 3);
        trio.deliver(3, 1);
        trio.deliver(1, 3);
        trio.deliver(2, 1);
    }
    QCOMPARE(trio.log(3), trio.log(1));
    QCOMPARE(trio.applyThrough(3), before);
    trio.settle();
    QCOMPARE(trio.applyThrough(3), before + 1);
    CLEAN(trio);
}

void ScenariosReplication::aLostAppendIsSentAgain()
{
    // Nothing tells the leader of the loss but the missing acknowledgement.
    Trio trio;
    trio.form();
    trio.propose(1, "a");
    trio.drop(1, 2);
    trio.drop(1, 3);
    for (int i = 0; i < 3; ++i) {
        trio.timeout(1);
        trio.settle();
    }
    QCOMPARE(trio.log(2), trio.log(1));
    QCOMPARE(trio.log(3), trio.log(1));
    QCOMPARE(trio.commit(3), trio.commit(1));
    CLEAN(trio);
}

void ScenariosReplication::anEmptyFollowerCatchesUp()
{
    // Found by the simulator (seed 1): a probe at the very beginning of the log was never answered.
    Trio trio;
    trio.introduce(1, 2);
    trio.timeout(1);
    trio.settle({1, 2});
    QCOMPARE(trio.role(1), Role::Leader);
    trio.introduce(1, 3);
    trio.settle();
    for (int i = 0; i < 3; ++i) {
        trio.timeout(1);
        trio.settle();
    }
    QCOMPARE(trio.log(3), trio.log(1));
    CLEAN(trio);
}

void ScenariosReplication::anOldLeaderIsToldTheTerm()
{
    Trio trio;
    trio.form();
    trio.elect(2, {2, 3});
    trio.timeout(1); // a heartbeat of the old term
    trio.settle();
    QCOMPARE(trio.role(1), Role::Follower);
    QCOMPARE(trio.term(1), trio.term(2));
    CLEAN(trio);
}

void ScenariosReplication::anAcknowledgementOfAnEarlierTermCountsForNothing()
{
    // Node 2 acknowledged in term 1 what it may have lost to another leader since; the answer arrives in a
    // later term.
    Trio trio;
    trio.form();
    trio.elect(2);
    trio.elect(1);
    QVERIFY(trio.term(1) > 1);
    const auto before = trio.commit(1);
    trio.propose(1);
    trio.persist(1);
    trio.inject(2, 1, raft::AppendEntriesReply{Term(1), true, LogIndex(before + 1), {}, {}, {}, false});
    QCOMPARE(trio.commit(1), before);
    trio.inject(2, 1,
                raft::AppendEntriesReply{trio.core(1).term(), true, LogIndex(before), {}, {}, {}, false});
    QCOMPARE(trio.commit(1), before);
    CLEAN(trio);
}

void ScenariosReplication::aFullDiskRefusesEntriesButVotes()
{
    // PROOF.md, pitfall 13: disk full.
    Trio trio;
    trio.form();
    trio.diskSpace(3, false);
    trio.propose(1);
    trio.deliver(1, 3);
    QCOMPARE(trio.unfinishedWrites(3), 0u);
    QVERIFY(trio.underWay(3, 1).back().find("no space") != std::string::npos);
    trio.settle();
    QVERIFY(trio.log(3) != trio.log(1));
    trio.crash(1);
    trio.elect(2, {2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    trio.diskSpace(3, true);
    for (int i = 0; i < 3; ++i) {
        trio.timeout(2);
        trio.settle({2, 3});
    }
    QCOMPARE(trio.log(3), trio.log(2));
    CLEAN(trio);
}

void ScenariosReplication::withFullDisksALeaderServesReads()
{
    Trio trio;
    trio.form();
    trio.diskSpace(2, false);
    trio.diskSpace(3, false);
    trio.timeout(1); // a heartbeat: it learns of them
    trio.settle();
    trio.diskSpace(1, false);
    trio.settle();
    QCOMPARE(trio.role(1), Role::Leader);
    const auto before = trio.commit(1);
    trio.crash(1);
    trio.elect(2, {2, 3});
    trio.settle({2, 3});
    QCOMPARE(trio.role(2), Role::Leader);
    // A majority has the beginning of its term: it may serve.
    QCOMPARE(trio.commit(2), before + 1);
    CLEAN(trio);
}

void ScenariosReplication::anOldLeadersEntriesChangeNothing()
{
    // Raft 5.1. Node 3 has lost power, and knows neither a leader nor what is committed; its term is all that
    // stands between its log and a message that was long on its way.
    Trio trio;
    trio.form();
    trio.elect(2);
    trio.propose(2, "acknowledged");
    trio.settle();
    const std::string held = trio.durableLog(3);
    trio.cutPower(3);
    trio.restart(3);
    trio.inject(1, 3, append(1, 1, 1, 1, {entry(2, 1, "old")}));
    trio.persist(3);
    QCOMPARE(trio.durableLog(3), held);
    QCOMPARE(trio.leaderSeenBy(3), 0);
    CLEAN(trio);
}

QTEST_APPLESS_MAIN(ScenariosReplication)
#include "ScenariosReplication.moc"
