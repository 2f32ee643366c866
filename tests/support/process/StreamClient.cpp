// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/StreamClient.h"

#include <QNetworkProxy>
#include <QUrl>

namespace dsmsg::test {

StreamClient::StreamClient(const QString& baseUrl, const QByteArray& target, const QByteArray& headers,
                           EventText text, Milliseconds patience)
    : text_(std::move(text))
{
    const QDeadlineTimer deadline(patience);
    const QUrl base(baseUrl);
    socket_.setProxy(QNetworkProxy::NoProxy);
    socket_.connectToHost(base.host(), static_cast<quint16>(base.port()));
    if (!socket_.waitForConnected(static_cast<int>(deadline.remainingTime())))
        return;
    socket_.write("GET " + target + " HTTP/1.1\r\nHost: " + base.authority().toLatin1() + "\r\n" + headers +
                  "\r\n");
    while (!head_.contains("\r\n\r\n")) {
        if (!socket_.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return;
        head_ += socket_.readAll();
    }
    status_ = head_.mid(9, 3).toInt();
    const qsizetype end = head_.indexOf("\r\n\r\n") + 4;
    text_.add(head_.mid(end).toStdString());
    head_.truncate(end);
}

bool StreamClient::readSome(QDeadlineTimer deadline)
{
    if (socket_.bytesAvailable() == 0 &&
        !socket_.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
        return false;
    text_.add(socket_.readAll().toStdString());
    return true;
}

bool StreamClient::await(Milliseconds patience, const std::function<bool(const EventText&)>& condition)
{
    const QDeadlineTimer deadline(patience);
    while (!condition(text_)) {
        if (deadline.hasExpired() || !readSome(deadline))
            return condition(text_);
    }
    return true;
}

} // namespace dsmsg::test
