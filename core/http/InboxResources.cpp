// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/InboxResources.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/http/ClusterResources.h"
#include "core/http/Json.h"
#include "core/http/JsonWriter.h"
#include "core/http/MessageJson.h"
#include "core/http/PageReader.h"
#include "core/http/Query.h"
#include "core/http/Redirect.h"
#include "core/messaging/InboxWalk.h"

namespace dsmsg::http {

namespace {

using Asked = InboxResource::Asked;

std::optional<Fault> recipientFault(const std::string& recipient, const HttpLimits& limits)
{
    if (recipient.size() > limits.nameBytesMax)
        return Fault{400, "the recipient is longer than " + std::to_string(limits.nameBytesMax) + " bytes"};
    return std::nullopt;
}

std::optional<Fault> readAsked(const Request& request, const HttpLimits& limits, Asked& asked)
{
    asked.recipient = request.segment;
    if (auto fault = recipientFault(asked.recipient, limits))
        return fault;
    if (auto fault = readMessagesQuery(request.query, limits, asked.query))
        return fault;
    const auto query = Query::parse(request.query, limits.queryPairsMax);
    // A consumer that was told where its cursor is must not read from before it.
    if (!query || !query->find("consistency"))
        asked.query.wish.level = raft::ReadLevel::Linearizable;
    asked.query.wish.timeout = limits.readTimeMax;
    return std::nullopt;
}

Response busy(std::string reason)
{
    Response response = faultResponse({503, std::move(reason)});
    response.retryAfter = retryAfterSeconds;
    return response;
}

/// Writes the array; false when nothing was in it.
Result<bool> writeInbox(JsonWriter& json, const std::string& body, messaging::InboxWalk& walk,
                        std::uint32_t limit, const HttpLimits& limits)
{
    json.beginArray();
    std::uint32_t written = 0;
    for (bool more = true; more && written < limit && body.size() < limits.pageBytesMax;) {
        const auto message =
            walk.next(std::min(limit - written, messagesThatFit(body.size(), written, limits.pageBytesMax)));
        if (!message)
            return message.error();
        more = message->has_value();
        if (more) {
            writeMessage(json, **message);
            ++written;
        }
    }
    json.endArray();
    return written > 0;
}

} // namespace

void InboxResource::handle(const Request& request, ReplyTo to)
{
    Asked asked;
    if (const auto fault = readAsked(request, parts_.limits, asked))
        return parts_.sink.answer(to, faultResponse(*fault));
    serve(asked, to);
}

void InboxResource::serve(const Asked& asked, ReplyTo to)
{
    const node::ReadWish& wish = asked.query.wish;
    if (!wish.level && wish.minSeq <= parts_.gateway.committedSeq())
        return show(asked, to);
    parts_.queries.askThen<Result<void>>(
        to, [&](auto answer) { parts_.gateway.awaitRead(wish, std::move(answer)); },
        [this, asked, to](const Result<void>& fresh) {
            if (fresh)
                show(asked, to);
            else
                parts_.sink.answer(to, busy(fresh.error().text));
        });
}

void InboxResource::show(Asked asked, ReplyTo to)
{
    Look found = look(asked);
    const Milliseconds wait = std::exchange(asked.query.wait, Milliseconds::zero());
    if (!found.empty || wait <= Milliseconds::zero())
        return parts_.sink.answer(to, std::move(found.response));
    std::vector<FeedWish> wishes;
    for (const std::string& name : {asked.recipient, std::string(messaging::everybody)}) {
        FeedWish& wish = wishes.emplace_back();
        wish.after = found.through.value;
        wish.recipient = name;
    }
    // Another consumer may have moved the cursor meanwhile: as fresh as the first time.
    const bool waits = parts_.polls.wait(to.connection, std::move(wishes), wait,
                                         [this, asked, to](auto) { serve(asked, to); });
    if (!waits)
        parts_.sink.answer(to, busy("too many requests wait on this node; retry later, or elsewhere"));
}

InboxResource::Look InboxResource::look(const Asked& asked) const
{
    const auto state = parts_.reader.applied();
    const auto cursor = parts_.reader.cursor(asked.recipient);
    if (!state || !cursor)
        return {faultResponse(readFault(state ? cursor.error() : state.error())), false, {}};
    const Seq from = cursor->value_or(Seq());
    messaging::InboxWalk walk(parts_.reader, asked.recipient, from);
    Look found;
    JsonWriter json(found.response.body);
    json.beginObject().field("recipient", asked.recipient).field("cursor", from).key("messages");
    const auto any = writeInbox(json, found.response.body, walk, asked.query.page.limit, parts_.limits);
    if (!any)
        return {faultResponse(readFault(any.error())), false, {}};
    const Seq last = std::max(state->lastSeq, walk.through());
    json.field("next", walk.through())
        .field("last_seq", last)
        .field("lag", last - from)
        .field("first_seq", state->kept.first)
        .endObject();
    found.empty = !*any && walk.through() >= state->lastSeq;
    found.through = walk.through();
    return found;
}

void InboxAckResource::handle(const Request& request, ReplyTo to)
{
    constexpr std::array<std::string_view, 1> names{"seq"};
    std::array<JsonValue, 1> values;
    if (const auto fault = recipientFault(request.segment, parts_.limits))
        return parts_.sink.answer(to, faultResponse(*fault));
    if (const auto read = readMembers(request.body, parts_.limits.jsonDepthMax, names, values); !read)
        return parts_.sink.answer(to, faultResponse({400, read.error().text}));
    const auto seq = values[0].kind == JsonKind::Number ? decodeCounter(values[0].raw) : std::nullopt;
    if (!seq)
        return parts_.sink.answer(
            to, faultResponse({400, "seq must be integer: that of the last message you are done with"}));
    using Outcome = std::variant<Seq, node::Redirected, Error>;
    parts_.queries.ask<Outcome>(
        to,
        [&](auto answer) {
            parts_.gateway.ackInbox({request.segment, Seq(*seq)}, std::move(answer));
        },
        [recipient = request.segment, path = request.rawPath, query = request.query](const Outcome& outcome) {
            if (const auto* elsewhere = std::get_if<node::Redirected>(&outcome))
                return redirectResponse(*elsewhere, path, query);
            if (const auto* error = std::get_if<Error>(&outcome))
                return orderFailed(*error);
            Response response;
            JsonWriter(response.body)
                .beginObject()
                .field("status", "ok")
                .field("recipient", recipient)
                .field("cursor", std::get<Seq>(outcome))
                .endObject();
            return response;
        });
}

} // namespace dsmsg::http
