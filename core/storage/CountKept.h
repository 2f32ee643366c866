// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept, counted by going through all batches: for a state that was written before it was counted
// along.
#pragma once

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/BatchTable.h"

namespace dsmsg::storage {

/// Corrupt: a batch cannot be read.
Result<messaging::KeptMessages> countKept(BatchTable& batches);

} // namespace dsmsg::storage
