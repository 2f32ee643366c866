// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node does with a data directory that it must not trust any more: keep it for a person to look at,
// and begin again as somebody else (CORE.md, Trust nothing read back).
#pragma once

#include "core/base/Clock.h"
#include "core/storage/DataDirectory.h"

namespace dsmsg::storage {

/// Moves everything in the directory into `damaged-<n>/` inside it, with a file that says why and when,
/// removes older ones of the kind, and makes a fresh identity that joinsOnly(). Nothing may be open on it.
/// May be called again after a crash or a full disk: until it is done, DataDirectory::open() goes on saying
/// Corrupt. Refused: it is locked, or another node's.
Result<void> setAside(const QString& path, const std::string& nodeId, const std::string& why, UnixTime when);

} // namespace dsmsg::storage
