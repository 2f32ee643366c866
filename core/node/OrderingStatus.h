// SPDX-License-Identifier: GPL-3.0-or-later
//
// What waits for its delivery on one node, as the ordering routes show it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/messaging/Store.h"

namespace dsmsg::node {

struct OrderingStatus
{
    std::uint64_t held = 0;    ///< applied, not delivered
    std::uint64_t heldMax = 0; ///< the leader forces delivery beyond it
    Duration window{};         ///< how long a message waits for those sent before it
    Duration averageAge{};     ///< of what is held, since its time; 0 when that is still to come
    Duration maxAge{};         ///< same
    std::uint64_t applied = 0; ///< messages, delivered or not
    messaging::DeliveryState delivery;
    std::uint64_t deliverable = 0; ///< held longer than the window: an entry is on its way for them
    std::vector<messaging::StoredMessage> sample; ///< of those, up to 5
};

/// The messages with the delivery seqs up to `last`.
struct ForcedDelivery
{
    DeliverySeq last;
    std::uint64_t count = 0;
};

} // namespace dsmsg::node
