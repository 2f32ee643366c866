// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/node/TimeStatus.h"

namespace dsmsg::test {

/// Of a synchronised node with a peer it measures, one it has not reached yet, and one that is no member yet.
node::TimeStatus timeSample();

/// What the contract asks of `time_sync`, for wrongTypes(), when the node is synchronised.
inline constexpr const char* timeSyncTypes =
    "synchronized:b clock_offset:n network_delay:n sync_accuracy:n drift_rate:n predicted_offset:n "
    "offset_history_size:n last_sync_time:n sync_attempts:n successful_syncs:n success_rate:n "
    "peer_offsets:o peer_delays:o bound:n clock_jumps:n peers:o";

} // namespace dsmsg::test
