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

/// Adds the chunk to `store` in one transaction. Where it does not finish, the applied state is that of its
/// last segment, but for the hash, which stays zero until the end. Invalid, and nothing is added: the chunk
/// does not continue the store, or repeats an id.
Result<void> addChunk(Store& store, const StateChunk& chunk);

} // namespace dsmsg::messaging
