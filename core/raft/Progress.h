// SPDX-License-Identifier: GPL-3.0-or-later
//
// A leader's view of one follower (Raft, figure 2: nextIndex, matchIndex) with its flow control. Probe: the
// point where the logs meet is being searched, one message at a time. Replicate: entries are pipelined ahead
// of their acknowledgements, within a window. Snapshot: what it needs next is compacted.
#pragma once

#include <cstddef>
#include <cstdint>
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

    /// The next entry is compacted: the follower gets the state instead, until snapshotInstalled().
    void startSnapshot();
    void askedForPosition() { probing_ = true; }
    /// The follower's state and log cover everything up to `index`.
    void snapshotInstalled(LogIndex index);
    /// An answer that says nothing about entries.
    void heard() { heardSinceCheck_ = true; }

    /// Notes an acknowledgement for the rounds of a joining member (dissertation 4.2.1): each round brings
    /// what the leader had at its beginning; a round within `roundMax` shows that the member has caught up.
    void measureCatchUp(LogIndex leaderLast, Instant now, Duration roundMax);
    bool caughtUp() const { return caughtUp_; }

    /// True once per call pair if no acknowledgement came since the last call: then something may be lost.
    bool quietSinceLastCheck();

    Instant lastContact() const { return lastContact_; }
    void contact(Instant now) { lastContact_ = now; }

    bool noSpace = false;             ///< the follower's disk is below its reserve
    bool logReadPending = false;      ///< the host is reading entries for it
    bool snapshotReadPending = false; ///< the host is reading a piece of the state for it
    std::uint64_t answeredRound = 0;  ///< the latest heartbeat round that it answered
    LogIndex sentCommit;              ///< the highest commit index told

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
    bool caughtUp_ = false;
    LogIndex roundTarget_; ///< 0: no round yet
    Instant roundStart_;
    Instant lastContact_;
};

} // namespace dsmsg::raft
