// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's part in comparing the applied state of the nodes (DivergenceWatch.h).
#include <QLoggingCategory>

#include "core/node/RaftDriver.h"

Q_DECLARE_LOGGING_CATEGORY(lcRaft)

namespace dsmsg::node {

void RaftDriver::tellState()
{
    if (const auto due = divergence_.takeDue())
        hub_.tellAll(*due);
}

void RaftDriver::stateTold(ServerId from, const net::StateMark& mark)
{
    divergence_.heard(from, mark);
    tellState();
    compareStates();
}

void RaftDriver::compareStates()
{
    const auto verdict = divergence_.check(raft_.configuration(), identity_.server);
    if (!verdict || stopped())
        return;
    const std::string what = "the applied state at entry " + std::to_string(verdict->index.value) +
                             " differs from that of " + verdict->differsFrom;
    if (!verdict->byMajority) {
        diverged_ =
            "The nodes disagree: " + what +
            ". No majority says which is wrong. Run dsmsg verify on each (stopped), and wipe the one that is damaged.";
        qCCritical(lcRaft, "%s", diverged_.c_str());
        return;
    }
    damageFound(what + ", a majority: this node's state is wrong");
}

} // namespace dsmsg::node
