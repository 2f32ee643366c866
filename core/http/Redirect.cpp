// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/Redirect.h"

#include "core/http/JsonWriter.h"

namespace dsmsg::http {

Response redirectResponse(const node::Redirected& redirected, std::string_view path, std::string_view query)
{
    Response response{.status = 307};
    response.location = redirected.leaderUrl;
    response.location += path;
    if (!query.empty())
        response.location.append("?").append(query);
    JsonWriter(response.body)
        .beginObject()
        .field("status", "redirect")
        .field("leader_url", redirected.leaderUrl)
        .field("reason", "node_is_not_leader")
        .endObject();
    return response;
}

} // namespace dsmsg::http
