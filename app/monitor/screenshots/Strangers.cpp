// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/screenshots/Strangers.h"

#include <QNetworkProxy>
#include <QTcpSocket>

namespace dsmsg::monitor {

namespace {

QByteArray http(const QByteArray& status, const QByteArray& type, const QByteArray& body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
           "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray node(const QByteArray& version, const QByteArray& cluster)
{
    return http(
        "200 OK", "application/json",
        "{\"node_id\":\"n9\",\"version\":\"" + version +
            "\",\"incarnation\":\"9\",\"peers\":[],\"consensus\":{\"role\":\"Leader\",\"current_term\":12,"
            "\"cluster_id\":\"" +
            cluster + "\"}}");
}

} // namespace

Stranger::Stranger(Kind kind)
    : kind_(kind)
{
    server_.setProxy(QNetworkProxy::NoProxy);
    server_.listen(QHostAddress::LocalHost);
    connect(&server_, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* socket = server_.nextPendingConnection())
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { received(socket); });
    });
}

QUrl Stranger::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server_.serverPort()));
}

void Stranger::received(QTcpSocket* socket) const
{
    if (!socket->peek(socket->bytesAvailable()).contains("\r\n\r\n"))
        return;
    socket->readAll();
    if (kind_ == Silent)
        return;
    socket->write(answer());
    socket->disconnectFromHost();
}

QByteArray Stranger::answer() const
{
    switch (kind_) {
    case Silent:
        break;
    case WebServer:
        return http("200 OK", "text/html", "<!doctype html><title>It works</title>");
    case Gate:
        return http("401 Unauthorized", "text/plain", "a password, please\n");
    case OtherVersion:
        return node("77.0.0", cluster_);
    case OtherCluster:
        return node(DSMSG_VERSION, cluster_);
    }
    return {};
}

} // namespace dsmsg::monitor
