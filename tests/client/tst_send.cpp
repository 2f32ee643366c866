// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sending through everything a cluster does: redirects, elections, silence, garbage, death in mid-request.
// The id must never change between attempts, and the outcome must never claim more than is known.
#include <algorithm>
#include <optional>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "FakeNode.h"
#include "core/client/Client.h"

using namespace dsmsg;
using namespace dsmsg::client;
using namespace dsmsg::test;
using Then = FakeReply::Then;

namespace {

Client::Options options(QList<QUrl> endpoints)
{
    Client::Options options;
    options.endpoints = std::move(endpoints);
    options.limits.attempt = Milliseconds(10000);
    options.limits.total = Milliseconds(30000);
    options.limits.backoff = {Milliseconds(5), Milliseconds(20)};
    options.seed = 1;
    options.clock.enabled = false; // the requests are counted
    return options;
}

/// For sends that must fail: gives up soon, waits `attempt` for a node that may be silent.
Client::Options impatient(QList<QUrl> endpoints, Milliseconds attempt = Milliseconds(10000))
{
    Client::Options impatient = options(std::move(endpoints));
    impatient.limits.attempt = attempt;
    impatient.limits.total = Milliseconds(700);
    return impatient;
}

Draft hello()
{
    Draft draft;
    draft.payload = jsonString(QStringLiteral("hello"));
    return draft;
}

std::optional<SendResult> sendNow(Client& client, const Draft& draft = hello())
{
    std::optional<SendResult> result;
    client.send(draft, [&result](SendResult r) { result = std::move(r); });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 10000); }();
    return result;
}

QString idOf(const FakeRequest& request)
{
    return QJsonDocument::fromJson(request.body).object().value(QLatin1String("msg_id")).toString();
}

/// Answers with each reply in turn, the last one for ever.
FakeNode::Script sequence(QList<FakeReply> replies)
{
    return [replies, next = qsizetype(0)](const FakeRequest&) mutable {
        const qsizetype now = std::min(next++, replies.size() - 1);
        return replies[now];
    };
}

} // namespace

class TestSend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledged()
    {
        FakeNode node(sequence({acknowledge(5)}));
        Client client(options({node.url()}));
        Draft draft = hello();
        draft.msgId = QStringLiteral("my id");
        draft.sender = QStringLiteral("me");
        draft.payload = "12345678901234567890";
        const auto result = sendNow(client, draft);
        QCOMPARE(result->outcome, SendOutcome::Acknowledged);
        QCOMPARE(result->seq, 5U);
        QCOMPARE(result->receipt->durableOn.size(), 2);
        QCOMPARE(result->attempts, 1);
        QCOMPARE(node.requests.first().body,
                 QByteArray(R"({"msg_id":"my id","sender":"me","payload":12345678901234567890})"));
    }

    void whoseDisksCountIsSaidToEveryNode()
    {
        FakeNode leader(sequence({acknowledge(1)}));
        FakeNode follower([&leader](const FakeRequest&) { return redirect(leader.url()); });
        Client client(options({follower.url()}));
        Draft draft = hello();
        draft.ack = Ack::All;
        sendNow(client, draft);
        QCOMPARE(follower.requests.first().target, QByteArray("/send?ack=all"));
        QCOMPARE(leader.requests.first().target, QByteArray("/send?ack=all"));
        sendNow(client);
        QCOMPARE(leader.requests.last().target, QByteArray("/send"));
    }

    void followsTheLeaderAndRemembersIt()
    {
        FakeNode leader(sequence({acknowledge(1), acknowledge(2)}));
        FakeNode follower([&leader](const FakeRequest&) { return redirect(leader.url()); });
        Client client(options({follower.url()}));
        const auto first = sendNow(client);
        QCOMPARE(first->outcome, SendOutcome::Acknowledged);
        QCOMPARE(first->node, leader.url());
        QCOMPARE(idOf(follower.requests.first()), idOf(leader.requests.first()));
        QCOMPARE(sendNow(client)->seq, 2U);
        QCOMPARE(follower.requests.size(), 1);
    }

    void retriesUnderTheSameId()
    {
        FakeNode node(sequence({unavailable("rejected"), unavailable("unknown"), acknowledge(9)}));
        Client client(options({node.url()}));
        const auto result = sendNow(client);
        QCOMPARE(result->outcome, SendOutcome::Acknowledged);
        QCOMPARE(result->attempts, 3);
        QCOMPARE(node.requests.size(), 3);
        QVERIFY(!idOf(node.requests[0]).isEmpty());
        QCOMPARE(idOf(node.requests[1]), idOf(node.requests[0]));
        QCOMPARE(node.requests[2].body, node.requests[0].body);
    }

    void goesOnToTheNextNode()
    {
        FakeNode node(sequence({acknowledge(1)}));
        Client client(options({deadUrl(), deadUrl(), node.url()}));
        const auto result = sendNow(client);
        QCOMPARE(result->outcome, SendOutcome::Acknowledged);
        QCOMPARE(result->attempts, 3);
    }

    // The follower still names the leader that died; the client must come back and ask again, not stay with
    // the dead.
    void survivesTheDeathOfTheLeader()
    {
        const QUrl dead = deadUrl();
        FakeNode newLeader(sequence({acknowledge(4)}));
        int asked = 0;
        FakeNode follower([&](const FakeRequest&) { return redirect(++asked < 3 ? dead : newLeader.url()); });
        Client client(options({follower.url()}));
        QCOMPARE(sendNow(client)->seq, 4U);
    }

    void redirectsInACircleEnd()
    {
        QUrl second;
        FakeNode a([&second](const FakeRequest&) { return redirect(second); });
        FakeNode b([&a](const FakeRequest&) { return redirect(a.url()); });
        second = b.url();
        Client client(impatient({a.url()}));
        QCOMPARE(sendNow(client)->outcome, SendOutcome::Rejected);
        QVERIFY2(a.requests.size() < 1000, "the circle is run without waiting");
    }

    void outcomes_data()
    {
        QTest::addColumn<QList<int>>("replies"); // index into the list below
        QTest::addColumn<SendOutcome>("outcome");
        enum
        {
            Rejected,
            Unknown,
            Committed,
            BadRequest,
            Silent,
            Closed,
            Garbage,
            WrongJson,
            Proxy502,
            DiskFull,
            NotOurs
        };
        const auto row = [](const char* name, const QList<int>& replies, SendOutcome outcome) {
            QTest::newRow(name) << replies << outcome;
        };
        row("always rejected", {Rejected}, SendOutcome::Rejected);
        row("always unknown", {Unknown}, SendOutcome::Unknown);
        row("unknown, then rejected", {Unknown, Rejected}, SendOutcome::Unknown);
        row("committed below the quorum asked for", {Committed}, SendOutcome::Committed);
        row("refused", {BadRequest}, SendOutcome::Refused);
        row("unknown, then refused", {Unknown, BadRequest}, SendOutcome::Unknown);
        row("no answer", {Silent}, SendOutcome::Unknown);
        row("no answer, then rejected", {Silent, Rejected}, SendOutcome::Unknown);
        row("closed without an answer", {Closed}, SendOutcome::Unknown);
        row("not HTTP", {Garbage}, SendOutcome::Unknown);
        row("200 that is not ours", {WrongJson}, SendOutcome::Unknown);
        row("a proxy's 502", {Proxy502}, SendOutcome::Unknown);
        row("disk full", {DiskFull}, SendOutcome::Rejected);
        row("another program's 404", {NotOurs}, SendOutcome::Refused);
    }

    void outcomes()
    {
        const QList<FakeReply> all{
            unavailable("rejected"),
            unavailable("unknown"),
            unavailable("committed", R"(,"seq":3)"),
            answer(400, R"({"status":"bad_request","reason":"msg_id too long"})"),
            {{}, Then::Silence},
            {{}, Then::Close},
            {"\x01\x02 no http at all\r\n\r\n", Then::Close},
            answer(200, R"({"hello":"world"})"),
            answer(502, "<html>Bad gateway</html>"),
            answer(507, R"({"status":"error","reason":"disk full","outcome":"rejected"})"),
            answer(404, "<html>")};
        QFETCH(QList<int>, replies);
        QFETCH(SendOutcome, outcome);
        QList<FakeReply> script;
        for (const int i : replies)
            script.append(all[i]);
        FakeNode node(sequence(script));
        const bool silent = std::any_of(script.cbegin(), script.cend(),
                                        [](const FakeReply& reply) { return reply.then == Then::Silence; });
        Client client(silent ? impatient({node.url()}, Milliseconds(200)) : impatient({node.url()}));
        const auto result = sendNow(client);
        QCOMPARE(result->outcome, outcome);
        QVERIFY2(!result->reason.isEmpty(), "a failure without a word");
    }

    // Nothing was ever sent, so this is the one silence of which we know the outcome.
    void refusedConnectionsAreARejection()
    {
        Client client(impatient({deadUrl(), deadUrl()}));
        const auto result = sendNow(client);
        QCOMPARE(result->outcome, SendOutcome::Rejected);
        QVERIFY(result->reason.contains(QLatin1String("nothing listens")));
        QVERIFY(result->attempts > 2);
    }

    void whatANodeSaysIsToldRatherThanThatAnotherIsDown()
    {
        FakeNode node(
            sequence({answer(503, R"({"status":"error","reason":"no quorum","outcome":"rejected"})")}));
        Client client(impatient({node.url(), deadUrl()}));
        for (int i = 0; i < 2; ++i) { // whichever of them is asked last
            const auto result = sendNow(client);
            QCOMPARE(result->outcome, SendOutcome::Rejected);
            QVERIFY2(result->reason.contains(QLatin1String("no quorum")), qPrintable(result->reason));
        }
    }

    // PROOF.md pitfall 14. The node takes the request, dies, and its port refuses the connection that Qt
    // makes to send the request again: the last thing seen is a refused connection, yet the message may be
    // stored.
    void aNodeThatDiesWithTheRequestLeavesItUnknown_data()
    {
        QTest::addColumn<bool>("keptConnection");
        QTest::newRow("first request") << false;
        QTest::newRow("on a kept connection") << true;
    }

    void aNodeThatDiesWithTheRequestLeavesItUnknown()
    {
        QFETCH(bool, keptConnection);
        QList<FakeReply> script{{{}, Then::Vanish}};
        if (keptConnection)
            script.prepend(acknowledge(1));
        FakeNode node(sequence(script));
        Client client(impatient({node.url()}));
        if (keptConnection)
            QCOMPARE(sendNow(client)->outcome, SendOutcome::Acknowledged);
        // The port refuses every further attempt, so the outcome rests on the first alone.
        QCOMPARE(sendNow(client)->outcome, SendOutcome::Unknown);
    }

    void theDeadlineHolds()
    {
        FakeNode node(sequence({{{}, Then::Silence}}));
        auto settings = options({node.url()});
        settings.limits.attempt = Milliseconds(60000);
        settings.limits.total = Milliseconds(200);
        Client client(settings);
        const auto result = sendNow(client);
        QVERIFY(result->elapsed >= Milliseconds(190));
        QVERIFY(result->elapsed < Milliseconds(5000));
    }

    void retryAfterIsHonoured()
    {
        FakeReply busy = unavailable("rejected");
        busy.bytes.replace("Retry-After: 1", "Retry-After: 60");
        FakeNode node(sequence({busy}));
        Client client(options({node.url()}));
        const auto result = sendNow(client);
        QCOMPARE(result->attempts, 1); // a minute is beyond the deadline, so waiting for it is pointless
    }

    void manyAtOnce()
    {
        int seq = 0;
        FakeNode leader([&seq](const FakeRequest&) { return acknowledge(++seq); });
        FakeNode follower([&leader](const FakeRequest&) { return redirect(leader.url()); });
        Client client(options({follower.url()}));
        int acknowledged = 0;
        for (int i = 0; i < 100; ++i) {
            client.send(hello(), [&acknowledged](const SendResult& result) {
                acknowledged += result.outcome == SendOutcome::Acknowledged ? 1 : 0;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(acknowledged, 100, 10000);
        QCOMPARE(leader.requests.size(), 100);
    }

    void theWindowHolds()
    {
        FakeNode node(sequence({{{}, Then::Silence}}));
        auto settings = options({node.url()});
        settings.window = {2, 3, 1000};
        settings.limits.total = Milliseconds(900);
        Client client(settings);
        QList<SendResult> results;
        const auto collect = [&results](SendResult result) { results.append(std::move(result)); };
        for (int i = 0; i < 7; ++i)
            client.send(hello(), collect);
        QCOMPARE(client.sendsUnderWay(), 5);
        QVERIFY2(results.isEmpty(), "a receiver was called from within send()");
        QTRY_COMPARE(results.size(), 2);
        for (const SendResult& result : std::as_const(results)) {
            QCOMPARE(result.outcome, SendOutcome::Rejected);
            QCOMPARE(result.attempts, 0);
            QVERIFY(result.reason.contains(QLatin1String("3 messages wait")));
        }
        QTRY_COMPARE(node.requests.size(), 2);
        // Those that waited for them find their time up; they were never asked for.
        QTRY_COMPARE_WITH_TIMEOUT(results.size(), 7, 10000);
        QCOMPARE(node.requests.size(), 2);
        QCOMPARE(results[2].outcome, SendOutcome::Unknown);
        QCOMPARE(results.last().outcome, SendOutcome::Rejected);
        QVERIFY(results.last().elapsed >= Milliseconds(890));
        QCOMPARE(client.sendsUnderWay(), 0);
    }

    void theWindowBoundsBytes()
    {
        FakeNode node(sequence({acknowledge(1)}));
        auto settings = options({node.url()});
        settings.window = {1, 1000, 5000};
        Client client(settings);
        Draft draft = hello();
        draft.payload = jsonString(QString(2000, QLatin1Char('x')));
        int acknowledged = 0;
        int rejected = 0;
        for (int i = 0; i < 4; ++i) {
            client.send(draft, [&](const SendResult& result) {
                ++(result.outcome == SendOutcome::Acknowledged ? acknowledged : rejected);
            });
        }
        QTRY_COMPARE(acknowledged + rejected, 4);
        QCOMPARE(acknowledged, 3);
    }

    // One at a time is the promise that they are stored in the order of the calls.
    void aWindowOfOneKeepsTheOrder()
    {
        FakeNode node(
            sequence({unavailable("rejected"), acknowledge(1), unavailable("unknown"), acknowledge(2)}));
        auto settings = options({node.url()});
        settings.window.inFlightMax = 1;
        Client client(settings);
        QStringList done;
        for (int i = 0; i < 20; ++i) {
            Draft draft = hello();
            draft.msgId = QString::number(i);
            client.send(draft, [&done](const SendResult& result) { done.append(result.msgId); });
        }
        QTRY_COMPARE(done.size(), 20);
        QStringList asked;
        for (const FakeRequest& request : std::as_const(node.requests)) {
            if (!asked.contains(idOf(request)))
                asked.append(idOf(request));
        }
        QCOMPARE(done, asked);
        QCOMPARE(asked.first(), QStringLiteral("0"));
        QVERIFY(std::is_sorted(asked.cbegin(), asked.cend(),
                               [](const QString& a, const QString& b) { return a.toInt() < b.toInt(); }));
    }

    void destroyingTheClientCancels()
    {
        FakeNode node(sequence({{{}, Then::Silence}}));
        bool called = false;
        {
            Client client(options({node.url()}));
            client.send(hello(), [&called](const SendResult&) { called = true; });
            QTRY_COMPARE(node.requests.size(), 1);
        }
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void theReceiverMayDestroyTheClient()
    {
        FakeNode node(sequence({acknowledge(1)}));
        auto client = std::make_unique<Client>(options({node.url()}));
        client->send(hello(), [&client](const SendResult&) { client.reset(); });
        QTRY_VERIFY(!client);
    }

    void everyAttemptIsTold()
    {
        FakeNode leader(sequence({unavailable("rejected"), acknowledge(1)}));
        FakeNode follower([&leader](const FakeRequest&) { return redirect(leader.url()); });
        auto settings = options({follower.url()});
        QStringList told;
        settings.observer = [&told](const Attempt& attempt) {
            told.append(QString::number(attempt.reply.status) + (attempt.redirectedTo.isValid()
                                                                     ? QLatin1String(" redirect")
                                                                 : attempt.nextIn ? QLatin1String(" again")
                                                                                  : QLatin1String(" end")));
        };
        Client client(settings);
        QCOMPARE(sendNow(client)->outcome, SendOutcome::Acknowledged);
        QCOMPARE(told.join(QLatin1String(", ")),
                 QStringLiteral("307 redirect, 503 again, 307 redirect, 200 end"));
    }
};

QTEST_GUILESS_MAIN(TestSend)
#include "tst_send.moc"
