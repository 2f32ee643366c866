// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MessageJson.h"

#include "core/http/CborBodyWriter.h"
#include "core/http/JsonWriter.h"

namespace dsmsg::http {

template <class Writer>
void writeCorrection(Writer& json, const messaging::Message& message)
{
    const messaging::Correction& correction = message.correction;
    const UnixTime corrected = message.correctedTs();
    const auto& half = correction.halfWidth;
    json.beginObject()
        .field("applied_offset", correction.appliedOffset)
        .field("method", messaging::toString(correction.method))
        .field("magnitude", std::chrono::abs(correction.appliedOffset))
        .key("accuracy")
        .beginObject()
        .field("confidence_interval", half)
        .field("lower_bound", half ? std::optional(corrected - *half) : std::nullopt)
        .field("upper_bound", half ? std::optional(corrected + *half) : std::nullopt)
        .endObject()
        .field("client_clock", correction.verified ? "verified" : "unverified")
        .endObject();
}

template <class Writer>
void writeReceipt(Writer& json, const node::Receipt& receipt)
{
    json.beginObject()
        .field("term", receipt.term)
        .field("index", receipt.index)
        .key("durable_on")
        .beginArray();
    for (const std::string& id : receipt.durableOn)
        json.value(id);
    json.endArray().endObject();
}

template <class Writer>
void writeMessage(Writer& json, const messaging::StoredMessage& stored)
{
    const messaging::Message& message = stored.message;
    json.beginObject()
        .field("seq", stored.seq)
        .field("msg_id", message.msgId)
        .field("sender", message.sender)
        .field("recipient", message.recipient)
        .key("payload")
        .raw(message.payload)
        .field("ts", message.correctedTs())
        .field("original_ts", message.originalTs)
        .field("corrected_ts", message.correctedTs())
        .field("receive_ts", message.receiveTs)
        .key("correction_metadata");
    writeCorrection(json, message);
    json.field("delivery_seq", stored.delivery ? std::optional(stored.delivery) : std::nullopt)
        .field("late", stored.late)
        .field("clamped", message.clamped());
    if (message.ttl)
        json.field("ttl", message.ttl);
    json.field("term", stored.term).field("index", stored.index).endObject();
}

template void writeCorrection(JsonWriter&, const messaging::Message&);
template void writeReceipt(JsonWriter&, const node::Receipt&);
template void writeReceipt(CborBodyWriter&, const node::Receipt&);
template void writeMessage(JsonWriter&, const messaging::StoredMessage&);
template void writeMessage(CborBodyWriter&, const messaging::StoredMessage&);

} // namespace dsmsg::http
