// SPDX-License-Identifier: GPL-3.0-or-later
//
// What waits for its delivery is written down nowhere: it is what is applied and in no run of the order of
// delivery, and lies close to the end of both.
#pragma once

#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/BatchTable.h"
#include "core/storage/DeliveryTable.h"

namespace dsmsg::storage {

/// As messaging::Store::undelivered(), of a state that is `applied`.
Result<std::vector<messaging::HeldMessage>> readUndelivered(BatchTable& batches, DeliveryTable& deliveries,
                                                            const messaging::AppliedState& applied);

} // namespace dsmsg::storage
