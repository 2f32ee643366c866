// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exchanges of time over links: they happen by themselves and on demand, and the faults of a link make each
// direction slow by itself, as an exchange must be able to bear.
#include <QTest>

#include <algorithm>

#include "tests/net/PeerLab.h"

using namespace dsmsg;
using namespace dsmsg::net;
using namespace dsmsg::net::testing;
using namespace std::chrono_literals;

namespace {

Duration there(const TimeExchange& exchange)
{
    return exchange.reply.received - exchange.sent;
}

Duration back(const TimeExchange& exchange)
{
    return exchange.received - exchange.reply.sent;
}

/// Whether the last exchange took long one way.
bool slow(const std::vector<Peer::Told>& told, Duration (*way)(const TimeExchange&))
{
    return !told.empty() && way(told.back().exchange) >= 80ms;
}

} // namespace

class TestTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { buryTheDead(); }

    void timesAreExchangedByThemselves()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        two.hub().setClock({77, 3, 1000s});
        QTRY_VERIFY(one.told.size() >= 3 && two.told.size() >= 3);
        QCOMPARE(one.timeAsked.front(), two.server());
        QVERIFY(one.timeAsked.size() >= one.told.size());
        for (const Peer::Told& told : one.told) {
            QCOMPARE(told.from, two.server());
            // One clock for both: the four stamps are in order.
            const TimeExchange& exchange = told.exchange;
            QVERIFY(there(exchange) >= 0us && back(exchange) >= 0us);
            QVERIFY(exchange.reply.received <= exchange.reply.sent);
        }
        QVERIFY((one.told.back().exchange.reply.clock == ClockMark{77, 3, 1000s}));
        two.hub().setClock({77, 4, 1001s});
        QTRY_VERIFY(one.told.back().exchange.reply.clock.epoch == 4);
    }

    void onDemandEveryPeerIsAskedAtOnce()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        Peer three({.number = 3});
        one.dial({&two, &three});
        two.dial({&one});
        three.dial({&one});
        QTRY_VERIFY(one.knows(two.server()) && one.knows(three.server()));
        one.timeAsked.clear();
        one.hub().probeAll();
        std::ranges::sort(one.timeAsked);
        QCOMPARE(one.timeAsked, (std::vector{two.server(), three.server()}));
    }

    void aSlowDirectionIsSlowAlone()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(!one.told.empty() && !two.told.empty());
        one.hub().setFaults({{.peers = {"n2"}, .way = Way::Out, .delay = 80ms}});
        one.told.clear();
        two.told.clear();
        QTRY_VERIFY(slow(one.told, there) && !slow(one.told, back));
        // What one answers is slow, too.
        QTRY_VERIFY(slow(two.told, back) && !slow(two.told, there));

        one.hub().setFaults({{.peers = {"n2"}, .way = Way::In, .delay = 80ms}});
        QTRY_VERIFY(slow(one.told, back) && !slow(one.told, there));
        QTRY_VERIFY(slow(two.told, there) && !slow(two.told, back));
    }

    void lostTimesAreNotTold()
    {
        Peer one({.number = 1});
        Peer two({.number = 2});
        introduce(one, two);
        QTRY_VERIFY(!one.told.empty() && !two.told.empty());
        one.hub().setFaults({{.peers = {}, .loss = 1}});
        one.told.clear();
        two.told.clear();
        const std::size_t asked = one.timeAsked.size();
        QTRY_VERIFY(one.timeAsked.size() >= asked + 12); // more than are kept open
        QVERIFY(one.told.empty() && two.told.empty());
        QVERIFY(one.alive(two.url()));
        one.hub().setFaults({});
        QTRY_VERIFY(!one.told.empty());
    }

    void noTimesOverALinkThatIsDown()
    {
        Peer one({.number = 1});
        auto two = std::make_unique<Peer>(PeerSetup{.number = 2});
        introduce(one, *two);
        QTRY_VERIFY(!one.told.empty());
        two->die();
        QTRY_COMPARE(one.disconnected, std::vector{ServerId(2)});
        one.timeAsked.clear();
        one.hub().probeAll();
        QVERIFY(one.timeAsked.empty());
    }
};

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
