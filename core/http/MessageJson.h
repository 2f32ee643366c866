// SPDX-License-Identifier: GPL-3.0-or-later
//
// The forms of messages and receipts that several routes share (API.md, Messages), in the format of either
// writer: JsonWriter or CborBodyWriter.
#pragma once

#include "core/messaging/Message.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// {applied_offset, method, magnitude, accuracy:{confidence_interval, lower_bound, upper_bound}}: the
/// interval is the half width in seconds, the bounds are the times between which the corrected one truly
/// lies.
template <class Writer>
void writeCorrection(Writer& json, const messaging::Message& message);
template <class Writer>
void writeReceipt(Writer& json, const node::Receipt& receipt);
/// One element of `messages`.
template <class Writer>
void writeMessage(Writer& json, const messaging::StoredMessage& stored);

} // namespace dsmsg::http
