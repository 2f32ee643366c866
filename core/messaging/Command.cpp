// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messaging/Command.h"

#include <algorithm>

#include "core/base/Cbor.h"

namespace dsmsg::messaging {

namespace {

constexpr std::uint64_t batchCommand = 1;
constexpr std::size_t messageFields = 11;
constexpr std::size_t messageFieldsLeast = 9; ///< in version 1; 10 in version 2
constexpr std::size_t remnantFields = 7;
constexpr std::int64_t unknownWidth = -1;
constexpr std::int64_t noTtl = 0;

/// The front keeps a client's time within it (http::timeFromSeconds). With these bounds a corrected time and
/// the ends of its interval fit 64 bits, whatever a log or a snapshot brings.
constexpr std::int64_t timeMax = std::int64_t{1} << 61;
constexpr std::int64_t offsetMax = std::int64_t{1} << 62;
constexpr std::int64_t halfWidthMax = std::int64_t{1} << 60;
constexpr std::int64_t ttlMax = std::int64_t{1} << 60;

/// In microseconds, within +-`most`.
Duration readDuration(CborReader& reader, std::int64_t most)
{
    const std::int64_t value = reader.integer();
    if (value < -most || value > most)
        reader.fail();
    return Duration(value);
}

/// Of a Message or a MessageView: what a remnant keeps too.
void writeTimes(CborWriter& writer, const auto& message)
{
    writer.integer(message.originalTs.time_since_epoch().count());
    writer.integer(message.receiveTs.time_since_epoch().count());
    writer.integer(message.correction.appliedOffset.count());
    const auto& halfWidth = message.correction.halfWidth;
    writer.integer(halfWidth ? halfWidth->count() : unknownWidth);
    writer.unsignedInteger(static_cast<std::uint64_t>(message.correction.method));
}

void readTimes(CborReader& reader, MessageView& message)
{
    message.originalTs = UnixTime(readDuration(reader, timeMax));
    message.receiveTs = UnixTime(readDuration(reader, timeMax));
    message.correction.appliedOffset = readDuration(reader, offsetMax);
    const Duration halfWidth = readDuration(reader, halfWidthMax);
    if (halfWidth.count() < unknownWidth)
        reader.fail();
    else if (halfWidth.count() != unknownWidth)
        message.correction.halfWidth = halfWidth;
    const std::uint64_t method = reader.unsignedInteger();
    if (method > static_cast<std::uint64_t>(CorrectionMethod::Hybrid))
        reader.fail();
    message.correction.method = static_cast<CorrectionMethod>(method);
}

void writeHead(CborWriter& writer, UnixTime watermark)
{
    writer.array(commandVersion + 2);
    writer.unsignedInteger(commandVersion);
    writer.unsignedInteger(batchCommand);
    writer.integer(watermark.time_since_epoch().count());
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
    writeTimes(writer, message);
    writer.boolean(message.correction.verified);
    writer.integer(message.ttl ? message.ttl->count() : noTtl);
    return writer.take();
}

} // namespace

std::string encodeBatch(std::span<const Message> messages, UnixTime watermark, std::span<const Order> orders)
{
    std::size_t bytes = 32 + 64 * orders.size();
    for (const Message& message : messages)
        bytes += 88 + contentBytes(message);
    CborWriter writer(bytes);
    writeHead(writer, watermark);
    writer.array(messages.size());
    for (const Message& message : messages)
        writer.bytes(encodeMessage(message));
    writer.array(orders.size());
    for (const Order& order : orders)
        writeOrder(writer, order);
    return writer.take();
}

std::string joinBatch(std::span<const std::string_view> messages, UnixTime watermark)
{
    std::size_t bytes = 32;
    for (const std::string_view message : messages)
        bytes += 8 + message.size();
    CborWriter writer(bytes);
    writeHead(writer, watermark);
    writer.array(messages.size());
    for (const std::string_view message : messages)
        writer.bytes(message);
    writer.array(0);
    return writer.take();
}

std::string encodeRemnant(const MessageView& message)
{
    const IdHash id = message.id();
    CborWriter writer(64);
    writer.array(remnantFields);
    writer.bytes(id.view());
    writeTimes(writer, message);
    writer.boolean(message.correction.verified);
    return writer.take();
}

namespace {

struct Head
{
    std::uint64_t version = commandVersion;
    UnixTime watermark{};
};

/// Leaves `reader` before the messages. None: a command of another version or kind.
std::optional<Head> readHead(CborReader& reader)
{
    const std::uint64_t fields = reader.array();
    const std::uint64_t version = reader.unsignedInteger();
    const bool known = version >= 1 && version <= commandVersion && fields == version + 2;
    if (!known || reader.unsignedInteger() != batchCommand)
        return std::nullopt;
    return Head{version, version == 1 ? UnixTime{} : UnixTime(readDuration(reader, timeMax))};
}

std::vector<std::string_view> readMessages(CborReader& reader)
{
    std::vector<std::string_view> messages;
    std::uint64_t count = reader.array();
    messages.reserve(count);
    for (; count > 0 && reader.ok(); --count)
        messages.push_back(reader.bytes());
    return messages;
}

std::vector<Order> readOrders(CborReader& reader, std::uint64_t version)
{
    std::vector<Order> orders;
    if (version < 3)
        return orders;
    for (std::uint64_t count = reader.array(); count > 0 && reader.ok(); --count)
        orders.push_back(readOrder(reader));
    return orders;
}

} // namespace

UnixTime watermarkOf(std::string_view command)
{
    CborReader reader(command);
    const auto head = readHead(reader);
    return head ? head->watermark : UnixTime{};
}

std::vector<Order> ordersOf(std::string_view command)
{
    CborReader reader(command);
    const auto head = readHead(reader);
    if (!head)
        return {};
    readMessages(reader);
    return readOrders(reader, head->version);
}

Result<std::vector<std::string_view>> splitBatch(std::string_view command)
{
    CborReader reader(command);
    const auto head = readHead(reader);
    if (!head) {
        return Error{Error::Kind::Invalid,
                     "This log entry holds a command that this version does not know. Upgrade this node."};
    }
    auto messages = readMessages(reader);
    readOrders(reader, head->version);
    if (!reader.finished())
        return Error{Error::Kind::Corrupt, "A batch of messages in the log is damaged."};
    return messages;
}

namespace {

void readRemnant(CborReader& reader, MessageView& message)
{
    IdHash id;
    const std::string_view bytes = reader.bytes();
    if (bytes.size() == id.bytes.size())
        std::ranges::copy(bytes, reinterpret_cast<char*>(id.bytes.data()));
    else
        reader.fail();
    message.remnantOf = id;
    readTimes(reader, message);
    message.correction.verified = reader.boolean();
}

void readWhole(CborReader& reader, std::uint64_t fields, MessageView& message)
{
    message.msgId = reader.text();
    message.sender = reader.text();
    message.recipient = reader.text();
    message.payload = reader.bytes();
    readTimes(reader, message);
    if (message.msgId.empty())
        reader.fail();
    if (fields > messageFieldsLeast)
        message.correction.verified = reader.boolean();
    if (fields < messageFields)
        return;
    const Duration ttl = readDuration(reader, ttlMax);
    if (ttl.count() < noTtl)
        reader.fail();
    else if (ttl.count() != noTtl)
        message.ttl = ttl;
}

} // namespace

Result<MessageView> decodeMessage(std::string_view encoded)
{
    CborReader reader(encoded);
    MessageView message;
    const std::uint64_t fields = reader.array();
    if (fields == remnantFields)
        readRemnant(reader, message);
    else if (fields >= messageFieldsLeast && fields <= messageFields)
        readWhole(reader, fields, message);
    else
        reader.fail();
    if (!reader.finished())
        return Error{Error::Kind::Corrupt, "A message in the log is damaged."};
    return message;
}

Message MessageView::toMessage() const
{
    return Message{std::string(msgId),
                   std::string(sender),
                   std::string(recipient),
                   std::string(payload),
                   originalTs,
                   receiveTs,
                   correction,
                   ttl};
}

} // namespace dsmsg::messaging
