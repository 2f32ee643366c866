// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only thing that moves time in a simulation: the next event is taken, the clock jumps to it, its action
// runs. Events of one instant run in the order in which they were put in, so that a seed has exactly one
// history.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/Clock.h"

namespace dsmsg::sim {

/// True time: since the start of the simulated world. No node sees it; each has its own clock.
using SimTime = Duration;

class EventQueue
{
public:
    using Action = std::function<void()>;

    SimTime now() const { return now_; }
    std::size_t size() const { return heap_.size(); }

    /// `when` in the past means now.
    void at(SimTime when, Action action);
    void after(Duration delay, Action action) { at(now_ + delay, std::move(action)); }
    /// Runs the earliest event. False when there is none.
    bool runOne();

private:
    struct Event
    {
        SimTime when;
        std::uint64_t order;
        Action action;
    };
    static bool later(const Event& a, const Event& b);

    std::vector<Event> heap_; ///< earliest first
    SimTime now_{};
    std::uint64_t nextOrder_ = 0;
};

} // namespace dsmsg::sim
