// SPDX-License-Identifier: GPL-3.0-or-later
//
// Directed links between the nodes' places (slots): each delays, loses, duplicates, reorders, or is cut.
// Knows nothing of Raft but the kinds of messages it counts. A cut is counted, so that faults may overlap.
#pragma once

#include <functional>
#include <vector>

#include "core/base/Random.h"
#include "tests/support/sim/Coverage.h"
#include "tests/support/sim/EventQueue.h"

namespace dsmsg::sim {

struct LinkQuality
{
    Duration delayMin = std::chrono::microseconds(100);
    Duration delayMax = std::chrono::milliseconds(3);
    std::uint32_t slowPercent = 1;      ///< of the messages take up to ten times delayMax
    std::uint32_t stragglerPercent = 0; ///< of the messages arrive up to five seconds late, when reordered
    std::uint32_t lossPercent = 0;
    std::uint32_t twicePercent = 0;
    bool reorder = false; ///< else what is sent first arrives first
};

class SimNetwork
{
public:
    using Deliver = std::function<void()>;

    SimNetwork(EventQueue& events, Random random, Coverage& coverage, int slots);

    void setQuality(int from, int to, const LinkQuality& quality) { link(from, to).quality = quality; }
    void cut(int from, int to) { ++link(from, to).cuts; }
    void heal(int from, int to) { --link(from, to).cuts; }
    bool isCut(int from, int to) const;
    /// Removes every cut and restores `quality` everywhere.
    void healAll(const LinkQuality& quality);

    /// Calls `deliver` once, twice or never.
    void send(int from, int to, const Counted& counted, const Deliver& deliver);
    /// What always arrives, and in order with itself: a hello. Delayed like a message.
    void sendReliably(int from, int to, Deliver deliver);

private:
    struct Link
    {
        LinkQuality quality;
        int cuts = 0;
        SimTime lastArrival{};
    };
    Link& link(int from, int to)
    {
        return links_[static_cast<std::size_t>(from) * static_cast<std::size_t>(slots_) +
                      static_cast<std::size_t>(to)];
    }
    SimTime arrival(Link& link);

    EventQueue& events_;
    Random random_;
    Coverage& coverage_;
    int slots_;
    std::vector<Link> links_;
};

} // namespace dsmsg::sim
