// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/TimeJson.h"

namespace dsmsg::http {

namespace {

using node::PeerTime;
using node::TimeStatus;

/// As in `peers` of the status; before it is a member a node has no URL yet.
std::string nameOf(const PeerTime& peer)
{
    return peer.url.empty() ? toHex(peer.server) : peer.url;
}

void writePeerOffsets(JsonWriter& json, const TimeStatus& time)
{
    json.key("peer_offsets").beginObject();
    for (const PeerTime& peer : time.peers)
        if (peer.estimate)
            json.field(nameOf(peer), peer.estimate->offset);
    json.endObject().key("peer_delays").beginObject();
    for (const PeerTime& peer : time.peers)
        if (peer.exchanges.lastAccepted)
            json.field(nameOf(peer), peer.exchanges.lastDelay);
    json.endObject();
}

void writePeer(JsonWriter& json, const PeerTime& peer, Instant asOf)
{
    const auto& exchanges = peer.exchanges;
    json.beginObject()
        .field("id", peer.id.empty() ? std::nullopt : std::optional(peer.id))
        .field("votes", peer.votes)
        .key("bound");
    peer.estimate ? json.value(peer.estimate->bound()) : json.null();
    json.key("since_exchange");
    exchanges.lastAccepted ? json.value(asOf - *exchanges.lastAccepted) : json.null();
    json.key("exchanges")
        .beginObject()
        .field("attempts", exchanges.attempts)
        .field("accepted", exchanges.accepted)
        .field("rejected", exchanges.rejected)
        .field("outliers", exchanges.outliers)
        .endObject()
        .endObject();
}

void writePeerStatistics(JsonWriter& json, const TimeStatus& time)
{
    json.key("peer_statistics").beginObject();
    for (const PeerTime& peer : time.peers) {
        if (!peer.figures)
            continue;
        json.key(nameOf(peer))
            .beginObject()
            .field("current_offset", peer.figures->current)
            .field("drift_rate", driftRate(peer.estimate ? peer.estimate->drift : std::nullopt))
            .field("measurements", peer.figures->measurements)
            .field("mean_offset", peer.figures->mean)
            .field("std_deviation", peer.figures->deviation)
            .endObject();
    }
    json.endObject();
}

} // namespace

const char* toString(timesync::CorrectionMethod method)
{
    switch (method) {
    case timesync::CorrectionMethod::Offset:
        return "offset";
    case timesync::CorrectionMethod::DriftCompensated:
        return "drift_compensated";
    case timesync::CorrectionMethod::Hybrid:
        break;
    }
    return "hybrid";
}

double driftRate(const std::optional<timesync::Drift>& drift)
{
    return drift ? drift->partsPerMillion / 1e6 : 0.0;
}

void writeTimeSync(JsonWriter& json, const TimeStatus& time)
{
    json.beginObject()
        .field("synchronized", time.synchronized)
        .field("clock_offset", time.clockOffset)
        .field("network_delay", time.networkDelay.value_or(Duration::zero()))
        .field("sync_accuracy", time.bound)
        .field("drift_rate", driftRate(time.drift))
        .field("predicted_offset", time.predictedOffset.value_or(time.clockOffset))
        .field("offset_history_size", time.historySize)
        .field("last_sync_time", time.lastSync)
        .field("sync_attempts", time.attempts)
        .field("successful_syncs", time.successes)
        .field("success_rate", time.successRate());
    writePeerOffsets(json, time);
    json.field("bound", time.bound).field("clock_jumps", time.jumps).key("peers").beginObject();
    for (const PeerTime& peer : time.peers) {
        json.key(nameOf(peer));
        writePeer(json, peer, time.asOf);
    }
    json.endObject().endObject();
}

void writeSkewAnalysis(JsonWriter& json, const TimeStatus& time)
{
    json.beginObject();
    if (!time.skew) {
        json.field("error", "No data available").endObject();
        return;
    }
    json.field("current_skew", time.skew->current)
        .field("drift_rate", driftRate(time.drift))
        .field("measurements", time.skew->measurements)
        .field("mean_offset", time.skew->mean)
        .field("median_offset", time.skew->median)
        .field("std_deviation", time.skew->deviation)
        .field("min_offset", time.skew->least)
        .field("max_offset", time.skew->greatest)
        .field("range", time.skew->greatest - time.skew->least)
        .field("acceptable", time.skewAcceptable())
        .field("last_analysis", time.localTime);
    writePeerStatistics(json, time);
    json.endObject();
}

void writeCorrected(JsonWriter& json, const timesync::CorrectedTime& corrected)
{
    const UnixTime at = corrected.corrected();
    const auto& half = corrected.halfWidth;
    json.key("correction_info")
        .beginObject()
        .field("applied_offset", corrected.applied)
        .field("method", toString(corrected.method))
        .field("magnitude", std::chrono::abs(corrected.applied))
        .endObject()
        .key("estimated_accuracy")
        .beginObject()
        .field("confidence_interval", half)
        .field("lower_bound", half ? std::optional(at - *half) : std::nullopt)
        .field("upper_bound", half ? std::optional(at + *half) : std::nullopt)
        .endObject();
}

} // namespace dsmsg::http
