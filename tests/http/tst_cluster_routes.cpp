// SPDX-License-Identifier: GPL-3.0-or-later
//
// /cluster/* and the read levels of /messages: what an order may say, what is passed on, every refusal.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

namespace {

constexpr const char* json = "Content-Type: application/json\r\n";

raft::Configuration threeMembers()
{
    raft::Configuration members;
    members.cluster.bytes[0] = 1;
    for (std::uint64_t n = 1; n <= 3; ++n)
        members.members.push_back({ServerId(n),
                                   "n" + std::to_string(n),
                                   "http://127.0.0.1:" + std::to_string(8000 + n),
                                   n == 3 ? raft::MemberRole::Learner : raft::MemberRole::Voter,
                                   {}});
    return members;
}

QJsonObject bodyOf(const Answer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

} // namespace

class TestClusterRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestServer> server_;

    Answer post(std::string_view target, std::string_view body, std::string_view headers = json)
    {
        return ask(*server_, request("POST", target, body, headers));
    }
    std::vector<raft::MemberChange> changes()
    {
        std::vector<raft::MemberChange> seen;
        server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) { seen = gateway.lastChanges; });
        return seen;
    }

private Q_SLOTS:
    void init()
    {
        server_ = std::make_unique<TestServer>();
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.status.raft.configuration = threeMembers();
            gateway.administered = threeMembers();
        });
    }
    void cleanup() { server_.reset(); }

    void theMembersAreShown()
    {
        const Answer answer = ask(*server_, request("GET", "/cluster/members"));
        QCOMPARE(answer.status, 200);
        const QJsonArray members = bodyOf(answer)[QLatin1String("members")].toArray();
        QCOMPARE(members.size(), 3);
        QCOMPARE(members[0].toObject()[QLatin1String("id")].toString(), QStringLiteral("n1"));
        QCOMPARE(members[0].toObject()[QLatin1String("role")].toString(), QStringLiteral("voter"));
        QCOMPARE(members[2].toObject()[QLatin1String("role")].toString(), QStringLiteral("learner"));
        QCOMPARE(members[0].toObject()[QLatin1String("incarnation")].toString(),
                 QStringLiteral("0000000000000001"));
    }

    void oneMemberIsAdded()
    {
        QCOMPARE(post("/cluster/members", R"({"id":"n4","url":"http:\/\/127.0.0.1:8004/","replaces":"n2"})")
                     .status,
                 200);
        const auto seen = changes();
        QCOMPARE(seen.size(), std::size_t(1));
        QVERIFY(seen[0].kind == raft::MemberChange::Kind::Add);
        QCOMPARE(seen[0].member.url, std::string("http://127.0.0.1:8004"));
        QCOMPARE(seen[0].member.replaces, ServerId(2));
    }

    void severalChangesAreOneStep()
    {
        const std::string remove = R"({"action":"remove","id":"n1"})";
        const std::string promote = R"({"action":"promote","id":"n3"})";
        const std::string learner =
            R"({"action":"add","id":"n5","url":"http:\/\/127.0.0.1:8005","role":"learner"})";
        const std::string body = "{\"changes\":[" + remove + "," + promote + "," + learner + "]}";
        QCOMPARE(post("/cluster/members", body).status, 200);
        const auto seen = changes();
        QCOMPARE(seen.size(), std::size_t(3));
        QVERIFY(seen[0].kind == raft::MemberChange::Kind::Remove);
        QVERIFY(seen[1].kind == raft::MemberChange::Kind::Promote);
        QVERIFY(seen[2].member.role == raft::MemberRole::Learner);
    }

    void oneMemberIsRemoved()
    {
        QCOMPARE(ask(*server_, request("DELETE", "/cluster/members?id=n2")).status, 200);
        QCOMPARE(changes().at(0).member.id, std::string("n2"));
        QCOMPARE(ask(*server_, request("DELETE", "/cluster/members")).status, 400);
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char* body :
             {"", "[]", "{}", R"({"id":"n4"})", R"({"id":"n4","url":"ftp:\/\/x"})",
              R"({"id":7,"url":"http:\/\/x:1"})", R"({"id":"n4","url":"http:\/\/x:1","role":"king"})",
              R"({"action":"steal","id":"n1"})", R"({"changes":[]})", R"({"changes":{}})",
              R"({"changes":[7]})", R"({"id":"n4","url":"http:\/\/x:1","incarnation":"zz"})"})
            QTest::newRow(body) << QByteArray(body);
    }
    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, body);
        const Answer answer = post("/cluster/members", body.toStdString());
        QCOMPARE(answer.status, 400);
        QVERIFY(!bodyOf(answer)[QLatin1String("reason")].toString().isEmpty());
        QVERIFY(changes().empty());
    }

    void whoIsNotThereCannotBeReplaced()
    {
        QCOMPARE(post("/cluster/members", R"({"id":"n4","url":"http:\/\/x:1","replaces":"n9"})").status, 404);
    }

    void aFollowerNamesTheLeader()
    {
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.administered = node::Redirected{"http://127.0.0.1:8001"};
        });
        const Answer answer = post("/cluster/transfer", "{}");
        QCOMPARE(answer.status, 307);
        QCOMPARE(answer.header("location"), std::string("http://127.0.0.1:8001/cluster/transfer"));
    }

    void aRefusalKeepsItsKind()
    {
        const auto statusOf = [this](Error::Kind kind) {
            server_->inHttp([&](FakeGateway& gateway, http::HttpFront&) {
                gateway.administered = Error{kind, "why"};
            });
            return post("/cluster/transfer", R"({"to":"n2"})").status;
        };
        QCOMPARE(statusOf(Error::Kind::Invalid), 400);
        QCOMPARE(statusOf(Error::Kind::NotFound), 404);
        QCOMPARE(statusOf(Error::Kind::Busy), 503);
        QCOMPARE(post("/cluster/transfer", R"({"to":7})").status, 400);
    }

    void aWebPageCannotSteer()
    {
        const std::string foreign = std::string(json) + "Origin: http://evil.example\r\n";
        for (const char* target : {"/cluster/members", "/cluster/transfer", "/cluster/snapshot"}) {
            QCOMPARE(post(target, R"({"id":"n4","url":"http:\/\/x:1"})", foreign).status, 403);
            QCOMPARE(
                post(target, R"({"id":"n4","url":"http:\/\/x:1"})", "Content-Type: text/plain\r\n").status,
                415);
        }
        QVERIFY(changes().empty());
    }

    void theStateIsReadPieceByPiece()
    {
        const QJsonObject answer = bodyOf(ask(*server_, request("GET", "/cluster/state?after=17")));
        QCOMPARE(QByteArray::fromBase64(answer[QLatin1String("chunk")].toString().toLatin1()),
                 QByteArray("chunk after 17"));
        QCOMPARE(ask(*server_, request("GET", "/cluster/state?after=x")).status, 400);
    }

    void theLogIsCompactedOnDemand()
    {
        QCOMPARE(bodyOf(post("/cluster/snapshot", ""))[QLatin1String("first_log_index")].toInt(), 42);
    }

    void aReadSaysHowFreshItMustBe()
    {
        for (const char* query : {"consistency=linearizable", "consistency=leader", "min_seq=7"})
            QCOMPARE(ask(*server_, request("GET", std::string("/messages?") + query)).status, 200);
        server_->inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.wishes.size(), std::size_t(3));
            QVERIFY(gateway.wishes[0].level == raft::ReadLevel::Linearizable);
            QVERIFY(gateway.wishes[1].level == raft::ReadLevel::Leader);
            QVERIFY(!gateway.wishes[2].level && gateway.wishes[2].minSeq == Seq(7));
            gateway.readRefusal = Error{Error::Kind::Busy, "no quorum"};
        });
        const Answer refused = ask(*server_, request("GET", "/messages?consistency=linearizable"));
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        QCOMPARE(ask(*server_, request("GET", "/messages")).status, 200);
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestClusterRoutes)
#include "tst_cluster_routes.moc"
