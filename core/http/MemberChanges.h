// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/http/JsonWriter.h"
#include "core/raft/Configuration.h"

namespace dsmsg::http {

/// Reads the body of POST /cluster/members. `replaces` names a member by id and is looked up in `members`.
std::optional<Fault> readMemberChanges(std::string_view body, const HttpLimits& limits,
                                       const raft::Configuration& members,
                                       std::vector<raft::MemberChange>& changes);

/// `{members: [...], changing: bool}` without the braces.
void writeMembers(JsonWriter& json, const raft::Configuration& configuration);

} // namespace dsmsg::http
