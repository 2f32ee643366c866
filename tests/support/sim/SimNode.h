// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node's machine: its place in the network, its clock and disk, and the program that runs on it, or not.
// What a crash takes and what it leaves is decided here.
#pragma once

#include <memory>
#include <vector>

#include "tests/support/sim/SimProcess.h"

namespace dsmsg::sim {

class SimNode
{
public:
    struct Options
    {
        int slot = 0;
        std::string url;
        std::vector<std::string> initialUrls; ///< empty: the node waits to be taken in
        raft::Settings settings;
        node::Proposals::Limits limits;
        std::size_t quorumAsked = 2;
        std::size_t snapshotChunkBytes = 1000;
        Duration orderingWindow = std::chrono::milliseconds(500);
        node::InboxAcks::Limits acks{};
        Duration retentionInterval = std::chrono::milliseconds(500);
        node::TimeOptions time;
        Duration wallError{};       ///< of its wall clock, at first
        std::int64_t clockRate = 0; ///< ppm that its clocks run too fast
    };

    SimNode(Lab& lab, NodeHost& host, const Options& options);

    void start();
    /// The process dies; the machine and its clock go on, what the operating system was given stays.
    void kill();
    /// The machine loses power: the state store falls back to its last checkpoint, the boot-time clock starts
    /// anew.
    void cutPower();
    /// The data directory is gone; the next start is a new incarnation. The node must be down.
    void wipe();
    void freeze();
    void thaw();

    bool up() const { return process_ != nullptr; }
    bool frozen() const { return frozen_; }
    bool leads() const { return up() && machine_.view.role == raft::Role::Leader; }
    bool everWiped() const { return !lostDisks_.empty(); }
    int slot() const { return machine_.view.slot; }
    const raft::Identity& identity() const { return machine_.identity; }
    ServerId server() const { return machine_.identity.server; }
    const NodeView& view() const { return machine_.view; }
    const messaging::AppliedState& applied() const { return machine_.view.state.applied; }
    SimProcess* process() const { return process_.get(); }
    SimDisk& disk() { return *machine_.disk; }

    void setDiskSpace(bool sufficient);
    void setReadsFail(bool fail) { machine_.readsFail = fail; }
    void setReadDelay(Duration max) { machine_.readDelayMax = max; }
    void setApplyDelay(Duration max) { machine_.applyDelayMax = max; }
    void setClockRate(std::int64_t ppm);
    void leapClock(Duration forward);
    void setWall(Duration forward); ///< negative: back
    /// What the state store holds now survives a power cut.
    void checkpoint() { machine_.state->checkpoint(); }

private:
    void newIncarnation();
    void down();

    Lab& lab_;
    NodeHost& host_;
    Machine machine_;
    std::shared_ptr<SimProcess> process_;
    bool frozen_ = false;
    std::vector<std::unique_ptr<SimDisk>> lostDisks_; ///< kept for the checkers
};

} // namespace dsmsg::sim
