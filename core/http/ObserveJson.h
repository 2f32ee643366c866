// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/http/FrontFigures.h"
#include "core/http/JsonWriter.h"
#include "core/node/History.h"
#include "core/node/Observation.h"

namespace dsmsg::http {

/// Appends one JSON object, in one line: the data of `event: sample`.
void writeSample(std::string& out, const node::Sample& sample, const FrontFigures& front);
/// Same, of `event: raft`. `sample`: of the same observation, for what every frame carries.
void writeEvent(std::string& out, const node::ObservedEvent& event, const node::Sample& sample);
/// Same, of `event: gap`: events after `after` are gone, and what follows begins with `firstKept`.
void writeGap(std::string& out, std::uint64_t after, std::uint64_t firstKept, const node::Sample& sample);
/// Appends the body of GET /observe/history.
void writeHistory(std::string& out, const node::HistoryPage& page, const std::string& nodeId);

} // namespace dsmsg::http
