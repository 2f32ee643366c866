// SPDX-License-Identifier: GPL-3.0-or-later
//
// The replicated command: a batch of messages, maybe none, the watermark of delivery, and orders, maybe none;
// versioned. Each message is a byte string of its own inside the batch, so that a reader skips what it does
// not want without decoding it.
//
// A removed message leaves a remnant in its place: the hash of its id, by which a repeat is known for ever,
// and its times, from which the receiver of a snapshot works out the order of delivery as if it were there.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Message.h"
#include "core/messaging/Orders.h"

namespace dsmsg::messaging {

/// Written; version 1, without a watermark, and 2, without orders and ttl, are read too. Another version is
/// refused on decode, never guessed.
inline constexpr std::uint64_t commandVersion = 3;

/// `watermark`: what is older counts as delivered (DeliveryOrder.h). The default moves nothing.
std::string encodeBatch(std::span<const Message> messages, UnixTime watermark = {},
                        std::span<const Order> orders = {});
/// A batch of messages that are encoded already, and no orders.
std::string joinBatch(std::span<const std::string_view> messages, UnixTime watermark);

/// A message's fields as views into the encoded batch.
struct MessageView
{
    std::string_view msgId;
    std::string_view sender;
    std::string_view recipient;
    std::string_view payload;
    UnixTime originalTs{};
    UnixTime receiveTs{};
    Correction correction;
    std::optional<Duration> ttl;
    std::optional<IdHash> remnantOf; ///< set: the message was removed; its strings are empty

    IdHash id() const { return remnantOf ? *remnantOf : hashMessageId(msgId); }
    /// When its ttl ends.
    std::optional<UnixTime> expiry() const { return ttl ? std::optional(receiveTs + *ttl) : std::nullopt; }
    UnixTime orderTs() const { return orderTimeOf(originalTs + correction.appliedOffset, receiveTs); }
    Message toMessage() const;
};

/// The encoded messages of a batch, not decoded yet; views into `command`.
Result<std::vector<std::string_view>> splitBatch(std::string_view command);
/// Of a command that splitBatch() has taken.
UnixTime watermarkOf(std::string_view command);
/// Of the same.
std::vector<Order> ordersOf(std::string_view command);
Result<MessageView> decodeMessage(std::string_view encoded);
/// What is left of a message when it is removed, encoded like one.
std::string encodeRemnant(const MessageView& message);

} // namespace dsmsg::messaging
