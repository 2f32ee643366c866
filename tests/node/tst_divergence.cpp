// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/node/DivergenceWatch.h"

namespace dsmsg::node {

class TestDivergence : public QObject
{
    Q_OBJECT

    static constexpr ServerId self{1}, second{2}, third{3};

    static raft::Configuration members(std::size_t voters = 3)
    {
        raft::Configuration configuration;
        for (std::uint64_t n = 1; n <= voters; ++n)
            configuration.members.push_back(
                {ServerId(n), "n" + std::to_string(n), "u" + std::to_string(n), raft::MemberRole::Voter, {}});
        return configuration;
    }
    static StateMark mark(std::uint64_t index, std::uint8_t hash)
    {
        StateMark made{LogIndex(index), {}};
        made.hash.bytes[0] = hash;
        return made;
    }

private Q_SLOTS:
    void equalStatesAreNoNews()
    {
        DivergenceWatch watch;
        watch.applied(mark(64, 1));
        watch.heard(second, mark(64, 1));
        watch.heard(third, mark(64, 1));
        QVERIFY(!watch.check(members(), self));
    }

    void aMajorityThatAgreesIsRight()
    {
        DivergenceWatch watch;
        watch.heard(second, mark(64, 1));
        watch.heard(third, mark(64, 1));
        QVERIFY(!watch.check(members(), self)); // not applied here yet
        watch.applied(mark(64, 2));
        const auto verdict = watch.check(members(), self);
        QVERIFY(verdict && verdict->byMajority);
        QCOMPARE(verdict->differsFrom, std::string("n2, n3"));
        QVERIFY(!watch.check(members(), self)); // told once
    }

    void oneAgainstOneDecidesNothing()
    {
        DivergenceWatch watch;
        watch.applied(mark(64, 2));
        watch.heard(second, mark(64, 1));
        auto verdict = watch.check(members(), self);
        QVERIFY(verdict && !verdict->byMajority);
        watch.heard(third, mark(64, 3)); // three opinions: still no majority
        verdict = watch.check(members(), self);
        QVERIFY(!verdict);
        watch.heard(third, mark(64, 1));
        verdict = watch.check(members(), self);
        QVERIFY(verdict && verdict->byMajority);
    }

    void strangersHaveNoSay()
    {
        DivergenceWatch watch;
        watch.applied(mark(64, 2));
        watch.heard(ServerId(8), mark(64, 1));
        watch.heard(ServerId(9), mark(64, 1));
        QVERIFY(!watch.check(members(), self));
    }

    void onlyCommonIndexesAreCompared()
    {
        DivergenceWatch watch;
        watch.applied(mark(63, 2));
        watch.applied(mark(128, 2));
        watch.heard(second, mark(64, 1));
        watch.heard(third, mark(64, 1));
        QVERIFY(!watch.check(members(), self));
    }

    void anIndexIsToldOnceSomebodyNamedIt()
    {
        DivergenceWatch watch;
        watch.applied(mark(64, 1));
        QVERIFY(!watch.takeDue()); // nobody asked
        watch.heard(second, mark(64, 1));
        QCOMPARE(watch.takeDue(), std::optional(mark(64, 1)));
        watch.heard(third, mark(64, 1));
        QVERIFY(!watch.takeDue()); // an answer is not answered: two nodes would never end

        watch.heard(second, mark(192, 7)); // who lags behind tells when it gets there
        watch.applied(mark(128, 2));
        QVERIFY(!watch.takeDue());
        watch.applied(mark(192, 3));
        QCOMPARE(watch.takeDue(), std::optional(mark(192, 3)));
    }

    void theLeaderNamesItsNewest()
    {
        DivergenceWatch watch;
        watch.announce();
        QVERIFY(!watch.takeDue());
        watch.applied(mark(64, 1));
        watch.applied(mark(128, 2));
        watch.announce();
        QCOMPARE(watch.takeDue(), std::optional(mark(128, 2)));
        watch.announce();
        QVERIFY(!watch.takeDue());
        watch.applied(mark(192, 2));
        watch.announce();
        watch.forgetOwn(); // a snapshot took its place: the mark says nothing now
        QVERIFY(!watch.takeDue());
    }
};

} // namespace dsmsg::node

QTEST_APPLESS_MAIN(dsmsg::node::TestDivergence)
#include "tst_divergence.moc"
