// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/HealthResource.h"

#include "core/http/JsonWriter.h"

namespace dsmsg::http {

namespace {

Response healthy()
{
    Response response;
    JsonWriter(response.body).beginObject().field("status", "ok").endObject();
    return response;
}

/// Why the node cannot serve; empty when it can.
std::string problemOf(const node::NodeStatus& status)
{
    if (!status.disk.failure.empty())
        return status.disk.failure;
    if (status.raft.removed)
        return "this node was removed from the cluster";
    if (status.raft.role == raft::Role::Leader && !status.raft.serving)
        return "this leader is not serving yet: it applies what came before its term, or compares its clock";
    if (status.leaderUrl.empty())
        return status.explain.empty() ? "no leader is known" : status.explain;
    return {};
}

} // namespace

void LiveResource::handle(const Request&, ReplyTo to)
{
    sink_.answer(to, healthy());
}

void ReadyResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::NodeStatus>(
        to, [this](auto answer) { parts_.gateway.requestStatus(std::move(answer)); },
        [](const node::NodeStatus& status) {
            const std::string problem = problemOf(status);
            return problem.empty() ? healthy() : faultResponse({503, problem});
        });
}

} // namespace dsmsg::http
