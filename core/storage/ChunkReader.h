// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts the chunks of a snapshot out of the batch rows. Rows are joined in the background and differ from node
// to node; the segments in them do not, so a chunk may begin in the middle of a row.
#pragma once

#include "core/base/Result.h"
#include "core/messaging/Store.h"
#include "core/storage/BatchTable.h"

namespace dsmsg::storage {

/// As messaging::Store::readChunk(), of a state that is `applied`.
Result<messaging::StateChunk> readChunkFrom(BatchTable& batches, const messaging::AppliedState& applied,
                                            Seq after, std::size_t bytesMax);

} // namespace dsmsg::storage
