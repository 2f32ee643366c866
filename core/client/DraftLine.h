// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message to send as one line of NDJSON, with the members that POST /send takes.
#pragma once

#include "core/base/Result.h"
#include "core/client/Types.h"

namespace dsmsg::client {

/// {payload, sender?, recipient?, msg_id?, ts?, ttl?}; null is as good as absent. Refused, in words: what is
/// no such object, and a member of another name, because a slip in "recipient" would send to everybody.
Result<Draft> readDraftLine(const QByteArray& line);

} // namespace dsmsg::client
