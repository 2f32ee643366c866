// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/StatusResource.h"

#include "core/http/StatusJson.h"

namespace dsmsg::http {

void StatusResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::NodeStatus>(
        to, [this](auto answer) { parts_.gateway.requestStatus(std::move(answer)); },
        [](const node::NodeStatus& status) {
            Response response;
            writeStatus(response.body, status);
            return response;
        });
}

} // namespace dsmsg::http
