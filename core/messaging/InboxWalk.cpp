// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lanes are read at different moments, so that one may know of messages that are younger than the other's
// last look: those wait for a later walk.
#include "core/messaging/InboxWalk.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dsmsg::messaging {

InboxWalk::InboxWalk(MessageReader& reader, std::string recipient, Seq after)
    : reader_(reader)
    , through_(after)
{
    PageQuery query;
    query.after = after;
    query.recipient = everybody;
    lanes_.push_back({query, {}, true, after});
    if (recipient == everybody)
        return;
    query.recipient = std::move(recipient);
    lanes_.push_back({query, {}, true, after});
}

Result<void> InboxWalk::refill(Lane& lane, std::uint32_t step)
{
    lane.query.limit = step;
    auto page = reader_.page(lane.query);
    if (!page)
        return page.error();
    std::ranges::move(page->messages, std::back_inserter(lane.read));
    lane.more = page->more;
    lane.scanned = page->scannedThrough;
    lane.query.after = page->scannedThrough;
    return {};
}

Result<std::optional<StoredMessage>> InboxWalk::next(std::uint32_t step)
{
    for (Lane& lane : lanes_) {
        if (!lane.read.empty() || !lane.more)
            continue;
        if (auto read = refill(lane, step); !read)
            return read.error();
    }
    Lane* first = nullptr;
    Seq known = lanes_.front().scanned; // what every lane has looked at
    for (Lane& lane : lanes_) {
        known = std::min(known, lane.scanned);
        if (!lane.read.empty() && (first == nullptr || lane.read.front().seq < first->read.front().seq))
            first = &lane;
    }
    const auto hides = [&](const Lane& lane) {
        return lane.read.empty() && lane.scanned < first->read.front().seq;
    };
    if (first == nullptr || std::ranges::any_of(lanes_, hides)) {
        through_ = std::max(through_, known);
        return std::optional<StoredMessage>();
    }
    StoredMessage message = std::move(first->read.front());
    first->read.pop_front();
    through_ = message.seq;
    return std::optional(std::move(message));
}

} // namespace dsmsg::messaging
