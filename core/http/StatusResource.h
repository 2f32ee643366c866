// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// GET /status: everything the node knows of itself (API.md, Status).
class StatusResource final : public Resource
{
public:
    StatusResource(node::Gateway& gateway, NodeQueries& queries)
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
