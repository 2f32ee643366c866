// SPDX-License-Identifier: GPL-3.0-or-later
//
// The newest messages of one order, for the subscribers that keep up: read from disk once and rendered once,
// whatever their number. Runs only while somebody needs it; the oldest make room for the newest.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "core/messaging/Message.h"

namespace dsmsg::http {

enum class FeedOrder : std::uint8_t
{
    Seq,
    Delivery
};

/// A message on its way to subscribers.
class FeedItem
{
public:
    FeedItem(messaging::StoredMessage stored, FeedOrder order)
        : stored_(std::move(stored))
        , order_(order)
    {
    }

    const messaging::StoredMessage& stored() const { return stored_; }
    std::uint64_t position() const
    {
        return order_ == FeedOrder::Seq ? stored_.seq.value : stored_.delivery.value;
    }
    /// As /messages writes it; rendered at the first call. May hold line ends between the tokens of the
    /// payload.
    const std::string& json() const;
    /// About what it takes in memory, the JSON included.
    std::size_t bytes() const;

private:
    messaging::StoredMessage stored_;
    FeedOrder order_;
    mutable std::string json_;
};

class FeedRing
{
public:
    /// Holds nothing, and covers what comes after `position`.
    void start(std::uint64_t position);
    void stop();
    bool running() const { return running_; }

    /// The next item, in order of position.
    void append(FeedItem item);
    /// Everything up to here has been appended, or is not there.
    void passed(std::uint64_t position);
    /// Drops the oldest beyond these bounds.
    void trim(std::size_t messagesMax, std::size_t bytesMax);

    /// Whether everything after `position` that was appended since start() is still here.
    bool covers(std::uint64_t position) const { return running_ && position >= after_; }
    std::uint64_t through() const { return through_; }
    /// The first item after `position`, or end().
    std::deque<FeedItem>::const_iterator firstAfter(std::uint64_t position) const;
    std::deque<FeedItem>::const_iterator end() const { return items_.end(); }

    std::size_t size() const { return items_.size(); }
    std::size_t bytes() const { return bytes_; }

private:
    std::deque<FeedItem> items_;
    std::uint64_t after_ = 0;   ///< exclusive: where what is here begins
    std::uint64_t through_ = 0; ///< inclusive: where it ends
    std::size_t bytes_ = 0;
    bool running_ = false;
};

} // namespace dsmsg::http
