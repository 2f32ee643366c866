// SPDX-License-Identifier: GPL-3.0-or-later
//
// A binary heap by hand: std::priority_queue cannot give its top away, and an action may own a whole message.
#include "tests/support/sim/EventQueue.h"

#include <algorithm>
#include <utility>

namespace dsmsg::sim {

bool EventQueue::later(const Event& a, const Event& b)
{
    return a.when != b.when ? a.when > b.when : a.order > b.order;
}

void EventQueue::at(SimTime when, Action action)
{
    heap_.push_back({std::max(when, now_), nextOrder_++, std::move(action)});
    std::push_heap(heap_.begin(), heap_.end(), later);
}

bool EventQueue::runOne()
{
    if (heap_.empty())
        return false;
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Event event = std::move(heap_.back());
    heap_.pop_back();
    now_ = event.when;
    event.action();
    return true;
}

} // namespace dsmsg::sim
