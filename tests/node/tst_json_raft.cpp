// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contract's Raft routes: only who proves secret and cluster speaks, and each caller gets the reply meant
// for the member it spoke as, or a refusal in time.
#include <QTest>

#include "core/node/JsonRaft.h"

using namespace dsmsg;
using namespace dsmsg::node;

namespace {

raft::Configuration cluster()
{
    raft::Configuration configuration;
    configuration.cluster.bytes[0] = 0xab;
    configuration.members = {{ServerId(1), "n1", "http://a:1", raft::MemberRole::Voter},
                             {ServerId(2), "n2", "http://a:2", raft::MemberRole::Voter},
                             {ServerId(), "", "http://a:3", raft::MemberRole::Voter}};
    return configuration;
}

const std::string secret = "open sesame";

raft::Envelope voteFor(std::uint64_t server, std::uint64_t term, bool granted)
{
    return {ServerId(server), raft::RequestVoteReply{raft::Ballot::Vote, Term(term), granted}};
}

raft::Envelope appendFor(std::uint64_t server, std::uint64_t term, std::uint64_t match)
{
    return {ServerId(server), raft::AppendEntriesReply{Term(term), true, LogIndex(match), {}, {}, {}, false}};
}

} // namespace

class TestJsonRaft : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhoProvesItSpeaks_data()
    {
        QTest::addColumn<std::string>("node");
        QTest::addColumn<std::string>("clusterId");
        QTest::addColumn<std::string>("given");
        QTest::addColumn<bool>("speaks");
        const std::string right = toHex(cluster().cluster);
        QTest::newRow("a member") << std::string("n2") << right << secret << true;
        QTest::newRow("no secret") << std::string("n2") << right << std::string() << false;
        QTest::newRow("a wrong secret") << std::string("n2") << right << std::string("open") << false;
        QTest::newRow("no cluster") << std::string("n2") << std::string() << secret << false;
        QTest::newRow("another cluster") << std::string("n2") << std::string(32, '0') << secret << false;
        QTest::newRow("not a member") << std::string("n9") << right << secret << false;
        QTest::newRow("the unbound slot") << std::string() << right << secret << false;
    }
    void onlyWhoProvesItSpeaks()
    {
        QFETCH(std::string, node);
        QFETCH(std::string, clusterId);
        QFETCH(std::string, given);
        QFETCH(bool, speaks);
        const auto speaker = JsonRaft(secret).speaker(cluster(), node, clusterId, given);
        QCOMPARE(speaker, speaks ? std::optional(ServerId(2)) : std::nullopt);
    }

    void withoutASecretNobodySpeaks()
    {
        QVERIFY(!JsonRaft({}).speaker(cluster(), "n2", toHex(cluster().cluster), {}));
    }

    void beforeFormationNobodySpeaks()
    {
        raft::Configuration unformed = cluster();
        unformed.cluster = {};
        QVERIFY(!JsonRaft(secret).speaker(unformed, "n2", toHex(unformed.cluster), secret));
    }

    void aReplyGoesToWhoeverWaitsForIt()
    {
        JsonRaft json(secret);
        std::optional<JsonVoteReply> vote;
        std::optional<JsonAppendReply> append;
        json.expectVote(ServerId(2), Instant{}, [&](JsonVoteReply reply) { vote = reply; });
        json.expectAppend(ServerId(2), Instant{}, [&](JsonAppendReply reply) { append = reply; });
        QVERIFY(!json.intercept(voteFor(1, 5, true)));
        QVERIFY(!json.intercept({ServerId(2), raft::HeartbeatReply{Term(5), 1, false}}));
        QVERIFY(json.intercept(voteFor(2, 5, true)));
        QVERIFY(vote && vote->voteGranted && vote->term == Term(5));
        QVERIFY(json.waiting());
        QVERIFY(json.intercept(appendFor(2, 6, 17)));
        QVERIFY(append && append->success && append->matchIndex == LogIndex(17));
        QVERIFY(!json.waiting());
        QVERIFY(!json.intercept(voteFor(2, 5, true)));
    }

    void repliesAreHandedOutInTheOrderOfAsking()
    {
        JsonRaft json(secret);
        std::vector<int> answered;
        json.expectVote(ServerId(2), Instant{}, [&](JsonVoteReply) { answered.push_back(1); });
        json.expectVote(ServerId(2), Instant{}, [&](JsonVoteReply) { answered.push_back(2); });
        json.intercept(voteFor(2, 5, true));
        QCOMPARE(answered, std::vector<int>{1});
        json.intercept(voteFor(2, 5, false));
        QCOMPARE(answered, (std::vector<int>{1, 2}));
    }

    void whatGetsNoReplyIsRefusedInTime()
    {
        JsonRaft json(secret);
        const Instant until{std::chrono::seconds(10)};
        std::optional<JsonVoteReply> vote;
        std::optional<JsonAppendReply> append;
        json.expectVote(ServerId(2), until, [&](JsonVoteReply reply) { vote = reply; });
        json.expectAppend(ServerId(2), until + Duration(1), [&](JsonAppendReply reply) { append = reply; });
        json.expire(until - Duration(1), Term(8), false);
        QVERIFY(!vote && !append);
        json.expire(until, Term(8), false);
        QVERIFY(vote && !vote->voteGranted && vote->term == Term(8));
        QVERIFY(!append);
        json.expire(until, Term(9), true);
        QVERIFY(append && !append->success && append->term == Term(9));
        QVERIFY(!json.waiting());
    }
};

QTEST_APPLESS_MAIN(TestJsonRaft)
#include "tst_json_raft.moc"
