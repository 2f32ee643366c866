// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/SendResource.h"

#include "core/http/AckLevels.h"
#include "core/http/DraftReader.h"
#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"

namespace dsmsg::http {

void SendResource::handle(const Request& request, ReplyTo to)
{
    node::Draft draft;
    auto ack = node::AckLevel::Default;
    std::optional<Fault> fault = readAckParameter(request.query, limits(), ack);
    if (!fault)
        fault = readDraft(request.body, DraftForm::Sent, limits(), draft);
    if (fault)
        refuse(*fault, to);
    else
        submit(std::move(draft), ack, request, to);
}

Response SendResource::accepted(const node::Accepted& accepted) const
{
    const messaging::Message& message = accepted.message;
    Response response;
    response.body.reserve(512 + message.msgId.size());
    JsonWriter json(response.body);
    json.beginObject()
        .field("status", "ok")
        .field("seq", accepted.seq)
        .field("msg_id", message.msgId)
        .field("corrected_ts", message.correctedTs())
        .field("original_ts", message.originalTs)
        .key("correction");
    writeCorrection(json, message);
    json.field("leader_url", accepted.leaderUrl)
        .field("committed", accepted.committed)
        .field("duplicate", accepted.duplicate)
        .key("receipt");
    writeReceipt(json, accepted.receipt);
    if (accepted.expired)
        json.field("expired", true);
    json.endObject();
    return response;
}

} // namespace dsmsg::http
