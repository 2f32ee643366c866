// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that can be checked about a data directory while no node uses it: every CRC, and that log, state
// and indexes say the same. The scrub of a running node checks CRCs only.
#pragma once

#include <string>
#include <vector>

#include <QString>

#include "core/base/Ids.h"
#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/raft/Raft.h"

namespace dsmsg::storage {

struct Verification
{
    std::string node;
    ServerId server;
    bool joinsOnly = false;
    raft::HardState hardState;
    raft::LogBase base;
    LogIndex lastIndex;
    Term lastTerm;
    std::uint64_t entryBytes = 0;
    raft::Configuration configuration; ///< the newest in the log, or at its base
    messaging::AppliedState applied;
    std::uint64_t messages = 0;
    std::uint64_t batches = 0;
    std::uint64_t messageBytes = 0; ///< of the batches
    std::uint64_t indexPages = 0;
    /// In words; at most some dozens. Empty: nothing is wrong.
    std::vector<std::string> problems;

    bool sound() const { return problems.empty(); }
};

/// Writes nothing (but SQLite's own -shm files). Error: there is nothing to check, or it must not be touched
/// now: NotFound, Refused (in use, or another version's).
Result<Verification> verifyDirectory(const QString& path);

} // namespace dsmsg::storage
