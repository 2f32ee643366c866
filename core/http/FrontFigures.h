// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the HTTP side counts of itself, for /metrics and /observe: each bound with what is in use of it and
// how often it turned somebody away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace dsmsg::http {

/// Counted since start; for /metrics and tests.
struct HttpCounters
{
    std::uint64_t connections = 0;    ///< adopted
    std::uint64_t requests = 0;       ///< complete and parsed
    std::uint64_t refused = 0;        ///< malformed, too large or too slow
    std::uint64_t answersDropped = 0; ///< the client had left
};

/// Something that has a limit.
struct Usage
{
    std::size_t used = 0;
    std::size_t limit = 0;
    std::uint64_t refused = 0; ///< since start
};

struct FrontFigures
{
    HttpCounters http;
    Usage connections; ///< of the whole node, peers included
    Usage submissions; ///< messages that wait for their answer
    Usage submissionBytes;
    Usage queries;     ///< questions to the Raft thread
    Usage subscribers; ///< of /events, /ws and long polls
    Usage longPolls;   ///< of those, the ones that wait
    Usage observers;   ///< of /observe
};

/// Asks the front, in the HTTP thread.
using FiguresSource = std::function<FrontFigures()>;

} // namespace dsmsg::http
