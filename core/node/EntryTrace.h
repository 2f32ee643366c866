// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lives of the last entries: when each was received, appended, held by which disk, committed, applied and
// delivered. Recorded an entry, never a message, and most of it as steps (Milestones): an acknowledgement of
// a follower covers all entries up to its match. What only a leader can know is of its present leadership;
// what every node knows (commit, apply, delivery) goes on across elections.
//
// A follower's disk counts when the leader hears of it: the true moment was about half a round trip earlier.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/Ids.h"
#include "core/node/Milestones.h"

namespace dsmsg::node {

/// Of one entry, on the node's boot-time clock.
struct EntryTimes
{
    std::optional<Instant> received; ///< of its first message
    std::optional<Instant> appended;
    std::vector<std::pair<ServerId, Instant>> durable;
    std::optional<Instant> committed;
    std::optional<Instant> applied;
    std::optional<Instant> delivered;
};

class EntryTrace
{
public:
    static constexpr std::size_t entriesMax = 20'000;
    /// Disks that are followed; 16 bytes an entry each.
    static constexpr std::size_t serversMax = 16;

    /// Where this node stands when it starts.
    EntryTrace(LogIndex applied, DeliverySeq delivered);

    void leadershipBegan(Term term);
    void leadershipEnded() { term_ = {}; }
    /// The present leader's own entry; `received`: when the first of its messages was.
    void proposed(LogIndex index, Instant received, Instant now);
    /// Leader: that server's disk holds the log up to `match`.
    void held(ServerId server, LogIndex match, Instant now);
    void committed(LogIndex index, Instant now) { committed_.reached(index.value, now); }
    void applied(LogIndex index, DeliverySeq delivered, Instant now);
    /// The state was replaced by a snapshot: what it covers passed at unknown times.
    void replaced(LogIndex applied, DeliverySeq delivered);

    /// `delivery`: of the message that is asked for; 0: it waits.
    EntryTimes find(Term term, LogIndex index, DeliverySeq delivery) const;
    /// Whether that term is the present leadership of this node.
    bool leads(Term term) const { return term_ && term == term_; }

private:
    Term term_; ///< of the present leadership; 0: none
    Milestones received_{entriesMax};
    Milestones appended_{entriesMax};
    std::map<ServerId, Milestones> durable_;
    Milestones committed_{entriesMax};
    Milestones applied_{entriesMax};
    Milestones delivered_{entriesMax}; ///< by delivery seq
};

} // namespace dsmsg::node
