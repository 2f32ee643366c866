// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one node keeps and by which rules, as the retention routes show it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/messaging/Store.h"

namespace dsmsg::node {

struct RetentionStatus
{
    std::vector<messaging::RetentionRule> rules; ///< ascending by recipient, the cluster's first
    messaging::KeptMessages kept;
    Seq lastSeq;
    std::uint64_t removedMessages = 0; ///< here, since this node was started
    std::uint64_t removedBytes = 0;    ///< same
};

} // namespace dsmsg::node
