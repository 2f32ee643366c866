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

class ClockResource final : public Resource
{
public:
    /// Both outlive the resource.
    ClockResource(node::Gateway& gateway, NodeQueries& queries)
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

class TimeStatisticsResource final : public Resource
{
public:
    /// Both outlive the resource.
    TimeStatisticsResource(node::Gateway& gateway, NodeQueries& queries)
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
