// SPDX-License-Identifier: GPL-3.0-or-later
//
// A subscription through everything that can happen to its stream. Whatever the nodes do, the positions that
// come out rise by one, without a gap and without a repeat.
#include <optional>

#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include "FakeNode.h"
#include "core/client/Client.h"

using namespace dsmsg;
using namespace dsmsg::client;
using namespace dsmsg::test;
using Kind = SubscriptionState::Kind;

namespace {

Client::Options options(QList<QUrl> endpoints)
{
    Client::Options options;
    options.endpoints = std::move(endpoints);
    options.stream.openMax = Milliseconds(2000);
    options.stream.silenceMax = Milliseconds(10000);
    options.seed = 1;
    return options;
}

QByteArray sse(quint64 number, const char* prefix = "s:", int padding = 1)
{
    const QByteArray text = QByteArray::number(number);
    return "id: " + (prefix + text) + json("\ndata: {'seq':") + text + json(",'delivery_seq':") + text +
           json(",'msg_id':'m','sender':'a','recipient':'b','corrected_ts':1.5,'payload':'") +
           QByteArray(padding, 'x') + json("'}\n\n");
}

/// The position after which a request wants to go on; none: it names none.
std::optional<quint64> afterOf(const FakeRequest& request)
{
    const qsizetype at = request.target.indexOf("after=");
    if (at < 0)
        return std::nullopt;
    const QByteArray text = request.target.mid(at + 6).split('&').first();
    return text.mid(text.indexOf("%3A") + 3).toULongLong();
}

/// Streams `count` messages after what is asked for.
FakeNode::Script streaming(quint64 count, quint64 last = 1000)
{
    return [count, last](const FakeRequest& request) {
        QByteArray events = "retry: 1000\n\n";
        const quint64 after = afterOf(request).value_or(0);
        for (quint64 number = after + 1; number <= std::min(after + count, last); ++number)
            events += sse(number);
        return stream(events);
    };
}

/// A subscription and everything it said.
struct Subscriber
{
    explicit Subscriber(Client& client, SubscribeQuery query = {Order::Seq, 0, {}, {}})
        : subscription(client.subscribe(
              query,
              [this](const Message& message) {
                  numbers.append(message.number(order));
                  if (numbers.size() == pauseAt)
                      subscription->pause();
              },
              [this](const SubscriptionState& state) { states.append(state); }))
        , order(query.order)
    {
    }

    qsizetype count(Kind kind) const
    {
        return std::count_if(states.cbegin(), states.cend(),
                             [kind](const SubscriptionState& state) { return state.kind == kind; });
    }
    /// 1, 2, 3, ... after `first`.
    bool hasNoGap(quint64 first = 0) const
    {
        for (qsizetype i = 0; i < numbers.size(); ++i) {
            if (numbers[i] != first + quint64(i) + 1)
                return false;
        }
        return true;
    }

    QList<quint64> numbers;
    QList<SubscriptionState> states;
    qsizetype pauseAt = -1;
    std::unique_ptr<Subscription> subscription;
    Order order;
};

} // namespace

class TestSubscription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOutMessagesAsTheyCome()
    {
        FakeNode node(streaming(2));
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.numbers.size(), 2);
        node.push(sse(3));
        QTRY_COMPARE(subscriber.numbers.size(), 3);
        QVERIFY(subscriber.hasNoGap());
        QCOMPARE(subscriber.subscription->position(), std::optional<quint64>(3));
        QCOMPARE(subscriber.states.size(), 1);
        QCOMPARE(subscriber.states.first().kind, Kind::Live);
        QCOMPARE(subscriber.states.first().node, node.url());
    }

    void asksForWhatItWants()
    {
        FakeNode node(streaming(0));
        Client client(options({node.url()}));
        SubscribeQuery query;
        query.order = Order::Delivery;
        query.after = 17;
        query.sender = QStringLiteral("a b&c");
        query.recipient = QStringLiteral("you");
        Subscriber subscriber(client, query);
        QTRY_COMPARE(node.requests.size(), 1);
        QCOMPARE(node.requests.first().target,
                 QByteArray("/events?order=delivery&after=d%3A17&sender=a%20b%26c&recipient=you"));
        node.push(sse(18, "d:"));
        QTRY_COMPARE(subscriber.numbers, QList<quint64>{18});
    }

    // A break before the first message must not lose what comes meanwhile.
    void fromNowOnIsAPosition_data()
    {
        QTest::addColumn<Order>("order");
        QTest::addColumn<QByteArray>("first");
        QTest::newRow("seq") << Order::Seq << QByteArray("id: s:41\n\n");
        QTest::newRow("delivery") << Order::Delivery << QByteArray("id: d:41\n\n");
    }

    void fromNowOnIsAPosition()
    {
        QFETCH(Order, order);
        QFETCH(QByteArray, first);
        FakeNode node([](const FakeRequest&) { return stream("retry: 1000\n"); });
        Client client(options({node.url()}));
        SubscribeQuery query;
        query.order = order;
        Subscriber subscriber(client, query);
        QTRY_COMPARE(node.requests.size(), 1);
        QVERIFY(!afterOf(node.requests.last()));
        QVERIFY2(!subscriber.subscription->position() && subscriber.states.isEmpty(),
                 "live without a position");
        node.push(first);
        QTRY_COMPARE(subscriber.count(Kind::Live), 1);
        QCOMPARE(subscriber.states.last().position, std::optional<quint64>(41));
        node.dropStreams();
        QTRY_COMPARE(node.requests.size(), 2);
        QCOMPARE(afterOf(node.requests.last()), std::optional<quint64>(41));
    }

    // The first position of an empty cluster.
    void nowMayBeZero()
    {
        FakeNode node([](const FakeRequest&) { return stream("id: s:0\n\n"); });
        Client client(options({node.url()}));
        Subscriber subscriber(client, SubscribeQuery());
        QTRY_COMPARE(subscriber.subscription->position(), std::optional<quint64>(0));
    }

    void resumesAfterEveryBreak()
    {
        FakeNode first(streaming(7, 200));
        FakeNode second(streaming(5, 200));
        Client client(options({first.url(), second.url()}));
        Subscriber subscriber(client);
        while (subscriber.numbers.size() < 200) {
            const qsizetype before = subscriber.numbers.size();
            QTRY_VERIFY_WITH_TIMEOUT(subscriber.numbers.size() > before, 10000);
            first.dropStreams();
            second.dropStreams();
        }
        QVERIFY(subscriber.hasNoGap());
        QVERIFY(subscriber.count(Kind::Lost) >= 30);
        QVERIFY2(!first.requests.isEmpty() && !second.requests.isEmpty(), "it stayed with one node");
    }

    // An event counts once it is complete; half of one is asked for again.
    void aBreakInsideAnEvent()
    {
        int asked = 0;
        FakeNode node([&asked](const FakeRequest& request) {
            FakeReply reply = streaming(3, 3)(request);
            if (++asked == 1) {
                reply.bytes.chop(5);
                reply.then = FakeReply::Then::Close;
            }
            return reply;
        });
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.numbers.size(), 3);
        QVERIFY(subscriber.hasNoGap());
        QCOMPARE(afterOf(node.requests.last()), std::optional<quint64>(2));
    }

    // A node that lags, or was told the wrong position, sends what is known already.
    void whatWasSeenIsDropped()
    {
        FakeNode node([](const FakeRequest&) { return stream(sse(1) + sse(2) + sse(2) + sse(1) + sse(3)); });
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.numbers.size(), 3);
        node.dropStreams();
        QTRY_COMPARE(node.requests.size(), 2);
        node.push(sse(4));
        QTRY_COMPARE(subscriber.numbers.size(), 4);
        QVERIFY(subscriber.hasNoGap());
    }

    // What passes no filter moves the position all the same, or a resume would scan it again.
    void anIdWithoutDataMovesThePosition()
    {
        FakeNode node([](const FakeRequest&) { return stream(sse(1) + ":\nid: s:90\n\n"); });
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.subscription->position(), std::optional<quint64>(90));
        node.dropStreams();
        QTRY_COMPARE(node.requests.size(), 2);
        QCOMPARE(afterOf(node.requests.last()), std::optional<quint64>(90));
        QCOMPARE(subscriber.numbers, QList<quint64>{1});
    }

    void goesOnWhereANodeIsDead()
    {
        FakeNode node(streaming(1));
        Client client(options({deadUrl(), node.url()}));
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.numbers.size(), 1);
        QCOMPARE(subscriber.states.first().kind, Kind::Lost);
        QCOMPARE(subscriber.states.first().nextIn, Milliseconds(0));
        QVERIFY(subscriber.states.first().reason.contains(QLatin1String("nothing listens")));
    }

    void waitsBetweenRounds()
    {
        Client client(options({deadUrl(), deadUrl()}));
        Subscriber subscriber(client);
        QTRY_VERIFY(subscriber.states.size() >= 6);
        for (qsizetype i = 0; i < 6; ++i)
            QCOMPARE(subscriber.states[i].nextIn.count() > 0, i % 2 == 1);
        QVERIFY(subscriber.states[5].nextIn > subscriber.states[1].nextIn);
    }

    void silenceIsDeath_data()
    {
        QTest::addColumn<bool>("open");
        QTest::newRow("no answer at all") << false;
        QTest::newRow("an open stream") << true;
    }

    void silenceIsDeath()
    {
        QFETCH(bool, open);
        FakeNode silent([open](const FakeRequest&) {
            return open ? stream(sse(1)) : FakeReply{{}, FakeReply::Then::Silence};
        });
        FakeNode alive(streaming(2));
        auto settings = options({silent.url(), alive.url()});
        settings.stream.openMax = settings.stream.silenceMax = Milliseconds(150);
        Client client(settings);
        Subscriber subscriber(client);
        QTRY_VERIFY(subscriber.numbers.size() >= 2);
        QVERIFY(subscriber.hasNoGap());
        QVERIFY2(subscriber.count(Kind::Lost) >= 1, "the silence was not noticed");
        QTRY_COMPARE(silent.openStreams(), 0);
    }

    void commentsAreASignOfLife()
    {
        FakeNode node(streaming(1));
        auto settings = options({node.url()});
        settings.stream.silenceMax = Milliseconds(300);
        Client client(settings);
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.numbers.size(), 1);
        QElapsedTimer clock;
        clock.start();
        QTimer heartbeat;
        connect(&heartbeat, &QTimer::timeout, this, [&node] { node.push(":\n\n"); });
        heartbeat.start(50);
        QTRY_VERIFY(clock.elapsed() > 900);
        QCOMPARE(subscriber.states.size(), 1);
    }

    void aRefusalIsFinal()
    {
        FakeNode node(
            [](const FakeRequest&) { return answer(400, json("{'reason':'after is too clever'}")); });
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.count(Kind::Refused), 1);
        QVERIFY(subscriber.states.last().reason.contains(QLatin1String("too clever")));
        QTest::qWait(200);
        QCOMPARE(node.requests.size(), 1);
    }

    void notNowIsNotFinal_data()
    {
        QTest::addColumn<FakeReply>("reply");
        QTest::newRow("too many subscribers") << answer(503, json("{'reason':'too many subscribers'}"));
        QTest::newRow("an older version") << answer(404, json("{'reason':'unknown path'}"));
        QTest::newRow("not a stream") << answer(200, "{}");
        QTest::newRow("not HTTP") << FakeReply{"\x01\x02 nothing\r\n\r\n", FakeReply::Then::Close};
        QTest::newRow("not a message") << stream("data: {}\n\n");
        QTest::newRow("an event without end") << stream("data: " + QByteArray(20000, 'x'));
    }

    void notNowIsNotFinal()
    {
        QFETCH(FakeReply, reply);
        FakeNode wrong([reply](const FakeRequest&) { return reply; });
        FakeNode right(streaming(1));
        auto settings = options({wrong.url(), right.url()});
        settings.stream.eventBytesMax = 10000;
        Client client(settings);
        Subscriber subscriber(client);
        QTRY_COMPARE(subscriber.numbers.size(), 1);
        QCOMPARE(subscriber.count(Kind::Lost), 1);
        QCOMPARE(subscriber.count(Kind::Refused), 0);
        for (const SubscriptionState& state : std::as_const(subscriber.states))
            QCOMPARE(state.reason.isEmpty(), state.kind == Kind::Live);
    }

    // While nobody reads, the node is left holding the rest; nothing is lost by it.
    void aPauseHoldsTheNodeUp()
    {
        constexpr int messages = 400;
        constexpr int padding = 64 * 1024;
        FakeNode node([](const FakeRequest&) { return stream(); });
        auto settings = options({node.url()});
        settings.stream.readBufferBytes = 256 * 1024;
        settings.stream.silenceMax = Milliseconds(200);
        Client client(settings);
        Subscriber subscriber(client);
        subscriber.pauseAt = 3;
        QTRY_COMPARE(subscriber.count(Kind::Live), 1);
        for (int i = 1; i <= messages; ++i)
            node.push(sse(quint64(i), "s:", padding));
        QTRY_COMPARE(subscriber.numbers.size(), 3);
        QTest::qWait(500); // longer than the silence that means death
        QCOMPARE(subscriber.numbers.size(), 3);
        QCOMPARE(subscriber.count(Kind::Lost), 0);
        // The kernel's buffers take some MiB, ours a fraction of one.
        QVERIFY2(node.bytesToWrite() > qint64(messages) * padding / 4, "the client swallowed it all");
        subscriber.subscription->resume();
        QTRY_COMPARE_WITH_TIMEOUT(subscriber.numbers.size(), messages, 20000);
        QVERIFY(subscriber.hasNoGap());
    }

    void aStreamLostInAPauseIsResumedAfterIt()
    {
        FakeNode node(streaming(5, 20));
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        subscriber.pauseAt = 3;
        QTRY_COMPARE(subscriber.numbers.size(), 3);
        node.dropStreams();
        QTRY_COMPARE(subscriber.count(Kind::Lost), 1);
        QTest::qWait(200);
        QCOMPARE(node.requests.size(), 1);
        subscriber.subscription->resume();
        QTRY_COMPARE(subscriber.numbers.size(), 8);
        QVERIFY(subscriber.hasNoGap());
    }

    void theReceiverMayDestroyIt()
    {
        FakeNode node(streaming(10));
        Client client(options({node.url()}));
        std::unique_ptr<Subscription> subscription;
        int received = 0;
        subscription = client.subscribe({Order::Seq, 0, {}, {}}, [&](const Message&) {
            ++received;
            subscription.reset();
        });
        QTRY_COMPARE(received, 1);
        QTRY_COMPARE(node.openStreams(), 0);
        QCOMPARE(received, 1);
    }

    void theObserverMayDestroyIt()
    {
        FakeNode node(streaming(0));
        for (const QUrl& url : {deadUrl(), node.url()}) {
            Client client(options({url}));
            std::unique_ptr<Subscription> subscription;
            subscription = client.subscribe(
                {Order::Seq, 0, {}, {}}, [](const Message&) {},
                [&](const SubscriptionState&) { subscription.reset(); });
            QTRY_VERIFY(!subscription);
        }
    }

    // Reading a long stretch must not starve the rest of the program.
    void aLongStretchLeavesOthersTheirTurn()
    {
        FakeNode node(streaming(20000, 20000));
        Client client(options({node.url()}));
        Subscriber subscriber(client);
        QSet<qsizetype> seen;
        QTimer other;
        connect(&other, &QTimer::timeout, this, [&] { seen.insert(subscriber.numbers.size()); });
        other.start(0);
        QTRY_COMPARE_WITH_TIMEOUT(subscriber.numbers.size(), 20000, 20000);
        QVERIFY(subscriber.hasNoGap());
        QVERIFY2(seen.size() > 20, "one turn took them all");
    }
};

Q_DECLARE_METATYPE(FakeReply)

QTEST_GUILESS_MAIN(TestSubscription)
#include "tst_subscription.moc"
