// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function a part of the answer; the contract's fields come first in each, the added ones after them.
#include "core/http/StatusJson.h"

#include "core/http/JsonWriter.h"
#include "core/http/RaftNames.h"
#include "core/http/TimeJson.h"

namespace dsmsg::http {

namespace {

std::optional<std::string> ifKnown(const std::string& text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

const raft::Member* memberOf(const raft::Configuration& configuration, ServerId server)
{
    for (const raft::Member& member : configuration.members)
        if (server && member.server == server)
            return &member;
    return nullptr;
}

std::optional<std::string> votedFor(const raft::Status& raft)
{
    if (!raft.votedFor)
        return std::nullopt;
    const raft::Member* member = memberOf(raft.configuration, raft.votedFor);
    return member ? member->id : toHex(raft.votedFor);
}

void writePeers(JsonWriter& json, const node::NodeStatus& status)
{
    json.key("peers").beginArray();
    for (const node::PeerHealth& peer : status.peers)
        json.value(peer.url);
    json.endArray().key("peer_status").beginObject();
    for (const node::PeerHealth& peer : status.peers) {
        json.key(peer.url)
            .beginObject()
            .field("alive", peer.alive)
            .field("last_ok", peer.lastOk)
            .field("id", ifKnown(peer.id))
            .field("problem", peer.problem)
            .endObject();
    }
    json.endObject();
}

void writeMetrics(JsonWriter& json, const node::NodeStatus& status)
{
    json.key("metrics")
        .beginObject()
        .field("average_store_latency", status.averageStoreLatency)
        .field("average_correction_magnitude", status.time.corrections.averageMagnitude)
        .field("last_recovery_time", status.lastRecoveryTime)
        .endObject();
}

void writeDeliveries(JsonWriter& json, const node::NodeStatus& status)
{
    json.key("recent_deliveries").beginArray();
    for (const node::RecentDelivery& delivery : status.recentDeliveries)
        json.beginObject()
            .field("msg_id", delivery.msgId)
            .field("corrected_timestamp", delivery.correctedTs)
            .field("sender", delivery.sender)
            .endObject();
    json.endArray();
}

void writeConsensus(JsonWriter& json, const node::NodeStatus& status)
{
    const raft::Status& raft = status.raft;
    json.key("consensus")
        .beginObject()
        .field("role", roleName(raft.role))
        .field("current_term", raft.term)
        .field("voted_for", votedFor(raft))
        .field("leader_id", ifKnown(status.leaderId))
        .field("leader_url", ifKnown(status.leaderUrl))
        .field("cluster_id",
               raft.configuration.formed() ? std::optional(toHex(raft.configuration.cluster)) : std::nullopt)
        .field("serving", raft.serving)
        .field("waiting_to_form", raft.waitingToForm)
        .field("election_timeout", raft.electionTimeout)
        .field("election_remaining", raft.electionRemaining)
        .field("since_leader_contact", raft.sinceLeaderContact)
        .field("pending_writes", raft.pendingWrites)
        .endObject();
}

void writeLog(JsonWriter& json, const raft::Status& raft)
{
    json.field("applied_index", raft.applied)
        .field("last_log_index", raft.last)
        .field("first_log_index", raft.first)
        .field("durable_index", raft.durable);
}

/// Leader only: how far each follower is. Keyed by URL like peer_status.
void writeProgress(JsonWriter& json, const raft::Status& raft)
{
    json.key("progress").beginObject();
    for (const raft::PeerStatus& peer : raft.peers) {
        const raft::Member* member = memberOf(raft.configuration, peer.server);
        json.key(member ? member->url : toHex(peer.server))
            .beginObject()
            .field("id", member ? ifKnown(member->id) : std::nullopt)
            .field("state", stateName(peer.state))
            .field("next", peer.next)
            .field("match", peer.match)
            .field("lag", raft.last - peer.match)
            .field("inflight_messages", peer.inflightMessages)
            .field("inflight_bytes", peer.inflightBytes)
            .field("since_contact", peer.sinceContact)
            .field("no_space", peer.noSpace)
            .endObject();
    }
    json.endObject();
}

void writeDisk(JsonWriter& json, const node::DiskStatus& disk)
{
    json.key("disk")
        .beginObject()
        .field("free_bytes", disk.freeBytes)
        .field("reserve_bytes", disk.reserveBytes)
        .field("sufficient", disk.sufficient)
        .field("last_sync", disk.lastSync)
        .field("failure", ifKnown(disk.failure))
        .endObject();
}

/// How far consumers are behind, counted in seqs of any recipient: an upper bound of what waits for them.
void writeInboxes(JsonWriter& json, const std::optional<messaging::InboxSummary>& inboxes, Seq last)
{
    json.key("inboxes");
    if (!inboxes) {
        json.null();
        return;
    }
    const Seq furthest = inboxes->behind.empty() ? last : inboxes->behind.front().seq;
    json.beginObject()
        .field("count", inboxes->count)
        .field("greatest_lag", last - furthest)
        .key("behind")
        .beginArray();
    for (const messaging::InboxCursor& cursor : inboxes->behind)
        json.beginObject()
            .field("recipient", cursor.recipient)
            .field("cursor", cursor.seq)
            .field("lag", last - cursor.seq)
            .endObject();
    json.endArray().endObject();
}

/// Injected on purpose (GET /faults says more); empty on a node that nobody breaks.
void writeFaults(JsonWriter& json, const std::vector<node::ActiveFault>& faults)
{
    json.key("faults").beginArray();
    for (const node::ActiveFault& fault : faults)
        json.beginObject()
            .field("id", fault.id)
            .field("kind", node::toString(fault.order.kind))
            .field("text", node::describe(fault.order))
            .endObject();
    json.endArray();
}

} // namespace

void writeStatus(std::string& out, const node::NodeStatus& status,
                 const std::optional<messaging::InboxSummary>& inboxes)
{
    out.reserve(out.size() + 4096);
    JsonWriter json(out);
    json.beginObject().field("node_id", status.nodeId).field("host", status.host).field("port", status.port);
    writePeers(json, status);
    json.field("replication_mode", node::toString(status.mode))
        .field("quorum", status.quorum)
        .field("committed_seq", status.committedSeq)
        .field("commit_index", status.raft.commit);
    writeMetrics(json, status);
    writeDeliveries(json, status);
    writeConsensus(json, status);
    json.key("time_sync");
    writeTimeSync(json, status.time);
    json.field("state", roleName(status.raft.role))
        .field("version", status.version)
        .field("incarnation", toHex(status.incarnation))
        .field("effective_quorum", status.effectiveQuorum)
        .field("delivered_seq", status.deliveredSeq)
        .field("state_hash", toHex(status.stateHash))
        .field("first_seq", status.kept.first)
        .key("kept")
        .beginObject()
        .field("messages", status.kept.messages)
        .field("bytes", status.kept.bytes)
        .endObject();
    writeInboxes(json, inboxes, status.committedSeq);
    writeLog(json, status.raft);
    writeProgress(json, status.raft);
    writeDisk(json, status.disk);
    writeFaults(json, status.faults);
    json.key("pending")
        .beginObject()
        .field("submissions", status.pendingSubmissions)
        .field("oldest", status.oldestPending)
        .endObject()
        .field("explain", status.explain)
        .endObject();
}

} // namespace dsmsg::http
