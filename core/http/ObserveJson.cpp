// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function a part. A field whose name ends in _ms is in milliseconds, other times are seconds as
// everywhere in the API; unknown is null.
#include "core/http/ObserveJson.h"

#include <cmath>

#include "core/http/RaftNames.h"

namespace dsmsg::http {

namespace {

double milliseconds(Duration duration)
{
    return static_cast<double>(duration.count()) / 1000.0;
}

std::optional<double> milliseconds(const std::optional<Duration>& duration)
{
    return duration ? std::optional(milliseconds(*duration)) : std::nullopt;
}

std::optional<std::string_view> ifKnown(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

std::int64_t nanoseconds(Instant at)
{
    return std::chrono::nanoseconds(at.time_since_epoch()).count();
}

/// What makes a frame stand alone: whose it is, of which run of which node, and when.
void writeOrigin(JsonWriter& json, const node::Sample& sample, Instant at)
{
    json.field("node_id", sample.nodeId)
        .field("incarnation", toHex(sample.incarnation))
        .field("run", toHex(ServerId(sample.run)))
        .field("mono_ns", nanoseconds(at));
}

void writeElection(JsonWriter& json, const node::Sample& sample)
{
    json.key("election")
        .beginObject()
        .field("timeout_ms", milliseconds(sample.electionTimeout))
        .field("remaining_ms", milliseconds(sample.electionRemaining))
        .field("leader_contact_ms", milliseconds(sample.leaderContact))
        .endObject();
}

void writeLog(JsonWriter& json, const node::Sample& sample)
{
    json.key("log")
        .beginObject()
        .field("first", sample.first)
        .field("last", sample.last)
        .field("durable", sample.durable)
        .field("commit", sample.commit)
        .field("applied", sample.applied)
        .field("snapshot", sample.first.previous())
        .endObject();
}

void writeTraffic(JsonWriter& json, const node::PeerTraffic& traffic)
{
    json.key("sent")
        .beginObject()
        .field("append", traffic.append)
        .field("heartbeat", traffic.heartbeat)
        .field("vote", traffic.vote)
        .field("prevote", traffic.prevote)
        .field("snapshot", traffic.snapshot)
        .field("other", traffic.other)
        .endObject()
        .field("unsent", traffic.unsent)
        .field("ok", traffic.ok)
        .field("rejected", traffic.rejected)
        .field("bytes", traffic.bytes);
}

void writePeer(JsonWriter& json, const node::PeerSample& peer)
{
    const auto& progress = peer.progress;
    const auto ofProgress = [&](auto member) {
        return progress ? std::optional((*progress).*member) : std::nullopt;
    };
    json.key(peer.id)
        .beginObject()
        .field("url", peer.url)
        .field("alive", peer.alive)
        .field("state", progress ? std::optional<std::string_view>(stateName(progress->state)) : std::nullopt)
        .field("voter", ofProgress(&raft::PeerStatus::voter))
        .field("next", ofProgress(&raft::PeerStatus::next))
        .field("match", ofProgress(&raft::PeerStatus::match))
        .field("inflight", ofProgress(&raft::PeerStatus::inflightMessages))
        .field("inflight_bytes", ofProgress(&raft::PeerStatus::inflightBytes))
        .field("last_ack_ms", milliseconds(ofProgress(&raft::PeerStatus::sinceContact)))
        .field("rtt_ms", milliseconds(peer.roundTrip))
        .field("lag", progress ? std::optional(peer.lag) : std::nullopt)
        .field("offset", peer.offset)
        .field("bound", peer.offsetBound);
    writeTraffic(json, peer.traffic);
    json.endObject();
}

void writeQueues(JsonWriter& json, const node::Queues& queues, const FrontFigures& front)
{
    json.key("queues")
        .beginObject()
        .field("submissions", queues.submissions)
        .field("oldest", queues.oldest)
        .field("log_writes", queues.logWrites)
        .field("reads", queues.reads)
        .field("apply", queues.apply)
        .field("held", queues.held)
        .field("http_submissions", front.submissions.used)
        .field("http_queries", front.queries.used)
        .field("connections", front.connections.used)
        .endObject();
}

void writeDisk(JsonWriter& json, const node::Sample& sample)
{
    json.key("disk")
        .beginObject()
        .field("fsync_ms", milliseconds(sample.disk.lastSync))
        .field("fsync_p99_ms", milliseconds(sample.rates.fsync))
        .field("free_bytes", sample.disk.freeBytes)
        .field("reserve_bytes", sample.disk.reserveBytes)
        .field("sufficient", sample.disk.sufficient)
        .field("failure", ifKnown(sample.disk.failure))
        .endObject();
}

void writeRates(JsonWriter& json, const node::Rates& rates)
{
    json.key("rates")
        .beginObject()
        .field("acknowledged", rates.acknowledged)
        .field("applied", rates.applied)
        .endObject()
        .key("latency")
        .beginObject()
        .field("p50", rates.p50)
        .field("p95", rates.p95)
        .field("p99", rates.p99)
        .endObject();
}

void writeCounters(JsonWriter& json, const node::Counters& counters)
{
    json.key("counters")
        .beginObject()
        .field("accepted", counters.submissions.accepted)
        .field("duplicates", counters.submissions.duplicates)
        .field("rejected", counters.submissions.rejected)
        .field("unknown", counters.submissions.unknown)
        .field("committed", counters.submissions.committed)
        .field("turned_away", counters.turnedAway)
        .field("proposed", counters.proposed)
        .field("entries_applied", counters.entriesApplied)
        .field("messages_applied", counters.messagesApplied)
        .field("messages_delivered", counters.messagesDelivered)
        .field("elections", counters.elections)
        .field("elections_won", counters.electionsWon)
        .field("leader_changes", counters.leaderChanges)
        .endObject();
}

/// To the thousandth: what a float holds beyond that is noise that makes the answer longer.
double rounded(float number)
{
    constexpr double precision = 1000;
    return std::round(static_cast<double>(number) * precision) / precision;
}

/// Negative: there was nothing to measure.
void measured(JsonWriter& json, float number)
{
    if (number < 0)
        json.null();
    else
        json.value(rounded(number));
}

void writeRow(JsonWriter& json, const node::HistoryRow& row)
{
    json.beginArray()
        .value(row.at)
        .value(row.seconds)
        .value(roleName(row.role))
        .value(row.term)
        .value(row.commit)
        .value(row.applied)
        .value(row.seq)
        .value(rounded(row.acknowledged))
        .value(rounded(row.appliedMessages));
    for (const float number : {row.p50, row.p95, row.p99, row.fsync, row.bound})
        measured(json, number);
    for (const float number : {row.clockOffset, row.lag, row.pending, row.held})
        json.value(rounded(number));
    json.endArray();
}

constexpr const char* historyColumns[] = {"ts",
                                          "seconds",
                                          "role",
                                          "term",
                                          "commit",
                                          "applied",
                                          "seq",
                                          "acknowledged_per_s",
                                          "applied_per_s",
                                          "p50_ms",
                                          "p95_ms",
                                          "p99_ms",
                                          "fsync_ms",
                                          "bound_ms",
                                          "clock_offset_ms",
                                          "lag",
                                          "pending",
                                          "held"};

} // namespace

void writeSample(std::string& out, const node::Sample& sample, const FrontFigures& front)
{
    JsonWriter json(out);
    json.beginObject();
    writeOrigin(json, sample, sample.at);
    json.field("cluster_ts", sample.clusterTime)
        .field("bound", sample.bound)
        .field("role", roleName(sample.role))
        .field("serving", sample.serving)
        .field("term", sample.term)
        .field("leader_id", ifKnown(sample.leaderId))
        .field("leader_url", ifKnown(sample.leaderUrl));
    writeElection(json, sample);
    writeLog(json, sample);
    json.field("committed_seq", sample.committedSeq)
        .field("delivered_seq", sample.deliveredSeq)
        .key("peers")
        .beginObject();
    for (const node::PeerSample& peer : sample.peers)
        writePeer(json, peer);
    json.endObject();
    writeRates(json, sample.rates);
    writeQueues(json, sample.queues, front);
    writeDisk(json, sample);
    writeCounters(json, sample.counters);
    json.field("subscribers", front.subscribers.used)
        .field("observers", front.observers.used)
        .field("faults", sample.faults)
        .field("explain", sample.explain)
        .endObject();
}

void writeEvent(std::string& out, const node::ObservedEvent& event, const node::Sample& sample)
{
    JsonWriter json(out);
    json.beginObject();
    writeOrigin(json, sample, event.at);
    json.field("id", event.id)
        .field("cluster_ts", event.clusterTime)
        .field("bound", event.bound)
        .field("kind", event.kind)
        .field("term", event.term);
    if (event.index)
        json.field("index", event.index);
    if (!event.peer.empty())
        json.field("peer", event.peer);
    json.field("cause", event.cause).field("text", event.text).endObject();
}

void writeGap(std::string& out, std::uint64_t after, std::uint64_t firstKept, const node::Sample& sample)
{
    JsonWriter json(out);
    json.beginObject();
    writeOrigin(json, sample, sample.at);
    json.field("after", after)
        .field("first_kept", firstKept)
        .field("text", "Events are missing here: they are no longer kept, or the node was started anew.")
        .endObject();
}

void writeHistory(std::string& out, const node::HistoryPage& page, const std::string& nodeId)
{
    out.reserve(out.size() + 512 + page.rows.size() * 128);
    JsonWriter json(out);
    json.beginObject().field("node_id", nodeId).key("columns").beginArray();
    for (const char* column : historyColumns)
        json.value(column);
    json.endArray().key("rows").beginArray();
    for (const node::HistoryRow& row : page.rows)
        writeRow(json, row);
    json.endArray()
        .field("has_more", page.more)
        .field("next_from", page.more ? std::optional(page.rows.back().at + Duration(1)) : std::nullopt)
        .endObject();
}

} // namespace dsmsg::http
