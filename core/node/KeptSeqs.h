// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far a node has applied and what it keeps, for threads that must not ask the Raft thread for it: every
// page of messages shows it.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/messaging/Store.h"

namespace dsmsg::node {

struct KeptSeqs
{
    std::atomic<std::uint64_t> first{1}; ///< the oldest kept; one past the last when there is none
    std::atomic<std::uint64_t> last{0};

    void follow(const messaging::AppliedState& state)
    {
        first.store(state.kept.first.value, std::memory_order_release);
        last.store(state.lastSeq.value, std::memory_order_release);
    }
};

} // namespace dsmsg::node
