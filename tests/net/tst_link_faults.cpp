// SPDX-License-Identifier: GPL-3.0-or-later
//
// Broken links: first the decisions alone, then what they do to hubs on real sockets.
#include <QTest>

#include "core/net/LinkFaults.h"
#include "tests/net/PeerLab.h"

using namespace dsmsg;
using namespace dsmsg::net;
using namespace dsmsg::net::testing;
using namespace std::chrono_literals;

namespace {

const PeerName n2{"http://127.0.0.1:8002", "n2"};
const PeerName n3{"http://127.0.0.1:8003", "n3"};
const PeerName stranger{"http://127.0.0.1:8004", ""};

raft::Heartbeat beat(std::uint64_t round)
{
    return {Term(1), LogIndex(0), round};
}

std::uint64_t roundOf(const raft::Message& message)
{
    return std::get<raft::Heartbeat>(message).round;
}

std::uint64_t roundOf(const Frame& frame)
{
    return roundOf(std::get<raft::Message>(frame));
}

} // namespace

class TestLinkFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { buryTheDead(); }

    void withoutRulesEverythingPasses()
    {
        LinkFaults faults(1);
        QVERIFY(!faults.any());
        QVERIFY(!faults.cuts(Way::In, n2) && !faults.cuts(Way::Out, n2));
        QVERIFY(faults.fate(Way::Out, n2) == 0ms);
    }

    void aCutMeetsTheNamedPeerInTheNamedDirection()
    {
        LinkFaults faults(1);
        faults.set({{.peers = {"n2"}, .way = Way::Out, .cut = true}});
        QVERIFY(faults.cuts(Way::Out, n2) && !faults.cuts(Way::In, n2));
        QVERIFY(!faults.cuts(Way::Out, n3) && !faults.cuts(Way::Out, stranger));
        QVERIFY(!faults.fate(Way::Out, n2) && faults.fate(Way::In, n2));
        faults.set({{.peers = {stranger.url}, .cut = true}});
        QVERIFY(faults.cuts(Way::Out, stranger) && faults.cuts(Way::In, stranger));
        QVERIFY(!faults.cuts(Way::In, n2));
    }

    void noNamesMeanEveryPeer()
    {
        LinkFaults faults(1);
        faults.set({{.peers = {}, .cut = true}});
        for (const PeerName& peer : {n2, n3, stranger})
            QVERIFY(faults.cuts(Way::In, peer) && faults.cuts(Way::Out, peer));
    }

    void delaysAddUp()
    {
        LinkFaults faults(1);
        faults.set({{.peers = {}, .delay = 100ms}, {.peers = {"n2"}, .way = Way::In, .delay = 20ms}});
        QVERIFY(faults.fate(Way::In, n2) == 120ms);
        QVERIFY(faults.fate(Way::Out, n2) == 100ms);
        QVERIFY(faults.fate(Way::In, n3) == 100ms);
    }

    void lossTakesItsPart()
    {
        LinkFaults faults(7);
        faults.set({{.peers = {"n2"}, .loss = 0.25}, {.peers = {"n3"}, .loss = 1}});
        int lost = 0;
        for (int message = 0; message < 10'000; ++message) {
            lost += faults.fate(Way::Out, n2) ? 0 : 1;
            QVERIFY(!faults.fate(Way::Out, n3));
        }
        QVERIFY2(lost > 2300 && lost < 2700, qPrintable(QString::number(lost)));
    }

    void heldFramesComeInOrderOfTheirTime()
    {
        HeldFrames held;
        QVERIFY(!held.next());
        held.hold(Instant(30ms), {Way::Out, ServerId(2), beat(3)});
        held.hold(Instant(10ms), {Way::Out, ServerId(2), beat(1)});
        held.hold(Instant(10ms), {Way::In, ServerId(2), beat(2)});
        QVERIFY(held.next() == Instant(10ms));
        QVERIFY(held.takeDue(Instant(9ms)).empty());
        const auto due = held.takeDue(Instant(10ms));
        QCOMPARE(due.size(), std::size_t(2));
        QCOMPARE(roundOf(due[0].frame), std::uint64_t(1));
        QCOMPARE(roundOf(due[1].frame), std::uint64_t(2));
        QVERIFY(held.next() == Instant(30ms));
    }

    void heldFramesHaveABound()
    {
        HeldFrames held;
        for (std::uint64_t round = 0; round < 20'000; ++round)
            held.hold(Instant(1ms), {Way::Out, ServerId(2), beat(round)});
        QCOMPARE(held.takeDue(Instant(1ms)).size(), std::size_t(10'000));
    }

    void aCutInOneDirectionOnly()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()) && two.knows(one.server()));
        one.hub().setFaults({{.peers = {"n2"}, .way = Way::Out, .cut = true}});
        one.hub().send(two.server(), beat(1));
        two.hub().send(one.server(), beat(2));
        QTRY_COMPARE(one.arrivals.size(), std::size_t(1));
        QVERIFY(two.arrivals.empty());
    }

    void bothSidesOfACutNoticeAndMeetAgain()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()) && two.knows(one.server()));
        QTRY_VERIFY(one.alive(two.url()) && two.alive(one.url()));
        one.hub().setFaults({{.peers = {}, .cut = true}});
        QTRY_VERIFY(!one.alive(two.url()) && !two.alive(one.url()));
        QTRY_VERIFY(!one.disconnected.empty() && !two.disconnected.empty());
        one.hub().setFaults({});
        QTRY_VERIFY(one.alive(two.url()) && two.alive(one.url()));
        QTRY_COMPARE(one.problemWith(two.url()), std::string());
        one.hub().send(two.server(), beat(3));
        QTRY_VERIFY(!two.arrivals.empty());
    }

    void aSlowLinkKeepsTheOrder()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(one.knows(two.server()));
        one.hub().setFaults({{.peers = {}, .way = Way::Out, .delay = 60ms}});
        const auto begun = std::chrono::steady_clock::now();
        for (std::uint64_t round = 1; round <= 50; ++round)
            one.hub().send(two.server(), beat(round));
        QTRY_COMPARE(two.arrivals.size(), std::size_t(50));
        QVERIFY(std::chrono::steady_clock::now() - begun >= 60ms);
        for (std::uint64_t round = 1; round <= 50; ++round)
            QCOMPARE(roundOf(two.arrivals[round - 1].message), round);
    }
};

QTEST_GUILESS_MAIN(TestLinkFaults)
#include "tst_link_faults.moc"
