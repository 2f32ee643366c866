// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recordings as files: JSON lines. The first says what it is, every other is one frame in the words of
// /observe (docs/OBSERVE.md), {"sample": {...}} or {"raft": {...}}, by cluster time. So a recording can be
// read without this program, and what was kept of /observe elsewhere can be made into one.
#pragma once

#include <QString>

#include "app/monitor/scope/ScopeRecording.h"
#include "core/base/Result.h"

namespace dsmsg::monitor {

constexpr int scopeFileVersion = 1;
constexpr qint64 maxScopeFileBytes = 512'000'000;

struct ScopeFileFacts
{
    std::size_t samples = 0;
    std::size_t events = 0;
    qint64 bytes = 0;
};

/// Replaces `path` at the end, or not at all. Any thread.
Result<ScopeFileFacts> writeScopeFile(const ScopeRecording& recording, const QString& path);

/// What is older than a recording's bound is left out. Any thread.
Result<ScopeRecording> readScopeFile(const QString& path);

} // namespace dsmsg::monitor
