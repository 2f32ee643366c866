// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/SendResource.h"

#include "core/http/DraftReader.h"
#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"
#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

std::optional<Fault> readAckLevel(const std::string& rawQuery, const HttpLimits& limits,
                                  node::AckLevel& level)
{
    if (rawQuery.empty())
        return std::nullopt;
    const auto query = Query::parse(rawQuery, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    const auto ack = query->find("ack");
    if (!ack)
        return std::nullopt;
    if (*ack == "leader")
        level = node::AckLevel::Leader;
    else if (*ack == "quorum")
        level = node::AckLevel::Quorum;
    else if (*ack == "all")
        level = node::AckLevel::All;
    else
        return Fault{400, "ack must be leader, quorum or all"};
    return std::nullopt;
}

} // namespace

void SendResource::handle(const Request& request, ReplyTo to)
{
    node::Draft draft;
    auto ack = node::AckLevel::Default;
    std::optional<Fault> fault = readAckLevel(request.query, limits_, ack);
    if (!fault)
        fault = readDraft(request.body, DraftForm::Sent, limits_, draft);
    if (fault)
        sink_.answer(to, faultResponse(*fault));
    else
        submissions_.submit(std::move(draft), ack, *this, request.query, to);
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
