// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/MetricsResource.h"

#include "core/http/MetricsText.h"
#include "core/http/PrometheusText.h"

namespace dsmsg::http {

namespace {

/// Each is a series of its own: only those that are the furthest behind.
constexpr std::size_t inboxesNamed = 10;

} // namespace

void MetricsResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::Metrics>(
        to, [this](auto answer) { parts_.gateway.requestMetrics(std::move(answer)); },
        [this](const node::Metrics& metrics) {
            Response response;
            response.contentType = PrometheusText::contentType;
            const auto state = parts_.reader.applied();
            const auto inboxes = parts_.reader.inboxes(inboxesNamed);
            writeMetrics(response.body, metrics, parts_.figures(), readProcessFigures(),
                         {state ? std::optional(*state) : std::nullopt,
                          inboxes ? std::optional(*inboxes) : std::nullopt});
            return response;
        });
}

} // namespace dsmsg::http
