// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a checker may look at: the cluster from above, disks included, and nothing about faults. Plain values,
// so that a checker's own test can draw a broken cluster by hand.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/raft/Raft.h"

namespace dsmsg::sim {

/// A node's durable state at one moment. log[i] is the entry with index i + 1.
struct DiskImage
{
    raft::HardState hardState;
    std::vector<raft::EntryPtr> log;

    LogIndex lastIndex() const { return LogIndex(log.size()); }
    /// The entry at `index`; null when there is none.
    const raft::Entry* at(LogIndex index) const
    {
        return index && index <= lastIndex() ? log[index.value - 1].get() : nullptr;
    }
    Term termAt(LogIndex index) const { return at(index) ? at(index)->term : Term{}; }
    void perform(const raft::Write& write);
};

/// One incarnation's disk: what a power cut leaves, and what the core has asked for so far.
struct DiskView
{
    DiskImage durable;
    DiskImage written;
};

struct NodeView
{
    int slot = 0;
    ServerId server;
    std::uint32_t run = 0; ///< counts the starts of the process, all nodes together
    bool up = false;
    raft::Role role = raft::Role::Follower;
    Term term;
    LogIndex commit;
    LogIndex applyThrough;
    raft::Configuration configuration;
    const DiskView* disk = nullptr; ///< null only before the first start
};

struct ClusterView
{
    std::size_t initialSlots = 0; ///< size of the voter set at first start
    std::vector<NodeView> nodes;  ///< by slot
    /// Every incarnation there ever was, the disks since wiped as they were then: a write that counted once
    /// counts.
    std::map<ServerId, const DiskView*> disks;

    /// How many of `configuration`'s bound voters hold the entry (index, term) on disk.
    std::size_t copies(const raft::Configuration& configuration, LogIndex index, Term term) const;
    const NodeView* find(ServerId server) const; ///< the node that runs this incarnation now
    std::string nameOf(ServerId server) const;   ///< "n2"; hexadecimal for a gone incarnation
};

/// "n1" for slot 0.
std::string nameOfSlot(int slot);

} // namespace dsmsg::sim
