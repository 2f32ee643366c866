// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the load is made of: a message to be sent, and what one attempt to send it came to.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/base/Clock.h"

namespace dsmsg::bench {

/// On the machine's monotonic clock.
using Moment = std::chrono::steady_clock::time_point;

struct Task
{
    std::uint64_t number = 0; ///< from 0; its message id is made of it
    Moment intended;          ///< when it should have been sent: its latency counts from here
    bool mayBeStored = false; ///< an attempt was sent and its fate is not known
    bool repeated = false;    ///< this is not the first attempt
};

/// One answer about one message.
enum class Answer
{
    Stored,    ///< acknowledged as the cluster's replication mode promises
    NotLeader, ///< certainly not stored; another node leads
    Rejected,  ///< certainly not stored; not now
    Unknown,   ///< may be stored
    Refused,   ///< never will be
};

} // namespace dsmsg::bench
