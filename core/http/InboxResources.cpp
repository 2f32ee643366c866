// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/InboxResources.h"

#include <algorithm>
#include <array>
#include <charconv>

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

std::optional<Fault> readLimit(std::string_view text, std::uint32_t max, std::uint32_t& limit)
{
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, limit);
    const bool huge = parsed.ec == std::errc::result_out_of_range;
    if (parsed.ptr != end || (!huge && (parsed.ec != std::errc() || limit == 0)))
        return Fault{400, "limit must be positive integer"};
    limit = huge ? max : std::min(limit, max);
    return std::nullopt;
}

std::optional<Fault> readWait(std::string_view text, const HttpLimits& limits, Milliseconds& wait)
{
    double seconds = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, seconds);
    const double most = static_cast<double>(limits.waitMax.count()) / 1000.0;
    if (parsed.ec != std::errc() || parsed.ptr != end || !(seconds >= 0 && seconds <= most))
        return Fault{400, "wait must be a number of seconds from 0 to " +
                              std::to_string(limits.waitMax.count() / 1000)};
    wait = Milliseconds(static_cast<Milliseconds::rep>(seconds * 1000));
    return std::nullopt;
}

std::optional<Fault> readConsistency(std::string_view text, node::ReadWish& wish)
{
    if (text == "leader")
        wish.level = raft::ReadLevel::Leader;
    else if (text == "local")
        wish.level.reset();
    else if (text != "linearizable")
        return Fault{400, "consistency must be local, leader or linearizable"};
    return std::nullopt;
}

std::optional<Fault> readAsked(const Request& request, const HttpLimits& limits, Asked& asked)
{
    asked.recipient = request.segment;
    asked.wish.level = raft::ReadLevel::Linearizable;
    asked.wish.timeout = limits.readTimeMax;
    if (auto fault = recipientFault(asked.recipient, limits))
        return fault;
    const auto query = Query::parse(request.query, limits.queryPairsMax);
    if (!query)
        return Fault{400, query.error().text};
    std::optional<Fault> fault;
    if (const auto limit = query->find("limit"))
        fault = readLimit(*limit, limits.pageMax, asked.limit);
    if (const auto wait = query->find("wait"); wait && !fault)
        fault = readWait(*wait, limits, asked.wait);
    if (const auto consistency = query->find("consistency"); consistency && !fault)
        fault = readConsistency(*consistency, asked.wish);
    return fault;
}

Response busy(std::string reason)
{
    Response response = faultResponse({503, std::move(reason)});
    response.retryAfterSeconds = 1;
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
    if (!asked.wish.level)
        return show(asked, to);
    // What a poll finds before it waits is answered by show(); the question to the node is bounded there.
    parts_.gateway.awaitRead(asked.wish, [this, asked, to](const Result<void>& fresh) {
        if (fresh)
            show(asked, to);
        else
            parts_.sink.answer(to, busy(fresh.error().text));
    });
}

void InboxResource::show(Asked asked, ReplyTo to)
{
    Look found = look(asked);
    if (!found.empty || asked.wait <= Milliseconds::zero())
        return parts_.sink.answer(to, std::move(found.response));
    const Milliseconds wait = std::exchange(asked.wait, Milliseconds::zero());
    // Another consumer may have moved the cursor meanwhile: as fresh as the first time.
    const bool waits =
        parts_.polls.wait(asked.recipient, found.through, wait, [this, asked, to] { serve(asked, to); });
    if (!waits)
        parts_.sink.answer(to,
                           busy("too many clients wait for messages here; try again or ask another node"));
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
    const auto any = writeInbox(json, found.response.body, walk, asked.limit, parts_.limits);
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
