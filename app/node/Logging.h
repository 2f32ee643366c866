// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/node/OptionTable.h"

namespace dsmsg::app {

/// Sends every Qt log message to stderr as one line: time, level, category, text; or as one JSON object a
/// line, which also names the node, because a collector mixes the lines of several. The keys are an interface
/// (docs/OPERATIONS.md). `level` as --log-level takes it.
void installLogging(const std::string& level, LogFormat format, const std::string& node);

} // namespace dsmsg::app
