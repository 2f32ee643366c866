// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/HttpClient.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <algorithm>

namespace dsmsg::test {

namespace {

int remaining(QDeadlineTimer deadline)
{
    return static_cast<int>(std::max<qint64>(deadline.remainingTime(), 0));
}

HttpReply failed(const QString& why)
{
    HttpReply reply;
    reply.error = why;
    return reply;
}

/// Status line and headers, without the empty line. Status 0 when it is not HTTP.
HttpReply parseHead(const QByteArray& head)
{
    HttpReply reply;
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.front().trimmed().split(' ');
    if (first.size() < 2 || !first.front().startsWith("HTTP/1.1"))
        return failed(QStringLiteral("not an HTTP/1.1 answer: ") + QString::fromLatin1(lines.front()));
    reply.status = first[1].toInt();
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            reply.headers.append({line.left(colon).toLower(), line.mid(colon + 1).trimmed()});
    }
    return reply;
}

} // namespace

QByteArray HttpReply::header(const QByteArray& name) const
{
    const auto found = std::ranges::find(headers, name, [](const auto& header) { return header.first; });
    return found == headers.end() ? QByteArray() : found->second;
}

QJsonObject HttpReply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

HttpClient::HttpClient(const QString& baseUrl)
    : base_(baseUrl)
{
    socket_.setProxy(QNetworkProxy::NoProxy);
}

HttpReply HttpClient::get(const QByteArray& target, Milliseconds patience)
{
    return request("GET", target, {}, patience);
}

HttpReply HttpClient::post(const QByteArray& target, const QByteArray& body, Milliseconds patience)
{
    return request("POST", target, body, patience);
}

HttpReply HttpClient::request(const QByteArray& method, const QByteArray& target, const QByteArray& body,
                              Milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    if (!write(format(method, target, body), deadline))
        return failed(error_);
    HttpReply reply = receive(deadline, method == "HEAD");
    if (reply.status == 0)
        abort();
    return reply;
}

QByteArray HttpClient::format(const QByteArray& method, const QByteArray& target,
                              const QByteArray& body) const
{
    QByteArray bytes = method + ' ' + target + " HTTP/1.1\r\nHost: " + base_.authority().toLatin1() + "\r\n";
    if (!body.isEmpty() || method == "POST")
        bytes +=
            "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

bool HttpClient::connectBefore(QDeadlineTimer deadline)
{
    // Notices a server that went away since the last answer.
    if (connected() && socket_.waitForReadyRead(0))
        input_ += socket_.readAll();
    if (connected())
        return true;
    input_.clear();
    socket_.abort();
    socket_.connectToHost(base_.host(), static_cast<quint16>(base_.port()));
    if (!socket_.waitForConnected(remaining(deadline))) {
        error_ = socket_.errorString();
        socket_.abort();
        return false;
    }
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    return true;
}

bool HttpClient::write(const QByteArray& bytes, QDeadlineTimer deadline)
{
    if (!connectBefore(deadline))
        return false;
    socket_.write(bytes);
    while (socket_.bytesToWrite() > 0) {
        // A server may answer and close before it has read a body that it refuses.
        if (!socket_.waitForBytesWritten(remaining(deadline))) {
            error_ = socket_.errorString();
            return socket_.bytesAvailable() > 0;
        }
    }
    return true;
}

bool HttpClient::readMore(QDeadlineTimer deadline)
{
    if (socket_.bytesAvailable() == 0 && !socket_.waitForReadyRead(remaining(deadline)))
        error_ = socket_.errorString();
    const QByteArray bytes = socket_.readAll();
    input_ += bytes;
    return !bytes.isEmpty();
}

HttpReply HttpClient::receive(QDeadlineTimer deadline, bool head)
{
    qsizetype headEnd = 0;
    while ((headEnd = input_.indexOf("\r\n\r\n")) < 0) {
        if (!readMore(deadline))
            return failed(error_);
    }
    HttpReply reply = parseHead(input_.left(headEnd));
    input_.remove(0, headEnd + 4);
    if (reply.status == 100)
        return receive(deadline, head);
    const qsizetype length = head ? 0 : reply.header("content-length").toLongLong();
    while (input_.size() < length) {
        if (!readMore(deadline))
            return failed(QStringLiteral("the body was cut short: ") + error_);
    }
    reply.body = input_.left(length);
    input_.remove(0, length);
    if (reply.header("connection").toLower() == "close") {
        socket_.abort();
        input_.clear();
    }
    return reply;
}

void HttpClient::abort()
{
    socket_.abort();
    input_.clear();
}

} // namespace dsmsg::test
