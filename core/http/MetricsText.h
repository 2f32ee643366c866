// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/http/FrontFigures.h"
#include "core/http/ProcessFigures.h"
#include "core/messaging/Store.h"
#include "core/node/Observation.h"

namespace dsmsg::http {

/// Of the applied state; none where it could not be read.
struct StateFigures
{
    std::optional<messaging::AppliedState> state;
    std::optional<messaging::InboxSummary> inboxes;
};

/// Appends the body of GET /metrics.
void writeMetrics(std::string& out, const node::Metrics& node, const FrontFigures& front,
                  const ProcessFigures& process, const StateFigures& state);

} // namespace dsmsg::http
