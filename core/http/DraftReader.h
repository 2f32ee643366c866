// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the JSON of a client to a message the node can take: types, sizes and defaults of API.md, Messages.
#pragma once

#include <optional>
#include <string_view>

#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/http/Json.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// Which member holds the client's own time.
enum class DraftForm : std::uint8_t
{
    Sent,       ///< `ts`
    Replicated, ///< `original_ts` if there, else `ts`: a stored message's `ts` is the corrected time
};

/// A number of seconds since the epoch as microseconds, rounded. Any finite number is a time (API.md refuses
/// none for its timestamp), so what is beyond +-2^61 us, some 73 000 years, becomes that bound: half of what
/// 64 bits hold, so that adding an offset or a window to it cannot overflow.
UnixTime timeFromSeconds(double seconds);

/// A positive number of seconds, at most some 36 000 years; none: it is something else.
std::optional<Duration> readDuration(const JsonValue& value);

/// Fills `draft` from one JSON object. A fault: nothing may be done with `draft`.
std::optional<Fault> readDraft(std::string_view json, DraftForm form, const HttpLimits& limits,
                               node::Draft& draft);

} // namespace dsmsg::http
