// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Faults.h"

namespace dsmsg::http {

/// GET, POST and DELETE /faults (API.md, Observe): lists the faults injected into this node, orders one,
/// heals one (?id=) or all. Routed only on a node started with --fault-injection.
class FaultsResource final : public Resource
{
public:
    /// All of them outlive the resource.
    FaultsResource(node::FaultDesk& desk, NodeQueries& queries, AnswerSink& sink,
                   const std::vector<std::string>& allowedOrigins, const HttpLimits& limits)
        : desk_(desk)
        , queries_(queries)
        , sink_(sink)
        , allowedOrigins_(allowedOrigins)
        , limits_(limits)
    {
    }
    Methods methods() const override { return Methods::GetPostDelete; }
    void handle(const Request& request, ReplyTo to) override;

private:
    void list(ReplyTo to);
    void inject(const Request& request, ReplyTo to);
    void heal(const Request& request, ReplyTo to);

    node::FaultDesk& desk_;
    NodeQueries& queries_;
    AnswerSink& sink_;
    const std::vector<std::string>& allowedOrigins_;
    const HttpLimits& limits_;
};

} // namespace dsmsg::http
