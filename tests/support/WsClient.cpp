// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/WsClient.h"

#include <QCborMap>
#include <QCborValue>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QWebSocketHandshakeOptions>

namespace dsmsg::test {

namespace {

template <class Condition>
bool spinUntil(Condition condition, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents,
                                        static_cast<int>(std::min<qint64>(deadline.remainingTime(), 50)));
    return condition();
}

QUrl socketUrl(const QString& baseUrl)
{
    QUrl url(baseUrl + QStringLiteral("/ws"));
    url.setScheme(QStringLiteral("ws"));
    return url;
}

} // namespace

WsClient::WsClient(const QString& baseUrl, const QString& subprotocol)
    : url_(socketUrl(baseUrl))
    , subprotocol_(subprotocol)
{
    socket_.setProxy(QNetworkProxy::NoProxy);
    connect(&socket_, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        frames_.push_back(QJsonDocument::fromJson(text.toUtf8()).object());
    });
    connect(&socket_, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& bytes) {
        frames_.push_back(QCborValue::fromCbor(bytes).toMap().toJsonObject());
    });
    connect(&socket_, &QWebSocket::disconnected, this, [this] { closed_ = true; });
}

WsClient::~WsClient()
{
    socket_.disconnect(this);
}

bool WsClient::open(int timeoutMs)
{
    QWebSocketHandshakeOptions options;
    if (!subprotocol_.isEmpty())
        options.setSubprotocols({subprotocol_});
    socket_.open(url_, options);
    hello_ = next(timeoutMs);
    return hello_[QLatin1String("type")].toString() == QLatin1String("hello");
}

void WsClient::send(const QJsonObject& frame)
{
    if (subprotocol_ == QLatin1String("dsmsg.cbor"))
        sendBinary(QCborMap::fromJsonObject(frame).toCborValue().toCbor());
    else
        sendText(QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

void WsClient::sendText(const QString& text)
{
    socket_.sendTextMessage(text);
    socket_.flush(); // the test may not let events run before it looks at the server
}

void WsClient::sendBinary(const QByteArray& bytes)
{
    socket_.sendBinaryMessage(bytes);
    socket_.flush();
}

QJsonObject WsClient::next(int timeoutMs)
{
    if (!spinUntil([this] { return !frames_.empty() || closed_; }, timeoutMs) || frames_.empty())
        return {};
    const QJsonObject frame = frames_.front();
    frames_.pop_front();
    return frame;
}

QJsonArray WsClient::gather(const char* type, const char* member, int count, int sub)
{
    QJsonArray all;
    while (all.size() < count) {
        const QJsonObject frame = next();
        if (frame.isEmpty())
            break;
        if (frame[QLatin1String("type")].toString() != QLatin1String(type) ||
            (sub != 0 && frame[QLatin1String("sub")].toInt() != sub))
            continue;
        for (const QJsonValue& one : frame[QLatin1String(member)].toArray())
            all.append(one);
    }
    return all;
}

QJsonArray WsClient::results(int count)
{
    return gather("ack", "results", count, 0);
}

QJsonArray WsClient::messages(int count, int sub)
{
    return gather("msg", "messages", count, sub);
}

std::optional<int> WsClient::closeCode()
{
    if (!spinUntil([this] { return closed_; }, patienceMs))
        return std::nullopt;
    return socket_.closeCode();
}

} // namespace dsmsg::test
