// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/client/Answers.h"

#include <algorithm>
#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/client/JsonText.h"

namespace dsmsg::client {

namespace {

namespace json = simdjson::ondemand;

Error unexpected(const char* route)
{
    return Error{Error::Kind::Corrupt, std::string("the answer to ") + route +
                                           " is not a dsmsg node's; is another program on that port?"};
}

QJsonObject object(const QByteArray& body)
{
    return QJsonDocument::fromJson(body).object();
}

/// A counter: JSON numbers are doubles here, exact up to 2^53, which no counter of ours reaches.
quint64 counter(const QJsonValue& value)
{
    const double number = value.toDouble();
    return number >= 0 && number < 9007199254740992.0 ? quint64(number) : 0;
}

std::optional<Receipt> receiptOf(const QJsonObject& answer)
{
    const QJsonObject object = answer.value(QLatin1String("receipt")).toObject();
    if (object.isEmpty())
        return std::nullopt;
    Receipt receipt;
    receipt.term = counter(object.value(QLatin1String("term")));
    receipt.index = counter(object.value(QLatin1String("index")));
    const QJsonArray nodes = object.value(QLatin1String("durable_on")).toArray();
    for (const auto& node : nodes)
        receipt.durableOn.append(node.toString());
    return receipt;
}

SendResult sendFields(const QJsonObject& answer, const QByteArray& body)
{
    SendResult result;
    result.msgId = answer.value(QLatin1String("msg_id")).toString();
    result.seq = counter(answer.value(QLatin1String("seq")));
    result.duplicate = answer.value(QLatin1String("duplicate")).toBool();
    result.committed = answer.value(QLatin1String("committed")).toBool();
    result.receipt = receiptOf(answer);
    result.reason = answer.value(QLatin1String("reason")).toString();
    result.body = body;
    return result;
}

QString stringField(json::object& object, std::string_view key)
{
    std::string_view text;
    if (object[key].get_string().get(text) != simdjson::SUCCESS)
        return {};
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// False when the element is not a message.
bool readMessage(json::object object, Message& message)
{
    std::uint64_t seq = 0;
    json::value payload;
    if (object["seq"].get_uint64().get(seq) != simdjson::SUCCESS || seq == 0)
        return false;
    message.seq = seq;
    std::uint64_t delivery = 0;
    if (object["delivery_seq"].get_uint64().get(delivery) == simdjson::SUCCESS)
        message.deliverySeq = delivery;
    message.msgId = stringField(object, "msg_id");
    message.sender = stringField(object, "sender");
    message.recipient = stringField(object, "recipient");
    if (object["corrected_ts"].get_double().get(message.correctedTs) != simdjson::SUCCESS)
        return false;
    if (object["payload"].get(payload) != simdjson::SUCCESS)
        return false;
    message.payload = rawValue(payload);
    std::string_view whole;
    if (object.reset().error() != simdjson::SUCCESS || object.raw_json().get(whole) != simdjson::SUCCESS)
        return false;
    message.json = bytesOf(whole).trimmed();
    return !message.payload.isEmpty();
}

/// False when `messages` is not a list of messages of that order.
bool readMessages(json::object& root, Order order, QList<Message>& messages)
{
    json::array elements;
    if (root["messages"].get_array().get(elements) != simdjson::SUCCESS)
        return false;
    for (auto element : elements) {
        json::object object;
        Message message;
        if (element.get_object().get(object) != simdjson::SUCCESS || !readMessage(object, message) ||
            message.number(order) == 0)
            return false;
        messages.append(std::move(message));
    }
    return true;
}

} // namespace

Result<SendResult> readAcknowledgement(const QByteArray& body)
{
    const QJsonObject answer = object(body);
    SendResult result = sendFields(answer, body);
    if (answer.value(QLatin1String("status")).toString() != QLatin1String("ok") || result.seq == 0)
        return unexpected("POST /send");
    result.outcome = SendOutcome::Acknowledged;
    return result;
}

Result<SendResult> readUnavailable(const QByteArray& body)
{
    const QJsonObject answer = object(body);
    SendResult result = sendFields(answer, body);
    const QString outcome = answer.value(QLatin1String("outcome")).toString();
    if (outcome == QLatin1String("rejected"))
        result.outcome = SendOutcome::Rejected;
    else if (outcome == QLatin1String("unknown"))
        result.outcome = SendOutcome::Unknown;
    else if (outcome == QLatin1String("committed") && result.seq > 0)
        result.outcome = SendOutcome::Committed;
    else
        return unexpected("POST /send");
    return result;
}

Result<Page> readPage(const QByteArray& body, Order order)
{
    simdjson::padded_string padded(body.constData(), std::size_t(body.size()));
    json::parser parser;
    json::document document;
    json::object root;
    Page page;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.get_object().get(root) != simdjson::SUCCESS || !readMessages(root, order, page.messages))
        return unexpected("GET /messages");
    std::uint64_t next = 0;
    if (root["next_after"].get_uint64().get(next) == simdjson::SUCCESS)
        page.nextAfter = next;
    if (root["next_before"].get_uint64().get(next) == simdjson::SUCCESS)
        page.nextBefore = next;
    return page;
}

Result<InboxPage> readInbox(const QByteArray& body)
{
    simdjson::padded_string padded(body.constData(), std::size_t(body.size()));
    json::parser parser;
    json::document document;
    json::object root;
    InboxPage page;
    std::uint64_t cursor = 0;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.get_object().get(root) != simdjson::SUCCESS ||
        root["cursor"].get_uint64().get(cursor) != simdjson::SUCCESS ||
        !readMessages(root, Order::Seq, page.messages))
        return unexpected("GET /inbox");
    page.cursor = cursor;
    page.through = page.messages.isEmpty() ? cursor : page.messages.last().seq;
    std::uint64_t next = 0;
    if (root["next"].get_uint64().get(next) == simdjson::SUCCESS)
        page.through = std::max<quint64>(page.through, next);
    return page;
}

Result<quint64> readCursor(const QByteArray& body)
{
    const QJsonValue cursor = object(body).value(QLatin1String("cursor"));
    if (!cursor.isDouble())
        return unexpected("POST /inbox/.../ack");
    return counter(cursor);
}

Result<Message> readStreamed(const QByteArray& data, Order order)
{
    simdjson::padded_string padded(data.constData(), std::size_t(data.size()));
    json::parser parser;
    json::document document;
    json::object object;
    Message message;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS || !readMessage(object, message) ||
        message.number(order) == 0)
        return unexpected("GET /events");
    return message;
}

Result<NodeStatus> readStatus(const QByteArray& body)
{
    const QJsonObject answer = object(body);
    const QJsonObject consensus = answer.value(QLatin1String("consensus")).toObject();
    NodeStatus status;
    status.nodeId = answer.value(QLatin1String("node_id")).toString();
    status.role = consensus.value(QLatin1String("role")).toString();
    if (status.nodeId.isEmpty() || status.role.isEmpty())
        return unexpected("GET /status");
    status.term = counter(consensus.value(QLatin1String("current_term")));
    status.leaderId = consensus.value(QLatin1String("leader_id")).toString();
    status.leaderUrl = QUrl(consensus.value(QLatin1String("leader_url")).toString());
    status.commitIndex = counter(answer.value(QLatin1String("commit_index")));
    status.committedSeq = counter(answer.value(QLatin1String("committed_seq")));
    if (const QJsonValue delivered = answer.value(QLatin1String("delivered_seq")); delivered.isDouble())
        status.deliveredSeq = counter(delivered);
    status.mode = answer.value(QLatin1String("replication_mode")).toString();
    status.explain = answer.value(QLatin1String("explain")).toString();
    status.appliedIndex = counter(answer.value(QLatin1String("applied_index")));
    status.stateHash = answer.value(QLatin1String("state_hash")).toString();
    const QJsonObject peers = answer.value(QLatin1String("peer_status")).toObject();
    status.peers = int(peers.size());
    for (const auto& peer : peers)
        status.peersAlive += peer.toObject().value(QLatin1String("alive")).toBool() ? 1 : 0;
    status.json = body.trimmed();
    return status;
}

std::optional<ClockEstimate::Exchange> readTime(const QByteArray& body)
{
    const QJsonObject answer = object(body);
    const auto micros = [&answer](const char* name) -> std::optional<Duration> {
        const QJsonValue value = answer.value(QLatin1String(name));
        // Microseconds since the epoch are exact in a double for the next two centuries.
        if (!value.isDouble() || std::abs(value.toDouble()) > 9e9)
            return std::nullopt;
        return Duration(std::llround(value.toDouble() * 1e6));
    };
    const auto received = micros("server_receive_time");
    const auto sent = micros("server_send_time");
    const auto cluster = micros("synchronized_time");
    const auto bound = micros("bound");
    if (!received || !sent || !cluster || !bound)
        return std::nullopt;
    ClockEstimate::Exchange exchange;
    exchange.nodeReceived = UnixTime(*received);
    exchange.nodeSent = UnixTime(*sent);
    exchange.clusterTime = UnixTime(*cluster);
    exchange.bound = *bound;
    return exchange;
}

QString readReason(const QByteArray& body)
{
    const QJsonObject answer = object(body);
    const QString reason = answer.value(QLatin1String("reason")).toString();
    return reason.isEmpty() ? answer.value(QLatin1String("message")).toString() : reason;
}

} // namespace dsmsg::client
