// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/http/Response.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// 307 to the leader, with the same path and query (API.md, Messages).
Response redirectResponse(const node::Redirected& redirected, std::string_view path, std::string_view query);

} // namespace dsmsg::http
