// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may use the routes that change the cluster: not a web page that the operator happens to have open,
// which can send requests to localhost but not without an Origin, and JSON not without asking first (API.md,
// CORS).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/http/Fault.h"
#include "core/http/Request.h"

namespace dsmsg::http {

/// Why the request is refused: 403 for an Origin that --allow-origin does not name, 415 for a body that does
/// not say it is JSON. None: it may go on.
std::optional<Fault> steeringFault(const Request& request, const std::vector<std::string>& allowedOrigins);

} // namespace dsmsg::http
