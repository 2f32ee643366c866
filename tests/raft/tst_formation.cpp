// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a cluster comes to be, and how a node without data is kept from doing harm (CORE.md, Formation and
// identity; PROOF.md, pitfall 1).
#include <QTest>

#include "tests/raft/Subject.h"

using namespace dsmsg;
using namespace dsmsg::raft;
using namespace dsmsg::raft::testing;

namespace {

const Setup unformed{.terms = {}};

PeerIdentified met(std::uint64_t server, const ClusterId& cluster = {})
{
    return {urlOf(server), idOf(server), ServerId(server), cluster};
}

} // namespace

class TestFormation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aloneItWaits()
    {
        Subject node(unformed);
        node.pass(ms(10'000));
        QCOMPARE(node.role(), Role::Follower);
        QVERIFY(node.messages.empty());
        QVERIFY(node.writes.empty());
        QVERIFY(node.status().waitingToForm);
        const std::string why = node.status().explain;
        QVERIFY2(why.find(urlOf(2)) != std::string::npos && why.find(urlOf(3)) != std::string::npos,
                 why.c_str());
    }

    void aloneItDoesNotVoteEither()
    {
        Subject node(unformed);
        node.receive(second, RequestVote{Ballot::PreVote, Term(1), {}, {}});
        QVERIFY(!node.sent<RequestVoteReply>(second).back().granted);
        node.receive(second, RequestVote{Ballot::Vote, Term(1), {}, {}});
        node.persist();
        QVERIFY(!node.sent<RequestVoteReply>(second).back().granted);
    }

    void aMajorityThatAnsweredForms()
    {
        Subject node(unformed);
        node.step(met(2));
        node.win({second});
        QVERIFY(node.reported(Event::Kind::Formed));
        const Configuration& formed = node.raft.configuration();
        QVERIFY(formed.formed());
        QCOMPARE(formed.members.size(), std::size_t(3));
        QCOMPARE(formed.findUrl(urlOf(1))->server, self);
        QCOMPARE(formed.findUrl(urlOf(2))->server, second);
        QVERIFY(!formed.findUrl(urlOf(3))->bound());
        const auto first = node.raft.entries(LogIndex(1), LogIndex(1), SIZE_MAX);
        QCOMPARE(first.front()->kind, EntryKind::Form);
    }

    void aSingleNodeFormsByItself()
    {
        Subject node({.voters = 1, .terms = {}});
        node.step(Tick{});
        node.persist();
        QCOMPARE(node.role(), Role::Leader);
        node.persist();
        QCOMPARE(node.commit(), std::uint64_t(1));
        QVERIFY(node.raft.configuration().formed());
    }

    void differentSeedsFormDifferentClusters()
    {
        std::vector<ClusterId> ids;
        for (std::uint64_t seed : {1u, 2u}) {
            Subject node({.voters = 1, .terms = {}, .seed = seed});
            node.step(Tick{});
            node.persist();
            ids.push_back(node.raft.configuration().cluster);
        }
        QVERIFY(ids.front() != ids.back());
    }

    void whoAnsweredMayVote()
    {
        Subject node(unformed);
        node.step(met(2));
        node.receive(second, RequestVote{Ballot::Vote, Term(1), {}, {}});
        node.persist();
        QVERIFY(node.sent<RequestVoteReply>(second).back().granted);
    }

    void aFormedPeerMakesItWait()
    {
        Subject node(unformed);
        node.step(met(2, clusterOf(3).cluster));
        node.step(met(3));
        node.pass(ms(10'000));
        QVERIFY(node.messages.empty());
        QVERIFY(node.status().explain.find("belongs to a cluster that exists") != std::string::npos);
        node.receive(third, RequestVote{Ballot::Vote, Term(1), {}, {}});
        node.persist();
        QVERIFY(!node.sent<RequestVoteReply>(third).back().granted);
    }

    /// Two nodes lost their disks, the third one has the data and is away for a moment: the two must not
    /// begin an empty cluster without it.
    void aFormedPeerIsNotForgottenWhenItsLinkBreaks()
    {
        Subject node(unformed);
        node.step(met(2, clusterOf(3).cluster));
        node.step(PeerDisconnected{second});
        node.step(met(3));
        node.pass(ms(10'000));
        QVERIFY(node.messages.empty());
    }

    void aPeerThatWasWipedItselfNoLongerStandsInTheWay()
    {
        Subject node(unformed);
        node.step(met(2, clusterOf(3).cluster));
        node.step(PeerDisconnected{second});
        node.step(PeerIdentified{urlOf(2), idOf(2), ServerId(22), {}});
        node.pass(ms(600));
        QCOMPARE(node.role(), Role::PreCandidate);
        QCOMPARE(node.sent<RequestVote>(ServerId(22)).size(), std::size_t(1));
    }

    /// Without this vote a Form entry that reached too few nodes would block the formation for ever.
    void aCandidateOfAFormedClusterGetsAVote()
    {
        Subject node(unformed);
        node.step(met(2, clusterOf(3).cluster));
        node.receive(second, RequestVote{Ballot::Vote, Term(4), LogIndex(1), Term(1)});
        node.persist();
        QVERIFY(node.sent<RequestVoteReply>(second).back().granted);
    }

    void aWaitingNodeIsTakenInByItsLeader()
    {
        Subject node(unformed);
        node.step(met(2, clusterOf(3).cluster));
        node.receive(second, append(3, 0, 0, {form(clusterOf(3))}, 1));
        node.persist();
        QVERIFY(node.raft.configuration().formed());
        QVERIFY(!node.status().waitingToForm);
        QCOMPARE(node.commit(), std::uint64_t(1));
    }

    void aUrlThatIsNotInTheListIsNobody()
    {
        Subject node(unformed);
        node.step(PeerIdentified{"http://127.0.0.1:9999", "n9", ServerId(9), {}});
        node.step(PeerIdentified{urlOf(1), idOf(1), self, {}});
        node.pass(ms(2000));
        QCOMPARE(node.role(), Role::Follower);
        QVERIFY(node.messages.empty());
    }

    void halfOfAnEvenListIsNotEnough()
    {
        Subject node({.voters = 4, .terms = {}});
        node.step(met(2));
        node.pass(ms(2000));
        QVERIFY(node.messages.empty());
        node.step(met(3));
        node.pass(ms(600));
        QCOMPARE(node.role(), Role::PreCandidate);
    }

    void aRestartKnowsItsCluster()
    {
        const Subject node;
        QCOMPARE(node.raft.configuration(), clusterOf(3));
        QVERIFY(!node.status().waitingToForm);
    }

    void aServerThatIsNoMemberDoesNotCampaign()
    {
        Setup setup;
        setup.voters = 3;
        Subject node(setup);
        Configuration without = clusterOf(3);
        without.members.erase(without.members.begin());
        node.receive(second, append(2, 1, 1, {form(without, EntryKind::Configuration, 2, 2)}));
        node.persist();
        node.receive(second, Heartbeat{Term(2), LogIndex(2), 1});
        node.clear();
        node.pass(ms(5000));
        QVERIFY(node.sent<RequestVote>(second).empty());
        QVERIFY(node.status().explain.find("removed from the cluster") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestFormation)
#include "tst_formation.moc"
