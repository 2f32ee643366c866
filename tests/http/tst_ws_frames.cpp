// SPDX-License-Identifier: GPL-3.0-or-later
//
// What strangers send to /ws: frames bent at random, of both formats, and bytes that are no frames at all.
// Nothing may crash or hang, what is accepted must be within its bounds, and who behaves is served all the
// while. The seed is in the output; set DSMSG_SEED to repeat a run.
#include <QCborArray>
#include <QCborMap>
#include <QTest>
#include <random>

#include "core/http/Json.h"
#include "core/http/ws/ClientFrame.h"
#include "tests/http/TestServer.h"
#include "tests/support/WsClient.h"

namespace dsmsg::test {

namespace {

const std::vector<std::string> jsonSeeds = {
    R"({"type":"pub","ref":1,"ack":"quorum","messages":[{"msg_id":"a","sender":"s","recipient":"r","payload":{"x":[1e400,"\ud83d\ude00"]},"ts":1.5,"clock":{"offset":0.1,"error":0.01}},{}]})",
    R"({"type":"pub","ref":2,"message":{"payload":null}})",
    R"({"type":"sub","sub":1,"after":"d:5","order":"delivery","sender":"a","recipient":"b","credit":7})",
    R"({"type":"credit","sub":1,"n":5})", R"({"type":"unsub","sub":1})"};

std::vector<std::string> cborSeeds()
{
    const QCborMap message{
        {QStringLiteral("msg_id"), QStringLiteral("a")},
        {QStringLiteral("payload"), QByteArray("{\"x\":[1]}")},
        {QStringLiteral("ts"), 1.5},
        {QStringLiteral("clock"), QCborMap{{QStringLiteral("offset"), 1}, {QStringLiteral("error"), 0.5}}}};
    const std::vector<QCborMap> frames = {
        {{QStringLiteral("type"), QStringLiteral("pub")},
         {QStringLiteral("ref"), 1},
         {QStringLiteral("messages"), QCborArray{message, QCborMap(), message}}},
        {{QStringLiteral("type"), QStringLiteral("sub")},
         {QStringLiteral("sub"), 1},
         {QStringLiteral("after"), QStringLiteral("s:5")},
         {QStringLiteral("credit"), 100}}};
    std::vector<std::string> seeds;
    for (const QCborMap& frame : frames)
        seeds.push_back(frame.toCborValue().toCbor().toStdString());
    return seeds;
}

class Bender
{
public:
    explicit Bender(std::uint64_t seed)
        : random_(seed)
    {
    }

    std::string bend(const std::vector<std::string>& seeds)
    {
        std::string frame = seeds[below(seeds.size())];
        for (std::size_t i = below(6); i > 0 && !frame.empty(); --i) {
            const std::size_t at = below(frame.size());
            switch (below(5)) {
            case 0:
                frame[at] = static_cast<char>(below(256));
                break;
            case 1:
                frame.erase(at, below(8));
                break;
            case 2:
                frame.insert(at, 1, static_cast<char>(below(256)));
                break;
            case 3:
                frame.insert(at, frame.substr(below(frame.size()), below(20)));
                break;
            default:
                frame.resize(at);
            }
        }
        return frame;
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }

private:
    std::mt19937_64 random_;
};

/// What must hold of any frame that was read; its fault in words, empty when there is none.
QString objection(const http::ClientFrame& read, const http::HttpLimits& limits)
{
    if (const auto* bad = std::get_if<http::BadFrame>(&read))
        return bad->reason.empty() ? QStringLiteral("a bad frame without a reason") : QString();
    const auto* pub = std::get_if<http::PubFrame>(&read);
    if (!pub)
        return {};
    if (pub->messages.empty() || pub->messages.size() > limits.batchMessagesMax)
        return QStringLiteral("a pub of %1 messages").arg(pub->messages.size());
    for (const http::DraftOrFault& one : pub->messages) {
        const auto* draft = std::get_if<node::Draft>(&one);
        if (!draft)
            continue;
        if (draft->msgId.empty() || draft->msgId.size() > limits.nameBytesMax || !http::isUtf8(draft->msgId))
            return QStringLiteral("a bad msg_id");
        if (!http::isUtf8(draft->sender) || !http::isUtf8(draft->recipient))
            return QStringLiteral("a bad name");
        if (!http::readValue(draft->payload, limits.jsonDepthMax).ok())
            return QStringLiteral("a payload that is not JSON");
    }
    return {};
}

std::uint64_t seed()
{
    const QByteArray given = qgetenv("DSMSG_SEED");
    const std::uint64_t chosen = given.isEmpty() ? std::random_device{}() : given.toULongLong();
    qInfo("DSMSG_SEED=%llu", static_cast<unsigned long long>(chosen));
    return chosen;
}

} // namespace

class TestWsFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seedsAreUnderstood();
    void bentFramesAreReadOrRefused();
    void bentFramesSpoilNobodyElse();
};

/// Or bending them would test nothing but refusals.
void TestWsFrames::seedsAreUnderstood()
{
    const http::HttpLimits limits;
    for (const std::string& one : jsonSeeds)
        QVERIFY2(!std::holds_alternative<http::BadFrame>(http::readJsonFrame(one, limits)), one.c_str());
    for (const std::string& one : cborSeeds())
        QVERIFY(!std::holds_alternative<http::BadFrame>(http::readCborFrame(one, limits)));
}

void TestWsFrames::bentFramesAreReadOrRefused()
{
    http::HttpLimits limits;
    limits.batchMessagesMax = 3;
    limits.nameBytesMax = 40; // a new UUID fits
    Bender bender(seed());
    const std::vector<std::string> cbor = cborSeeds();
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = bender.bend(jsonSeeds);
        const QString ofText = objection(http::readJsonFrame(text, limits), limits);
        QVERIFY2(ofText.isEmpty(), qPrintable(ofText + QString::fromLatin1(text.c_str())));
        const std::string bytes = bender.bend(cbor);
        const QString ofBytes = objection(http::readCborFrame(bytes, limits), limits);
        QVERIFY2(ofBytes.isEmpty(),
                 qPrintable(ofBytes + QString::fromLatin1(QByteArray::fromStdString(bytes).toHex())));
    }
}

void TestWsFrames::bentFramesSpoilNobodyElse()
{
    const TestServer server;
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(server.port());
    WsClient decent(url);
    QVERIFY(decent.open());
    Bender bender(seed());
    const std::vector<std::string> cbor = cborSeeds();
    for (int i = 0; i < 100; ++i) {
        RawClient stranger(server);
        stranger.send("GET /ws HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                      "Sec-WebSocket-Protocol: dsmsg.cbor\r\n\r\n");
        QCOMPARE(stranger.answer(true).value_or(Answer{}).status, 101);
        std::string bytes;
        for (std::size_t frames = bender.below(5); frames > 0; --frames) {
            const std::string payload = bender.bend(cbor).substr(0, 100);
            bytes += std::string("\x82", 1) + static_cast<char>(0x80 | payload.size()) +
                     std::string(4, '\0') + payload;
        }
        if (bender.below(2) == 0 && !bytes.empty())
            bytes[bender.below(bytes.size())] = static_cast<char>(bender.below(256));
        stranger.send(bytes);
        if (bender.below(2) == 0)
            stranger.abort();
    }
    decent.send(QJsonDocument::fromJson(R"({"type":"pub","ref":1,"messages":[{}]})").object());
    QCOMPARE(decent.results(1).size(), 1);
}

} // namespace dsmsg::test

QTEST_GUILESS_MAIN(dsmsg::test::TestWsFrames)
#include "tst_ws_frames.moc"
