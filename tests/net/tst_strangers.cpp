// SPDX-License-Identifier: GPL-3.0-or-later
//
// What anybody can send to an open port: no frame of a stranger reaches the core, each is told why and
// dropped, and the node goes on.
#include <QTest>

#include <QNetworkProxy>
#include <QUrl>
#include <QWebSocket>

#include "tests/net/PeerLab.h"

using namespace dsmsg;
using namespace dsmsg::net;
using namespace dsmsg::net::testing;

namespace {

/// A WebSocket client that says what it likes.
class Stranger : public QObject
{
public:
    explicit Stranger(const Peer& peer)
    {
        socket.setProxy(QNetworkProxy::NoProxy);
        connect(&socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& data) {
            auto frame = decode(data.toStdString());
            if (frame)
                heard.push_back(std::move(*frame));
        });
        QUrl url(QString::fromStdString(peer.url()));
        url.setScheme(QStringLiteral("ws"));
        url.setPath(QStringLiteral("/peer"));
        socket.open(url);
    }
    void say(const Frame& frame) { socket.sendBinaryMessage(QByteArray::fromStdString(encode(frame))); }
    bool challenged() const { return !heard.empty() && std::holds_alternative<Challenge>(heard.front()); }
    std::string goodbye() const
    {
        const auto* last = heard.empty() ? nullptr : std::get_if<Goodbye>(&heard.back());
        return last != nullptr ? last->reason : std::string();
    }
    bool closed() const { return socket.state() == QAbstractSocket::UnconnectedState; }

    QWebSocket socket;
    std::vector<Frame> heard;
};

Hello helloOf(std::uint64_t number)
{
    Hello hello;
    hello.nodeId = "s" + std::to_string(number);
    hello.url = "http://127.0.0.1:1";
    hello.server = ServerId(number);
    hello.initialUrls = {"http://a:1", "http://b:2"};
    hello.nonce = "n";
    return hello;
}

} // namespace

class TestStrangers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { buryTheDead(); }

    void aMessageBeforeTheHelloIsRefused()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        stranger.say(raft::Message(raft::Heartbeat{Term(99), {}, 1}));
        QTRY_VERIFY(stranger.closed());
        QVERIFY(stranger.goodbye().find("hello") != std::string::npos);
        QVERIFY(node.arrivals.empty());
    }

    void garbageIsRefused()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        stranger.socket.sendBinaryMessage(QByteArray(1000, '\xff'));
        QTRY_VERIFY(stranger.closed());
        QVERIFY(stranger.goodbye().find("malformed") != std::string::npos);
    }

    void nothingIsHeardAfterARefusal()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        Hello hello = helloOf(1); // our own server id
        stranger.say(hello);
        stranger.say(helloOf(5));
        stranger.say(raft::Message(raft::Heartbeat{Term(99), {}, 1}));
        QTRY_VERIFY(stranger.closed());
        QVERIFY(stranger.goodbye().find("this node itself") != std::string::npos);
        QVERIFY(node.arrivals.empty());
    }

    void withoutTheSecretNothingIsHeard_data()
    {
        QTest::addColumn<std::string>("proof");
        QTest::newRow("none") << std::string();
        QTest::newRow("guessed") << std::string(32, 'x');
    }
    void withoutTheSecretNothingIsHeard()
    {
        QFETCH(std::string, proof);
        Peer node({.number = 1, .secret = "open sesame"});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        Hello hello = helloOf(5);
        hello.proof = proof;
        stranger.say(hello);
        QTRY_VERIFY(stranger.closed());
        QVERIFY(stranger.goodbye().find("secret") != std::string::npos);
        QCOMPARE(stranger.heard.size(), std::size_t(2)); // no hello, so no proof of the node's to replay
    }

    void challengesDiffer()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger first(node);
        Stranger second(node);
        QTRY_VERIFY(first.challenged() && second.challenged());
        QVERIFY(std::get<Challenge>(first.heard.front()) != std::get<Challenge>(second.heard.front()));
        QCOMPARE(std::get<Challenge>(first.heard.front()).nonce.size(), std::size_t(16));
    }

    void aLaterVersionIsRefusedInWords()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        Hello hello = helloOf(5);
        hello.version = protocolVersion + 1;
        stranger.say(hello);
        QTRY_VERIFY(stranger.goodbye().find("same version") != std::string::npos);
    }

    void pingsAreAnswered()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        stranger.say(helloOf(5));
        stranger.say(Ping{77});
        QTRY_VERIFY(!stranger.heard.empty() && std::holds_alternative<Pong>(stranger.heard.back()));
        QCOMPARE(std::get<Pong>(stranger.heard.back()).number, std::uint64_t(77));
    }

    /// The end of a peer that lost its power is never reported; its link must not stay for ever.
    void aSilentLinkIsClosed_data()
    {
        QTest::addColumn<bool>("greets");
        QTest::newRow("without a hello") << false;
        QTest::newRow("after its hello") << true;
    }
    void aSilentLinkIsClosed()
    {
        QFETCH(bool, greets);
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        Stranger stranger(node);
        QTRY_VERIFY(stranger.challenged());
        if (greets)
            stranger.say(helloOf(5));
        QTRY_VERIFY(stranger.closed());
        QVERIFY(stranger.goodbye().find(greets ? "nothing was heard" : "no hello") != std::string::npos);
    }

    /// Enough of a request to be handed to the hub, and then nothing.
    void aRequestThatNeverEndsIsDropped()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        QTcpSocket socket;
        socket.setProxy(QNetworkProxy::NoProxy);
        socket.connectToHost(QStringLiteral("127.0.0.1"), node.port());
        socket.write("GET /peer HTTP/1.1\r\nUpgrade: websocket\r\n");
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    }

    void manyThatComeAndGoLeaveRoom()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        for (int round = 0; round < 5; ++round) {
            std::vector<std::unique_ptr<Stranger>> crowd;
            for (int i = 0; i < 30; ++i)
                crowd.push_back(std::make_unique<Stranger>(node));
            QTRY_VERIFY(std::ranges::all_of(crowd, &Stranger::challenged));
        }
    }

    void tooManyAtOnceAreRefusedAndTheRestServed()
    {
        Peer node({.number = 1});
        node.dial(std::vector<std::string>{});
        std::vector<std::unique_ptr<Stranger>> crowd;
        for (int i = 0; i < 80; ++i)
            crowd.push_back(std::make_unique<Stranger>(node));
        const auto served = [&] { return std::ranges::count_if(crowd, &Stranger::challenged); };
        const auto refused = [&] {
            return std::ranges::count_if(crowd,
                                         [](const auto& s) { return s->closed() && s->heard.empty(); });
        };
        QTRY_COMPARE(served() + refused(), 80);
        QVERIFY(refused() > 0);
        QVERIFY(served() >= 60);
        crowd.clear();
        QTRY_VERIFY([&] {
            Stranger late(node);
            return QTest::qWaitFor([&] { return late.challenged(); }, 500);
        }());
    }
};

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
