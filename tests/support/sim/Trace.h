// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happened, a line an event. Only the end is kept (what a failure prints); the hash covers everything,
// and two runs of a seed must have the same. With a sink every line is written out as it happens.
#pragma once

#include <cstdint>
#include <deque>
#include <iosfwd>
#include <string>

#include "tests/support/sim/EventQueue.h"
#include "tests/support/sim/Text.h"

namespace dsmsg::sim {

class Trace
{
public:
    static constexpr std::size_t keptLines = 60;

    /// `sink` may be null; else it must outlive the trace.
    Trace(const EventQueue& events, std::ostream* sink)
        : events_(events)
        , sink_(sink)
    {
    }

    template <class... Parts>
    void line(const Parts&... parts)
    {
        add(text(parts...));
    }

    std::uint64_t hash() const { return hash_; }
    const std::deque<std::string>& tail() const { return tail_; }

private:
    void add(std::string what);

    const EventQueue& events_;
    std::ostream* sink_;
    std::deque<std::string> tail_;
    std::uint64_t hash_ = 0xcbf29ce484222325u; ///< FNV-1a, 64 bits
};

} // namespace dsmsg::sim
