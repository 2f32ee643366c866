// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the number of sends in flight within a window, and those that wait for it within a bound. Without, a
// program that sends faster than the cluster takes would fill its own memory, and all its sends would share
// the six connections that QNetworkAccessManager makes to a host with their time limits already running.
#pragma once

#include <deque>
#include <functional>

#include <QElapsedTimer>

#include "core/base/Clock.h"

namespace dsmsg::client {

/// How much of sending goes on at once.
struct SendWindow
{
    int inFlightMax = 6;               ///< requests under way; at least 1, which keeps the order of the sends
    qsizetype waitingMax = 4096;       ///< sends
    qint64 waitingBytesMax = 64 << 20; ///< of their bodies, together
};

class SendQueue
{
public:
    /// Called when its turn has come, with the time it has waited.
    using Start = std::function<void(Milliseconds waited)>;

    explicit SendQueue(SendWindow window)
        : window_(window)
    {
    }

    /// Starts it at once, or when there is room in the window. False: too many are waiting.
    bool offer(qint64 bytes, Start start)
    {
        if (inFlight_ < window_.inFlightMax) {
            ++inFlight_;
            start(Milliseconds(0));
            return true;
        }
        if (waiting() >= window_.waitingMax || waitingBytes_ + bytes > window_.waitingBytesMax)
            return false;
        waitingBytes_ += bytes;
        waiting_.push_back({bytes, QElapsedTimer(), std::move(start)});
        waiting_.back().since.start();
        return true;
    }

    /// One that was started is done: the next one's turn.
    void finished()
    {
        --inFlight_;
        if (waiting_.empty())
            return;
        const Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        waitingBytes_ -= next.bytes;
        ++inFlight_;
        next.start(Milliseconds(next.since.elapsed()));
    }

    qsizetype waiting() const { return qsizetype(waiting_.size()); }
    int inFlight() const { return inFlight_; }

private:
    struct Waiting
    {
        qint64 bytes = 0;
        QElapsedTimer since;
        Start start;
    };

    SendWindow window_;
    int inFlight_ = 0;
    qint64 waitingBytes_ = 0;
    std::deque<Waiting> waiting_;
};

} // namespace dsmsg::client
