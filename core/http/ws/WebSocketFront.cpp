// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ws/WebSocketFront.h"

#include <algorithm>

#include "core/http/RaftNames.h"
#include "core/http/ws/Upgrade.h"
#include "core/net/Reset.h"

namespace dsmsg::http {

namespace {

std::chrono::milliseconds sweepInterval(const HttpLimits& limits)
{
    const Milliseconds shortest =
        std::min({limits.headerTimeMax, limits.wsPingInterval, limits.wsSilenceMax, limits.lingerTimeMax});
    return std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds(10),
                                                 std::chrono::seconds(1));
}

} // namespace

WebSocketFront::WebSocketFront(Parts parts)
    : parts_(parts)
    , upgrader_(QStringLiteral("dsmsg"), QWebSocketServer::NonSecureMode)
{
    upgrader_.setSupportedSubprotocols(
        {QString::fromLatin1(cborSubprotocol), QString::fromLatin1(jsonSubprotocol)});
    connect(&upgrader_, &QWebSocketServer::newConnection, this, &WebSocketFront::takeUpgraded);
    connect(&sweeper_, &QTimer::timeout, this, &WebSocketFront::sweep);
    sweeper_.start(sweepInterval(parts_.limits));
}

WebSocketFront::~WebSocketFront()
{
    closeAll();
    // Before the members they refer to.
    const auto left = findChildren<WebSocketConnection*>();
    for (WebSocketConnection* connection : left)
        delete connection;
}

// --- becoming a WebSocket ---

void WebSocketFront::adopt(QTcpSocket* socket)
{
    socket->setParent(this);
    socket->setReadBufferSize(static_cast<qint64>(parts_.limits.headerBytesMax));
    newcomers_.push_back({socket, std::chrono::steady_clock::now()});
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { look(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [socket] { socket->deleteLater(); });
    if (socket->state() != QAbstractSocket::ConnectedState)
        socket->deleteLater();
    else
        look(socket);
}

void WebSocketFront::look(QTcpSocket* socket)
{
    const QByteArray seen = socket->peek(static_cast<qint64>(parts_.limits.headerBytesMax));
    const std::string_view head(seen.constData(), static_cast<std::size_t>(seen.size()));
    const std::size_t end = head.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (head.size() >= parts_.limits.headerBytesMax)
            refuse(socket, {431, "the request line and headers are larger than " +
                                     std::to_string(parts_.limits.headerBytesMax) + " bytes"});
        return;
    }
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    if (const auto fault = upgradeFault(head.substr(0, end + 2), parts_.cors))
        return refuse(socket, *fault);
    ready_.emplace_back(socket);
    learnHello();
}

void WebSocketFront::refuse(QTcpSocket* socket, const Fault& fault)
{
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    const QByteArray head = socket->readAll();
    Response response = faultResponse(fault);
    response.offersWebSocket = fault.status == 426;
    std::string answer;
    Framing framing;
    framing.keepAlive = false;
    framing.origin = originOf({head.constData(), static_cast<std::size_t>(head.size())});
    appendResponse(answer, response, framing, parts_.cors, parts_.date);
    socket->write(answer.data(), static_cast<qint64>(answer.size()));
    connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->skip(socket->bytesAvailable()); });
    socket->disconnectFromHost();
}

/// One question to the node for all that came in the meantime.
void WebSocketFront::learnHello()
{
    if (std::exchange(learning_, true))
        return;
    parts_.gateway.requestStatus([self = QPointer<WebSocketFront>(this)](const node::NodeStatus& status) {
        if (!self)
            return;
        const HttpLimits& limits = self->parts_.limits;
        self->learning_ = false;
        self->hello_ = {
            status.nodeId,           status.version,        std::string(roleName(status.raft.role)),
            status.leaderUrl,        limits.wsWindow,       limits.wsCreditMax,
            limits.batchMessagesMax, limits.wsFrameBytesMax};
        self->upgradeReady();
    });
}

void WebSocketFront::upgradeReady()
{
    for (const QPointer<QTcpSocket>& socket : std::exchange(ready_, {})) {
        if (!socket || socket->state() != QAbstractSocket::ConnectedState)
            continue;
        upgrader_.handleConnection(socket);
        // The request arrived before the upgrader listened for it (QT.md, Upgrade).
        Q_EMIT socket->readyRead();
    }
}

void WebSocketFront::takeUpgraded()
{
    while (QWebSocket* socket = upgrader_.nextPendingConnection()) {
        // The server does not tell which of the adopted sockets this was; the other end does.
        std::erase_if(newcomers_, [this, socket](const Newcomer& newcomer) {
            const QPointer<QTcpSocket>& tcp = newcomer.socket;
            if (!tcp || tcp->peerPort() != socket->peerPort() || tcp->peerAddress() != socket->peerAddress())
                return false;
            tcp->disconnect(this); // the WebSocket owns it now
            return true;
        });
        const std::uint64_t id = ++lastConnection_;
        auto* connection =
            new WebSocketConnection(id, std::unique_ptr<QWebSocket>(socket), hello_,
                                    {*this, parts_.feed, parts_.limits}, std::chrono::steady_clock::now());
        connection->setParent(this);
        connections_.emplace(id, connection);
    }
}

// --- while it lasts ---

void WebSocketFront::publish(WebSocketConnection& connection, std::uint64_t ref, node::Draft draft,
                             node::AckLevel ack)
{
    parts_.submissions.submit(std::move(draft), ack, *this, {connection.id(), ref});
}

void WebSocketFront::settled(const Settled& one)
{
    // Who left in the meantime is simply not found.
    if (const auto found = connections_.find(one.ticket.owner); found != connections_.end())
        found->second->settled(one);
}

void WebSocketFront::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(newcomers_, [](const Newcomer& newcomer) { return !newcomer.socket; });
    for (const Newcomer& newcomer : newcomers_) {
        if (now - newcomer.since > parts_.limits.headerTimeMax)
            newcomer.socket->abort();
    }
    for (const auto& [id, connection] : connections_)
        connection->keepAlive(now); // who is ended here leaves in a later turn
}

void WebSocketFront::closed(WebSocketConnection& connection)
{
    connections_.erase(connection.id());
    connection.deleteLater();
}

void WebSocketFront::closeAll()
{
    for (const Newcomer& newcomer : std::exchange(newcomers_, {})) {
        if (newcomer.socket)
            newcomer.socket->abort();
    }
    for (const auto& [id, connection] : std::exchange(connections_, {})) {
        connection->goAway();
        connection->deleteLater();
    }
}

void WebSocketFront::resetAll()
{
    net::resetWhenClosed(*this);
    for (const auto& [id, connection] : std::exchange(connections_, {})) {
        connection->reset();
        connection->deleteLater();
    }
    closeAll();
}

} // namespace dsmsg::http
