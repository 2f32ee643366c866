// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/SyncResource.h"

#include <array>

#include "core/http/Json.h"
#include "core/http/PageReader.h"

namespace dsmsg::http {

namespace {

/// An empty body is an empty object; a negative `since` is the start, as in `after`.
std::optional<Fault> readSince(std::string_view body, const HttpLimits& limits, Seq& since)
{
    constexpr std::array<std::string_view, 1> names{"since"};
    std::array<JsonValue, 1> values;
    const auto read = readMembers(body.empty() ? "{}" : body, limits.jsonDepthMax, names, values);
    if (!read)
        return Fault{400, read.error().text};
    if (values[0].missing())
        return std::nullopt;
    std::string_view digits = values[0].raw;
    const bool negative = digits.front() == '-';
    if (negative)
        digits.remove_prefix(1);
    const auto number = values[0].kind == JsonKind::Number ? decodeCounter(digits) : std::nullopt;
    constexpr std::uint64_t seqMax = INT64_MAX;
    if (!number || *number > seqMax)
        return Fault{400, "since must be integer"};
    since = Seq(negative ? 0 : *number);
    return std::nullopt;
}

} // namespace

void SyncResource::handle(const Request& request, ReplyTo to)
{
    Seq since;
    if (const auto fault = readSince(request.body, limits_, since)) {
        sink_.answer(to, faultResponse(*fault));
        return;
    }
    Response response;
    JsonWriter json(response.body);
    json.beginObject().key("messages");
    const auto page = writePage(
        reader_,
        messaging::PageQuery{.after = since, .limit = limits_.pageMax, .sender = {}, .recipient = {}},
        limits_, response.body, json);
    if (!page) {
        sink_.answer(to, faultResponse(readFault(page.error())));
        return;
    }
    json.field("has_more", page->more).field("next_since", page->last.value_or(since.value)).endObject();
    sink_.answer(to, std::move(response));
}

} // namespace dsmsg::http
