// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inboxes, their acknowledgements, retention and ttl over HTTP (API.md, Inbox and Retention).
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "tests/http/TestServer.h"

namespace dsmsg::test {

using namespace std::chrono_literals;

namespace {

QJsonObject bodyOf(const Answer& answer)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

messaging::StoredMessage stored(std::uint64_t seq, std::string recipient)
{
    messaging::StoredMessage message;
    message.message.msgId = "id" + std::to_string(seq);
    message.message.sender = "alice";
    message.message.recipient = std::move(recipient);
    message.message.payload = "1";
    message.message.receiveTs = UnixTime(1'700'000'001'000'000us);
    message.seq = Seq(seq);
    message.delivery = DeliverySeq(seq);
    return message;
}

ServerOptions mixed()
{
    ServerOptions options;
    options.messages = {stored(1, "bob"), stored(2, "eve"), stored(3, "all"), stored(4, "bob"),
                        stored(5, "eve")};
    return options;
}

QList<int> seqsOf(const QJsonObject& page)
{
    QList<int> seqs;
    for (const auto& message : page[QLatin1String("messages")].toArray())
        seqs << message.toObject()[QLatin1String("seq")].toInt();
    return seqs;
}

Answer get(const TestServer& server, std::string_view target)
{
    return ask(server, request("GET", target));
}

Answer post(const TestServer& server, std::string_view target, std::string_view body)
{
    return ask(server, request("POST", target, body, "Content-Type: application/json\r\n"));
}

} // namespace

class TestInbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownMessagesAndThoseToAllAfterTheCursor()
    {
        TestServer server(mixed());
        QJsonObject page = bodyOf(get(server, "/inbox/bob"));
        QCOMPARE(page[QLatin1String("recipient")].toString(), QStringLiteral("bob"));
        QCOMPARE(page[QLatin1String("cursor")].toInt(), 0);
        QCOMPARE(seqsOf(page), (QList<int>{1, 3, 4}));
        QCOMPARE(page[QLatin1String("next")].toInt(), 5); // nothing is left up to there
        QCOMPARE(page[QLatin1String("last_seq")].toInt(), 5);
        QCOMPARE(page[QLatin1String("lag")].toInt(), 5);
        QCOMPARE(page[QLatin1String("first_seq")].toInt(), 1);

        page = bodyOf(get(server, "/inbox/bob?limit=2"));
        QCOMPARE(seqsOf(page), (QList<int>{1, 3}));
        QCOMPARE(page[QLatin1String("next")].toInt(), 3);

        QCOMPARE(bodyOf(post(server, "/inbox/bob/ack", R"({"seq":3})"))[QLatin1String("cursor")].toInt(), 3);
        page = bodyOf(get(server, "/inbox/bob"));
        QCOMPARE(seqsOf(page), QList<int>{4});
        QCOMPARE(page[QLatin1String("lag")].toInt(), 2);
        QCOMPARE(seqsOf(bodyOf(get(server, "/inbox/all"))), QList<int>{3});
    }

    void readsAreLinearizableUnlessTheyNeedNot()
    {
        TestServer server(mixed());
        get(server, "/inbox/bob");
        get(server, "/inbox/bob?consistency=local");
        get(server, "/inbox/bob?consistency=leader");
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.wishes.size(), std::size_t(2));
            QCOMPARE(gateway.wishes[0].level, std::optional(raft::ReadLevel::Linearizable));
            QCOMPARE(gateway.wishes[1].level, std::optional(raft::ReadLevel::Leader));
            gateway.readRefusal = Error{Error::Kind::Busy, "no quorum"};
        });
        const Answer refused = get(server, "/inbox/bob");
        QCOMPARE(refused.status, 503);
        QCOMPARE(refused.header("retry-after"), std::string("1"));
        QCOMPARE(get(server, "/inbox/bob?consistency=local").status, 200);
    }

    /// A name is one segment of the path, whatever is in it.
    void namesArePercentDecoded()
    {
        TestServer server(
            {.messages = {stored(1, "a/b ack"), stored(2, "a"), stored(3, "100%+ü"), stored(4, "ack")}});
        QCOMPARE(seqsOf(bodyOf(get(server, "/inbox/a%2Fb%20ack"))), QList<int>{1});
        QCOMPARE(seqsOf(bodyOf(get(server, "/inbox/100%25+%C3%BC"))), QList<int>{3});
        QCOMPARE(seqsOf(bodyOf(get(server, "/inbox/ack"))), QList<int>{4});
        post(server, "/inbox/a%2Fb%20ack/ack", R"({"seq":1})");
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            QCOMPARE(gateway.cursors, (std::map<std::string, Seq>{{"a/b ack", Seq(1)}}));
        });
        QCOMPARE(get(server, "/inbox/a/b").status, 404);
        QCOMPARE(get(server, "/inbox/").status, 404);
        QCOMPARE(get(server, "/inbox").status, 404);
        QCOMPARE(get(server, "/inbox/%FF").status, 400);
        QCOMPARE(get(server, "/inbox/" + std::string(257, 'x')).status, 400);
        QCOMPARE(get(server, "/inbox/" + std::string(256, 'x')).status, 200);
    }

    void methodsAndParametersAreChecked()
    {
        TestServer server(mixed());
        QCOMPARE(get(server, "/inbox/bob/ack").header("allow"), std::string("POST, OPTIONS"));
        QCOMPARE(post(server, "/inbox/bob", "{}").status, 405);
        for (const char* query :
             {"limit=0", "limit=x", "wait=-1", "wait=61", "wait=soon", "consistency=often"})
            QCOMPARE(get(server, std::string("/inbox/bob?") + query).status, 400);
        for (const char* body :
             {"{}", R"({"seq":"3"})", R"({"seq":1.5})", R"({"seq":-1})", R"({"seq":null})", "3", ""})
            QCOMPARE(post(server, "/inbox/bob/ack", body).status, 400);
    }

    void anAcknowledgementIsTheLeaders()
    {
        TestServer server(mixed());
        const auto next = [&](std::variant<Seq, node::Redirected, Error> answer) {
            server.inHttp([&](FakeGateway& gateway, http::HttpFront&) { gateway.acknowledged = answer; });
            return post(server, "/inbox/a%2Fb/ack?x=1", R"({"seq":3})");
        };
        const Answer elsewhere = next(node::Redirected{"http://127.0.0.1:8001"});
        QCOMPARE(elsewhere.status, 307);
        QCOMPARE(elsewhere.header("location"), std::string("http://127.0.0.1:8001/inbox/a%2Fb/ack?x=1"));
        QCOMPARE(next(Error{Error::Kind::Invalid, "beyond"}).status, 400);
        QCOMPARE(next(Error{Error::Kind::Busy, "unknown"}).status, 503);
        QCOMPARE(next(Error{Error::Kind::DiskFull, "no more inboxes"}).status, 507);
    }

    void aPollWaitsForTheNextMessage()
    {
        TestServer server(mixed());
        post(server, "/inbox/bob/ack", R"({"seq":5})");
        for (const char* recipient : {"bob", "all"}) {
            RawClient client(server);
            client.send(request("GET", "/inbox/bob?wait=20"));
            QVERIFY(server.waitFor(
                [](FakeGateway&, http::HttpFront& front) { return front.polls().waiting() == 1; }));
            const std::uint64_t seq = recipient == std::string("bob") ? 7 : 9;
            server.publish(stored(seq - 1, "eve")); // not for bob
            QVERIFY(!client.waitBytes(50));
            server.publish(stored(seq, recipient));
            const auto answer = client.answer();
            QVERIFY(answer);
            QCOMPARE(seqsOf(bodyOf(*answer)).back(), static_cast<int>(seq));
            server.inHttp([](FakeGateway&, http::HttpFront& front) {
                QCOMPARE(front.polls().waiting(), std::size_t(0));
                QCOMPARE(front.feed().subscriberCount(), std::size_t(0));
            });
            post(server, "/inbox/bob/ack", "{\"seq\":" + std::to_string(seq) + "}");
        }
    }

    void aPollEnds()
    {
        TestServer server(mixed());
        post(server, "/inbox/bob/ack", R"({"seq":5})");
        const QJsonObject page = bodyOf(get(server, "/inbox/bob?wait=0.05"));
        QCOMPARE(seqsOf(page), QList<int>());
        QCOMPARE(page[QLatin1String("cursor")].toInt(), 5);
        QCOMPARE(seqsOf(bodyOf(get(server, "/inbox/eve?wait=20"))), (QList<int>{2, 3, 5})); // at once
    }

    void theStatusShowsWhoIsBehind()
    {
        TestServer server(mixed());
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.status.committedSeq = Seq(100);
            gateway.status.kept = {Seq(11), 80, 4096};
            for (int i = 0; i < 12; ++i)
                gateway.cursors["c" + std::to_string(i)] = Seq(100 - static_cast<std::uint64_t>(i));
        });
        const QJsonObject status = bodyOf(get(server, "/status"));
        QCOMPARE(status[QLatin1String("first_seq")].toInt(), 11);
        QCOMPARE(status[QLatin1String("kept")].toObject()[QLatin1String("messages")].toInt(), 80);
        QCOMPARE(status[QLatin1String("kept")].toObject()[QLatin1String("bytes")].toInt(), 4096);
        const QJsonObject inboxes = status[QLatin1String("inboxes")].toObject();
        QCOMPARE(inboxes[QLatin1String("count")].toInt(), 12);
        QCOMPARE(inboxes[QLatin1String("greatest_lag")].toInt(), 11);
        const QJsonArray behind = inboxes[QLatin1String("behind")].toArray();
        QCOMPARE(behind.size(), 10);
        QCOMPARE(behind[0].toObject()[QLatin1String("recipient")].toString(), QStringLiteral("c11"));
        QCOMPARE(behind[0].toObject()[QLatin1String("cursor")].toInt(), 89);
        QCOMPARE(behind[0].toObject()[QLatin1String("lag")].toInt(), 11);
    }

    void rulesAreSetShownAndCleared()
    {
        TestServer server(mixed());
        const char* path = "/cluster/retention";
        const QJsonObject set = bodyOf(post(
            server, path, R"({"recipient":"bob","max_age":1.5,"max_messages":10,"max_bytes":9000000000})"));
        QCOMPARE(set[QLatin1String("status")].toString(), QStringLiteral("ok"));
        QCOMPARE(set[QLatin1String("max_age")].toDouble(), 1.5);
        QCOMPARE(post(server, path, R"({"max_messages":1000})").status, 200);
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            const messaging::RetentionRule bob{"bob", {1500ms, 10, 9'000'000'000}};
            const messaging::RetentionRule all{std::nullopt, {{}, 1000, 0}};
            QCOMPARE(gateway.retention.rules, (std::vector<messaging::RetentionRule>{bob, all}));
            gateway.retention.kept = {Seq(4), 2, 30};
            gateway.retention.removedMessages = 3;
        });
        QJsonObject shown = bodyOf(get(server, path));
        QCOMPARE(shown[QLatin1String("rules")].toArray().size(), 2);
        QVERIFY(shown[QLatin1String("rules")][1].toObject()[QLatin1String("recipient")].isNull());
        QVERIFY(shown[QLatin1String("rules")][1].toObject()[QLatin1String("max_age")].isNull());
        QCOMPARE(shown[QLatin1String("first_seq")].toInt(), 4);
        QCOMPARE(shown[QLatin1String("removed")].toObject()[QLatin1String("messages")].toInt(), 3);
        QCOMPARE(bodyOf(get(server, "/messages"))[QLatin1String("first_seq")].toInt(), 4);
        QCOMPARE(ask(server, request("DELETE", "/cluster/retention?recipient=bob", "",
                                     "Content-Type: application/json\r\n"))
                     .status,
                 200);
        shown = bodyOf(get(server, path));
        QCOMPARE(shown[QLatin1String("rules")].toArray().size(), 1);
    }

    void badRulesAreRefused_data()
    {
        QTest::addColumn<std::string>("body");
        for (const char* body :
             {"{}", R"({"recipient":"bob"})", R"({"max_age":0})", R"({"max_age":-1})", R"({"max_age":"7d"})",
              R"({"max_age":1e300})", R"({"max_messages":0})", R"({"max_messages":1.5})",
              R"({"max_bytes":"10G"})", R"({"recipient":7,"max_bytes":1})"})
            QTest::newRow(body) << std::string(body);
    }
    void badRulesAreRefused()
    {
        QFETCH(std::string, body);
        const TestServer server;
        QCOMPARE(post(server, "/cluster/retention", body).status, 400);
    }

    /// A web page must not throw the messages of a cluster away.
    void rulesAreGuarded()
    {
        const TestServer server;
        const std::string rule = R"({"max_messages":1})";
        QCOMPARE(ask(server, request("POST", "/cluster/retention", rule,
                                     "Content-Type: application/json\r\nOrigin: http://evil.example\r\n"))
                     .status,
                 403);
        QCOMPARE(
            ask(server, request("POST", "/cluster/retention", rule, "Content-Type: text/plain\r\n")).status,
            415);
    }

    void aMessageMayHaveATtl()
    {
        TestServer server;
        QCOMPARE(post(server, "/send", R"({"msg_id":"a","ttl":1.25})").status, 200);
        for (const char* ttl : {"0", "-1", "\"1\"", "1e300", "true"})
            QCOMPARE(post(server, "/send", std::string(R"({"ttl":)") + ttl + "}").status, 400);
        QCOMPARE(post(server, "/send", R"({"ttl":null})").status, 200);
        ServerOptions kept = mixed();
        kept.messages[0].message.ttl = 1500ms;
        const TestServer reading(kept);
        const QJsonArray messages = bodyOf(get(reading, "/messages"))[QLatin1String("messages")].toArray();
        QCOMPARE(messages[0].toObject()[QLatin1String("ttl")].toDouble(), 1.5);
        QVERIFY(!messages[1].toObject().contains(QLatin1String("ttl")));
    }

    void theTtlReachesTheNode()
    {
        TestServer server;
        std::vector<std::optional<Duration>> seen;
        server.inHttp([&](FakeGateway& gateway, http::HttpFront&) {
            gateway.decide = [&](const node::Submission& submission) {
                seen.push_back(submission.draft.ttl);
                return gateway.accept(submission);
            };
        });
        post(server, "/send", R"({"ttl":1.25})");
        post(server, "/send", R"({"ttl":0.0000001})"); // not less than there is
        post(server, "/send", "{}");
        QCOMPARE(seen, (std::vector<std::optional<Duration>>{1250ms, 1us, std::nullopt}));
    }

    void aRetryOfWhatIsGoneSaysSo()
    {
        TestServer server;
        server.inHttp([](FakeGateway& gateway, http::HttpFront&) {
            gateway.decide = [&](const node::Submission& submission) {
                node::Accepted accepted = gateway.accept(submission);
                accepted.duplicate = accepted.expired = submission.draft.msgId == "gone";
                return accepted;
            };
        });
        const QJsonObject gone = bodyOf(post(server, "/send", R"({"msg_id":"gone"})"));
        QCOMPARE(gone[QLatin1String("expired")], QJsonValue(true));
        QCOMPARE(gone[QLatin1String("msg_id")].toString(), QStringLiteral("gone"));
        QVERIFY(!bodyOf(post(server, "/send", R"({"msg_id":"new"})")).contains(QLatin1String("expired")));
    }
};

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestInbox)
#include "tst_inbox.moc"
