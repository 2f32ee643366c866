// SPDX-License-Identifier: GPL-3.0-or-later
//
// Acknowledgements of consumers before a leader: what becomes one order, when each is answered, and with
// what.
#include <QTest>
#include <map>

#include "core/node/InboxAcks.h"

namespace dsmsg::node {

using namespace std::chrono_literals;
using messaging::MoveCursor;
using messaging::OrderOutcome;
using Fate = EntryWaits::Fate;

class TestInboxAcks : public QObject
{
    Q_OBJECT

    static constexpr Instant start{1h};

    void acknowledge(InboxAcks& acks, const std::string& recipient, std::uint64_t seq)
    {
        acks.add({recipient, Seq(seq)}, start, [this, name = recipient + std::to_string(seq)](const auto& told) {
            told_[name] = told ? std::to_string(told->value) : "error " + told.error().text;
            kinds_[name] = told ? std::optional<Error::Kind>() : told.error().kind;
        });
    }
    static void settle(InboxAcks& acks, std::vector<OrderOutcome> outcomes)
    {
        messaging::AppliedEntry entry;
        entry.orders = std::move(outcomes);
        acks.settled(Fate::Applied, &entry);
    }

    std::map<std::string, std::string> told_;
    std::map<std::string, std::optional<Error::Kind>> kinds_;

private Q_SLOTS:
    void init()
    {
        told_.clear();
        kinds_.clear();
    }

    void oneOrderAnInboxAndOneEntryAtATime()
    {
        InboxAcks acks({10, 100, 5s});
        QVERIFY(!acks.wantsEntry());
        acknowledge(acks, "bob", 3);
        acknowledge(acks, "eve", 9);
        acknowledge(acks, "bob", 5);
        acknowledge(acks, "bob", 4);
        QVERIFY(acks.wantsEntry());
        const std::vector<messaging::Order> orders = acks.takeEntry();
        QCOMPARE(orders, (std::vector<messaging::Order>{MoveCursor{"bob", Seq(5)}, MoveCursor{"eve", Seq(9)}}));
        acknowledge(acks, "bob", 6);
        QVERIFY(!acks.wantsEntry());
        QVERIFY(told_.empty()); // not before it is applied
        settle(acks, {{true, Seq(5)}, {true, Seq(12)}});
        QCOMPARE(told_, (std::map<std::string, std::string>{
                            {"bob3", "5"}, {"bob4", "5"}, {"bob5", "5"}, {"eve9", "12"}}));
        QVERIFY(acks.wantsEntry());
        QCOMPARE(acks.size(), std::size_t(1));
    }

    void anEntryHasABound()
    {
        InboxAcks acks({2, 100, 5s});
        acknowledge(acks, "a", 1);
        acknowledge(acks, "b", 1);
        acknowledge(acks, "c", 1);
        acknowledge(acks, "a", 2);
        QCOMPARE(acks.takeEntry(),
                 (std::vector<messaging::Order>{MoveCursor{"a", Seq(2)}, MoveCursor{"b", Seq(1)}}));
        settle(acks, {{true, Seq(2)}, {true, Seq(1)}});
        QCOMPARE(acks.takeEntry(), (std::vector<messaging::Order>{MoveCursor{"c", Seq(1)}}));
    }

    void tooManyAreRefused()
    {
        InboxAcks acks({10, 1, 5s});
        acknowledge(acks, "a", 1);
        acknowledge(acks, "b", 1);
        QCOMPARE(kinds_.at("b1"), std::optional(Error::Kind::Busy));
        QVERIFY(!told_.contains("a1"));
    }

    /// One that goes too far must not take the others of its inbox along.
    void whoGoesTooFarFailsAlone()
    {
        InboxAcks acks({10, 100, 5s});
        acknowledge(acks, "bob", 5);
        acknowledge(acks, "bob", 1'000'000);
        acknowledge(acks, "bob", 2);
        acks.takeEntry();
        settle(acks, {{false, Seq(3)}});
        QCOMPARE(kinds_.at("bob1000000"), std::optional(Error::Kind::Invalid));
        QCOMPARE(told_.at("bob2"), std::string("3")); // it is there already
        QVERIFY(!told_.contains("bob5"));
        QCOMPARE(acks.takeEntry(), (std::vector<messaging::Order>{MoveCursor{"bob", Seq(5)}}));
        settle(acks, {{true, Seq(5)}});
        QCOMPARE(told_.at("bob5"), std::string("5"));
        QVERIFY(acks.empty());
    }

    void noMoreInboxes()
    {
        InboxAcks acks({10, 100, 5s});
        acknowledge(acks, "bob", 5);
        acks.takeEntry();
        settle(acks, {{false, {}, true}});
        QCOMPARE(kinds_.at("bob5"), std::optional(Error::Kind::DiskFull));
    }

    void whatNobodyKnowsIsSaid()
    {
        for (const Fate fate : {Fate::Unknown, Fate::Replaced}) {
            InboxAcks acks({10, 100, 5s});
            acknowledge(acks, "bob", 5);
            acks.takeEntry();
            acks.settled(fate, nullptr);
            QCOMPARE(kinds_.at("bob5"), std::optional(Error::Kind::Busy));
            QCOMPARE(told_.at("bob5").find("not known") != std::string::npos, fate == Fate::Unknown);
            QVERIFY(acks.empty());
        }
    }

    /// What is in the log is decided there, whoever leads by then.
    void leadershipLostRefusesOnlyWhatIsNotProposed()
    {
        InboxAcks acks({10, 100, 5s});
        acknowledge(acks, "bob", 5);
        acks.takeEntry();
        acknowledge(acks, "bob", 6);
        acks.leadershipLost("gone");
        QCOMPARE(told_.at("bob6"), std::string("error gone"));
        QVERIFY(!told_.contains("bob5"));
        settle(acks, {{true, Seq(5)}});
        QCOMPARE(told_.at("bob5"), std::string("5"));
    }

    void waitingHasAnEnd()
    {
        InboxAcks acks({10, 100, 5s});
        acknowledge(acks, "bob", 5);
        acks.expire(start + 5s - 1us);
        QVERIFY(told_.empty());
        acks.expire(start + 5s);
        QCOMPARE(kinds_.at("bob5"), std::optional(Error::Kind::Busy));
        QVERIFY(acks.empty());
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestInboxAcks)
#include "tst_inbox_acks.moc"
