// SPDX-License-Identifier: GPL-3.0-or-later
//
// Connections as the peer link makes them: two running nodes that can reach each other connect and say hello
// (who they are, which cluster); a connection breaks when a side dies or silence lasts. Without one nothing
// is sent.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/Random.h"
#include "tests/support/sim/EventQueue.h"
#include "tests/support/sim/SimNetwork.h"

namespace dsmsg::sim {

class PeerLinks
{
public:
    struct Hooks
    {
        std::function<bool(int)> running;
        /// Whether two running nodes take each other's hello: members of two clusters do not.
        std::function<bool(int, int)> compatible;
        /// Takes the hello that `from` would say now; what it returns delivers it to `to`.
        std::function<std::function<void()>(int from, int to)> hello;
        std::function<void(int at, int gone)>
            broken; ///< `at` noticed that the connection to `gone` is no more
    };

    PeerLinks(EventQueue& events, Random random, SimNetwork& network, int slots, Hooks hooks);

    bool connected(int a, int b) const { return pair(a, b).connected; }
    /// Another one after each new connection; none while there is none.
    std::optional<std::uint64_t> session(int a, int b) const
    {
        return connected(a, b) ? std::optional(pair(a, b).session) : std::nullopt;
    }
    void started(int slot); ///< the process runs: connect to whom it can reach
    /// The process is gone. `abruptly`: its peers find out by silence only.
    void stopped(int slot, bool abruptly);
    void linksChanged();       ///< cuts came or went: look at every pair
    void greetAgain(int slot); ///< what its hello says has changed
    void reset(int a, int b);  ///< the connection breaks and may come back at once

private:
    struct Pair
    {
        bool connected = false;
        bool attempted = false; ///< a connection attempt is on its way
        bool suspect = false;   ///< silence is being timed
        std::uint64_t session = 0;
    };
    Pair& pair(int a, int b);
    const Pair& pair(int a, int b) const;
    bool possible(int a, int b) const;
    void review(int a, int b);
    void attempt(int a, int b);
    void greet(int from, int to);
    void breakOff(int a, int b);
    void notice(int at, int gone, Duration after);

    EventQueue& events_;
    Random random_;
    SimNetwork& network_;
    int slots_;
    Hooks hooks_;
    std::vector<Pair> pairs_; ///< only [lesser][greater] is used
};

} // namespace dsmsg::sim
