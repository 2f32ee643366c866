// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/process/EventClient.h"

#include <QNetworkProxy>
#include <QUrl>

namespace dsmsg::test {

bool EventClient::connectTo(const QString& url, Milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    const QUrl base(url);
    text_.reconnected();
    head_.clear();
    socket_.abort();
    socket_.setProxy(QNetworkProxy::NoProxy);
    socket_.connectToHost(base.host(), static_cast<quint16>(base.port()));
    if (!socket_.waitForConnected(static_cast<int>(deadline.remainingTime())))
        return false;
    QByteArray request = "GET " + target_ + " HTTP/1.1\r\nHost: test\r\nAccept: text/event-stream\r\n";
    if (!text_.lastEventId.empty())
        request += "Last-Event-ID: " + QByteArray::fromStdString(text_.lastEventId) + "\r\n";
    socket_.write(request + "\r\n");
    while (!head_.contains("\r\n\r\n")) {
        if (!socket_.bytesAvailable() &&
            !socket_.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return false;
        head_ += socket_.readAll();
    }
    const qsizetype end = head_.indexOf("\r\n\r\n") + 4;
    text_.add(head_.mid(end).toStdString());
    head_.truncate(end);
    return head_.startsWith("HTTP/1.1 200 ") && head_.contains("text/event-stream");
}

bool EventClient::awaitEvents(std::size_t count, Milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (text_.events.size() < count) {
        if (!readMore(deadline))
            return false;
    }
    return true;
}

bool EventClient::readMore(QDeadlineTimer deadline)
{
    if (!socket_.bytesAvailable() && !socket_.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
        return false;
    text_.add(socket_.readAll().toStdString());
    return true;
}

} // namespace dsmsg::test
