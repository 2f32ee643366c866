// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads a stream of Server-Sent Events (WHATWG HTML, 9.2.6 "Interpreting an event stream") from bytes that
// come in any pieces. Events are pulled, not pushed: a receiver that is not ready leaves them where they are,
// and nothing but the bytes of one reading has to be kept. `retry` is left out on purpose: how long to wait
// before asking again is decided by Backoff, for all requests alike.
#pragma once

#include <optional>

#include <QByteArray>

namespace dsmsg::client {

struct StreamEvent
{
    QByteArray id;   ///< the last id of the stream when the event was complete; empty: none yet
    QByteArray type; ///< empty: "message"
    QByteArray data; ///< lines joined by \n
};

class EventStream
{
public:
    /// A line or an event of more than `eventBytesMax` bytes breaks the stream.
    explicit EventStream(qsizetype eventBytesMax)
        : eventBytesMax_(eventBytesMax)
    {
    }

    void feed(const QByteArray& bytes);
    /// The next complete event; none until more is fed, and none for ever once broken().
    std::optional<StreamEvent> next();

    bool broken() const { return broken_; }
    /// That of the last complete event, events without data included: they only move the id.
    const QByteArray& lastEventId() const { return lastEventId_; }

private:
    std::optional<QByteArray> nextLine();
    bool skipByteOrderMark();
    void readField(const QByteArray& line);
    std::optional<StreamEvent> dispatch();

    qsizetype eventBytesMax_;
    QByteArray buffer_;        ///< bytes not read yet, from at_ on
    qsizetype at_ = 0;         ///< where the next line begins
    qsizetype searched_ = 0;   ///< no end of that line before here
    bool atStart_ = true;      ///< a byte order mark may follow
    bool afterReturn_ = false; ///< the last line ended with \r: a \n that follows belongs to it
    bool broken_ = false;
    QByteArray idBuffer_;
    QByteArray lastEventId_;
    QByteArray type_;
    QByteArray data_; ///< each line with its \n
};

} // namespace dsmsg::client
