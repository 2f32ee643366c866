// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raft/Progress.h"

#include <algorithm>
#include <utility>

namespace dsmsg::raft {

bool Progress::maySend(std::size_t messagesMax, std::size_t bytesMax) const
{
    if (noSpace || logReadPending)
        return false;
    if (state_ != State::Replicate)
        return !probing_;
    return inflight_.size() < messagesMax && inflightBytes_ < bytesMax;
}

void Progress::sent(LogIndex last, std::size_t bytes)
{
    if (state_ == State::Probe) {
        probing_ = true;
        return;
    }
    if (last < next_)
        return;
    next_ = last.next();
    inflight_.push_back({last, bytes});
    inflightBytes_ += bytes;
}

bool Progress::acknowledged(LogIndex match)
{
    heardSinceCheck_ = true;
    const bool news = match > match_;
    match_ = std::max(match_, match);
    probing_ = false;
    if (state_ != State::Replicate) {
        state_ = State::Replicate;
        next_ = match_.next();
        return news;
    }
    next_ = std::max(next_, match_.next());
    leaveWindow(match_);
    return news;
}

bool Progress::refused(LogIndex rejected, LogIndex next)
{
    const bool stale = state_ == State::Replicate ? rejected <= match_ : rejected.next() != next_;
    if (stale)
        return false;
    restart();
    next_ = std::max(next, match_.next());
    return true;
}

void Progress::restart()
{
    state_ = State::Probe;
    // With no match known the search goes on where it stands: a probe at 0 would match and send the whole log
    // again.
    if (match_)
        next_ = match_.next();
    inflight_.clear();
    inflightBytes_ = 0;
    probing_ = false;
    logReadPending = false;
    snapshotReadPending = false;
}

void Progress::startSnapshot()
{
    restart();
    state_ = State::Snapshot;
}

void Progress::snapshotInstalled(LogIndex index)
{
    restart();
    heardSinceCheck_ = true;
    match_ = std::max(match_, index);
    next_ = match_.next();
    state_ = State::Replicate;
}

void Progress::measureCatchUp(LogIndex leaderLast, Instant now, Duration roundMax)
{
    if (roundTarget_ && match_ < roundTarget_)
        return;
    // Whoever has all there is has caught up in no time: an idle leader gives no second round to measure.
    caughtUp_ = caughtUp_ || match_ >= leaderLast || (roundTarget_ && now - roundStart_ <= roundMax);
    roundTarget_ = leaderLast;
    roundStart_ = now;
}

bool Progress::quietSinceLastCheck()
{
    return !std::exchange(heardSinceCheck_, false);
}

void Progress::leaveWindow(LogIndex through)
{
    while (!inflight_.empty() && inflight_.front().last <= through) {
        inflightBytes_ -= inflight_.front().bytes;
        inflight_.pop_front();
    }
}

} // namespace dsmsg::raft
