// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a request for /ws may become a WebSocket (RFC 6455 section 4.2.1). QWebSocketServer looks too, but
// closes the connection without a word when it does not like what it sees, and asks nobody about the Origin.
#pragma once

#include <optional>
#include <string_view>

#include "core/http/Fault.h"
#include "core/http/Response.h"

namespace dsmsg::http {

inline constexpr const char* jsonSubprotocol = "dsmsg.json";
inline constexpr const char* cborSubprotocol = "dsmsg.cbor";

/// A request's Origin; empty without one. `head` is the request line and the headers.
std::string_view originOf(std::string_view head);
/// Why not: 403 for an origin that `cors` does not allow, 400 or 426 in words; none: it may.
std::optional<Fault> upgradeFault(std::string_view head, const CorsPolicy& cors);

} // namespace dsmsg::http
