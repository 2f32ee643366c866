// SPDX-License-Identifier: GPL-3.0-or-later
//
// A blocking HTTP client with a deadline for each call. Raw sockets, so that a test sees what was on the
// wire: redirects are answers, nothing is retried, requests can be pipelined or broken off.
#pragma once

#include <QByteArray>
#include <QDeadlineTimer>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QTcpSocket>
#include <QUrl>
#include <utility>

#include "core/base/Clock.h"

namespace dsmsg::test {

struct HttpReply
{
    int status = 0;                                   ///< 0: no complete answer came, `error` says why
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QByteArray body;
    QString error;

    /// The first header of that name (lower case), empty when there is none.
    QByteArray header(const QByteArray& name) const;
    QJsonObject json() const;
};

/// For one thread: the one that makes it.
class HttpClient
{
public:
    explicit HttpClient(const QString& baseUrl);

    HttpReply get(const QByteArray& target, Milliseconds patience);
    HttpReply post(const QByteArray& target, const QByteArray& body, Milliseconds patience);
    HttpReply request(const QByteArray& method, const QByteArray& target, const QByteArray& body,
                      Milliseconds patience);

    /// Connects if need be and writes `bytes` as they are.
    bool write(const QByteArray& bytes, QDeadlineTimer deadline);
    /// The next answer on the connection; `head`: the answer to a HEAD, which has no body.
    HttpReply receive(QDeadlineTimer deadline, bool head = false);
    /// Breaks the connection off with a reset.
    void abort();
    bool connected() const { return socket_.state() == QAbstractSocket::ConnectedState; }

    /// The bytes of a request with the headers every request needs.
    QByteArray format(const QByteArray& method, const QByteArray& target, const QByteArray& body) const;
    QString error() const { return error_; }

private:
    bool connectBefore(QDeadlineTimer deadline);
    bool readMore(QDeadlineTimer deadline);

    const QUrl base_;
    QTcpSocket socket_;
    QByteArray input_;
    QString error_;
};

} // namespace dsmsg::test
