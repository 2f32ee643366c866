// SPDX-License-Identifier: GPL-3.0-or-later
//
// A TCP server that answers HTTP requests with whatever bytes a test prescribes: correct answers, none,
// garbage, a closed connection. Written on a bare socket, because the point is to behave as no HTTP library
// would.
#pragma once

#include <functional>

#include <QByteArray>
#include <QList>
#include <QTcpServer>
#include <QUrl>

namespace dsmsg::test {

struct FakeRequest
{
    QByteArray method;
    QByteArray target; ///< path and query
    QByteArray body;
};

struct FakeReply
{
    enum class Then
    {
        Keep,
        Close,
        Silence,
        Vanish,
        Stream
    };
    QByteArray bytes;
    /// Silence: say nothing; Vanish: close, and stop listening as well; Stream: more follows by push().
    Then then = Then::Keep;
};

/// JSON written with single quotes, which C++ and moc (it loses its way in raw strings) read without escapes.
QByteArray json(const char* text);
/// A complete HTTP answer with a JSON body.
FakeReply answer(int status, const QByteArray& body, const QByteArray& extraHeaders = {});
/// 307 to `leader`.
FakeReply redirect(const QUrl& leader);
/// 200 with this seq, as a node acknowledges.
FakeReply acknowledge(int seq);
/// The head of a stream of events, and its first bytes.
FakeReply stream(const QByteArray& events = {});
/// 503 with this outcome.
FakeReply unavailable(const QByteArray& outcome, const QByteArray& extra = {});

class FakeNode
{
public:
    using Script = std::function<FakeReply(const FakeRequest&)>;

    explicit FakeNode(Script script);
    ~FakeNode();

    QUrl url() const;
    /// To every stream that is open.
    void push(const QByteArray& bytes);
    /// Breaks every stream off.
    void dropStreams();
    qsizetype openStreams() const { return streams_.size(); }
    /// What the clients have not taken yet of the streams.
    qint64 bytesToWrite() const;
    /// Everything received so far.
    QList<FakeRequest> requests;

private:
    void received(QTcpSocket* socket);

    QTcpServer server_;
    Script script_;
    QList<QTcpSocket*> streams_; ///< the server owns them
};

/// The URL of a port on which nothing listens.
QUrl deadUrl();

} // namespace dsmsg::test
