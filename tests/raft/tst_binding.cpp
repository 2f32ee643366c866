// SPDX-License-Identifier: GPL-3.0-or-later
//
// Slots of the first configuration that are bound later: one at a time, by a committed entry, never to a
// stranger (CORE.md, Formation and identity).
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

PeerIdentified met(std::uint64_t server, const ClusterId& cluster = {})
{
    return {urlOf(server), idOf(server), ServerId(server), cluster};
}

/// Server 1 leads a cluster of `voters` that was formed by the first majority; the rest is unbound.
std::unique_ptr<Subject> formedBy(std::size_t voters)
{
    auto node = std::make_unique<Subject>(Setup{.voters = voters, .terms = {}});
    std::vector<ServerId> present;
    for (std::uint64_t server = 2; server <= majorityOf(voters); ++server) {
        node->step(met(server));
        present.emplace_back(server);
    }
    node->lead(present);
    return node;
}

bool bound(const Subject& node, std::uint64_t server)
{
    return node.raft.configuration().findUrl(urlOf(server))->bound();
}

} // namespace

class TestBinding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLateNodeIsBoundByAnEntry()
    {
        auto leader = formedBy(3);
        leader->step(met(3));
        QVERIFY(bound(*leader, 3));
        QVERIFY(leader->reported(Event::Kind::MemberBound));
        QCOMPARE(leader->writes.back().entries.back()->kind, EntryKind::Configuration);
        QCOMPARE(leader->sent<AppendEntries>(third).size(), std::size_t(1));
    }

    void anUnboundSlotCountsForTheSizeOfTheQuorum()
    {
        auto leader = formedBy(3);
        leader->propose();
        leader->persist();
        QCOMPARE(leader->commit(), std::uint64_t(1));
        leader->acknowledge(third, 2);
        QCOMPARE(leader->commit(), std::uint64_t(1));
        leader->acknowledge(second, 2);
        QCOMPARE(leader->commit(), std::uint64_t(2));
    }

    void aBoundNodeCountsFromThenOn()
    {
        auto leader = formedBy(3);
        leader->step(met(3));
        leader->persist();
        leader->acknowledge(third, 2);
        QCOMPARE(leader->commit(), std::uint64_t(2));
    }

    void oneSlotAtATime()
    {
        auto leader = formedBy(5);
        leader->step(met(4));
        leader->step(met(5));
        QVERIFY(bound(*leader, 4));
        QVERIFY(!bound(*leader, 5));
        leader->persist();
        leader->acknowledge(second, 2);
        leader->acknowledge(third, 2);
        QVERIFY(bound(*leader, 5));
    }

    void nothingIsBoundBeforeTheTermHasACommit()
    {
        Subject node({.terms = {}});
        node.step(met(2));
        node.win({second});
        node.step(met(3));
        QVERIFY(!bound(node, 3));
        node.persist();
        node.acknowledge(second, 1);
        QVERIFY(bound(node, 3));
    }

    void aStrangerIsNotBound_data()
    {
        QTest::addColumn<quint64>("server");
        QTest::addColumn<std::string>("id");
        QTest::addColumn<bool>("otherCluster");
        QTest::newRow("an id that is taken") << quint64(3) << idOf(2) << false;
        QTest::newRow("a server that has a slot") << quint64(2) << idOf(3) << false;
        QTest::newRow("a member of another cluster") << quint64(3) << idOf(3) << true;
    }
    void aStrangerIsNotBound()
    {
        QFETCH(quint64, server);
        QFETCH(std::string, id);
        QFETCH(bool, otherCluster);
        auto leader = formedBy(3);
        leader->step(PeerIdentified{urlOf(3), id, ServerId(server),
                                    otherCluster ? clusterOf(3).cluster : ClusterId{}});
        QVERIFY(!bound(*leader, 3));
        QVERIFY(leader->writes.empty());
    }

    /// What the lost disk voted and acknowledged is gone: its successor is not counted before it has caught up.
    void theSuccessorOfALostDiskStartsAsALearner()
    {
        auto leader = formedBy(3);
        leader->step(PeerIdentified{urlOf(2), idOf(2), ServerId(22), {}});
        const Configuration& now = leader->raft.configuration();
        QVERIFY(now.joint());
        QVERIFY(now.isVoter(second)); // until the change is committed
        QVERIFY(!now.isVoter(ServerId(22)));
        QCOMPARE(now.findUrl(urlOf(2))->role, MemberRole::Joining);
        QCOMPARE(now.findUrl(urlOf(2))->server, ServerId(22));
    }

    void aNodeWithDataDoesNotTakeABoundSlot()
    {
        auto leader = formedBy(3);
        leader->step(PeerIdentified{urlOf(2), idOf(2), ServerId(22), clusterOf(3).cluster});
        QCOMPARE(leader->raft.configuration().findUrl(urlOf(2))->server, second);
        QVERIFY(leader->writes.empty());
    }

    void aNodeThatLeftBeforeItsTurnIsNotBound()
    {
        auto leader = formedBy(5);
        leader->step(met(4));
        leader->step(met(5));
        leader->step(PeerDisconnected{ServerId(5)});
        leader->persist();
        leader->acknowledge(second, 2);
        leader->acknowledge(third, 2);
        QVERIFY(bound(*leader, 4));
        QVERIFY(!bound(*leader, 5));
    }
};

QTEST_APPLESS_MAIN(TestBinding)
#include "tst_binding.moc"
