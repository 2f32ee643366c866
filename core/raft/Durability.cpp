// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/raft/Durability.h"

#include <algorithm>

namespace dsmsg::raft {

WriteId Durability::issue(Instant now, std::optional<LogIndex> lastIndex, bool hardState)
{
    ++last_;
    pending_.push_back({last_, now, lastIndex, hardState});
    return last_;
}

void Durability::truncated(LogIndex from)
{
    durable_ = std::min(durable_, from.previous());
    for (Pending& write : pending_) {
        if (write.lastIndex)
            write.lastIndex = std::min(*write.lastIndex, from.previous());
    }
}

void Durability::persisted(WriteId write)
{
    if (write > last_)
        return;
    while (!pending_.empty() && pending_.front().id <= write) {
        if (pending_.front().lastIndex)
            durable_ = *pending_.front().lastIndex;
        finished_ = pending_.front().id;
        pending_.pop_front();
    }
}

std::optional<Instant> Durability::oldestPending() const
{
    if (pending_.empty())
        return std::nullopt;
    return pending_.front().issued;
}

std::optional<WriteId> Durability::pendingHardState() const
{
    const auto newest = std::ranges::find_if(pending_.rbegin(), pending_.rend(), &Pending::hardState);
    if (newest == pending_.rend())
        return std::nullopt;
    return newest->id;
}

} // namespace dsmsg::raft
