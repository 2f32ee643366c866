// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leader's view of one follower (Raft, figure 2: nextIndex, matchIndex) with its flow control. Probe: the
// point where the logs meet is being searched, one message at a time. Replicate: entries are pipelined ahead
// of their acknowledgements, within a window.
#pragma once

#include <cstddef>
#include <deque>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/raft/Raft.h"

namespace dsmsg::raft {

class Progress
{
public:
    using State = PeerStatus::State;

    Progress(LogIndex next, Instant now)
        : next_(next)
        , lastContact_(now)
    {
    }

    State state() const { return state_; }
    LogIndex next() const { return next_; }
    LogIndex match() const { return match_; }
    std::size_t inflightMessages() const { return inflight_.size(); }
    std::size_t inflightBytes() const { return inflightBytes_; }

    /// May another AppendEntries go out now?
    bool maySend(std::size_t messagesMax, std::size_t bytesMax) const;
    /// An AppendEntries ending at `last` (next - 1 when empty) with `bytes` of payload went out.
    void sent(LogIndex last, std::size_t bytes);

    /// The follower holds everything up to `match`. True when that is news.
    bool acknowledged(LogIndex match);
    /// The follower refused `rejected`; search on from `next`. False when the refusal is stale.
    bool refused(LogIndex rejected, LogIndex next);
    /// What was in flight may be lost: search anew from what is known.
    void restart();
    /// A single probe may be repeated: its answer is overdue.
    void allowProbe() { probing_ = false; }

    /// True once per call pair if no acknowledgement came since the last call: then something may be lost.
    bool quietSinceLastCheck();

    Instant lastContact() const { return lastContact_; }
    void contact(Instant now) { lastContact_ = now; }

    bool noSpace = false;        ///< the follower's disk is below its reserve
    bool logReadPending = false; ///< the host is reading entries for it
    LogIndex sentCommit;         ///< the highest commit index told

private:
    struct Inflight
    {
        LogIndex last;
        std::size_t bytes;
    };
    void leaveWindow(LogIndex through);

    State state_ = State::Probe;
    LogIndex next_;
    LogIndex match_;
    std::deque<Inflight> inflight_;
    std::size_t inflightBytes_ = 0;
    bool probing_ = false; ///< a probe is out
    bool heardSinceCheck_ = true;
    Instant lastContact_;
};

} // namespace dsmsg::raft
