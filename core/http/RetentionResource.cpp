// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/RetentionResource.h"

#include <array>

#include "core/http/DraftReader.h"
#include "core/http/Json.h"
#include "core/http/JsonWriter.h"
#include "core/http/Query.h"
#include "core/http/Redirect.h"
#include "core/http/SteeringGuard.h"

namespace dsmsg::http {

namespace {

using messaging::RetentionRule;

constexpr std::array<std::string_view, 4> names{"recipient", "max_age", "max_messages", "max_bytes"};

std::optional<Fault> readCount(std::string_view name, const JsonValue& value, std::uint64_t& out)
{
    if (value.missing())
        return std::nullopt;
    const auto count = value.kind == JsonKind::Number ? decodeCounter(value.raw) : std::nullopt;
    if (!count || *count == 0)
        return Fault{400, std::string(name) + " must be a positive whole number; leave it out for no limit"};
    out = *count;
    return std::nullopt;
}

std::optional<Fault> readRecipient(std::optional<std::string> recipient, const HttpLimits& limits,
                                   RetentionRule& rule)
{
    if (!recipient || recipient->size() > limits.nameBytesMax)
        return Fault{400, "recipient must be a string of at most " + std::to_string(limits.nameBytesMax) +
                              " bytes"};
    rule.recipient = std::move(recipient);
    return std::nullopt;
}

std::optional<Fault> readRule(std::string_view body, const HttpLimits& limits, RetentionRule& rule)
{
    std::array<JsonValue, names.size()> values;
    if (const auto read = readMembers(body, limits.jsonDepthMax, names, values); !read)
        return Fault{400, read.error().text};
    if (!values[0].missing()) {
        auto recipient = values[0].kind == JsonKind::String ? decodeString(values[0].raw) : std::nullopt;
        if (auto fault = readRecipient(std::move(recipient), limits, rule))
            return fault;
    }
    if (!values[1].missing()) {
        const auto age = readDuration(values[1]);
        if (!age)
            return Fault{400, "max_age must be a positive number of seconds; leave it out for no limit"};
        rule.limits.age = *age;
    }
    if (auto fault = readCount(names[2], values[2], rule.limits.messages))
        return fault;
    if (auto fault = readCount(names[3], values[3], rule.limits.bytes))
        return fault;
    if (rule.limits.none())
        return Fault{400, "say at least one of max_age, max_messages and max_bytes; DELETE clears a rule"};
    return std::nullopt;
}

/// What is not set is null.
void writeRule(JsonWriter& json, const RetentionRule& rule)
{
    const auto unlessNone = [](std::uint64_t limit) {
        return limit > 0 ? std::optional(limit) : std::nullopt;
    };
    const Duration age = rule.limits.age;
    json.field("recipient", rule.recipient)
        .field("max_age", age > Duration::zero() ? std::optional(age) : std::nullopt)
        .field("max_messages", unlessNone(rule.limits.messages))
        .field("max_bytes", unlessNone(rule.limits.bytes));
}

Response statusResponse(const Result<node::RetentionStatus>& status)
{
    if (!status)
        return orderFailed(status.error());
    Response response;
    JsonWriter json(response.body);
    json.beginObject().field("status", "ok").key("rules").beginArray();
    for (const RetentionRule& rule : status->rules) {
        json.beginObject();
        writeRule(json, rule);
        json.endObject();
    }
    json.endArray()
        .field("first_seq", status->kept.first)
        .field("last_seq", status->lastSeq)
        .key("kept")
        .beginObject()
        .field("messages", status->kept.messages)
        .field("bytes", status->kept.bytes)
        .endObject()
        .key("removed")
        .beginObject()
        .field("messages", status->removedMessages)
        .field("bytes", status->removedBytes)
        .endObject()
        .endObject();
    return response;
}

} // namespace

void RetentionResource::handle(const Request& request, ReplyTo to)
{
    if (request.method != Method::Post && request.method != Method::Delete)
        return show(to);
    std::optional<Fault> fault = steeringFault(request, parts_.allowedOrigins);
    RetentionRule rule;
    if (!fault && request.method == Method::Post) {
        fault = readRule(request.body, parts_.limits, rule);
    } else if (!fault) {
        const auto query = Query::parse(request.query, parts_.limits.queryPairsMax);
        if (!query)
            fault = Fault{400, query.error().text};
        else if (const auto recipient = query->find("recipient"))
            fault = readRecipient(std::string(*recipient), parts_.limits, rule);
    }
    if (fault)
        return parts_.sink.answer(to, faultResponse(*fault));
    set(request, std::move(rule), to);
}

void RetentionResource::show(ReplyTo to)
{
    parts_.queries.ask<Result<node::RetentionStatus>>(
        to, [this](auto answer) { parts_.gateway.requestRetention(std::move(answer)); }, statusResponse);
}

void RetentionResource::set(const Request& request, RetentionRule rule, ReplyTo to)
{
    using Outcome = std::variant<RetentionRule, node::Redirected, Error>;
    parts_.queries.ask<Outcome>(
        to, [&](auto answer) { parts_.gateway.setRetention(std::move(rule), std::move(answer)); },
        [path = request.path, query = request.query](const Outcome& outcome) {
            if (const auto* elsewhere = std::get_if<node::Redirected>(&outcome))
                return redirectResponse(*elsewhere, path, query);
            if (const auto* error = std::get_if<Error>(&outcome))
                return orderFailed(*error);
            Response response;
            JsonWriter json(response.body);
            json.beginObject().field("status", "ok");
            writeRule(json, std::get<RetentionRule>(outcome));
            json.endObject();
            return response;
        });
}

} // namespace dsmsg::http
