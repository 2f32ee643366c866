// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/http/HttpLimits.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resource.
struct HistoryParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    AnswerSink& sink;
    const HttpLimits& limits;
    const std::string& nodeId;
};

/// GET /observe/history?from=&to=&step=: rows for charts (node::History).
class HistoryResource final : public ResourceOf<HistoryParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
