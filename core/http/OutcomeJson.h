// SPDX-License-Identifier: GPL-3.0-or-later
//
// What became of a message, as clients read it: one result of a batch or of a WebSocket's acknowledgement, in
// the format of either writer, and the HTTP answer of a refused write.
#pragma once

#include "core/http/Fault.h"
#include "core/http/Response.h"
#include "core/http/SubmissionQueue.h"

namespace dsmsg::http {

/// The members of one result, `status` first, into an object that the caller opened and will close. `Writer`
/// is JsonWriter or CborBodyWriter.
template <class Writer>
void writeResult(Writer& json, const Verdict& verdict);
/// Same, of a message that was not understood.
template <class Writer>
void writeBadRequest(Writer& json, const Fault& fault);

/// 503, or 507 when the disk is full.
Response unavailableResponse(const node::Unavailable& refusal);

} // namespace dsmsg::http
