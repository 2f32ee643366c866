// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// GET /livez: the process and its HTTP thread answer; restart it if not.
class LiveResource final : public Resource
{
public:
    explicit LiveResource(AnswerSink& sink)
        : sink_(sink)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    AnswerSink& sink_;
};

/// GET /readyz: 200 when this node can serve: it knows a leader (or is one that serves) and its disk is well;
/// else 503 with the reason. For load balancers.
class ReadyResource final : public Resource
{
public:
    ReadyResource(node::Gateway& gateway, NodeQueries& queries)
        : gateway_(gateway)
        , queries_(queries)
    {
    }
    Methods methods() const override { return Methods::Get; }
    void handle(const Request& request, ReplyTo to) override;

private:
    node::Gateway& gateway_;
    NodeQueries& queries_;
};

} // namespace dsmsg::http
