// SPDX-License-Identifier: GPL-3.0-or-later
//
// A subscriber of /events that behaves as a browser does: when the stream ends it connects again, perhaps
// elsewhere, and says how far it was.
#pragma once

#include <optional>
#include <vector>

#include "tests/support/process/StreamClient.h"

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
    bool connected() const { return stream_ && stream_->connected(); }

    /// Of all connections; after the first.
    const std::vector<ServerEvent>& events() const { return stream_->text().events; }
    const std::string& lastEventId() const { return stream_->text().lastEventId; }

private:
    const QByteArray target_;
    std::optional<StreamClient> stream_; ///< the newest connection
};

} // namespace dsmsg::test
