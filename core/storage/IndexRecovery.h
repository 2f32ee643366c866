// SPDX-License-Identifier: GPL-3.0-or-later
//
// What open() must establish before anything is applied: that the batches reach exactly to the applied state,
// and that the indexes know every message, those in runs from the runs and the newer ones from the batches.
// An id that is forgotten here would let a retry in as a new message.
#pragma once

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/BatchTable.h"
#include "core/storage/index/IdIndex.h"
#include "core/storage/index/PostingIndex.h"

namespace dsmsg::storage {

/// Both indexes have loaded their runs. Corrupt: batches are missing or damaged.
Result<void> recoverIndexes(const messaging::AppliedState& applied, BatchTable& batches, IdIndex& ids,
                            PostingIndex& postings);

} // namespace dsmsg::storage
