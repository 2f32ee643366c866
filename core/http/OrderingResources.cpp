// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/OrderingResources.h"

#include "core/http/PageReader.h"
#include "core/http/Redirect.h"

namespace dsmsg::http {

namespace {

/// Named in an answer; the count is always whole, GET /messages?order=delivery has the rest.
constexpr std::uint32_t namedMax = 1000;

} // namespace

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

void writeOrdering(JsonWriter& json, const node::OrderingStatus& status)
{
    const messaging::DeliveryState& delivery = status.delivery;
    json.beginObject()
        .field("buffer_size", status.held)
        .field("max_buffer_size", status.heldMax)
        .field("buffer_utilization", share(status.held, status.heldMax))
        .field("average_message_age", status.averageAge)
        .field("max_message_age", status.maxAge)
        .field("messages_buffered", status.applied - delivery.late)
        .field("messages_reordered", delivery.reordered)
        .field("messages_delivered", delivery.last)
        .field("messages_dropped", 0)
        .field("reorder_rate", share(delivery.reordered, delivery.last.value))
        .field("delivered_tracking_size", delivery.last)
        .field("deliverable_messages_count", status.deliverable)
        .key("sample_deliverable_messages")
        .beginArray();
    for (const messaging::StoredMessage& stored : status.sample)
        json.beginObject()
            .field("msg_id", stored.message.msgId)
            .field("corrected_timestamp", stored.message.correctedTs())
            .field("original_timestamp", stored.message.originalTs)
            .field("sender", stored.message.sender)
            .endObject();
    json.endArray()
        .field("messages_late", delivery.late)
        .field("watermark", delivery.watermark)
        .field("window", status.window)
        .endObject();
}

void OrderingStatusResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<Result<node::OrderingStatus>>(
        to, [this](auto answer) { parts_.gateway.requestOrdering(std::move(answer)); },
        [](const Result<node::OrderingStatus>& status) {
            if (!status)
                return faultResponse({503, status.error().text});
            Response response;
            JsonWriter json(response.body);
            json.beginObject().field("status", "ok").key("ordering_status");
            writeOrdering(json, *status);
            json.endObject();
            return response;
        });
}

void ForceDeliveryResource::handle(const Request& request, ReplyTo to)
{
    using Outcome = std::variant<node::ForcedDelivery, node::Redirected, Error>;
    parts_.queries.ask<Outcome>(
        to, [this](auto answer) { parts_.gateway.forceDelivery(std::move(answer)); },
        [this, path = request.path, query = request.query](const Outcome& outcome) {
            if (const auto* delivery = std::get_if<node::ForcedDelivery>(&outcome))
                return forced(*delivery);
            if (const auto* elsewhere = std::get_if<node::Redirected>(&outcome))
                return redirectResponse(*elsewhere, path, query);
            return faultResponse({503, std::get<Error>(outcome).text});
        });
}

Response ForceDeliveryResource::forced(const node::ForcedDelivery& delivery) const
{
    messaging::DeliveryPage page;
    if (delivery.count > 0) {
        messaging::DeliveryQuery query;
        query.after = DeliverySeq(delivery.last.value - delivery.count);
        query.limit = static_cast<std::uint32_t>(std::min<std::uint64_t>(delivery.count, namedMax));
        auto read = parts_.reader.deliveries(query);
        if (!read)
            return faultResponse(readFault(read.error()));
        page = std::move(*read);
    }
    Response response;
    JsonWriter json(response.body);
    json.beginObject()
        .field("status", "ok")
        .field("message", delivery.count > 0
                              ? "Delivered " + std::to_string(delivery.count) + " waiting messages."
                              : std::string("No message was waiting."))
        .field("delivered_count", delivery.count)
        .key("delivered_messages")
        .beginArray();
    for (const messaging::StoredMessage& stored : page.messages)
        json.beginObject()
            .field("msg_id", stored.message.msgId)
            .field("corrected_timestamp", stored.message.correctedTs())
            .field("sender", stored.message.sender)
            .field("recipient", stored.message.recipient)
            .field("delivery_seq", stored.delivery)
            .endObject();
    json.endArray().field("more", page.more).endObject();
    return response;
}

} // namespace dsmsg::http
