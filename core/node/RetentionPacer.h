// SPDX-License-Identifier: GPL-3.0-or-later
//
// When a leader looks for messages that are to go (messaging/RetentionScan.h), and whether what was found may
// still be proposed. One search or one removal is under way at a time, never more than half of the time while
// there is a lot to remove, so that writes go on. A removal found in one state must not be applied after a
// change of the rules: whoever sets a rule and is answered must not see messages go by the old one. No
// thread, no clock; facts come in.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/Clock.h"
#include "core/messaging/RetentionScan.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

class RetentionPacer
{
public:
    using Ticket = std::uint64_t;

    /// `interval`: between searches that find nothing.
    explicit RetentionPacer(Duration interval)
        : interval_(interval)
    {
    }

    /// Leadership begins or ends: what is under way is not awaited. The host searches only once it serves,
    /// when everything that earlier leaders proposed is applied.
    void restart(Instant now);
    /// An entry of this leader that changes a rule.
    void ruleProposed(LogIndex at) { lastRule_ = at; }

    /// From when on the state may be searched; none while a search or a removal is under way.
    std::optional<Instant> due() const { return busy_ ? std::nullopt : std::optional(next_); }
    /// The search begins; its result comes with this ticket.
    Ticket begin(Instant now);
    /// What was found in the state that was applied up to `seen`. True: it is to be proposed now, and
    /// proposed() or refused() follows.
    bool found(Ticket ticket, const messaging::RetentionScan::Found& found, LogIndex seen, Instant now);
    void proposed(raft::Proposed at) { removal_ = at.index; }
    void refused(Instant now) { rest(now, interval_); }
    void applied(LogIndex through, Instant now);

private:
    void rest(Instant now, Duration pause);

    const Duration interval_;
    Ticket ticket_ = 0;
    bool busy_ = false;
    bool more_ = false; ///< the search that is proposed did not reach the end
    Instant begun_{};
    Instant next_{};
    LogIndex removal_;  ///< under way; 0: none
    LogIndex lastRule_; ///< proposed by this leader; 0: none
};

} // namespace dsmsg::node
