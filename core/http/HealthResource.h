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
class ReadyResource final : public NodeView
{
public:
    using NodeView::NodeView;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
