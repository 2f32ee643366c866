// SPDX-License-Identifier: GPL-3.0-or-later
//
// The replicated command: a batch of messages, maybe none, and the watermark of delivery, versioned. Each
// message is a byte string of its own inside the batch, so that a reader skips what it does not want without
// decoding it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Result.h"
#include "core/messaging/Message.h"

namespace dsmsg::messaging {

/// Written; version 1, without a watermark, is read too. Another version is refused on decode, never guessed.
inline constexpr std::uint64_t commandVersion = 2;

/// `watermark`: what is older counts as delivered (DeliveryOrder.h). The default moves nothing.
std::string encodeBatch(std::span<const Message> messages, UnixTime watermark = {});

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

    UnixTime orderTs() const { return orderTimeOf(originalTs + correction.appliedOffset, receiveTs); }
    Message toMessage() const;
};

/// The encoded messages of a batch, not decoded yet; views into `command`.
Result<std::vector<std::string_view>> splitBatch(std::string_view command);
/// Of a command that splitBatch() has taken.
UnixTime watermarkOf(std::string_view command);
Result<MessageView> decodeMessage(std::string_view encoded);

} // namespace dsmsg::messaging
