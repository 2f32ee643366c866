// SPDX-License-Identifier: GPL-3.0-or-later
//
// A subscriber of /events that behaves as a browser does: when the stream ends it connects again, perhaps
// elsewhere, and says how far it was.
#pragma once

#include <QDeadlineTimer>
#include <QString>
#include <QTcpSocket>
#include <vector>

#include "core/base/Clock.h"
#include "tests/support/EventText.h"

namespace dsmsg::test {

/// For one thread: the one that makes it.
class EventClient
{
public:
    /// `target`: path and query of the stream, without a position to have it begin now.
    explicit EventClient(QByteArray target)
        : target_(std::move(target))
    {
    }

    /// Asks the node at `url`, from the last event on. False: it did not answer with a stream.
    bool connectTo(const QString& url, Milliseconds patience);
    /// Reads until there are that many events since the first connection; ends early, false, when the stream
    /// does.
    bool awaitEvents(std::size_t count, Milliseconds patience);
    bool connected() const { return socket_.state() == QAbstractSocket::ConnectedState; }

    const std::vector<ServerEvent>& events() const { return text_.events; }
    const std::string& lastEventId() const { return text_.lastEventId; }

private:
    bool readMore(QDeadlineTimer deadline);

    const QByteArray target_;
    QTcpSocket socket_;
    QByteArray head_; ///< of the answer, until it is complete
    EventText text_;
};

} // namespace dsmsg::test
