// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node keeps about itself for those who watch it: counters, distributions, the last events, the lives
// of the last entries, and rows for charts. The driver feeds it from the Raft thread and asks it nothing, so
// that nothing depends on being watched. Constant time and no allocation for each entry, acknowledgement and
// frame; each part has a bound. No thread, no clock: the time comes in.
//
// Full, on a leader of three nodes: about 3 MB of events, 3 MB of entries' lives (0.3 MB more for each further
// node), 1 MB of rows.
#pragma once

#include <map>

#include "core/messaging/Store.h"
#include "core/node/EntryTrace.h"
#include "core/node/History.h"
#include "core/node/Observation.h"
#include "core/raft/Message.h"

namespace dsmsg::node {

class Observer
{
public:
    static constexpr std::size_t eventsMax = 10'000;
    /// Peers whose traffic is counted; more never belong to a cluster at once.
    static constexpr std::size_t peersMax = 64;

    struct Start
    {
        UnixTime wall{}; ///< event ids begin here
        Instant now;
        LogIndex applied;
        DeliverySeq delivered;
    };
    explicit Observer(const Start& start);

    /// An event that comes from the core is counted too.
    void happened(ObservedEvent event, raft::Event::Kind kind);
    void happened(ObservedEvent event) { events_.add(std::move(event)); }
    /// `onLink`: it was given to a link; else there was none.
    void sent(ServerId to, const raft::Message& message, bool onLink);
    void heard(ServerId from, const raft::Message& message);
    /// Who has left takes its counters along, or those who come and go would add up.
    void membersAre(const raft::Configuration& members);

    void turnedAway(std::size_t submissions) { counters_.turnedAway += submissions; }
    void proposed(LogIndex index, Instant received, Instant now);
    void synced(Duration took) { fsync_.record(took); }
    void applied(const messaging::AppliedState& state, std::size_t entries, std::size_t messages,
                 Duration took, Instant now);
    void stateReplaced(const messaging::AppliedState& state);

    /// Each second: `row` without its rates and distributions, which are added here and kept.
    void second(HistoryRow row, const Histogram& send, const SubmissionCounts& submissions, Instant now);
    Rates rates(const Histogram& send) const;

    const Counters& counters() const { return counters_; }
    PeerTraffic traffic(ServerId peer) const;
    const EventRing& events() const { return events_; }
    const History& history() const { return history_; }
    EntryTrace& trace() { return trace_; }
    const EntryTrace& trace() const { return trace_; }
    const Histogram& fsync() const { return fsync_; }
    const Histogram& apply() const { return apply_; }

private:
    PeerTraffic* trafficOf(ServerId peer);

    /// The figures at the end of a second.
    struct Mark
    {
        Instant at;
        Histogram send;
        Histogram fsync;
        std::uint64_t acknowledged = 0;
        std::uint64_t applied = 0;
    };

    Counters counters_;
    std::map<ServerId, PeerTraffic> traffic_;
    DeliverySeq delivered_;
    EventRing events_;
    EntryTrace trace_;
    History history_;
    Histogram fsync_;
    Histogram apply_;
    Mark newest_; ///< of the last second that ended
    Mark before_; ///< of the one before
};

} // namespace dsmsg::node
