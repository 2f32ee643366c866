// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/Acceptor.h"

#include <QLoggingCategory>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QThread>
#include <algorithm>
#include <cerrno>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dsmsg::net {

namespace {

Q_LOGGING_CATEGORY(lcAcceptor, "dsmsg.net.acceptor")

constexpr int listenBacklog = 1024;
constexpr std::size_t reservedDescriptors = 128;
constexpr std::size_t connectionsMin = 64;
constexpr int acceptsPerTurn = 256;
constexpr qint64 headBytesMax = 16 * 1024;
constexpr std::chrono::milliseconds pauseWhenExhausted{200};

/// How many refused clients may still read their refusal; each costs a descriptor of the reserve.
constexpr std::size_t refusedMax = 32;
constexpr std::chrono::milliseconds refusedTimeMax{1000};

/// The answer of API.md for a node that cannot take the request; CORS as everywhere.
std::string refusal()
{
    const std::string body =
        R"({"status":"error","reason":"too many connections to this node; retry later","outcome":"rejected"})";
    return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) +
           "\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: GET,POST,OPTIONS\r\n"
           "Access-Control-Allow-Headers: Content-Type,Accept\r\nAccess-Control-Max-Age: 86400\r\n"
           "Retry-After: 1\r\nConnection: close\r\n\r\n" +
           body;
}

/// Which of the paths that are upgraded `head` begins with, or may still turn out to.
enum class PathMatch
{
    None,
    Perhaps,
    Peer,
    WebSocket
};

PathMatch matchUpgradePath(std::string_view head)
{
    constexpr std::pair<std::string_view, PathMatch> paths[] = {{"GET /peer", PathMatch::Peer},
                                                                {"GET /ws", PathMatch::WebSocket}};
    PathMatch best = PathMatch::None;
    for (const auto& [path, match] : paths) {
        if (head.size() <= path.size()) {
            if (path.starts_with(head))
                best = PathMatch::Perhaps;
        } else if (head.starts_with(path) && (head[path.size()] == ' ' || head[path.size()] == '?')) {
            return match;
        }
    }
    return best;
}

const char* whatToDo(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::SocketAddressNotAvailableError:
        return "give --host an address that this machine has, or 0.0.0.0 for all of them";
    case QAbstractSocket::SocketAccessError:
        return "choose a port from 1024 on, or allow this user the lower ones";
    default:
        return "stop what uses the port or choose another";
    }
}

bool hasUpgradeHeader(std::string_view head)
{
    constexpr std::string_view name = "\r\nupgrade:";
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; };
    return std::search(head.begin(), head.end(), name.begin(), name.end(), same) != head.end();
}

} // namespace

std::size_t connectionsForOpenFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return connectionsMin;
    const std::size_t files = limit.rlim_cur;
    return files > reservedDescriptors + connectionsMin ? files - reservedDescriptors : connectionsMin;
}

Result<std::unique_ptr<QTcpServer>> Acceptor::listen(const QString& host, std::uint16_t port)
{
    auto server = std::make_unique<QTcpServer>();
    server->setProxy(QNetworkProxy::NoProxy);
    server->setListenBacklogSize(listenBacklog);
    const QHostAddress address =
        host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    if (address.isNull())
        return Error{Error::Kind::Invalid, "'" + host.toStdString() +
                                               "' is not an address; give one of this machine's "
                                               "as numbers, 127.0.0.1 or 0.0.0.0 for example"};
    if (!server->listen(address, port))
        return Error{Error::Kind::Refused,
                     "cannot listen on " + host.toStdString() + " port " + std::to_string(port) + ": " +
                         server->errorString().toStdString() + "; " + whatToDo(server->serverError())};
    return server;
}

Acceptor::Acceptor(std::unique_ptr<QTcpServer> server, AcceptorOptions options, Destination http,
                   Destination peer, Destination webSocket)
    : server_(std::move(server))
    , options_{options.connectionsMax == 0 ? connectionsForOpenFileLimit() : options.connectionsMax,
               options.headerTimeMax}
    , http_(std::move(http))
    , peer_(std::move(peer))
    , webSocket_(std::move(webSocket))
    , counters_(std::make_shared<AcceptorCounters>())
{
    DSMSG_ASSERT(server_->isListening(), "the acceptor needs a server that listens");
    // What the server accepted before it came here, and never again by itself: see pause().
    while (QTcpSocket* socket = server_->nextPendingConnection())
        admit(socket);
    server_->pauseAccepting();
    readable_.setSocket(server_->socketDescriptor());
    connect(&readable_, &QSocketNotifier::activated, this, &Acceptor::acceptNew);
    resume_.setSingleShot(true);
    connect(&resume_, &QTimer::timeout, this, [this] { readable_.setEnabled(true); });
    connect(&sweeper_, &QTimer::timeout, this, &Acceptor::dropSlow);
    readable_.setEnabled(true);
    sweeper_.start(std::clamp<std::chrono::milliseconds>(
        options_.headerTimeMax / 4, std::chrono::milliseconds(10), std::chrono::seconds(1)));
}

Acceptor::~Acceptor()
{
    stop();
}

std::uint16_t Acceptor::port() const
{
    return server_->serverPort();
}

void Acceptor::stop()
{
    readable_.setEnabled(false);
    resume_.stop();
    sweeper_.stop();
    server_->close();
    for (const auto& [socket, since] : std::exchange(waiting_, {})) {
        socket->disconnect(this);
        delete socket;
    }
}

void Acceptor::acceptNew()
{
    for (int i = 0; i < acceptsPerTurn; ++i) {
        const int descriptor = ::accept4(static_cast<int>(server_->socketDescriptor()), nullptr, nullptr,
                                         SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor < 0) {
            if (errno == EAGAIN)
                return;
            if (errno == EINTR || errno == ECONNABORTED)
                continue; // a client that left already says nothing about the next one
            pause(errno);
            return;
        }
        shortageLogged_ = false;
        auto* socket = new QTcpSocket;
        if (socket->setSocketDescriptor(descriptor)) {
            admit(socket);
        } else {
            delete socket;
            ::close(descriptor);
        }
    }
}

void Acceptor::admit(QTcpSocket* socket)
{
    ++counters_->accepted;
    socket->setParent(this);
    socket->setProxy(QNetworkProxy::NoProxy);
    if (counters_->open >= options_.connectionsMax) {
        refuse(socket);
        return;
    }
    ++counters_->open;
    connect(socket, &QObject::destroyed, [counters = counters_] { --counters->open; });
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setReadBufferSize(headBytesMax);
    waiting_.emplace(socket, std::chrono::steady_clock::now());
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { look(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] { forget(socket); });
    if (socket->bytesAvailable() != 0)
        look(socket);
}

/// Says why before it closes. Closing at once would reset the connection and take the answer away again, so a
/// few may linger; in a flood the rest are reset.
void Acceptor::refuse(QTcpSocket* socket)
{
    ++counters_->refused;
    const std::string answer = refusal();
    socket->write(answer.data(), static_cast<qint64>(answer.size()));
    socket->flush();
    if (refused_ >= refusedMax) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    ++refused_;
    ::shutdown(static_cast<int>(socket->socketDescriptor()), SHUT_WR);
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->skip(socket->bytesAvailable()); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        --refused_;
        socket->deleteLater();
    });
    QTimer::singleShot(refusedTimeMax, socket, [socket] { socket->abort(); });
}

void Acceptor::look(QTcpSocket* socket)
{
    const QByteArray head = socket->peek(headBytesMax);
    const std::string_view seen(head.constData(), static_cast<std::size_t>(head.size()));
    const PathMatch match = matchUpgradePath(seen);
    if (match == PathMatch::Perhaps)
        return;
    bool upgrade = false;
    if (match != PathMatch::None) {
        upgrade = hasUpgradeHeader(seen);
        if (!upgrade && seen.find("\r\n\r\n") == std::string_view::npos && head.size() < headBytesMax)
            return;
    }
    // Queued: this may run inside the socket's own readyRead, which goes on using the socket when we return,
    // and the other thread would use it at the same time.
    QObject::disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    const Destination& upgraded = match == PathMatch::Peer ? peer_ : webSocket_;
    QMetaObject::invokeMethod(
        this, [this, socket, &destination = upgrade ? upgraded : http_] { handOver(socket, destination); },
        Qt::QueuedConnection);
}

void Acceptor::handOver(QTcpSocket* socket, const Destination& destination)
{
    if (waiting_.erase(socket) == 0)
        return; // it left in the meantime and is being deleted
    socket->disconnect(this);
    socket->setReadBufferSize(0);
    socket->setParent(nullptr);
    socket->moveToThread(destination.receiver->thread());
    // A receiver that is destroyed before it takes the socket destroys the call, and with it the socket.
    auto owned = std::make_shared<std::unique_ptr<QTcpSocket>>(socket);
    QMetaObject::invokeMethod(
        destination.receiver, [take = destination.take, owned] { take(owned->release()); },
        Qt::QueuedConnection);
}

void Acceptor::forget(QTcpSocket* socket)
{
    waiting_.erase(socket);
    socket->deleteLater();
}

/// Without descriptors the listening socket stays readable, so that Qt 6.4's server, which takes this for a
/// passing error, retries at once and burns a core (seen with strace). Here it waits a moment.
void Acceptor::pause(int error)
{
    if (!shortageLogged_) {
        shortageLogged_ = true;
        qCWarning(lcAcceptor, "cannot accept connections: %s; they wait. Raise the limit on open files.",
                  qPrintable(qt_error_string(error)));
    }
    readable_.setEnabled(false);
    resume_.start(pauseWhenExhausted);
}

void Acceptor::dropSlow()
{
    const auto now = std::chrono::steady_clock::now();
    std::vector<QTcpSocket*> slow;
    for (const auto& [socket, since] : waiting_)
        if (now - since > options_.headerTimeMax)
            slow.push_back(socket);
    for (QTcpSocket* socket : slow) {
        ++counters_->tooSlow;
        socket->abort();
    }
}

} // namespace dsmsg::net
