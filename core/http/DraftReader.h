// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the JSON of a client to a message the node can take: types, sizes and defaults of API.md, Messages.
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

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
std::optional<Duration> durationFromSeconds(double seconds);
std::optional<Duration> readDuration(const JsonValue& value);

/// Fills `draft` from one JSON object. A fault: nothing may be done with `draft`.
std::optional<Fault> readDraft(std::string_view json, DraftForm form, const HttpLimits& limits,
                               node::Draft& draft);

/// Bounds and defaults, whatever the format was: `draft` holds what the client sent, an empty payload when it
/// sent none.
std::optional<Fault> completeDraft(const HttpLimits& limits, node::Draft& draft);

/// One message of many; a bad one does not spoil the others.
using DraftOrFault = std::variant<node::Draft, Fault>;
/// Appends what each element of a valid array is; stops after one more than a batch may hold.
void readDrafts(std::string_view validArray, const HttpLimits& limits, std::vector<DraftOrFault>& out);

} // namespace dsmsg::http
