// SPDX-License-Identifier: GPL-3.0-or-later
//
// A host that keeps its side of the contract of Raft.h, however slowly and in whatever order the script
// likes: its disk does writes in order and keeps them over a restart, it applies what it may and no more,
// it answers what it was asked. So whatever breaks is the core's fault.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "core/raft/Raft.h"

namespace dsmsg::fuzz {

class RaftHost
{
public:
    struct Disk
    {
        raft::HardState hardState;
        raft::LogBase base;
        std::vector<raft::EntryPtr> entries; ///< after base.index, without a gap
        LogIndex applied;

        LogIndex last() const { return base.index + entries.size(); }
        void perform(const raft::Write& write);
    };

    /// Server 1 with what is on `disk`; the voters at first start were servers 1 to `voters`.
    RaftHost(Disk disk, std::size_t voters);

    /// One input; what comes out is checked and queued here.
    void step(raft::Input input);
    void pass(Duration time);
    /// The timer fires.
    void fire();
    /// The oldest `count` writes become durable.
    void persist(std::size_t count);
    void apply();
    /// Answers the oldest question of each kind: for entries, for a piece of the state, where to put one.
    void answerReads(std::string_view state);
    /// Writes that are not durable are lost, and all that is not on the disk.
    void restart();

    const raft::Raft& raft() const { return *raft_; }
    std::size_t pendingWrites() const { return writes_.size(); }
    LogIndex applied() const { return disk_.applied; }
    LogIndex last() const { return raft_->status(now_).last; }

private:
    void start();
    void check(const raft::Ready& ready);
    void answerLogRead();
    void answerSnapshotRead(std::string_view state);
    void stageChunk();

    Disk disk_;
    const std::size_t voters_;
    Instant now_{std::chrono::hours(1)};
    std::unique_ptr<raft::Raft> raft_;
    std::deque<raft::Write> writes_;
    std::deque<raft::LogReadRequest> logReads_;
    std::deque<raft::SnapshotReadRequest> snapshotReads_;
    std::deque<raft::SnapshotChunk> chunks_;
    LogIndex applyThrough_;
    LogIndex install_;         ///< not 0: the staged snapshot is to become the state
    std::uint64_t staged_ = 0; ///< bytes of the snapshot
};

} // namespace dsmsg::fuzz
