// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message as clients send it and as every node keeps it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/Clock.h"
#include "core/base/Hash.h"
#include "core/base/Ids.h"

namespace dsmsg::messaging {

/// BLAKE2s-128 of a msg_id.
using IdHash = Bits128;
IdHash hashMessageId(std::string_view msgId);

/// How a client's timestamp was corrected (API.md, Time).
enum class CorrectionMethod : std::uint8_t
{
    Offset = 0,
    DriftCompensated = 1,
    Hybrid = 2
};

/// "offset", "drift_compensated", "hybrid".
const char* toString(CorrectionMethod method);

/// Fixed by the leader; corrected = original + appliedOffset, true within +- halfWidth.
struct Correction
{
    Duration appliedOffset{};
    std::optional<Duration> halfWidth; ///< of the confidence interval, not negative; none: not known
    CorrectionMethod method = CorrectionMethod::Hybrid;
    bool verified = false; ///< the client stated its clock, or the time is the leader's own
    bool operator==(const Correction&) const = default;
};

/// A corrected timestamp further ahead of the message's arrival than this counts as this far ahead, so that
/// one in milliseconds or from the year 2200 holds nothing up (CORE.md, Delivery order). Equal on every node,
/// so no option.
inline constexpr Duration clampAhead = std::chrono::seconds(5);

/// What delivery is ordered by.
inline UnixTime orderTimeOf(UnixTime corrected, UnixTime received)
{
    return std::min(corrected, received + clampAhead);
}

/// Everything that could differ between nodes is already decided here (CORE.md, Commands and apply).
struct Message
{
    std::string msgId;     ///< 1 to 256 bytes of UTF-8
    std::string sender;    ///< up to 256 bytes of UTF-8
    std::string recipient; ///< same
    std::string payload;   ///< one valid JSON value, byte for byte as the client sent it
    UnixTime originalTs{};
    UnixTime receiveTs{};
    Correction correction;
    std::optional<Duration> ttl{}; ///< kept this long after receiveTs; positive; none: as retention says

    UnixTime correctedTs() const { return originalTs + correction.appliedOffset; }
    UnixTime orderTs() const { return orderTimeOf(correctedTs(), receiveTs); }
    bool clamped() const { return orderTs() != correctedTs(); }
    bool operator==(const Message&) const = default;
};

/// What retention counts of a message: its id, names and payload, in bytes.
inline std::uint64_t contentBytes(const auto& message)
{
    return message.msgId.size() + message.sender.size() + message.recipient.size() + message.payload.size();
}

/// A message with its place in the order.
struct StoredMessage
{
    Message message;
    Seq seq;
    Term term;            ///< of the entry that carried it
    LogIndex index;       ///< same
    DeliverySeq delivery; ///< 0: not delivered yet
    bool late = false;    ///< it came after its time had been delivered
    bool expired = false; ///< removed: only its times are known, its id by hash
    bool operator==(const StoredMessage&) const = default;
};

} // namespace dsmsg::messaging
