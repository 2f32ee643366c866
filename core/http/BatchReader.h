// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of POST /send/batch, in either of its forms: one object {"messages":[...]}, or NDJSON, one message
// a line. NDJSON is what says so in its Content-Type, and any body whose first line is a whole object without
// `messages` that another line follows, because `curl --data-binary @file` states another type. A line is
// whatever ends in LF, so a malformed one is its own bad result; in the other form it spoils the body,
// because nobody knows where the next message begins.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "core/http/DraftReader.h"

namespace dsmsg::http {

/// The messages in their order, at least one; or why the body as a whole is refused.
std::variant<std::vector<DraftOrFault>, Fault> readBatch(std::string_view contentType, std::string_view body,
                                                         const HttpLimits& limits);

} // namespace dsmsg::http
