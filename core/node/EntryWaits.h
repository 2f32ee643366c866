// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who waits for an entry that this leader proposed: a forced delivery, acknowledgements of consumers, a rule
// of retention. Answered by index and term, never by index alone: under the same index another leader's entry
// may come. No thread, no I/O; time and facts come in.
#pragma once

#include <functional>
#include <map>
#include <span>

#include "core/base/Clock.h"
#include "core/messaging/StateMachine.h"
#include "core/raft/Raft.h"

namespace dsmsg::node {

class EntryWaits
{
public:
    enum class Fate : std::uint8_t
    {
        Applied,
        Replaced, ///< another entry has its place: it never happened, nor will it
        Unknown   ///< it may still be committed
    };
    /// `entry` is null unless the fate is Applied; valid during the call. It may add and propose.
    using Then = std::function<void(Fate fate, const messaging::AppliedEntry* entry)>;

    /// `then` is called once, at the latest by the first expire() after `deadline`.
    void add(raft::Proposed at, Instant deadline, Then then);
    void applied(std::span<const messaging::AppliedEntry> entries);
    void expire(Instant now);
    /// Nothing will be applied here any more.
    void giveUp() { expire(Instant::max()); }

    bool empty() const { return waiting_.empty(); }
    std::size_t size() const { return waiting_.size(); }

private:
    struct Waiting
    {
        Term term;
        Instant deadline;
        Then then;
    };
    std::multimap<LogIndex, Waiting> waiting_;
};

} // namespace dsmsg::node
