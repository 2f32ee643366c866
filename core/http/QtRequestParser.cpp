// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/QtRequestParser.h"

#include <QAbstractHttpServer>
#include <QHttpServerRequest>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#include <QHttpServerResponder>
#endif

#include "core/base/Assert.h"

namespace dsmsg::http {

namespace {

/// A connected socket without a descriptor: reads what feed() gave it, swallows what is written to it.
class ParserSocket final : public QTcpSocket
{
public:
    explicit ParserSocket(QObject* owner)
        : QTcpSocket(owner)
    {
        setOpenMode(QIODevice::ReadWrite);
        setSocketState(QAbstractSocket::ConnectedState);
    }
    ~ParserSocket() override { setSocketState(QAbstractSocket::UnconnectedState); }

    void feed(std::string_view bytes)
    {
        unread_ = bytes;
        Q_EMIT readyRead();
        unread_ = {};
    }

    /// Qt does this with a request it does not understand and, from 6.9 on, with a connection it finds idle.
    void disconnectFromHost() override
    {
        if (state() == QAbstractSocket::UnconnectedState)
            return;
        setSocketState(QAbstractSocket::UnconnectedState);
        Q_EMIT disconnected();
    }
    qint64 bytesAvailable() const override
    {
        // The socket below has no descriptor and nothing to count: QAbstractSocket's own answer means nothing
        // here.
        // NOLINTNEXTLINE(bugprone-parent-virtual-call)
        return QIODevice::bytesAvailable() + static_cast<qint64>(unread_.size());
    }

protected:
    qint64 readData(char* data, qint64 sizeMax) override
    {
        const std::size_t count = std::min(unread_.size(), static_cast<std::size_t>(sizeMax));
        if (count != 0)
            std::memcpy(data, unread_.data(), count);
        unread_.remove_prefix(count);
        return static_cast<qint64>(count);
    }
    qint64 writeData(const char*, qint64 size) override { return size; }

private:
    std::string_view unread_;
};

/// Hands ParserSockets to Qt HTTP Server. bind() wants a server that listens (6.8 refuses any other, 6.4
/// warns), so this one is given a TCP socket that was never bound: it counts as listening, but no port is
/// open.
class SocketSource final : public QTcpServer
{
public:
    SocketSource()
    {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        DSMSG_ASSERT(descriptor >= 0 && setSocketDescriptor(descriptor),
                     "no descriptor is left for the HTTP parser; raise the limit on open files");
        pauseAccepting();
    }

    void offer(QTcpSocket* socket)
    {
        addPendingConnection(socket);
        // Taking a pending connection resumes accepting, which an unbound socket answers with endless
        // wake-ups.
        pauseAccepting();
    }
};

Method methodOf(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return Method::Get;
    case QHttpServerRequest::Method::Head:
        return Method::Head;
    case QHttpServerRequest::Method::Post:
        return Method::Post;
    case QHttpServerRequest::Method::Delete:
        return Method::Delete;
    case QHttpServerRequest::Method::Options:
        return Method::Options;
    default:
        return Method::Other;
    }
}

void addHeader(Request& to, QByteArrayView name, QByteArrayView text)
{
    auto& [lowerName, value] =
        to.headers.emplace_back(name.toByteArray().toLower().toStdString(), std::string());
    value.assign(text.data(), static_cast<std::size_t>(text.size()));
}

void copyHeaders(const QHttpServerRequest& from, Request& to)
{
    const auto& headers = from.headers();
    to.headers.reserve(static_cast<std::size_t>(headers.size()));
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QLatin1StringView name = headers.nameAt(i);
        addHeader(to, QByteArrayView(name.data(), name.size()), headers.valueAt(i));
    }
#else
    for (const auto& [name, text] : headers)
        addHeader(to, name, text);
#endif
}

class CopyingServer final : public QAbstractHttpServer
{
public:
    std::optional<Request> taken;

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest& request, QHttpServerResponder&) override
    {
        return copy(request);
    }
    void missingHandler(const QHttpServerRequest&, QHttpServerResponder&) override
    {
    }
#else
    bool handleRequest(const QHttpServerRequest& request, QTcpSocket*) override
    {
        return copy(request);
    }
    void missingHandler(const QHttpServerRequest&, QTcpSocket*) override
    {
    }
#endif

private:
    bool copy(const QHttpServerRequest& request)
    {
        const QUrl url = request.url();
        taken.emplace();
        taken->method = methodOf(request.method());
        taken->path = url.path().toStdString();
        taken->rawPath = url.path(QUrl::FullyEncoded).toStdString();
        if (url.hasQuery())
            taken->query = url.query(QUrl::FullyEncoded).toStdString();
        copyHeaders(request, *taken);
        return true;
    }
};

/// A head and what Qt made of it.
struct Known
{
    std::string head;
    Request request;
};

} // namespace

struct QtRequestParser::Impl
{
    CopyingServer server;
    SocketSource* source = new SocketSource; ///< bind() gives it to the server
    QPointer<ParserSocket> socket;           ///< Qt deletes it some time after disconnectFromHost()
    std::array<Known, 32> known;             ///< by hash of the head; the later one stays

    Impl()
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        DSMSG_ASSERT(server.bind(source), "Qt HTTP Server refuses its socket source");
#else
        server.bind(source);
#endif
    }

    ParserSocket& connected()
    {
        ParserSocket* kept = socket.data();
        if (kept && kept->state() == QAbstractSocket::ConnectedState)
            return *kept;
        auto* fresh = new ParserSocket(source);
        socket = fresh;
        source->offer(fresh);
        return *fresh;
    }

    /// False: Qt refuses the head.
    bool parseInto(Request& request, std::string_view head)
    {
        server.taken.reset();
        ParserSocket& parsing = connected();
        parsing.feed(head);
        if (!server.taken) {
            parsing.disconnectFromHost(); // whatever state its parser is in must not meet the next request
            return false;
        }
        request = std::move(*server.taken);
        return true;
    }
};

QtRequestParser::QtRequestParser()
    : impl_(std::make_unique<Impl>())
{
}

QtRequestParser::~QtRequestParser() = default;

Request* QtRequestParser::parse(std::string_view head)
{
    Known& known = impl_->known[std::hash<std::string_view>{}(head) % impl_->known.size()];
    if (known.head != head) {
        known.head.clear();
        if (!impl_->parseInto(known.request, head))
            return nullptr;
        known.head = head;
    }
    known.request.body = {};
    return &known.request;
}

} // namespace dsmsg::http
