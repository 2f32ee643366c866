// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON forms of messages and receipts that several routes share (API.md, Messages).
#pragma once

#include "core/http/JsonWriter.h"
#include "core/messaging/Message.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// {applied_offset, method, magnitude, accuracy:{confidence_interval, lower_bound, upper_bound}}: the
/// interval is the half width in seconds, the bounds are the times between which the corrected one truly
/// lies.
void writeCorrection(JsonWriter& json, const messaging::Message& message);
void writeReceipt(JsonWriter& json, const node::Receipt& receipt);
/// One element of `messages`.
void writeMessage(JsonWriter& json, const messaging::StoredMessage& stored);

} // namespace dsmsg::http
