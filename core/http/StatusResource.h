// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resource.
struct StatusParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    messaging::MessageReader& reader;
};

/// GET /status: everything the node knows of itself (API.md, Status).
class StatusResource final : public ResourceOf<StatusParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
