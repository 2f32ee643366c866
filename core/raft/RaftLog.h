// SPDX-License-Identifier: GPL-3.0-or-later
//
// The log as the core sees it: terms of every entry (as runs, so that a million entries cost a few words) and
// the newest entries themselves. Older ones are in the host's log store; whoever needs them asks the host.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "core/base/Ids.h"
#include "core/raft/Entry.h"
#include "core/raft/Raft.h"

namespace dsmsg::raft {

class RaftLog
{
public:
    explicit RaftLog(const Restored& restored);

    LogIndex first() const { return first_; }
    LogIndex last() const { return last_; }
    Term lastTerm() const { return termAt(last_); }
    /// Term of the entry at `index`; 0 outside [first - 1, last]. Index 0 has term 0.
    Term termAt(LogIndex index) const;
    /// True when `index` holds an entry of `term`, or is the empty position 0.
    bool matches(LogIndex index, Term term) const;

    /// `entry` must be the next one and not of an earlier term than the last.
    void append(EntryPtr entry);
    /// Removes entries from `from` on; `from` must not be compacted.
    void truncateFrom(LogIndex from);
    /// Forgets entries up to `through`, which the log must hold.
    void compact(LogIndex through);
    /// Forgets everything; the next entry follows `base`.
    void reset(const LogBase& base);

    /// Entries [from, through] held in memory, up to `bytesMax` but at least one; empty when `from` is not in
    /// memory.
    std::vector<EntryPtr> read(LogIndex from, LogIndex through, std::size_t bytesMax) const;
    bool inMemory(LogIndex index) const { return index >= cacheFirst_ && index <= last_; }
    /// Lets go of entries up to `through` as far as more than `bytesKept` are held.
    void trimCache(LogIndex through, std::size_t bytesKept);
    std::size_t cacheBytes() const { return cacheBytes_; }

    /// The greatest index not above `index` whose term is not above `term`: beyond it nothing can match a log
    /// that holds `term` at `index` (fast back-up, Raft 5.3; both sides apply it in turn).
    LogIndex lastNotAfter(LogIndex index, Term term) const;

private:
    static std::size_t costOf(const Entry& entry);

    LogIndex first_;
    Term compactedTerm_; ///< of the entry at first_ - 1
    LogIndex last_;
    std::vector<TermRun> runs_;
    std::deque<EntryPtr> cache_;
    LogIndex cacheFirst_; ///< last_ + 1 when the cache is empty
    std::size_t cacheBytes_ = 0;
};

} // namespace dsmsg::raft
