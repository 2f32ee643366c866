// SPDX-License-Identifier: GPL-3.0-or-later
//
// Majorities, against counting by hand: every vote pattern of small clusters, random match indexes, joint
// configurations, slots that are not bound yet.
#include <QTest>

#include "core/base/Random.h"
#include "core/raft/Quorum.h"

using namespace dsmsg;
using namespace dsmsg::raft;

namespace {

struct Shape
{
    std::size_t voters;
    std::size_t unbound = 0; ///< of the voters
    std::size_t learners = 0;
    std::vector<std::uint64_t> old;
};

/// Voters are servers 1, 2, ...; learners 101, 102, ...
Configuration configurationOf(const Shape& shape)
{
    Configuration configuration;
    for (std::uint64_t i = 1; i <= shape.voters; ++i) {
        const bool bound = i <= shape.voters - shape.unbound;
        configuration.members.push_back({ServerId(bound ? i : 0), {}, std::to_string(i), MemberRole::Voter});
    }
    for (std::uint64_t i = 1; i <= shape.learners; ++i)
        configuration.members.push_back(
            {ServerId(100 + i), {}, "l" + std::to_string(i), MemberRole::Learner});
    for (std::uint64_t server : shape.old)
        configuration.oldVoters.emplace_back(server);
    return configuration;
}

enum class Vote
{
    None,
    Yes,
    No
};

VoteResult countByHand(std::size_t slots, const std::vector<Vote>& votes)
{
    const auto yes = static_cast<std::size_t>(std::ranges::count(votes, Vote::Yes));
    const auto no = static_cast<std::size_t>(std::ranges::count(votes, Vote::No));
    if (2 * yes > slots)
        return VoteResult::Won;
    return 2 * (slots - no) <= slots ? VoteResult::Lost : VoteResult::Pending;
}

/// The greatest value that more than half of `slots` reached: tried one by one.
std::uint64_t reachedByHand(std::size_t slots, const std::vector<std::uint64_t>& values)
{
    for (std::uint64_t candidate = 20; candidate > 0; --candidate) {
        const auto reached = static_cast<std::size_t>(
            std::ranges::count_if(values, [&](std::uint64_t v) { return v >= candidate; }));
        if (2 * reached > slots)
            return candidate;
    }
    return 0;
}

} // namespace

class TestQuorum : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPatternOfVotes()
    {
        for (std::size_t voters = 1; voters <= 5; ++voters) {
            for (std::size_t unbound = 0; unbound < voters; ++unbound) {
                const std::size_t bound = voters - unbound;
                std::size_t patterns = 1;
                for (std::size_t i = 0; i < bound; ++i)
                    patterns *= 3;
                for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
                    std::vector<Vote> list;
                    std::map<ServerId, bool> votes;
                    for (std::size_t i = 0, rest = pattern; i < bound; ++i, rest /= 3) {
                        list.push_back(static_cast<Vote>(rest % 3));
                        if (list.back() != Vote::None)
                            votes[ServerId(i + 1)] = list.back() == Vote::Yes;
                    }
                    QCOMPARE(tally(configurationOf({voters, unbound, 0, {}}), votes),
                             countByHand(voters, list));
                }
            }
        }
    }

    void learnersAndStrangersHaveNoVote()
    {
        const std::map<ServerId, bool> votes = {
            {ServerId(1), true}, {ServerId(101), true}, {ServerId(102), true}, {ServerId(77), true}};
        QCOMPARE(tally(configurationOf({3, 0, 2, {}}), votes), VoteResult::Pending);
    }

    void aJointDecisionNeedsBothMajorities_data()
    {
        QTest::addColumn<QList<int>>("yes");
        QTest::addColumn<QList<int>>("no");
        QTest::addColumn<VoteResult>("result");
        // Incoming voters 1 2 3, outgoing 3 4 5.
        QTest::newRow("both") << QList<int>{1, 3, 4} << QList<int>{} << VoteResult::Won;
        QTest::newRow("only incoming") << QList<int>{1, 2} << QList<int>{} << VoteResult::Pending;
        QTest::newRow("only outgoing") << QList<int>{4, 5} << QList<int>{} << VoteResult::Pending;
        QTest::newRow("outgoing refuse") << QList<int>{1, 2, 3} << QList<int>{4, 5} << VoteResult::Lost;
        QTest::newRow("incoming refuse") << QList<int>{3, 4, 5} << QList<int>{1, 2} << VoteResult::Lost;
    }
    void aJointDecisionNeedsBothMajorities()
    {
        QFETCH(QList<int>, yes);
        QFETCH(QList<int>, no);
        QFETCH(VoteResult, result);
        std::map<ServerId, bool> votes;
        for (int server : yes)
            votes[ServerId(static_cast<std::uint64_t>(server))] = true;
        for (int server : no)
            votes[ServerId(static_cast<std::uint64_t>(server))] = false;
        QCOMPARE(tally(configurationOf({3, 0, 0, {3, 4, 5}}), votes), result);
    }

    void reachedByQuorumEqualsCounting()
    {
        Random random(5);
        for (int round = 0; round < 20000; ++round) {
            Shape shape{1 + random.below(7), 0, random.below(3), {}};
            shape.unbound = random.below(shape.voters);
            if (random.chance(1, 3)) {
                for (std::uint64_t server = 3; server < 4 + random.below(5); ++server)
                    shape.old.push_back(server);
            }
            std::map<ServerId, std::uint64_t> match;
            const auto of = [&](ServerId server) {
                return match.try_emplace(server, random.below(15)).first->second;
            };
            const Configuration configuration = configurationOf(shape);
            const std::uint64_t reached = reachedByQuorum<std::uint64_t>(configuration, of);
            std::vector<std::uint64_t> incoming;
            for (std::uint64_t i = 1; i <= shape.voters - shape.unbound; ++i)
                incoming.push_back(of(ServerId(i)));
            std::uint64_t expected = reachedByHand(shape.voters, incoming);
            if (!shape.old.empty()) {
                std::vector<std::uint64_t> outgoing;
                for (std::uint64_t server : shape.old)
                    outgoing.push_back(of(ServerId(server)));
                expected = std::min(expected, reachedByHand(shape.old.size(), outgoing));
            }
            QCOMPARE(reached, expected);
        }
    }

    void reachedByCopiesCountsBoundVotersOnly()
    {
        const Configuration configuration = configurationOf({4, 1, 2, {}});
        const std::function<std::uint64_t(ServerId)> of = [](ServerId server) {
            return server.value >= 100 ? 99 : server.value * 10;
        };
        QCOMPARE(reachedByCopies(configuration, 1, of), std::uint64_t(30));
        QCOMPARE(reachedByCopies(configuration, 2, of), std::uint64_t(20));
        QCOMPARE(reachedByCopies(configuration, 3, of), std::uint64_t(10));
        QCOMPARE(reachedByCopies(configuration, 4, of), std::uint64_t(0));
        QCOMPARE(reachedByCopies(configuration, 0, of), std::uint64_t(0));
    }
};

QTEST_APPLESS_MAIN(TestQuorum)
#include "tst_quorum.moc"
