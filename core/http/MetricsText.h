// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/http/FrontFigures.h"
#include "core/http/ProcessFigures.h"
#include "core/node/Observation.h"

namespace dsmsg::http {

/// Appends the body of GET /metrics.
void writeMetrics(std::string& out, const node::Metrics& node, const FrontFigures& front,
                  const ProcessFigures& process);

} // namespace dsmsg::http
