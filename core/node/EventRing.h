// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happened on a node lately: elections, peers lost and found, snapshots, changes of members, faults,
// stalls of the disk, jumps of the clock. Kept so that an observer who comes later, or who was away for a
// while, sees the past too; bounded, so the oldest go. Ids only rise, across restarts as well (they begin at
// the wall clock's microsecond of the start), so that an id of an earlier run is recognised as older than
// everything.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::node {

struct ObservedEvent
{
    std::uint64_t id = 0; ///< set by EventRing
    UnixTime clusterTime{};
    std::optional<Duration> bound; ///< of clusterTime
    Instant at;                    ///< on the node's boot-time clock
    std::string_view kind;         ///< as in API.md, "leader_elected"; always a literal
    Term term;
    LogIndex index;    ///< 0: about no entry
    std::string peer;  ///< node id; empty: about no peer
    std::string cause; ///< why, in words; may be empty
    std::string text;  ///< a sentence
};

/// The events after an id, oldest first.
struct EventPage
{
    std::vector<ObservedEvent> events;
    bool gap = false;            ///< some that came after the asked id are gone
    std::uint64_t firstKept = 0; ///< id of the oldest that is kept; one past the last when none is
    std::uint64_t last = 0;      ///< id of the newest ever; the one before the first when there was none
};

class EventRing
{
public:
    /// The first event gets the id after `origin`. `eventsMax` of them are kept.
    EventRing(std::uint64_t origin, std::size_t eventsMax)
        : eventsMax_(eventsMax)
        , last_(origin)
    {
    }

    void add(ObservedEvent event);
    /// At most `countMax`. 0 asks for everything that is kept. An id that this node has not given yet (it is
    /// another node's, or the wall clock was set back before a restart) counts as older than everything.
    EventPage after(std::uint64_t id, std::size_t countMax) const;
    std::uint64_t last() const { return last_; }

private:
    const std::size_t eventsMax_;
    std::uint64_t last_;
    bool dropped_ = false; ///< some of this run are gone
    std::deque<ObservedEvent> events_;
};

} // namespace dsmsg::node
