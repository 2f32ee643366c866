// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ReplicateResource.h"

#include <array>

#include "core/http/DraftReader.h"
#include "core/http/Json.h"
#include "core/http/JsonWriter.h"

namespace dsmsg::http {

namespace {

std::optional<Fault> readWrapped(std::string_view body, const HttpLimits& limits, node::Draft& draft)
{
    constexpr std::array<std::string_view, 1> names{"msg"};
    std::array<JsonValue, 1> values;
    if (const auto read = readMembers(body, limits.jsonDepthMax, names, values); !read)
        return Fault{400, read.error().text};
    if (values[0].kind != JsonKind::Object)
        return Fault{400, "msg must be an object with the message"};
    return readDraft(values[0].raw, DraftForm::Replicated, limits, draft);
}

} // namespace

void ReplicateResource::handle(const Request& request, ReplyTo to)
{
    node::Draft draft;
    if (const std::optional<Fault> fault = readWrapped(request.body, limits(), draft))
        refuse(*fault, to);
    else
        submit(std::move(draft), node::AckLevel::Default, request, to);
}

Response ReplicateResource::accepted(const node::Accepted& accepted) const
{
    Response response;
    JsonWriter(response.body)
        .beginObject()
        .field("status", "ok")
        .field("seq", accepted.seq)
        .field("msg_id", accepted.message.msgId)
        .endObject();
    return response;
}

} // namespace dsmsg::http
