// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading messages and status over HTTP.
#include <optional>

#include <QTest>

#include "FakeNode.h"
#include "core/client/Client.h"

using namespace dsmsg;
using namespace dsmsg::client;
using namespace dsmsg::test;

namespace {

Client::Options options(QList<QUrl> endpoints)
{
    Client::Options options;
    options.endpoints = std::move(endpoints);
    options.limits.attempt = Milliseconds(300);
    options.limits.total = Milliseconds(1000);
    options.limits.backoff = {Milliseconds(5), Milliseconds(20)};
    return options;
}

const QByteArray onePage = R"({"messages":[{"seq":3,"msg_id":"i","sender":"a b","recipient":"all",)"
                           R"("payload":"x","corrected_ts":1.5}],"next_after":3})";

std::optional<Result<Page>> pageNow(Client& client, const MessagesQuery& query)
{
    std::optional<Result<Page>> result;
    client.messages(query, [&result](Result<Page> page) { result = std::move(page); });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 10000); }();
    return result;
}

} // namespace

class TestRead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesFromTheFirstNodeThatAnswers()
    {
        FakeNode node([](const FakeRequest&) { return answer(200, onePage); });
        Client client(options({deadUrl(), node.url()}));
        MessagesQuery query;
        query.after = 2;
        query.limit = 10;
        query.sender = QStringLiteral("a b&c=+");
        const auto page = pageNow(client, query);
        QVERIFY(page->ok());
        QCOMPARE((**page).messages.size(), 1);
        QCOMPARE((**page).node, node.url());
        QCOMPARE(node.requests.first().target,
                 QByteArray("/messages?limit=10&after=2&sender=a%20b%26c%3D%2B"));
    }

    void asksForWhatANodeCanDo()
    {
        FakeNode node([](const FakeRequest&) { return answer(200, R"({"messages":[],"next_before":17})"); });
        Client client(options({node.url()}));
        MessagesQuery query;
        query.order = Order::Delivery;
        query.before = 18;
        query.msgId = QStringLiteral("a/b");
        query.fromTs = 1.5;
        query.toTs = 1763892000.000001;
        query.minSeq = 4;
        query.wait = Milliseconds(1500);
        const auto page = pageNow(client, query);
        QVERIFY(page->ok());
        QCOMPARE((**page).nextBefore, std::optional<quint64>(17));
        QVERIFY(!(**page).nextAfter);
        QCOMPARE(node.requests.first().target,
                 QByteArray("/messages?limit=50&before=18&order=delivery&msg_id=a%2Fb&from_ts=1.500000"
                            "&to_ts=1763892000.000001&min_seq=4&wait=1.5"));
    }

    // An answer that is held back as asked for is not late.
    void aLongPollOutlivesTheLimitOfAnAttempt()
    {
        FakeNode node([](const FakeRequest&) { return FakeReply{{}, FakeReply::Then::Silence}; });
        Client client(options({node.url()}));
        MessagesQuery query;
        query.wait = Milliseconds(700);
        bool answered = false;
        client.messages(query, [&answered](const Result<Page>&) { answered = true; });
        QTRY_COMPARE(node.requests.size(), 1);
        QTest::qWait(600);
        QCOMPARE(node.requests.size(), 1);
        QVERIFY(!answered);
    }

    void inboxAndItsCursor()
    {
        FakeNode node([](const FakeRequest& request) {
            if (request.method == "GET")
                return answer(200, R"({"recipient":"a/b","messages":[{"seq":8,"msg_id":"i","sender":"s",)"
                                   R"("recipient":"all","payload":1.0,"corrected_ts":1}],"cursor":7})");
            const bool beyond = request.body == R"({"seq":9})";
            return beyond ? answer(400, R"({"reason":"seq is beyond the last message"})")
                          : answer(200, R"({"status":"ok","recipient":"a/b","cursor":8})");
        });
        Client client(options({node.url()}));
        const QString recipient = QStringLiteral("a/b");
        std::optional<Result<InboxPage>> page;
        client.inbox(recipient, {10, Milliseconds(0)},
                     [&page](Result<InboxPage> read) { page = std::move(read); });
        QTRY_VERIFY(page);
        QVERIFY(page->ok());
        QCOMPARE((**page).cursor, 7U);
        QCOMPARE((**page).messages.first().payload, QByteArray("1.0"));
        QCOMPARE(node.requests.last().target, QByteArray("/inbox/a%2Fb?limit=10"));
        for (const quint64 seq : {8U, 9U}) {
            std::optional<Result<quint64>> cursor;
            client.acknowledgeInbox(recipient, seq,
                                    [&cursor](Result<quint64> read) { cursor = std::move(read); });
            QTRY_VERIFY(cursor);
            QCOMPARE(node.requests.last().target, QByteArray("/inbox/a%2Fb/ack"));
            QCOMPARE(cursor->ok(), seq == 8);
        }
    }

    void aRefusalIsNotRepeated()
    {
        FakeNode node(
            [](const FakeRequest&) { return answer(400, R"({"reason":"after must be integer"})"); });
        Client client(options({node.url()}));
        const auto page = pageNow(client, {});
        QVERIFY(!page->ok());
        QCOMPARE(page->error().kind, Error::Kind::Invalid);
        QVERIFY(page->error().text.find("after must be integer") != std::string::npos);
        QCOMPARE(node.requests.size(), 1);
    }

    void aForeignAnswerIsSaidToBeOne()
    {
        FakeNode node([](const FakeRequest&) { return answer(200, "<html>"); });
        Client client(options({node.url()}));
        const auto page = pageNow(client, {});
        QVERIFY(!page->ok());
        QCOMPARE(page->error().kind, Error::Kind::Corrupt);
    }

    void statusAsksThatNodeOnly()
    {
        FakeNode node([](const FakeRequest&) {
            return answer(200, R"({"node_id":"n1","consensus":{"role":"Leader","current_term":2}})");
        });
        const QUrl dead = deadUrl();
        Client client(options({node.url(), dead}));
        std::optional<Result<NodeStatus>> alive;
        std::optional<Result<NodeStatus>> gone;
        client.status(node.url(), [&alive](Result<NodeStatus> status) { alive = std::move(status); });
        client.status(dead, [&gone](Result<NodeStatus> status) { gone = std::move(status); });
        QTRY_VERIFY(alive && gone);
        QVERIFY(alive->ok());
        QCOMPARE((**alive).role, QStringLiteral("Leader"));
        QVERIFY(!gone->ok());
    }
};

QTEST_GUILESS_MAIN(TestRead)
#include "tst_read.moc"
