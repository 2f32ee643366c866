// SPDX-License-Identifier: GPL-3.0-or-later
//
// The acknowledgement a client asks for, by name: of `?ack=` and of a `pub` frame.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// "leader", "quorum" or "all"; anything else is a fault, in words.
std::optional<Fault> readAckLevel(std::string_view name, node::AckLevel& level);
/// Of a query's `ack`; leaves `level` alone when there is none.
std::optional<Fault> readAckParameter(const std::string& rawQuery, const HttpLimits& limits,
                                      node::AckLevel& level);

} // namespace dsmsg::http
