// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/TraceResource.h"

#include <charconv>

#include "core/http/JsonWriter.h"
#include "core/http/PageReader.h"
#include "core/http/Query.h"

namespace dsmsg::http {

namespace {

Response notFound(const std::string& what)
{
    return faultResponse({404, what + " is applied on this node (yet)"});
}

/// Why something is missing; empty when nothing is, or ever will be.
std::string whatIsMissing(const node::Trace& trace, bool delivered)
{
    if (!trace.leads) {
        const std::string where =
            trace.leaderUrl.empty() || !trace.heldBy.empty() ? "" : " (" + trace.leaderUrl + ")";
        return "only the leader" + where +
               " knows the rest, and only of what it appended in its present term";
    }
    if (!trace.received || !trace.applied || !trace.committed)
        return "it is not among the last 20000 entries any more";
    if (!delivered)
        return "it waits for its delivery";
    return trace.delivered ? "" : "its delivery is not among the last 20000 any more";
}

Response traceResponse(const messaging::StoredMessage& message, const node::Trace& trace)
{
    const bool delivered = static_cast<bool>(message.delivery);
    const std::string missing = whatIsMissing(trace, delivered);
    Response response;
    JsonWriter json(response.body);
    json.beginObject()
        .field("seq", message.seq)
        .field("msg_id", message.message.msgId)
        .field("term", message.term)
        .field("index", message.index)
        .field("received", trace.received)
        .field("appended", trace.appended)
        .key("durable")
        .beginObject();
    for (const auto& [node, at] : trace.durable)
        json.field(node, at);
    json.endObject()
        .field("committed", trace.committed)
        .field("applied", trace.applied)
        .field("delivered", trace.delivered)
        .field("delivery_seq", delivered ? std::optional(message.delivery) : std::nullopt)
        .key("held_by")
        .beginArray();
    for (const std::string& node : trace.heldBy)
        json.value(node);
    json.endArray()
        .field("complete", missing.empty())
        .field("missing", missing.empty() ? std::nullopt : std::optional(missing))
        .field("node_id", trace.nodeId)
        .field("leader_url", trace.leaderUrl.empty() ? std::nullopt : std::optional(trace.leaderUrl))
        .endObject();
    return response;
}

} // namespace

void TraceResource::handle(const Request& request, ReplyTo to)
{
    const auto refuse = [&](std::string why) {
        parts_.sink.answer(to, faultResponse({400, std::move(why)}));
    };
    const auto query = Query::parse(request.query, parts_.limits.queryPairsMax);
    if (!query)
        return refuse(query.error().text);
    const auto msgId = query->find("msg_id");
    const auto seqText = query->find("seq");
    if (msgId.has_value() == seqText.has_value())
        return refuse("say which message: either msg_id= or seq=");
    Seq seq;
    if (seqText) {
        const char* end = seqText->data() + seqText->size();
        const auto parsed = std::from_chars(seqText->data(), end, seq.value);
        if (parsed.ec != std::errc() || parsed.ptr != end || !seq)
            return refuse("seq must be a positive integer");
    } else if (msgId->empty() || msgId->size() > parts_.limits.nameBytesMax) {
        return refuse("msg_id must be 1 to " + std::to_string(parts_.limits.nameBytesMax) + " bytes");
    }
    parts_.queries.ask<Response>(
        to,
        [&](Answer answer) {
            if (seq)
                trace(seq, answer);
            else
                findAndTrace(std::string(*msgId), std::move(answer));
        },
        [](const Response& response) { return response; });
}

void TraceResource::findAndTrace(const std::string& msgId, Answer answer)
{
    parts_.gateway.findId(msgId,
                          [this, msgId, answer = std::move(answer)](const Result<std::optional<Seq>>& found) {
                              if (!found)
                                  return answer(faultResponse(readFault(found.error())));
                              if (!*found)
                                  return answer(notFound("no message with the id \"" + msgId + "\""));
                              trace(**found, answer);
                          });
}

void TraceResource::trace(Seq seq, const Answer& answer)
{
    auto stored = parts_.reader.bySeq(seq);
    if (!stored)
        return answer(faultResponse(readFault(stored.error())));
    if (!*stored)
        return answer(notFound("no message with the seq " + std::to_string(seq.value)));
    const node::TraceQuery query{(*stored)->term, (*stored)->index, (*stored)->delivery};
    parts_.gateway.requestTrace(query, [answer, message = std::move(**stored)](const node::Trace& trace) {
        answer(traceResponse(message, trace));
    });
}

} // namespace dsmsg::http
