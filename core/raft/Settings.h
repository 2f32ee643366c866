// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>

#include "core/base/Clock.h"

namespace dsmsg::raft {

/// Fixed at start. The timeouts are the contract's defaults (API.md).
struct Settings
{
    Duration electionTimeoutMin = std::chrono::milliseconds(300);
    Duration electionTimeoutMax = std::chrono::milliseconds(600); ///< exclusive
    Duration heartbeatInterval = std::chrono::milliseconds(200);

    std::size_t appendBytesMax = 256 * 1024;     ///< payload of one AppendEntries, unless one entry is larger
    std::size_t inflightBytesMax = 1024 * 1024;  ///< sent and not acknowledged, per follower
    std::size_t inflightMessagesMax = 256;       ///< same, in messages
    std::size_t uncommittedBytesMax = 64u << 20; ///< proposals beyond this are refused as Busy
    /// Entries read from disk for followers that were away, all together: the foreground needs the same disk.
    std::size_t catchUpBytesPerSecond = 64u << 20;
    std::size_t pendingReadsMax = 4096;    ///< linearizable reads that wait for their round
    std::size_t cacheBytesMax = 64u << 20; ///< entries kept in memory beyond what is still needed
};

} // namespace dsmsg::raft
