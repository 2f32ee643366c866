// SPDX-License-Identifier: GPL-3.0-or-later
//
// A subscriber of a node's event stream (/events, /observe): connects, and reads events until a condition
// holds or time is over.
#pragma once

#include <QDeadlineTimer>
#include <QString>
#include <QTcpSocket>
#include <functional>

#include "core/base/Clock.h"
#include "tests/support/EventText.h"

namespace dsmsg::test {

/// For one thread: the one that makes it.
class StreamClient
{
public:
    /// `headers`: whole lines. `text`: of a connection before, to go on with.
    StreamClient(const QString& baseUrl, const QByteArray& target, const QByteArray& headers = {},
                 EventText text = {}, Milliseconds patience = Milliseconds(5000));

    /// Of the answer; 0: none came.
    int status() const { return status_; }
    /// Whether the answer is a stream of events.
    bool streams() const { return status_ == 200 && head_.contains("text/event-stream"); }
    bool connected() const { return socket_.state() == QAbstractSocket::ConnectedState; }
    /// Reads until `condition` holds (true), the stream ends or `patience` is over.
    bool await(Milliseconds patience, const std::function<bool(const EventText&)>& condition);
    const EventText& text() const { return text_; }

private:
    bool readSome(QDeadlineTimer deadline);

    QTcpSocket socket_;
    QByteArray head_;
    int status_ = 0;
    EventText text_;
};

} // namespace dsmsg::test
