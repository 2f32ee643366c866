// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a follower gathers a snapshot: a state of its own beside the one in use, filled with the ordinary
// calls of a Store, so that ids and postings come out right without code of their own. It survives restarts;
// what a power cut takes away only moves the position back, and the leader goes on from there.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/Result.h"
#include "core/messaging/Snapshot.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/StateStore.h"

namespace dsmsg::storage {

/// All calls from the thread that opened it. To be dropped before installStaged().
class SnapshotStaging
{
public:
    struct Stored
    {
        std::uint64_t position = 0; ///< the last seq staged; what comes next continues it
        LogIndex finishedAt; ///< not 0: complete and durable as the state at this index, for installStaged()
    };

    /// Goes on where an earlier run stopped, or begins. One that cannot be read is begun again.
    static Result<std::unique_ptr<SnapshotStaging>> open(const DataDirectory& directory);
    /// Removes what is staged. Nothing may have it open.
    static Result<void> discard(const DataDirectory& directory);

    Stored stored() const;
    /// Adds a chunk (messaging::encodeChunk) that continues `position`. One for another position is not
    /// stored, and an empty one only asks. Invalid: the chunk is damaged or does not fit; nothing was stored.
    /// DiskFull: likewise, later. After any other error: discard() and begin again.
    Result<Stored> store(std::uint64_t position, std::string_view chunk);

private:
    explicit SnapshotStaging(const DataDirectory& directory)
        : directory_(directory)
    {
    }
    Result<void> openStore();
    Result<void> add(const messaging::StateChunk& chunk);
    Result<void> finish();

    const DataDirectory& directory_;
    std::unique_ptr<StateStore> store_;                 ///< null while it is complete
    std::optional<messaging::SnapshotBuilder> builder_; ///< of `store_`
    Stored finished_;
};

} // namespace dsmsg::storage
