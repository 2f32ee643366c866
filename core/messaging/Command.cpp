// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Command.h"

#include "core/base/Cbor.h"

namespace dsmsg::messaging {

namespace {

constexpr std::uint64_t batchCommand = 1;
constexpr std::size_t messageFields = 10;
constexpr std::size_t messageFieldsBefore = 9; ///< in version 1
constexpr std::int64_t unknownWidth = -1;

/// The front keeps a client's time within it (http::timeFromSeconds). With these bounds a corrected time and
/// the ends of its interval fit 64 bits, whatever a log or a snapshot brings.
constexpr std::int64_t timeMax = std::int64_t{1} << 61;
constexpr std::int64_t offsetMax = std::int64_t{1} << 62;
constexpr std::int64_t halfWidthMax = std::int64_t{1} << 60;

/// In microseconds, within +-`most`.
Duration readDuration(CborReader& reader, std::int64_t most)
{
    const std::int64_t value = reader.integer();
    if (value < -most || value > most)
        reader.fail();
    return Duration(value);
}

std::string encodeMessage(const Message& message)
{
    CborWriter writer(64 + message.msgId.size() + message.sender.size() + message.recipient.size() +
                      message.payload.size());
    writer.array(messageFields);
    writer.text(message.msgId);
    writer.text(message.sender);
    writer.text(message.recipient);
    writer.bytes(message.payload);
    writer.integer(message.originalTs.time_since_epoch().count());
    writer.integer(message.receiveTs.time_since_epoch().count());
    writer.integer(message.correction.appliedOffset.count());
    const auto& halfWidth = message.correction.halfWidth;
    writer.integer(halfWidth ? halfWidth->count() : unknownWidth);
    writer.unsignedInteger(static_cast<std::uint64_t>(message.correction.method));
    writer.boolean(message.correction.verified);
    return writer.take();
}

} // namespace

std::string encodeBatch(std::span<const Message> messages, UnixTime watermark)
{
    std::size_t bytes = 32;
    for (const Message& message : messages)
        bytes += 80 + message.msgId.size() + message.sender.size() + message.recipient.size() +
                 message.payload.size();
    CborWriter writer(bytes);
    writer.array(4);
    writer.unsignedInteger(commandVersion);
    writer.unsignedInteger(batchCommand);
    writer.integer(watermark.time_since_epoch().count());
    writer.array(messages.size());
    for (const Message& message : messages)
        writer.bytes(encodeMessage(message));
    return writer.take();
}

namespace {

/// Leaves `reader` before the messages. None: a command of another version or kind.
std::optional<UnixTime> readHead(CborReader& reader)
{
    const std::uint64_t fields = reader.array();
    const std::uint64_t version = reader.unsignedInteger();
    const bool known = (version == 1 && fields == 3) || (version == commandVersion && fields == 4);
    if (!known || reader.unsignedInteger() != batchCommand)
        return std::nullopt;
    return version == 1 ? UnixTime{} : UnixTime(readDuration(reader, timeMax));
}

} // namespace

UnixTime watermarkOf(std::string_view command)
{
    CborReader reader(command);
    return readHead(reader).value_or(UnixTime{});
}

Result<std::vector<std::string_view>> splitBatch(std::string_view command)
{
    CborReader reader(command);
    if (!readHead(reader)) {
        return Error{Error::Kind::Invalid,
                     "This log entry holds a command that this version does not know. Upgrade this node."};
    }
    std::vector<std::string_view> messages;
    std::uint64_t count = reader.array();
    messages.reserve(count);
    for (; count > 0 && reader.ok(); --count)
        messages.push_back(reader.bytes());
    if (!reader.finished())
        return Error{Error::Kind::Corrupt, "A batch of messages in the log is damaged."};
    return messages;
}

Result<MessageView> decodeMessage(std::string_view encoded)
{
    CborReader reader(encoded);
    MessageView message;
    const std::uint64_t fields = reader.array();
    if (fields != messageFields && fields != messageFieldsBefore)
        reader.fail();
    message.msgId = reader.text();
    message.sender = reader.text();
    message.recipient = reader.text();
    message.payload = reader.bytes();
    message.originalTs = UnixTime(readDuration(reader, timeMax));
    message.receiveTs = UnixTime(readDuration(reader, timeMax));
    message.correction.appliedOffset = readDuration(reader, offsetMax);
    const Duration halfWidth = readDuration(reader, halfWidthMax);
    if (halfWidth.count() < unknownWidth)
        reader.fail();
    else if (halfWidth.count() != unknownWidth)
        message.correction.halfWidth = halfWidth;
    const std::uint64_t method = reader.unsignedInteger();
    if (method > static_cast<std::uint64_t>(CorrectionMethod::Hybrid) || message.msgId.empty())
        reader.fail();
    message.correction.method = static_cast<CorrectionMethod>(method);
    if (fields == messageFields)
        message.correction.verified = reader.boolean();
    if (!reader.finished())
        return Error{Error::Kind::Corrupt, "A message in the log is damaged."};
    return message;
}

Message MessageView::toMessage() const
{
    return Message{
        std::string(msgId), std::string(sender), std::string(recipient), std::string(payload), originalTs,
        receiveTs,          correction};
}

} // namespace dsmsg::messaging
