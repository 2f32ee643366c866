// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold after every step, checked in release builds too: a node whose own state is impossible must
// stop before it tells others. Invariants of a state and of the transition from the one before.
#pragma once

#include "core/base/Ids.h"
#include "core/raft/Raft.h"

namespace dsmsg::raft {

/// The few figures that the invariants speak of.
struct Vitals
{
    Role role = Role::Follower;
    HardState hardState;
    ServerId leader;
    LogIndex last, durable, commit, applied, verified;
    Term lastTerm;
};

class TransitionCheck
{
public:
    /// Asserts that `vitals` is possible and may follow the vitals of the call before.
    void check(const Vitals& vitals);

private:
    Vitals before_;
};

} // namespace dsmsg::raft
