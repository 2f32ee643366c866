// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a checker may look at: the cluster from above, disks included, and nothing about faults. Plain values,
// so that a checker's own test can draw a broken cluster by hand.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/messaging/Store.h"
#include "core/raft/Raft.h"
#include "core/timesync/PeerClock.h"

namespace dsmsg::sim {

/// A node's log and hard state at one moment. log[i] is the entry with index base.index + i + 1.
struct DiskImage
{
    raft::HardState hardState;
    raft::LogBase base;
    std::vector<raft::EntryPtr> log;

    bool blank() const { return log.empty() && !base.index; }
    LogIndex lastIndex() const { return base.index + log.size(); }
    /// The entry at `index`; null when there is none, or none any more.
    const raft::Entry* at(LogIndex index) const
    {
        return index > base.index && index <= lastIndex() ? log[index - base.index - 1].get() : nullptr;
    }
    /// 0 where the log does not know: beyond its ends, but for the last entry before it.
    Term termAt(LogIndex index) const
    {
        if (index && index == base.index)
            return base.term;
        return at(index) ? at(index)->term : Term{};
    }
    /// Of the newest Form or Configuration entry, else of the base. Its index is 0 in a blank log.
    std::pair<LogIndex, raft::Configuration> configuration() const;
    void perform(const raft::Write& write);
};

/// One incarnation's disk: what a power cut leaves, and what the core has asked for so far.
struct DiskView
{
    DiskImage durable;
    DiskImage written;
};

/// How far a node's state store is.
struct StateView
{
    messaging::AppliedState applied;             ///< of the state in use
    LogIndex durable;                            ///< what a power cut leaves of it
    std::vector<messaging::InboxCursor> cursors; ///< of the state in use
    LogIndex staged;                             ///< a complete, durable snapshot beside it; 0: none
};

/// What a node knows of time, and what the clocks truly show, all at one moment.
struct TimeView
{
    struct Peer
    {
        ServerId server;
        timesync::ClockState told; ///< what it told last of its clock
        Instant boot;              ///< what the boot-time clock of the run that told it truly shows
        timesync::Estimate estimate;

        UnixTime clock() const { return UnixTime(boot.time_since_epoch() + told.anchor); }
    };
    timesync::ClockState mark; ///< what the node tells of its own clock; run 0: it never ran
    Instant boot;
    UnixTime cluster;
    std::optional<Duration> bound; ///< of `cluster`
    UnixTime stamped{};            ///< the newest that it stamped as a leader
    bool synchronized = false;
    /// How far its wall clock is ahead of what it takes for it; only right after it looked.
    std::optional<Duration> wallAhead;
    std::vector<ServerId> voters; ///< whose median `cluster` follows, sorted; 0: slot not bound
    std::vector<Peer> peers;      ///< those with an estimate

    UnixTime clock() const { return UnixTime(boot.time_since_epoch() + mark.anchor); }
    const Peer* find(ServerId server) const; ///< null when nothing is known of it
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
    StateView state;
    TimeView time;
};

struct ClusterView
{
    std::size_t initialSlots = 0; ///< size of the voter set at first start
    /// No two boot-time clocks ever ran apart faster than nodes assume at most: bounds of time must hold.
    bool clocksKeepRate = true;
    std::vector<NodeView> nodes; ///< by slot
    /// Every incarnation there ever was, the disks since wiped as they were then: a write that counted once
    /// counts.
    std::map<ServerId, const DiskView*> disks;

    /// True when this incarnation holds the entry (index, term) on disk, or has compacted it.
    bool holds(ServerId server, LogIndex index, Term term) const;
    /// How many of `configuration`'s bound voters, those of the incoming set, hold the entry on disk.
    std::size_t copies(const raft::Configuration& configuration, LogIndex index, Term term) const;
    const NodeView* find(ServerId server) const; ///< the node that runs this incarnation now
    std::string nameOf(ServerId server) const;   ///< "n2"; hexadecimal for a gone incarnation
};

/// "n1" for slot 0.
std::string nameOfSlot(int slot);

} // namespace dsmsg::sim
