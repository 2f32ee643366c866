// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/node/EventRing.h"

#include <algorithm>
#include <utility>

namespace dsmsg::node {

void EventRing::add(ObservedEvent event)
{
    event.id = ++last_;
    events_.push_back(std::move(event));
    if (events_.size() > eventsMax_) {
        events_.pop_front();
        dropped_ = true;
    }
}

EventPage EventRing::after(std::uint64_t id, std::size_t countMax) const
{
    EventPage page;
    page.last = last_;
    page.firstKept = last_ + 1 - events_.size();
    const bool known = id + 1 >= page.firstKept && id <= last_;
    page.gap = id == 0 ? dropped_ : !known;
    const std::size_t skipped = known ? static_cast<std::size_t>(id + 1 - page.firstKept) : 0;
    const std::size_t count = std::min(countMax, events_.size() - skipped);
    const auto begin = events_.begin() + static_cast<std::ptrdiff_t>(skipped);
    page.events.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    return page;
}

} // namespace dsmsg::node
