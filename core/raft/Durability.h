// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which part of the log is on this node's own disk. A completion is mapped by the id of its write, never by
// index and term: entry (5,t2) may be written, truncated, replaced by (5,t3) and written again, and the late
// completion of the first write must not vouch for what the disk no longer holds (CORE.md, Raft).
#pragma once

#include <deque>
#include <optional>

#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::raft {

class Durability
{
public:
    explicit Durability(LogIndex durable)
        : durable_(durable)
    {
    }

    /// The write that the running step is building will get this id.
    WriteId nextId() const { return last_.next(); }
    /// Registers a write; `lastIndex` is the log's last index after it, none when it does not touch the log.
    WriteId issue(Instant now, std::optional<LogIndex> lastIndex, bool hardState);
    /// Entries from `from` on were dropped from the log: no earlier write vouches for them any more.
    void truncated(LogIndex from);
    /// The whole log was dropped: no earlier write vouches for anything above `kept`, which is in the log's
    /// base now.
    void reset(LogIndex kept) { truncated(kept.next()); }
    /// Everything up to `write` is on disk. Unknown or repeated ids are ignored.
    void persisted(WriteId write);

    LogIndex durableIndex() const { return durable_; }
    bool idle() const { return pending_.empty(); }
    std::size_t pendingWrites() const { return pending_.size(); }
    /// When the oldest unfinished write was handed out.
    std::optional<Instant> oldestPending() const;
    /// The newest unfinished write that carries a hard state; none when term and vote are on disk.
    std::optional<WriteId> pendingHardState() const;
    bool isDurable(WriteId write) const { return write <= finished_; }

private:
    struct Pending
    {
        WriteId id;
        Instant issued;
        std::optional<LogIndex> lastIndex;
        bool hardState = false;
    };
    std::deque<Pending> pending_;
    WriteId last_;
    WriteId finished_;
    LogIndex durable_;
};

} // namespace dsmsg::raft
