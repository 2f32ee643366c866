// SPDX-License-Identifier: GPL-3.0-or-later
//
// What open() must establish before a node may vote: that raft.db holds what it held. The log is whole, its
// terms are what the term runs say, the newest entries carry a right CRC, and nothing is behind the mark.
// Older entries' CRCs are checked when they are read and by the scrub.
#pragma once

#include "core/base/Result.h"
#include "core/raft/Raft.h"
#include "core/storage/BaseRow.h"
#include "core/storage/EntryTable.h"
#include "core/storage/HardStateRow.h"
#include "core/storage/MarkFile.h"

namespace dsmsg::storage {

Result<raft::Restored> recoverLog(EntryTable& entries, BaseRow& base, HardStateRow& hardState,
                                  const Mark& mark, std::size_t tailBytesMax);

} // namespace dsmsg::storage
