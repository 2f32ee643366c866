// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is answered leaves the map before it is called, because the call may come back with the next entry.
#include "core/node/EntryWaits.h"

#include <utility>
#include <vector>

namespace dsmsg::node {

void EntryWaits::add(raft::Proposed at, Instant deadline, Then then)
{
    waiting_.emplace(at.index, Waiting{at.term, deadline, std::move(then)});
}

void EntryWaits::applied(std::span<const messaging::AppliedEntry> entries)
{
    for (const messaging::AppliedEntry& entry : entries) {
        for (auto found = waiting_.find(entry.index); found != waiting_.end();
             found = waiting_.find(entry.index)) {
            const Waiting waiting = std::move(found->second);
            waiting_.erase(found);
            if (waiting.term == entry.term)
                waiting.then(Fate::Applied, &entry);
            else
                waiting.then(Fate::Replaced, nullptr);
        }
    }
}

void EntryWaits::expire(Instant now)
{
    std::vector<Then> late;
    for (auto waiting = waiting_.begin(); waiting != waiting_.end();) {
        if (waiting->second.deadline > now) {
            ++waiting;
            continue;
        }
        late.push_back(std::move(waiting->second.then));
        waiting = waiting_.erase(waiting);
    }
    for (const Then& then : late)
        then(Fate::Unknown, nullptr);
}

} // namespace dsmsg::node
