// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whom a node must not talk to, and that both sides are told why in words (CORE.md, Formation and identity;
// PROOF.md, pitfall 1).
#include <QTest>

#include "tests/net/PeerLab.h"

using namespace dsmsg;
using namespace dsmsg::net;
using namespace dsmsg::net::testing;

Q_DECLARE_METATYPE(dsmsg::net::testing::PeerSetup)

class TestObjections : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { buryTheDead(); }

    void peersThatMustNotMeetSaySoOnBothSides_data()
    {
        QTest::addColumn<PeerSetup>("one");
        QTest::addColumn<PeerSetup>("two");
        QTest::addColumn<std::string>("word");
        const auto row = [](const char* name, const PeerSetup& one, const PeerSetup& two, const char* word) {
            QTest::newRow(name) << one << two << std::string(word);
        };
        row("members of two clusters", {.number = 1, .cluster = clusterId(1)},
            {.number = 2, .cluster = clusterId(2)}, "another cluster");
        row("one id", {.number = 1, .id = "twin"}, {.number = 2, .id = "twin"}, "own --id");
        row("one data directory", {.number = 1, .id = "n1"}, {.number = 1, .id = "n2"}, "this node itself");
        row("different voter sets", {.number = 1, .initialUrls = {"http://a:1"}},
            {.number = 2, .initialUrls = {"http://a:1", "http://c:3"}}, "http://c:3");
        row("different secrets", {.number = 1, .secret = "one"}, {.number = 2, .secret = "two"}, "secret");
        row("a secret on one side", {.number = 1, .secret = "one"}, {.number = 2}, "secret");
        row("another URL behind the dialled one", {.number = 1, .advertise = "http://127.0.0.1:1"},
            {.number = 2, .advertise = "http://127.0.0.1:2"}, "advertise");
    }
    void peersThatMustNotMeetSaySoOnBothSides()
    {
        QFETCH(PeerSetup, one);
        QFETCH(PeerSetup, two);
        QFETCH(std::string, word);
        Peer first(one);
        Peer second(two);
        introduce(first, second);
        const auto complains = [&](const Peer& peer, const Peer& about) {
            return peer.problemWith(about.url()).find(word) != std::string::npos;
        };
        QTRY_VERIFY2(complains(first, second), first.problemWith(second.url()).c_str());
        QTRY_VERIFY2(complains(second, first), second.problemWith(first.url()).c_str());
        first.hub().send(second.server(), raft::Heartbeat{Term(9), {}, 1});
        second.hub().send(first.server(), raft::Heartbeat{Term(9), {}, 1});
        QVERIFY(first.identified.empty() && second.identified.empty());
        QVERIFY(first.arrivals.empty() && second.arrivals.empty());
    }

    void peersThatMayMeet_data()
    {
        QTest::addColumn<PeerSetup>("one");
        QTest::addColumn<PeerSetup>("two");
        const auto row = [](const char* name, const PeerSetup& one, const PeerSetup& two) {
            QTest::newRow(name) << one << two;
        };
        row("one cluster", {.number = 1, .cluster = clusterId(1)}, {.number = 2, .cluster = clusterId(1)});
        row("one secret", {.number = 1, .secret = "one"}, {.number = 2, .secret = "one"});
        row("a new node and a formed one", {.number = 1, .cluster = clusterId(1)}, {.number = 2});
        row("a formed cluster, whatever the lists say now",
            {.number = 1, .cluster = clusterId(1), .initialUrls = {"http://a:1"}},
            {.number = 2, .cluster = clusterId(1), .initialUrls = {"http://b:2"}});
    }
    void peersThatMayMeet()
    {
        QFETCH(PeerSetup, one);
        QFETCH(PeerSetup, two);
        Peer first(one);
        Peer second(two);
        introduce(first, second);
        QTRY_VERIFY(first.knows(second.server()) && second.knows(first.server()));
    }

    void theThirdWithTheSameIdIsRefused()
    {
        Peer one({.number = 1});
        Peer two({.number = 2, .id = "twin"});
        Peer three({.number = 3, .id = "twin"});
        one.dial({&two, &three});
        two.dial({&one});
        QTRY_VERIFY(one.knows(two.server()));
        three.dial({&one});
        QTRY_VERIFY(one.problemWith(three.url()).find("\"twin\"") != std::string::npos);
        QVERIFY(!one.knows(three.server()));
    }

    void aCorrectedMistakeLetsThemMeet()
    {
        Peer one({.number = 1});
        auto wrong = std::make_unique<Peer>(PeerSetup{.number = 2, .initialUrls = {"http://a:1"}});
        introduce(one, *wrong);
        QTRY_VERIFY(one.problemWith(wrong->url()).find("list of nodes differs") != std::string::npos);
        const std::uint16_t port = wrong->port();
        wrong->die();
        Peer right({.number = 2}, port);
        right.dial({&one});
        QTRY_VERIFY(one.knows(right.server()) && right.knows(one.server()));
        QTRY_COMPARE(one.problemWith(right.url()), std::string());
    }

    /// Two nodes that formed different clusters while they were linked part when they hear of it.
    void clustersThatDivergePart()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()) && two.knows(one.server()));
        one.hub().setCluster(clusterId(1));
        two.hub().setCluster(clusterId(2));
        QTRY_VERIFY(one.problemWith(two.url()).find("another cluster") != std::string::npos);
        QTRY_VERIFY(two.problemWith(one.url()).find("another cluster") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestObjections)
#include "tst_objections.moc"
