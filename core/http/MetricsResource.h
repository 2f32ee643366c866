// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/FrontFigures.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/messaging/Store.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// All of them outlive the resource.
struct MetricsParts
{
    node::Gateway& gateway;
    NodeQueries& queries;
    const FiguresSource& figures;
    messaging::MessageReader& reader;
};

/// GET /metrics: for Prometheus, and everything that reads its text.
class MetricsResource final : public ResourceOf<MetricsParts, Resource::Methods::Get>
{
public:
    using ResourceOf::ResourceOf;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
