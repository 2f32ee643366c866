// SPDX-License-Identifier: GPL-3.0-or-later
//
// The configuration that a restored or recovered cluster begins with.
#pragma once

#include <string>

#include "core/raft/Configuration.h"

namespace dsmsg::storage {

/// One voter, under a new random cluster id.
raft::Configuration soleMember(ServerId server, const std::string& nodeId, const std::string& url);

} // namespace dsmsg::storage
