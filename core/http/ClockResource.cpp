// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/ClockResource.h"

#include "core/http/OrderingResources.h"
#include "core/http/TimeJson.h"

namespace dsmsg::http {

namespace {

struct Picture
{
    node::TimeStatus time;
    Result<node::OrderingStatus> ordering;
};

/// Asks for the time, then for the order: one question more in the bound of those that wait.
template <class Render>
void askBoth(node::Gateway& gateway, NodeQueries& queries, ReplyTo to, Render render)
{
    queries.ask<Picture>(
        to,
        [&gateway](auto answer) {
            gateway.requestTime([&gateway, answer](node::TimeStatus time) {
                gateway.requestOrdering(
                    [answer, time = std::move(time)](Result<node::OrderingStatus> ordering) {
                        answer(Picture{time, std::move(ordering)});
                    });
            });
        },
        [render](const Picture& picture) {
            if (!picture.ordering)
                return faultResponse({503, picture.ordering.error().text});
            Response response;
            JsonWriter json(response.body);
            render(json, picture.time, *picture.ordering);
            return response;
        });
}

void writeSynchronization(JsonWriter& json, const node::TimeStatus& time)
{
    json.key("synchronization")
        .beginObject()
        .field("is_synchronized", time.synchronized)
        .field("success_rate", time.successRate())
        .field("attempts", time.attempts)
        .field("successful", time.successes)
        .field("current_offset", time.clockOffset)
        .field("accuracy", time.bound)
        .field("peer_count", time.peers.size())
        .endObject();
}

void writeSkew(JsonWriter& json, const node::TimeStatus& time)
{
    const timesync::OffsetFigures skew = time.skew.value_or(timesync::OffsetFigures{});
    json.key("clock_skew")
        .beginObject()
        .field("current_skew", time.clockOffset)
        .field("drift_rate", driftRate(time.drift))
        .field("measurements", skew.measurements)
        .field("std_deviation", skew.deviation)
        .field("acceptable", time.skewAcceptable())
        .field("recommended_sync_interval", time.recommendedSyncInterval().count())
        .endObject();
}

} // namespace

void writeClock(JsonWriter& json, const node::TimeStatus& time, const node::OrderingStatus& ordering)
{
    json.beginObject()
        .field("current_time", time.localTime)
        .field("timestamp", time.localTime)
        .field("node_id", time.nodeId)
        .field("synchronized_time", time.clusterTime)
        .key("time_synchronization");
    writeTimeSync(json, time);
    json.key("clock_skew_analysis");
    writeSkewAnalysis(json, time);
    json.key("timestamp_correction")
        .beginObject()
        .field("corrections_applied", time.corrections.applied)
        .field("average_correction_magnitude", time.corrections.averageMagnitude)
        .field("max_correction_magnitude", time.corrections.greatestMagnitude)
        .field("current_method", toString(time.corrections.method))
        .endObject()
        .key("message_ordering");
    writeOrdering(json, ordering);
    json.endObject();
}

void writeStatistics(JsonWriter& json, const node::TimeStatus& time, const node::OrderingStatus& ordering)
{
    json.beginObject().field("timestamp", time.localTime).field("node_id", time.nodeId);
    writeSynchronization(json, time);
    writeSkew(json, time);
    json.key("timestamp_correction")
        .beginObject()
        .field("corrections_applied", time.corrections.applied)
        .field("average_magnitude", time.corrections.averageMagnitude)
        .field("max_magnitude", time.corrections.greatestMagnitude)
        .field("method", toString(time.corrections.method))
        .endObject()
        .key("message_ordering")
        .beginObject()
        .field("buffer_size", ordering.held)
        .field("utilization", share(ordering.held, ordering.heldMax))
        .field("reordered", ordering.delivery.reordered)
        .field("delivered", ordering.delivery.last)
        .field("reorder_rate", share(ordering.delivery.reordered, ordering.delivery.last.value))
        .field("average_age", ordering.averageAge)
        .endObject()
        .endObject();
}

void ClockResource::handle(const Request&, ReplyTo to)
{
    askBoth(parts_.gateway, parts_.queries, to, writeClock);
}

void TimeStatisticsResource::handle(const Request&, ReplyTo to)
{
    askBoth(parts_.gateway, parts_.queries, to,
            [](JsonWriter& json, const node::TimeStatus& time, const node::OrderingStatus& ordering) {
                json.beginObject().field("status", "ok").key("statistics");
                writeStatistics(json, time, ordering);
                json.endObject();
            });
}

} // namespace dsmsg::http
