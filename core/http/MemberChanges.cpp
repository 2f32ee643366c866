// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MemberChanges.h"

#include <array>
#include <charconv>

#include "core/http/Json.h"
#include "core/net/Urls.h"

namespace dsmsg::http {

namespace {

enum Field : std::size_t
{
    Action,
    Id,
    Url,
    Role,
    Incarnation,
    Replaces,
    FieldCount
};
constexpr std::array<std::string_view, FieldCount> fieldNames{"action", "id",          "url",
                                                              "role",   "incarnation", "replaces"};
using Fields = std::array<JsonValue, FieldCount>;

std::optional<Fault> readText(Field field, const Fields& values, const HttpLimits& limits, std::string& out)
{
    const JsonValue& value = values[field];
    if (value.missing())
        return std::nullopt;
    auto text = value.kind == JsonKind::String ? decodeString(value.raw) : std::nullopt;
    if (!text || text->size() > limits.nameBytesMax) {
        std::string complaint(fieldNames[field]);
        complaint += " must be a string of at most " + std::to_string(limits.nameBytesMax) + " bytes";
        return Fault{400, std::move(complaint)};
    }
    out = std::move(*text);
    return std::nullopt;
}

std::optional<Fault> readKind(const std::string& action, raft::MemberChange::Kind& kind)
{
    using Kind = raft::MemberChange::Kind;
    constexpr std::array<std::pair<std::string_view, Kind>, 4> known{
        {{"add", Kind::Add}, {"remove", Kind::Remove}, {"promote", Kind::Promote}, {"demote", Kind::Demote}}};
    for (const auto& [name, meant] : known) {
        if (action == name || (action.empty() && meant == Kind::Add)) {
            kind = meant;
            return std::nullopt;
        }
    }
    return Fault{400, "action must be add, remove, promote or demote"};
}

std::optional<Fault> readRole(const std::string& role, raft::MemberRole& out)
{
    if (role.empty() || role == "voter")
        out = raft::MemberRole::Voter;
    else if (role == "learner")
        out = raft::MemberRole::Learner;
    else
        return Fault{400, "role must be voter or learner"};
    return std::nullopt;
}

std::optional<Fault> readIncarnation(const std::string& hex, ServerId& server)
{
    if (hex.empty())
        return std::nullopt;
    const char* end = hex.data() + hex.size();
    const auto parsed = std::from_chars(hex.data(), end, server.value, 16);
    if (parsed.ec != std::errc() || parsed.ptr != end || !server)
        return Fault{400, "incarnation must be the hexadecimal number that the node shows"};
    return std::nullopt;
}

std::optional<Fault> readChange(const Fields& values, const HttpLimits& limits,
                                const raft::Configuration& members, raft::MemberChange& change)
{
    std::string action, role, incarnation, replaces;
    for (const auto& [field, target] :
         {std::pair(Action, &action), std::pair(Id, &change.member.id), std::pair(Url, &change.member.url),
          std::pair(Role, &role), std::pair(Incarnation, &incarnation), std::pair(Replaces, &replaces)}) {
        if (auto fault = readText(field, values, limits, *target))
            return fault;
    }
    if (auto fault = readKind(action, change.kind))
        return fault;
    if (auto fault = readRole(role, change.member.role))
        return fault;
    if (auto fault = readIncarnation(incarnation, change.member.server))
        return fault;
    if (change.member.id.empty())
        return Fault{400, "id is missing: which member"};
    if (!replaces.empty()) {
        const raft::Member* leaving = members.findId(replaces);
        if (leaving == nullptr)
            return Fault{404, "there is no member " + replaces + " to replace"};
        change.member.replaces = leaving->server;
    }
    if (change.kind != raft::MemberChange::Kind::Add)
        return std::nullopt;
    const auto url = net::normaliseUrl(change.member.url);
    if (!url)
        return Fault{400, "url: " + url.error().text};
    change.member.url = *url;
    return std::nullopt;
}

const char* roleName(raft::MemberRole role)
{
    return role == raft::MemberRole::Voter ? "voter" : "learner";
}

} // namespace

std::optional<Fault> readMemberChanges(std::string_view body, const HttpLimits& limits,
                                       const raft::Configuration& members,
                                       std::vector<raft::MemberChange>& changes)
{
    constexpr std::array<std::string_view, 1> listName{"changes"};
    std::array<JsonValue, 1> list;
    Fields values;
    if (const auto read = readMembers(body, limits.jsonDepthMax, listName, list); !read)
        return Fault{400, read.error().text};
    std::optional<Fault> fault;
    const auto take = [&](std::string_view object) {
        values = {};
        if (const auto read = readMembers(object, limits.jsonDepthMax, fieldNames, values); !read)
            fault = Fault{400, read.error().text};
        else
            fault = readChange(values, limits, members, changes.emplace_back());
        return !fault;
    };
    if (list[0].missing()) {
        take(body);
        return fault;
    }
    if (list[0].kind != JsonKind::Array)
        return Fault{400, "changes must be an array of objects"};
    forEachElement(list[0].raw, [&](const JsonValue& element) { return take(element.raw); });
    if (!fault && changes.empty())
        fault = Fault{400, "changes is empty"};
    return fault;
}

void writeMembers(JsonWriter& json, const raft::Configuration& configuration)
{
    json.key("members").beginArray();
    for (const raft::Member& member : configuration.members) {
        json.beginObject()
            .field("id", member.id)
            .field("url", member.url)
            .field("role", roleName(member.role))
            .field("joining", member.role == raft::MemberRole::Joining)
            .field("incarnation", member.bound() ? std::optional(toHex(member.server)) : std::nullopt)
            .endObject();
    }
    json.endArray().field("changing", configuration.joint());
}

} // namespace dsmsg::http
