// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a complete snapshot becomes the state in use, so that a crash at any moment leaves a log and a state
// that fit.
//
//   1. SnapshotStaging has made `staged-<index>.db`: synced, without a WAL, its name durable.
//   2. raft.db commits the reset of the log to that index (raft::Write::reset): the point of no return.
//   3. installStaged() renames it to `state-<index>.db`. The state with the greatest index is the one in use.
//   4. The one before is removed.
//
// A crash before 2 leaves the old log and the old state; the staged one is worth resuming. After 2,
// completeInstall() at open does what is missing, or says that the log has lost its state.
#pragma once

#include "core/base/Result.h"
#include "core/raft/Configuration.h"
#include "core/storage/DataDirectory.h"

namespace dsmsg::storage {

/// Steps 3 and 4, after the reset is durable. The StateStore on the old state must be closed and is opened
/// anew afterwards; readers (MessageReader) notice by themselves. Refused: the state in use is as new
/// already. Any other error is final.
Result<void> installStaged(const DataDirectory& directory, LogIndex index);

/// At open, between LogStore::open() and StateStore::open(): finishes what a crash interrupted, and removes
/// what no install needs any more. Corrupt: the log begins after `base`, but the state does not reach it.
Result<void> completeInstall(const DataDirectory& directory, const raft::LogBase& base);

} // namespace dsmsg::storage
