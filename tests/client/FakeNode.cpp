// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeNode.h"

#include <utility>

#include <QTcpSocket>

#include "core/base/Assert.h"

namespace dsmsg::test {

QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

FakeReply answer(int status, const QByteArray& body, const QByteArray& extraHeaders)
{
    return {"HTTP/1.1 " + QByteArray::number(status) + " Some Phrase\r\nContent-Type: application/json\r\n" +
                extraHeaders + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body,
            FakeReply::Then::Keep};
}

FakeReply redirect(const QUrl& leader)
{
    return answer(307, R"({"status":"redirect","reason":"node_is_not_leader"})",
                  "Location: " + leader.toEncoded() + "/send\r\n");
}

FakeReply acknowledge(int seq)
{
    return answer(200, R"({"status":"ok","committed":true,"msg_id":"m","seq":)" + QByteArray::number(seq) +
                           R"(,"receipt":{"term":2,"index":7,"durable_on":["n1","n3"]}})");
}

FakeReply stream(const QByteArray& events)
{
    return {"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + events,
            FakeReply::Then::Stream};
}

FakeReply unavailable(const QByteArray& outcome, const QByteArray& extra)
{
    return answer(503,
                  R"({"status":"error","reason":"replication quorum not achieved","outcome":")" + outcome +
                      '"' + extra + '}',
                  "Retry-After: 1\r\n");
}

FakeNode::FakeNode(Script script)
    : script_(std::move(script))
{
    const bool listening = server_.listen(QHostAddress::LocalHost);
    DSMSG_ASSERT(listening, "a test needs a loopback port");
    QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] {
        while (QTcpSocket* socket = server_.nextPendingConnection())
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { received(socket); });
    });
}

FakeNode::~FakeNode()
{
    for (QTcpSocket* socket : std::as_const(streams_))
        socket->disconnect(&server_);
}

void FakeNode::push(const QByteArray& bytes)
{
    for (QTcpSocket* socket : std::as_const(streams_))
        socket->write(bytes);
}

void FakeNode::dropStreams()
{
    const QList<QTcpSocket*> open = std::exchange(streams_, {});
    for (QTcpSocket* socket : open)
        socket->abort();
}

qint64 FakeNode::bytesToWrite() const
{
    qint64 bytes = 0;
    for (const QTcpSocket* socket : streams_)
        bytes += socket->bytesToWrite();
    return bytes;
}

QUrl FakeNode::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server_.serverPort()));
}

void FakeNode::received(QTcpSocket* socket)
{
    const QByteArray all = socket->peek(socket->bytesAvailable());
    const qsizetype headEnd = all.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    qsizetype length = 0;
    const QList<QByteArray> lines = all.left(headEnd).split('\n');
    for (const QByteArray& line : lines) {
        if (line.toLower().startsWith("content-length:"))
            length = line.mid(15).trimmed().toLongLong();
    }
    if (all.size() < headEnd + 4 + length)
        return;
    socket->skip(headEnd + 4 + length);
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    const FakeRequest request{words.value(0), words.value(1), all.mid(headEnd + 4, length)};
    requests.append(request);

    const FakeReply reply = script_(request);
    if (reply.then == FakeReply::Then::Silence)
        return;
    socket->write(reply.bytes);
    if (reply.then == FakeReply::Then::Vanish)
        server_.close();
    if (reply.then == FakeReply::Then::Stream) {
        streams_.append(socket);
        QObject::connect(socket, &QTcpSocket::disconnected, &server_,
                         [this, socket] { streams_.removeOne(socket); });
        return;
    }
    if (reply.then != FakeReply::Then::Keep)
        socket->disconnectFromHost();
}

QUrl deadUrl()
{
    QTcpServer server;
    const bool listening = server.listen(QHostAddress::LocalHost);
    DSMSG_ASSERT(listening, "a test needs a loopback port");
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort()));
}

} // namespace dsmsg::test
