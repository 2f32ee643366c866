// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads a page of messages and writes it as a JSON array, in steps small enough that a page of the largest
// messages is never in memory twice, and ends it early rather than answer with hundreds of megabytes.
#pragma once

#include "core/base/Result.h"
#include "core/http/Fault.h"
#include "core/http/HttpLimits.h"
#include "core/http/JsonWriter.h"
#include "core/messaging/Store.h"

namespace dsmsg::http {

/// Positions are seqs or delivery seqs, by the order that was asked for.
struct WrittenPage
{
    std::optional<std::uint64_t> last; ///< of the messages written; none: there were none
    /// Where to go on when `more`; may be ahead of `last` when a filter skipped a lot.
    std::optional<std::uint64_t> next;
    bool more = false;         ///< not everything was read
    std::uint64_t through = 0; ///< Page::scannedThrough of the last step
};

/// How many more messages to read at once, of the average size of the `messages` that made up `bytes` so far.
std::uint32_t messagesThatFit(std::size_t bytes, std::uint32_t messages, std::size_t bytesMax);

/// Writes the array (nothing else) to `json`.
Result<WrittenPage> writePage(messaging::MessageReader& reader, messaging::PageQuery query,
                              const HttpLimits& limits, std::string& body, JsonWriter& json);
Result<WrittenPage> writePage(messaging::MessageReader& reader, messaging::DeliveryQuery query,
                              const HttpLimits& limits, std::string& body, JsonWriter& json);

/// 503 when a bound was reached, else 500.
Fault readFault(const Error& error);

} // namespace dsmsg::http
