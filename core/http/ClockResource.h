// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two routes that show time and delivery order side by side (API.md, Time): GET /clock, everything there
// is, and GET /time/stats, the figures that a dashboard draws.
#pragma once

#include "core/http/JsonWriter.h"
#include "core/http/NodeQueries.h"
#include "core/http/Resource.h"
#include "core/node/Gateway.h"

namespace dsmsg::http {

/// The body of GET /clock.
void writeClock(JsonWriter& json, const node::TimeStatus& time, const node::OrderingStatus& ordering);
/// The object `statistics` of GET /time/stats.
void writeStatistics(JsonWriter& json, const node::TimeStatus& time, const node::OrderingStatus& ordering);

class ClockResource final : public NodeView
{
public:
    using NodeView::NodeView;
    void handle(const Request& request, ReplyTo to) override;
};

class TimeStatisticsResource final : public NodeView
{
public:
    using NodeView::NodeView;
    void handle(const Request& request, ReplyTo to) override;
};

} // namespace dsmsg::http
