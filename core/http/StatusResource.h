// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// GET /status: everything the node knows of itself (API.md, Status).
class StatusResource final : public NodeView
{
public:
    using NodeView::NodeView;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
