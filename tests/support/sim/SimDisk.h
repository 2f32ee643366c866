// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's log store on a disk that takes its time. Writes wait their turn, several are committed as one
// group, the report of a finished group comes later still. A crash keeps what was committed; the group under
// way is kept whole or not at all (a torn SQLite transaction is rolled back), the rest is gone.
#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "core/base/Random.h"
#include "core/raft/Raft.h"
#include "tests/support/sim/Coverage.h"
#include "tests/support/sim/EventQueue.h"
#include "tests/support/sim/View.h"

namespace dsmsg::sim {

class SimDisk
{
public:
    struct Speed
    {
        Duration syncMin = std::chrono::microseconds(200);
        Duration syncMax = std::chrono::milliseconds(4);
        Duration reportMax = std::chrono::microseconds(500); ///< from durable to reported
    };

    /// Called when the durable image moved, and when a write is reported to the core.
    struct Hooks
    {
        std::function<void()> durable;
        std::function<void(WriteId)> persisted;
    };

    SimDisk(EventQueue& events, Random random, Coverage& coverage, Hooks hooks);
    SimDisk(const SimDisk&) = delete;
    SimDisk& operator=(const SimDisk&) = delete;

    const DiskView& view() const { return view_; }
    /// True time at which the oldest unfinished write was handed in.
    std::optional<SimTime> oldestUnfinished() const
    {
        return queue_.empty() ? std::nullopt : std::optional(handedIn_.front());
    }
    bool idle() const { return queue_.empty() && !groupSize_; }

    void write(const raft::Write& write);
    /// Entries of the durable log as LogStore::read gives them; empty when some are not there.
    std::vector<raft::EntryPtr> read(LogIndex first, LogIndex last, std::size_t bytesMax) const;
    Duration readDelay();

    void setSpeed(Speed speed) { speed_ = speed; }
    /// Nothing is finished before `until`.
    void stall(SimTime until);
    /// The process or the machine went down. Afterwards written equals durable.
    void crash();

private:
    void startGroup();
    void finish(std::uint64_t generation);
    void commitGroup();

    EventQueue& events_;
    Random random_;
    Coverage& coverage_;
    Hooks hooks_;
    Speed speed_;
    SimTime stalledUntil_{};
    DiskView view_;
    std::deque<raft::Write> queue_;
    std::deque<SimTime> handedIn_; ///< when, for each of the queue
    std::size_t groupSize_ = 0;    ///< of the writes at the front that are being committed; 0: disk idle
    std::uint64_t generation_ = 0; ///< moves at a crash and voids what was under way
};

} // namespace dsmsg::sim
