// SPDX-License-Identifier: GPL-3.0-or-later
//
// A follower whose log differs or lags is brought up in few round trips, what is lost on the way is sent
// again, and a broken link does not make the whole log travel anew.
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

/// Carries messages between the leader (server 1) and one follower (server 2, whose own view of itself is
/// server 1 of its Subject: only the addresses differ). Every write is durable at once.
int roundTripsUntilEqual(Subject& leader, Subject& follower, std::size_t& entriesSent)
{
    std::vector<AppendEntries> toFollower = leader.sent<AppendEntries>(second);
    leader.clear();
    for (int trip = 1; trip <= 50; ++trip) {
        follower.clear();
        for (const AppendEntries& request : toFollower) {
            entriesSent += request.entries.size();
            follower.receive(second, request);
            follower.persist();
        }
        for (const AppendEntriesReply& reply : follower.sent<AppendEntriesReply>(second))
            leader.receive(second, reply);
        if (follower.last() == leader.last() &&
            follower.raft.termAt(LogIndex(follower.last())) == leader.raft.termAt(LogIndex(leader.last())))
            return trip;
        toFollower = leader.sent<AppendEntries>(second);
        leader.clear();
    }
    return -1;
}

std::vector<std::uint64_t> terms(std::initializer_list<std::pair<std::uint64_t, int>> runs)
{
    std::vector<std::uint64_t> all;
    for (const auto& [term, count] : runs)
        all.insert(all.end(), static_cast<std::size_t>(count), term);
    return all;
}

using Terms = std::vector<std::uint64_t>;

} // namespace

class TestCatchUp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDifferingFollowerIsCaughtUpInFewRoundTrips_data()
    {
        QTest::addColumn<Terms>("leaderTerms");
        QTest::addColumn<Terms>("followerTerms");
        QTest::addColumn<int>("trips");
        const Terms hundred = terms({{1, 100}, {4, 100}, {6, 100}});
        QTest::newRow("equal") << hundred << hundred << 1;
        QTest::newRow("empty but for the first") << hundred << Terms{1} << 3;
        QTest::newRow("lags inside a term") << hundred << terms({{1, 100}, {4, 50}}) << 3;
        QTest::newRow("an uncommitted tail")
            << hundred << terms({{1, 100}, {4, 100}, {6, 100}, {7, 80}}) << 1;
        QTest::newRow("a tail of a term the leader never saw")
            << hundred << terms({{1, 100}, {2, 50}, {3, 90}}) << 3;
        QTest::newRow("figure 7 (f)")
            << terms({{1, 3}, {4, 2}, {5, 2}, {6, 3}}) << terms({{1, 3}, {2, 3}, {3, 5}}) << 3;
        QTest::newRow("each term differs") << terms({{1, 2}, {3, 2}, {5, 2}, {7, 2}, {9, 2}})
                                           << terms({{1, 2}, {2, 2}, {4, 2}, {6, 2}, {8, 2}}) << 5;
        Terms manyElections = terms({{1, 50}});
        for (std::uint64_t term = 2; term <= 17; ++term)
            manyElections.push_back(term);
        QTest::newRow("many elections under one long term of the leader")
            << terms({{1, 100}, {18, 10}}) << manyElections << 3;
    }
    void aDifferingFollowerIsCaughtUpInFewRoundTrips()
    {
        QFETCH(Terms, leaderTerms);
        QFETCH(Terms, followerTerms);
        QFETCH(int, trips);
        Subject leader({.terms = leaderTerms, .hardState = {Term(20), {}}});
        Subject follower({.terms = followerTerms, .hardState = {Term(20), {}}});
        leader.win();
        std::size_t entriesSent = 0;
        const int taken = roundTripsUntilEqual(leader, follower, entriesSent);
        QVERIFY2(taken > 0 && taken <= trips, qPrintable(QString::number(taken)));
        for (std::uint64_t index = 1; index <= leader.last(); ++index)
            QCOMPARE(follower.raft.termAt(LogIndex(index)), leader.raft.termAt(LogIndex(index)));
    }

    /// The follower was away when this leader was elected, so no match is known yet.
    void aReturningFollowerIsNotSentTheWholeLog()
    {
        const Terms thousand = terms({{1, 1000}});
        Subject leader({.terms = thousand});
        leader.lead({third});
        Subject follower({.terms = thousand});
        leader.step(PeerDisconnected{second});
        leader.step(PeerIdentified{urlOf(2), idOf(2), second, clusterOf(3).cluster});
        std::size_t entriesSent = 0;
        QVERIFY(roundTripsUntilEqual(leader, follower, entriesSent) > 0);
        QVERIFY2(entriesSent <= 2, qPrintable(QString::number(entriesSent)));
    }

    void aBrokenLinkGoesOnFromTheMatch()
    {
        Subject leader({.terms = terms({{1, 50}})});
        leader.lead();
        leader.propose();
        leader.step(PeerDisconnected{second});
        leader.clear();
        leader.step(PeerIdentified{urlOf(2), idOf(2), second, clusterOf(3).cluster});
        const auto sent = leader.sent<AppendEntries>(second);
        QCOMPARE(sent.size(), std::size_t(1));
        QCOMPARE(sent.front().prevLogIndex, LogIndex(51));
        QCOMPARE(sent.front().entries.size(), std::size_t(1));
        QVERIFY(leader.reported(Event::Kind::PeerFound));
    }

    void entriesLostInThePipelineAreSentAgain()
    {
        Subject leader;
        leader.lead();
        leader.propose(); // lost on the way
        leader.clear();
        for (std::uint64_t round = 1; round <= 2; ++round)
            leader.receive(second, HeartbeatReply{Term(2), round, false});
        const auto probes = leader.sent<AppendEntries>(second);
        QCOMPARE(probes.size(), std::size_t(1));
        QCOMPARE(probes.front().prevLogIndex, LogIndex(3));
        leader.clear();
        leader.receive(second,
                       AppendEntriesReply{Term(2), false, {}, LogIndex(3), LogIndex(2), Term(2), false});
        QCOMPARE(leader.sent<AppendEntries>(second).size(), std::size_t(1));
        QCOMPARE(leader.sent<AppendEntries>(second).front().entries.front()->index, LogIndex(3));
    }

    void aLostProbeIsRepeatedAfterAHeartbeat()
    {
        Subject leader;
        leader.win();
        leader.clear();
        leader.pass(ms(200));
        QVERIFY(leader.sent<AppendEntries>(second).empty());
        leader.receive(second, HeartbeatReply{Term(2), 1, false});
        QCOMPARE(leader.sent<AppendEntries>(second).size(), std::size_t(1));
    }

    void theWindowIsBounded()
    {
        // PROOF.md, pitfall 16: a huge backlog is sent a window at a time.
        Setup setup;
        setup.settings.inflightMessagesMax = 4;
        Subject leader(setup);
        leader.lead();
        for (int i = 0; i < 10; ++i)
            leader.propose();
        QCOMPARE(leader.sent<AppendEntries>(second).size(), std::size_t(4));
        leader.clear();
        leader.acknowledge(second, 4);
        std::size_t entries = 0;
        for (const AppendEntries& request : leader.sent<AppendEntries>(second))
            entries += request.entries.size();
        QCOMPARE(entries, std::size_t(6)); // what waited travels together
    }

    void anAppendIsBoundedInBytes()
    {
        Setup setup;
        setup.terms = terms({{1, 21}});
        setup.settings.appendBytesMax = 5 * 65; // entries of one byte, with their overhead
        Subject leader(setup);
        leader.win();
        leader.clear();
        leader.acknowledge(second, 1);
        for (const AppendEntries& request : leader.sent<AppendEntries>(second))
            QVERIFY(request.entries.size() <= 5);
        QVERIFY(leader.sent<AppendEntries>(second).size() >= 4);
    }
};

QTEST_APPLESS_MAIN(TestCatchUp)
#include "tst_catch_up.moc"
