// SPDX-License-Identifier: GPL-3.0-or-later
//
// Messages, writes and roles in the few words that fit a trace line.
#pragma once

#include <string>

#include "core/raft/Raft.h"

namespace dsmsg::sim {

std::string describe(const raft::Message& message);
std::string describe(const raft::Write& write);
const char* nameOf(raft::Role role);
const char* nameOf(raft::Refusal refusal);
const char* nameOf(raft::Event::Kind kind);

} // namespace dsmsg::sim
