// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snapshots of the applied state, for followers and for backups: the applied entries that gave out seqs, in
// order, some at a time, and with the last ones where the state stands. Logical and not a copy of files,
// because what was applied never changes and means the same on every node: a transfer goes on at any
// position, from any node, and no read transaction stays open for it (CORE.md, Storage, Snapshots).
#pragma once

#include <string>
#include <string_view>

#include "core/base/Result.h"
#include "core/messaging/Store.h"

namespace dsmsg::messaging {

/// How much of commands one chunk carries, in bytes.
inline constexpr std::size_t chunkBytes = 128 * 1024;

/// Versioned, with a CRC-32.
std::string encodeChunk(const StateChunk& chunk);
/// Invalid: damaged, not consistent in itself, or from a newer version. Trusts nothing.
Result<StateChunk> decodeChunk(std::string_view encoded);

/// Fills a store, empty or filled in part by another one, with the chunks of a snapshot.
class SnapshotBuilder
{
public:
    /// `store` must outlive this, and be written to by nobody else.
    explicit SnapshotBuilder(Store& store)
        : store_(store)
    {
    }

    /// Adds the chunk in one transaction. Where it does not finish, the applied state is that of its last
    /// segment, but for the hash, which stays zero until the end. Invalid, and nothing is added: the chunk
    /// does not continue the store, repeats an id, or ends in another order of delivery than follows from its
    /// messages.
    Result<void> add(const StateChunk& chunk);

private:
    Result<void> addAll(const StateChunk& chunk, AppliedState& state);
    Result<void> addSegment(const StateSegment& segment, AppliedState& state);
    Result<void> finish(const StateChunk& chunk, AppliedState& state);
    Result<void> replaceRules(const std::vector<RetentionRule>& rules);
    Result<void> catchUpRemovals(const StateChunk& chunk, AppliedState& state);

    Store& store_;
    DeliveryOrder order_;
    bool loaded_ = false; ///< `order_` is that of the store
};

} // namespace dsmsg::messaging
