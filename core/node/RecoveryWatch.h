// SPDX-License-Identifier: GPL-3.0-or-later
//
// Notices when a node that was away has caught up: `last_recovery_time` of the contract. Away is a start, and
// any time without a leader; caught up is having applied what the leader had committed when it was first
// heard again.
#pragma once

#include <optional>

#include "core/base/Clock.h"
#include "core/base/Ids.h"

namespace dsmsg::node {

class RecoveryWatch
{
public:
    void leaderLost()
    {
        away_ = true;
        target_.reset();
    }
    void leaderHeard(LogIndex leaderCommit)
    {
        if (away_ && !target_)
            target_ = leaderCommit;
    }
    void applied(LogIndex index, UnixTime now)
    {
        if (!away_ || !target_ || index < *target_)
            return;
        away_ = false;
        target_.reset();
        recovered_ = now;
    }
    std::optional<UnixTime> lastRecovery() const { return recovered_; }

private:
    bool away_ = true;
    std::optional<LogIndex> target_;
    std::optional<UnixTime> recovered_;
};

} // namespace dsmsg::node
