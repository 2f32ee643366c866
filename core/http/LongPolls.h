// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests whose answer waits for a message: each is a subscriber of the feed that leaves with the first one.
// So a thousand that wait for different recipients cost a comparison each when something comes, not a read.
// In the HTTP thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/http/Feed.h"

namespace dsmsg::http {

class LongPolls final : public QObject
{
    Q_OBJECT

public:
    /// The position of the first message that came; none: time is over, or the messages cannot be read.
    using Answer = std::function<void(std::optional<std::uint64_t> position)>;

    /// Both outlive this.
    LongPolls(Feed& feed, const HttpLimits& limits);
    ~LongPolls() override;

    /// Calls `answer` once, later, for whichever of the wishes comes true first, unless `connection` is
    /// forgotten before. False: too many wait.
    bool wait(std::uint64_t connection, std::vector<FeedWish> wishes, Milliseconds patience, Answer answer);
    /// The client has left.
    void forget(std::uint64_t connection);
    std::size_t waiting() const { return waiters_.size(); }
    std::uint64_t refused() const { return refused_; } ///< since start, at the bound

private:
    class Waiter;
    using Time = std::chrono::steady_clock::time_point;
    using Key = std::pair<Time, std::uint64_t>; ///< when it has waited enough, and a number

    void settle(Key key, std::optional<std::uint64_t> position);
    void expire();
    void arm();

    Feed& feed_;
    const HttpLimits& limits_;
    std::map<Key, std::unique_ptr<Waiter>> waiters_;
    std::multimap<std::uint64_t, Key> ofConnection_;
    std::uint64_t lastNumber_ = 0;
    std::uint64_t refused_ = 0;
    QTimer timer_;
};

} // namespace dsmsg::http
