// SPDX-License-Identifier: GPL-3.0-or-later
//
// Links between peers that want each other: met, used, lost, found again.
#include <QTest>

#include "tests/net/PeerLab.h"

using namespace dsmsg;
using namespace dsmsg::net;
using namespace dsmsg::net::testing;

namespace {

raft::Heartbeat beat(std::uint64_t round)
{
    return {Term(1), LogIndex(0), round};
}

raft::AppendEntries large(std::uint64_t index, std::size_t bytes)
{
    return {Term(1),
            LogIndex(index - 1),
            Term(1),
            {},
            {std::make_shared<const raft::Entry>(
                raft::Entry{Term(1), LogIndex(index), raft::EntryKind::Command, std::string(bytes, 'x')})}};
}

} // namespace

class TestLinks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { buryTheDead(); }

    void twoPeersMeet()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()) && two.knows(one.server()));
        QCOMPARE(one.identified.front().url, two.url());
        QCOMPARE(one.identified.front().id, std::string("n2"));
        QVERIFY(one.identified.front().cluster.isZero());
        QTRY_VERIFY(one.alive(two.url()));
        QCOMPARE(one.problemWith(two.url()), std::string());
    }

    void messagesArriveInOrder()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()));
        for (std::uint64_t round = 1; round <= 1000; ++round)
            one.hub().send(two.server(), beat(round));
        QTRY_COMPARE(two.arrivals.size(), std::size_t(1000));
        for (std::uint64_t round = 1; round <= 1000; ++round) {
            const auto& arrival = two.arrivals[round - 1];
            QCOMPARE(arrival.from, one.server());
            QCOMPARE(std::get<raft::Heartbeat>(arrival.message).round, round);
        }
    }

    void aLargeMessageArrivesWhole()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()));
        one.hub().send(two.server(), large(5, 3 << 20));
        one.hub().send(two.server(), beat(7));
        QTRY_COMPARE(two.arrivals.size(), std::size_t(2));
        const auto& append = std::get<raft::AppendEntries>(two.arrivals.front().message);
        QCOMPARE(append.entries.front()->data.size(), std::size_t(3 << 20));
        QCOMPARE(append.entries.front()->index, LogIndex(5));
    }

    void threePeersHearWhatIsMeantForThem()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        Peer three({.number = 3});
        one.dial({&two, &three});
        two.dial({&one, &three});
        three.dial({&one, &two});
        QTRY_VERIFY(one.knows(two.server()) && one.knows(three.server()) && three.knows(two.server()));
        one.hub().send(three.server(), beat(13));
        three.hub().send(two.server(), beat(32));
        QTRY_COMPARE(three.arrivals.size(), std::size_t(1));
        QTRY_COMPARE(two.arrivals.size(), std::size_t(1));
        QCOMPARE(two.arrivals.front().from, three.server());
        QVERIFY(one.arrivals.empty());
    }

    void whatCannotBeSentIsLostQuietly()
    {
        Peer one({.number = 1});
        one.dial(std::vector<std::string>{});
        one.hub().send(ServerId(99), beat(1));
        QVERIFY(one.hub().status().empty());
    }

    void aPeerThatIsNotThereIsSaidSo()
    {
        const std::string url = Peer({.number = 2}).url(); // the port is free again
        Peer one({.number = 1});
        one.dial({url});
        QTRY_VERIFY(one.problemWith(url).find("refused") != std::string::npos);
        QVERIFY(!one.alive(url));
    }

    void aPeerThatDiesIsNoticedAndFoundAgain()
    {
        Peer one({.number = 1});
        auto two = std::make_unique<Peer>(PeerSetup{.number = 2});
        const std::uint16_t port = two->port();
        introduce(one, *two);
        QTRY_VERIFY(one.knows(ServerId(2)));
        two->die();
        QTRY_COMPARE(one.disconnected, std::vector{ServerId(2)});
        QTRY_VERIFY(!one.problemWith(two->url()).empty());
        QTRY_VERIFY(!one.alive(two->url()));

        one.identified.clear();
        Peer again({.number = 2}, port);
        again.dial({&one});
        QTRY_VERIFY(one.knows(ServerId(2)));
        one.hub().send(ServerId(2), beat(9));
        QTRY_COMPARE(again.arrivals.size(), std::size_t(1));
        QVERIFY(one.alive(again.url()));
    }

    void aWipedPeerIsSomebodyElse()
    {
        Peer one({.number = 1});
        auto two = std::make_unique<Peer>(PeerSetup{.number = 2});
        introduce(one, *two);
        QTRY_VERIFY(one.knows(ServerId(2)));
        const std::uint16_t port = two->port();
        two->die();
        Peer wiped({.number = 22, .id = "n2"}, port);
        wiped.dial({&one});
        QTRY_VERIFY(one.knows(ServerId(22)));
        one.hub().send(ServerId(2), beat(1));
        one.hub().send(ServerId(22), beat(2));
        QTRY_COMPARE(wiped.arrivals.size(), std::size_t(1));
        QCOMPARE(std::get<raft::Heartbeat>(wiped.arrivals.front().message).round, std::uint64_t(2));
    }

    void aNewClusterIsAnnounced()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()) && two.knows(one.server()));
        one.hub().setCluster(clusterId(7));
        QTRY_VERIFY(two.identified.back().cluster == clusterId(7));
        QCOMPARE(two.identified.back().server, one.server());
        two.hub().setCluster(clusterId(7));
        QTRY_VERIFY(one.identified.back().cluster == clusterId(7));
        QCOMPARE(one.identified.size(), std::size_t(2));
        QVERIFY(one.disconnected.empty() && two.disconnected.empty());
    }

    /// Many announcements while links break: nothing may be walked over that is gone.
    void announcingWhileLinksBreak()
    {
        Peer one({.number = 1});
        std::vector<std::unique_ptr<Peer>> others;
        std::vector<std::string> urls;
        for (std::uint64_t n = 2; n <= 6; ++n) {
            others.push_back(std::make_unique<Peer>(PeerSetup{.number = n}));
            urls.push_back(others.back()->url());
        }
        one.dial(urls);
        for (const auto& other : others)
            other->dial({&one});
        QTRY_COMPARE(one.identified.size(), std::size_t(5));
        for (std::uint8_t round = 1; round <= 5; ++round) {
            others.back()->die();
            others.pop_back();
            one.hub().setCluster(clusterId(round));
        }
        QTRY_COMPARE(one.disconnected.size(), std::size_t(5));
    }

    void theRoundTripIsMeasured()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.hub().status().front().roundTrip > Duration::zero());
        QVERIFY(one.hub().status().front().lastOk.has_value());
    }

    void afterShutDownNothingIsTakenOrSaid()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()));
        two.hub().shutDown();
        QTRY_COMPARE(one.disconnected.size(), std::size_t(1));
        one.identified.clear();
        QTRY_VERIFY(!one.problemWith(two.url()).empty());
        QTRY_VERIFY(!one.alive(two.url()));
        QVERIFY(one.identified.empty());
    }
};

QTEST_GUILESS_MAIN(TestLinks)
#include "tst_links.moc"
