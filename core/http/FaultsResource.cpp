// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/FaultsResource.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/http/Json.h"
#include "core/http/JsonWriter.h"
#include "core/http/Query.h"
#include "core/http/SteeringGuard.h"

namespace dsmsg::http {

namespace {

Fault bad(std::string reason)
{
    return {400, std::move(reason)};
}

std::optional<Fault> readPeers(const JsonValue& value, std::vector<std::string>& peers)
{
    const Fault wrong = bad("peers must be an array of strings, URLs or node ids");
    if (value.missing())
        return std::nullopt;
    if (value.kind != JsonKind::Array)
        return wrong;
    bool allStrings = true;
    forEachElement(value.raw, [&](const JsonValue& element) {
        const auto name = element.kind == JsonKind::String ? decodeString(element.raw) : std::nullopt;
        allStrings = name.has_value();
        if (allStrings)
            peers.push_back(*name);
        return allStrings;
    });
    if (!allStrings)
        return wrong;
    return peers.empty() ? std::optional(bad("peers is empty; leave it out to mean every peer"))
                         : std::nullopt;
}

std::optional<Fault> readKind(const JsonValue& value, node::FaultKind& kind)
{
    const auto name = value.kind == JsonKind::String ? decodeString(value.raw) : std::nullopt;
    const auto known = name ? node::faultKindFrom(*name) : std::nullopt;
    if (!known)
        return bad("kind must be one of partition, delay, loss, pause, clock_offset, clock_drift, disk_full, "
                   "disk_slow, fsync_fail");
    kind = *known;
    return std::nullopt;
}

std::optional<Fault> readNumber(const char* name, const JsonValue& value, std::optional<double>& number)
{
    if (value.missing())
        return std::nullopt;
    number = value.kind == JsonKind::Number ? decodeDouble(value.raw) : std::nullopt;
    return number ? std::nullopt : std::optional(bad(std::string(name) + " must be a number"));
}

std::optional<Fault> readDirection(const JsonValue& value, std::optional<net::Way>& direction)
{
    if (value.missing())
        return std::nullopt;
    const auto name = value.kind == JsonKind::String ? decodeString(value.raw) : std::nullopt;
    direction = name ? node::wayFrom(*name) : std::nullopt;
    return direction ? std::nullopt : std::optional(bad("direction must be in, out or both"));
}

std::optional<Fault> readOrder(std::string_view body, const HttpLimits& limits, node::FaultOrder& order)
{
    constexpr std::array<std::string_view, 5> names{"kind", "peers", "direction", "value", "for_s"};
    std::array<JsonValue, 5> values;
    if (const auto read = readMembers(body, limits.jsonDepthMax, names, values); !read)
        return bad(read.error().text);
    if (auto fault = readKind(values[0], order.kind))
        return fault;
    if (auto fault = readPeers(values[1], order.peers))
        return fault;
    if (auto fault = readDirection(values[2], order.direction))
        return fault;
    if (auto fault = readNumber("value", values[3], order.value))
        return fault;
    std::optional<double> seconds;
    if (auto fault = readNumber("for_s", values[4], seconds))
        return fault;
    const double longest = toSeconds(Duration(node::faultLastsMax));
    if (!seconds || !(*seconds > 0) || *seconds > longest)
        return bad(
            "for_s is required: after so many seconds the fault heals itself, more than 0, at most 3600");
    order.lasts = Milliseconds(static_cast<std::int64_t>(std::ceil(*seconds * 1000)));
    if (const auto valid = node::checkFault(order); !valid)
        return bad(valid.error().text);
    return std::nullopt;
}

void writeFault(JsonWriter& json, const node::ActiveFault& fault)
{
    json.beginObject().field("id", fault.id).field("kind", node::toString(fault.order.kind));
    if (!fault.order.peers.empty()) {
        json.key("peers").beginArray();
        for (const std::string& peer : fault.order.peers)
            json.value(peer);
        json.endArray();
    }
    if (fault.order.direction)
        json.field("direction", node::toString(*fault.order.direction));
    if (fault.order.value)
        json.field("value", *fault.order.value);
    json.field("for_s", Duration(fault.order.lasts))
        .field("remaining_s", Duration(fault.remaining))
        .endObject();
}

Response injected(const Result<node::ActiveFault>& fault)
{
    if (!fault)
        return faultResponse({fault.error().kind == Error::Kind::Busy ? 503 : 400, fault.error().text});
    Response response;
    JsonWriter json(response.body);
    json.beginObject().field("status", "ok").key("fault");
    writeFault(json, *fault);
    json.endObject();
    return response;
}

Response listed(const std::vector<node::ActiveFault>& faults)
{
    Response response;
    JsonWriter json(response.body);
    json.beginObject().field("status", "ok").key("faults").beginArray();
    for (const node::ActiveFault& fault : faults)
        writeFault(json, fault);
    json.endArray().endObject();
    return response;
}

std::optional<std::uint64_t> readId(std::string_view text)
{
    std::uint64_t id = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
    return failure == std::errc() && end == text.data() + text.size() ? std::optional(id) : std::nullopt;
}

} // namespace

void FaultsResource::handle(const Request& request, ReplyTo to)
{
    if (const auto refused = steeringFault(request, allowedOrigins_))
        return sink_.answer(to, faultResponse(*refused));
    if (request.method == Method::Post)
        inject(request, to);
    else if (request.method == Method::Delete)
        heal(request, to);
    else
        list(to);
}

void FaultsResource::list(ReplyTo to)
{
    queries_.ask<std::vector<node::ActiveFault>>(
        to, [this](auto answer) { desk_.list(std::move(answer)); }, listed);
}

void FaultsResource::inject(const Request& request, ReplyTo to)
{
    node::FaultOrder order;
    if (const auto fault = readOrder(request.body, limits_, order))
        return sink_.answer(to, faultResponse(*fault));
    queries_.ask<Result<node::ActiveFault>>(
        to, [&](auto answer) { desk_.inject(std::move(order), std::move(answer)); }, injected);
}

void FaultsResource::heal(const Request& request, ReplyTo to)
{
    const auto query = Query::parse(request.query, limits_.queryPairsMax);
    if (!query)
        return sink_.answer(to, faultResponse(bad(query.error().text)));
    const auto named = query->find("id");
    const auto id = named ? readId(*named) : std::nullopt;
    if (named && !id)
        return sink_.answer(to,
                            faultResponse(bad("id must be the number of a fault, as GET /faults shows it")));
    queries_.ask<std::size_t>(
        to, [&](auto answer) { desk_.heal(id, std::move(answer)); },
        [id](std::size_t healed) {
            if (id && healed == 0)
                return faultResponse({404, "there is no active fault " + std::to_string(*id)});
            Response response;
            JsonWriter(response.body).beginObject().field("status", "ok").field("healed", healed).endObject();
            return response;
        });
}

} // namespace dsmsg::http
