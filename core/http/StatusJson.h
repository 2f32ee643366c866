// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/node/NodeStatus.h"

namespace dsmsg::http {

/// Appends the body of GET /status. `inboxes`: none where they could not be read.
void writeStatus(std::string& out, const node::NodeStatus& status,
                 const std::optional<messaging::InboxSummary>& inboxes);

} // namespace dsmsg::http
