// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MetricsResource.h"

#include "core/http/MetricsText.h"
#include "core/http/PrometheusText.h"

namespace dsmsg::http {

void MetricsResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::Metrics>(
        to, [this](auto answer) { parts_.gateway.requestMetrics(std::move(answer)); },
        [this](const node::Metrics& metrics) {
            Response response;
            response.contentType = PrometheusText::contentType;
            writeMetrics(response.body, metrics, parts_.figures(), readProcessFigures());
            return response;
        });
}

} // namespace dsmsg::http
