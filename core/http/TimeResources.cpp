// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/TimeResources.h"

#include <array>

#include "core/http/DraftReader.h"
#include "core/http/Json.h"
#include "core/http/JsonWriter.h"
#include "core/http/TimeJson.h"

namespace dsmsg::http {

namespace {

/// Both stamps are read on the boot-time clock and told on the node's own clock as it was at one moment: a
/// wall clock that is set in between, or an answer that waits for earlier ones on its connection, makes the
/// exchange look slower, but never wrong.
Response exchanged(const node::TimeStatus& time, Instant arrived, const Clock& clock)
{
    const Duration since = clock.now() - time.asOf;
    const UnixTime sent = time.localTime + since;
    Response response;
    JsonWriter(response.body)
        .beginObject()
        .field("server_receive_time", time.localTime - (time.asOf - arrived))
        .field("server_send_time", sent)
        .field("synchronized_time", time.clusterTime + since)
        .field("local_time", sent)
        .field("node_id", time.nodeId)
        .field("is_synchronized", time.synchronized)
        .field("clock_offset", time.clockOffset)
        .field("sync_accuracy", time.bound)
        .field("last_sync_time", time.lastSync)
        .field("bound", time.bound)
        .endObject();
    return response;
}

std::string inWords(const node::TimeRound& round)
{
    if (round.good && round.asked == 0)
        return "This node has no peers: its own clock is cluster time.";
    if (round.asked == 0)
        return "No peer can be reached. Cluster time goes on by what was measured before.";
    const std::string count = std::to_string(round.answered) + " of " + std::to_string(round.asked);
    if (round.answered == 0)
        return count + " peers answered in time. Cluster time goes on by what was measured before.";
    return count + (round.asked == 1 ? " peer answered." : " peers answered.");
}

Response synced(const node::TimeRound& round)
{
    Response response{.status = round.good ? 200 : 206};
    JsonWriter json(response.body);
    json.beginObject()
        .field("status", round.good ? "ok" : "partial")
        .field("message", inWords(round))
        .key("sync_status");
    writeTimeSync(json, round.status);
    json.field("node_id", round.status.nodeId)
        .field("asked", round.asked)
        .field("answered", round.answered)
        .endObject();
    return response;
}

/// Unlike those of message routes, a 400 here says `error`.
Response refused(const std::string& why)
{
    Response response{.status = 400};
    JsonWriter(response.body)
        .beginObject()
        .field("status", "error")
        .field("message", why)
        .field("reason", why)
        .endObject();
    return response;
}

Result<UnixTime> readTimestamp(std::string_view body, const HttpLimits& limits)
{
    const auto invalid = [](std::string text) { return Error{Error::Kind::Invalid, std::move(text)}; };
    constexpr std::array<std::string_view, 2> names{"timestamp", "sender"};
    std::array<JsonValue, 2> values;
    if (const auto read = readMembers(body.empty() ? "{}" : body, limits.jsonDepthMax, names, values); !read)
        return read.error();
    const auto& [timestamp, sender] = values;
    if (timestamp.missing())
        return invalid("Missing timestamp parameter");
    const auto seconds = timestamp.kind == JsonKind::Number ? decodeDouble(timestamp.raw) : std::nullopt;
    if (!seconds)
        return invalid("timestamp must be a finite number of seconds since the Unix epoch");
    if (!sender.missing() && sender.kind != JsonKind::String)
        return invalid("sender must be a string");
    return timeFromSeconds(*seconds);
}

Response corrected(const Result<timesync::CorrectedTime>& result)
{
    if (!result)
        return refused(result.error().text);
    Response response;
    JsonWriter json(response.body);
    json.beginObject()
        .field("status", "ok")
        .field("original_timestamp", result->original)
        .field("corrected_timestamp", result->corrected());
    writeCorrected(json, *result);
    json.field("client_clock", result->verified ? "verified" : "unverified").endObject();
    return response;
}

Response wasReset(const node::TimeStatus& time)
{
    Response response;
    JsonWriter(response.body)
        .beginObject()
        .field("status", "ok")
        .field("message", "The statistics of corrections and clock skew start anew. Cluster time is not "
                          "touched.")
        .field("timestamp", time.localTime)
        .endObject();
    return response;
}

} // namespace

void TimeResource::handle(const Request& request, ReplyTo to)
{
    parts_.queries.ask<node::TimeStatus>(
        to, [this](auto answer) { parts_.gateway.requestTime(std::move(answer)); },
        [arrived = request.arrived, &clock = parts_.clock](const node::TimeStatus& time) {
            return exchanged(time, arrived, clock);
        });
}

void TimeSyncResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::TimeRound>(
        to, [this](auto answer) { parts_.gateway.syncTime(std::move(answer)); }, synced);
}

void TimeCorrectResource::handle(const Request& request, ReplyTo to)
{
    const auto timestamp = readTimestamp(request.body, parts_.limits);
    if (!timestamp)
        return parts_.sink.answer(to, refused(timestamp.error().text));
    parts_.queries.ask<Result<timesync::CorrectedTime>>(
        to, [&](auto answer) { parts_.gateway.correctTime(*timestamp, std::move(answer)); }, corrected);
}

void TimeResetResource::handle(const Request&, ReplyTo to)
{
    parts_.queries.ask<node::TimeStatus>(
        to, [this](auto answer) { parts_.gateway.resetTimeStatistics(std::move(answer)); }, wasReset);
}

} // namespace dsmsg::http
