// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/StatusResource.h"

#include "core/http/StatusJson.h"

namespace dsmsg::http {

namespace {

/// Named in an answer: those that an operator should look at first.
constexpr std::size_t inboxesNamed = 10;

} // namespace

void StatusResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::NodeStatus>(
        to, [this](auto answer) { parts_.gateway.requestStatus(std::move(answer)); },
        [this](const node::NodeStatus& status) {
            Response response;
            auto inboxes = parts_.reader.inboxes(inboxesNamed);
            writeStatus(response.body, status, inboxes ? std::optional(std::move(*inboxes)) : std::nullopt);
            return response;
        });
}

} // namespace dsmsg::http
