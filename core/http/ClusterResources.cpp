// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ClusterResources.h"

#include <QByteArray>
#include <array>
#include <charconv>

#include "core/http/Json.h"
#include "core/http/JsonWriter.h"
#include "core/http/MemberChanges.h"
#include "core/http/Query.h"
#include "core/http/Redirect.h"
#include "core/http/SteeringGuard.h"
#include "core/messaging/Snapshot.h"

namespace dsmsg::http {

namespace {

int statusFor(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Invalid:
        return 400;
    case Error::Kind::NotFound:
        return 404;
    case Error::Kind::DiskFull:
        return 507;
    default:
        return 503;
    }
}

Response membersResponse(const raft::Configuration& configuration)
{
    Response response;
    JsonWriter json(response.body);
    json.beginObject().field("status", "ok");
    writeMembers(json, configuration);
    json.endObject();
    return response;
}

/// The answer to an order that only the leader carries out.
auto administered(const Request& request)
{
    return [path = request.path, query = request.query](const node::Administered& outcome) {
        if (const auto* members = std::get_if<raft::Configuration>(&outcome))
            return membersResponse(*members);
        if (const auto* elsewhere = std::get_if<node::Redirected>(&outcome))
            return redirectResponse(*elsewhere, path, query);
        return orderFailed(std::get<Error>(outcome));
    };
}

} // namespace

Response orderFailed(const Error& error)
{
    Response response = faultResponse({statusFor(error.kind), error.text});
    if (response.status == 503)
        response.retryAfter = retryAfterSeconds;
    return response;
}

void MembersResource::handle(const Request& request, ReplyTo to)
{
    if (request.method != Method::Post && request.method != Method::Delete)
        return list(to);
    if (const auto refused = steeringFault(request, parts_.allowedOrigins))
        return parts_.sink.answer(to, faultResponse(*refused));
    change(request, to);
}

void MembersResource::list(ReplyTo to)
{
    parts_.queries.ask<node::NodeStatus>(
        to, [this](auto answer) { parts_.gateway.requestStatus(std::move(answer)); },
        [](const node::NodeStatus& status) { return membersResponse(status.raft.configuration); });
}

void MembersResource::change(const Request& request, ReplyTo to)
{
    const auto query = Query::parse(request.query, parts_.limits.queryPairsMax);
    const auto named = query ? query->find("id") : std::nullopt;
    if (request.method == Method::Delete && !named)
        return parts_.sink.answer(to,
                                  faultResponse({400, "say which member: DELETE /cluster/members?id=n3"}));
    // What the body names by id is looked up in the members as they are now.
    parts_.gateway.requestStatus([this, to, request = request, body = std::string(request.body),
                                  id = std::string(named.value_or(""))](const node::NodeStatus& status) {
        std::vector<raft::MemberChange> changes;
        if (request.method == Method::Delete) {
            changes.push_back({raft::MemberChange::Kind::Remove, {{}, id, {}, raft::MemberRole::Voter, {}}});
        } else if (const auto fault =
                       readMemberChanges(body, parts_.limits, status.raft.configuration, changes)) {
            return parts_.sink.answer(to, faultResponse(*fault));
        }
        parts_.queries.ask<node::Administered>(
            to, [&](auto answer) { parts_.gateway.changeMembers(std::move(changes), std::move(answer)); },
            administered(request));
    });
}

void TransferResource::handle(const Request& request, ReplyTo to)
{
    if (const auto refused = steeringFault(request, parts_.allowedOrigins))
        return parts_.sink.answer(to, faultResponse(*refused));
    constexpr std::array<std::string_view, 1> names{"to"};
    std::array<JsonValue, 1> values;
    const std::string_view body = request.body.empty() ? "{}" : request.body;
    if (const auto read = readMembers(body, parts_.limits.jsonDepthMax, names, values); !read)
        return parts_.sink.answer(to, faultResponse({400, read.error().text}));
    const auto successor = values[0].missing()                  ? std::optional(std::string())
                           : values[0].kind == JsonKind::String ? decodeString(values[0].raw)
                                                                : std::nullopt;
    if (!successor)
        return parts_.sink.answer(to, faultResponse({400, "to must be the id of a node"}));
    parts_.queries.ask<node::Administered>(
        to, [&](auto answer) { parts_.gateway.transferLeadership(*successor, std::move(answer)); },
        administered(request));
}

void CompactResource::handle(const Request& request, ReplyTo to)
{
    if (const auto refused = steeringFault(request, parts_.allowedOrigins))
        return parts_.sink.answer(to, faultResponse(*refused));
    parts_.queries.ask<Result<LogIndex>>(
        to, [this](auto answer) { parts_.gateway.compactNow(std::move(answer)); },
        [](const Result<LogIndex>& first) {
            if (!first)
                return orderFailed(first.error());
            Response response;
            JsonWriter(response.body)
                .beginObject()
                .field("status", "ok")
                .field("first_log_index", *first)
                .endObject();
            return response;
        });
}

void StateResource::handle(const Request& request, ReplyTo to)
{
    const auto query = Query::parse(request.query, parts_.limits.queryPairsMax);
    const std::string_view text = query ? query->find("after").value_or("0") : "?";
    std::uint64_t after = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), after);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
        return parts_.sink.answer(to, faultResponse({400, "after must be a seq"}));
    parts_.queries.ask<Result<std::string>>(
        to, [&](auto answer) { parts_.gateway.readState(Seq(after), std::move(answer)); },
        [](const Result<std::string>& chunk) {
            if (!chunk)
                return orderFailed(chunk.error());
            Response response;
            const QByteArray bytes =
                QByteArray::fromRawData(chunk->data(), static_cast<qsizetype>(chunk->size()));
            JsonWriter(response.body)
                .beginObject()
                .field("status", "ok")
                .field("chunk", bytes.toBase64().toStdString())
                .endObject();
            return response;
        });
}

} // namespace dsmsg::http
