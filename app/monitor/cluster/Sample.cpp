// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/monitor/cluster/Sample.h"

#include <chrono>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/monitor/cluster/Figures.h"

namespace dsmsg::monitor {

namespace {

quint64 counter(const QJsonValue& value)
{
    return quint64(std::max<qint64>(0, value.toInteger()));
}

std::optional<quint64> maybeCounter(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(counter(value)) : std::nullopt;
}

std::optional<double> maybe(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<double> maybeMs(const QJsonValue& seconds)
{
    return seconds.isDouble() ? std::optional(seconds.toDouble() * 1000) : std::nullopt;
}

PeerSample peerOf(const QString& id, const QJsonObject& object)
{
    PeerSample peer;
    peer.id = id;
    peer.url = object[u"url"].toString();
    peer.alive = object[u"alive"].toBool();
    peer.state = object[u"state"].toString();
    if (object[u"voter"].isBool())
        peer.voter = object[u"voter"].toBool();
    peer.next = maybeCounter(object[u"next"]);
    peer.match = maybeCounter(object[u"match"]);
    peer.inflight = maybeCounter(object[u"inflight"]);
    peer.lag = maybeCounter(object[u"lag"]);
    peer.lastAckMs = maybe(object[u"last_ack_ms"]);
    peer.rttMs = maybe(object[u"rtt_ms"]);
    peer.offset = maybe(object[u"offset"]);
    peer.bound = maybe(object[u"bound"]);
    const QJsonObject sent = object[u"sent"].toObject();
    peer.sent = {counter(sent[u"append"]),  counter(sent[u"heartbeat"]), counter(sent[u"vote"]),
                 counter(sent[u"prevote"]), counter(sent[u"snapshot"]),  counter(sent[u"other"])};
    peer.unsent = counter(object[u"unsent"]);
    peer.ok = counter(object[u"ok"]);
    peer.rejected = counter(object[u"rejected"]);
    peer.bytes = counter(object[u"bytes"]);
    return peer;
}

void readLog(Sample& sample, const QJsonObject& log)
{
    sample.logFirst = counter(log[u"first"]);
    sample.logLast = counter(log[u"last"]);
    sample.logDurable = counter(log[u"durable"]);
    sample.commit = counter(log[u"commit"]);
    sample.applied = counter(log[u"applied"]);
    sample.snapshot = counter(log[u"snapshot"]);
}

void readFigures(Sample& sample, const QJsonObject& object)
{
    const QJsonObject rates = object[u"rates"].toObject();
    sample.acknowledgedPerS = rates[u"acknowledged"].toDouble();
    sample.appliedPerS = rates[u"applied"].toDouble();
    const QJsonObject latency = object[u"latency"].toObject();
    sample.p50Ms = maybeMs(latency[u"p50"]);
    sample.p95Ms = maybeMs(latency[u"p95"]);
    sample.p99Ms = maybeMs(latency[u"p99"]);
    const QJsonObject disk = object[u"disk"].toObject();
    sample.fsyncMs = maybe(disk[u"fsync_ms"]);
    sample.fsyncP99Ms = maybe(disk[u"fsync_p99_ms"]);
    sample.freeBytes = counter(disk[u"free_bytes"]);
    sample.diskSufficient = disk[u"sufficient"].toBool(true);
    sample.diskFailure = disk[u"failure"].toString();
    const QJsonObject queues = object[u"queues"].toObject();
    for (auto queue = queues.begin(); queue != queues.end(); ++queue)
        sample.queues.insert(queue.key().toLatin1(), queue.value().toDouble());
    const QJsonObject counters = object[u"counters"].toObject();
    for (auto entry = counters.begin(); entry != counters.end(); ++entry)
        sample.counters.insert(entry.key().toLatin1(), counter(entry.value()));
}

/// `progress` of a leader's /status, into the peer of that id.
void readProgress(PeerSample& peer, const QJsonObject& progress)
{
    peer.state = progress[u"state"].toString();
    peer.next = maybeCounter(progress[u"next"]);
    peer.match = maybeCounter(progress[u"match"]);
    peer.lag = maybeCounter(progress[u"lag"]);
    peer.inflight = maybeCounter(progress[u"inflight_messages"]);
    peer.lastAckMs = maybeMs(progress[u"since_contact"]);
}

QList<PeerSample> peersOfStatus(const QJsonObject& status)
{
    const QJsonObject links = status[u"peer_status"].toObject();
    const QJsonObject progress = status[u"progress"].toObject();
    const QJsonObject time = status[u"time_sync"].toObject();
    QList<PeerSample> peers;
    for (auto link = links.begin(); link != links.end(); ++link) {
        const QJsonObject clock = time[u"peers"].toObject()[link.key()].toObject();
        PeerSample peer;
        peer.url = link.key();
        peer.id = link.value()[u"id"].toString();
        peer.alive = link.value()[u"alive"].toBool();
        peer.offset = maybe(time[u"peer_offsets"].toObject()[link.key()]);
        peer.bound = maybe(clock[u"bound"]);
        if (clock[u"votes"].isBool())
            peer.voter = clock[u"votes"].toBool();
        readProgress(peer, progress[link.key()].toObject());
        if (!peer.id.isEmpty())
            peers.append(peer);
    }
    return peers;
}

} // namespace

Role roleOf(const QString& name)
{
    static const QHash<QString, Role> roles{{QStringLiteral("Follower"), Role::Follower},
                                            {QStringLiteral("Candidate"), Role::Candidate},
                                            {QStringLiteral("Leader"), Role::Leader},
                                            {QStringLiteral("Learner"), Role::Learner}};
    return roles.value(name, Role::Unknown);
}

std::optional<Sample> readSample(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (!object[u"node_id"].isString() || !object[u"log"].isObject())
        return std::nullopt;
    Sample sample;
    sample.nodeId = object[u"node_id"].toString();
    sample.incarnation = object[u"incarnation"].toString();
    sample.run = object[u"run"].toString();
    sample.monoNs = object[u"mono_ns"].toInteger();
    sample.receivedMs = monotonicMs();
    sample.clusterTs = object[u"cluster_ts"].toDouble();
    sample.bound = maybe(object[u"bound"]);
    sample.role = roleOf(object[u"role"].toString());
    sample.serving = object[u"serving"].toBool();
    sample.term = counter(object[u"term"]);
    sample.leaderId = object[u"leader_id"].toString();
    sample.leaderUrl = object[u"leader_url"].toString();
    const QJsonObject election = object[u"election"].toObject();
    sample.electionTimeoutMs = maybe(election[u"timeout_ms"]);
    sample.electionRemainingMs = maybe(election[u"remaining_ms"]);
    sample.leaderContactMs = maybe(election[u"leader_contact_ms"]);
    readLog(sample, object[u"log"].toObject());
    sample.committedSeq = counter(object[u"committed_seq"]);
    sample.deliveredSeq = counter(object[u"delivered_seq"]);
    const QJsonObject peers = object[u"peers"].toObject();
    for (auto peer = peers.begin(); peer != peers.end(); ++peer)
        sample.peers.append(peerOf(peer.key(), peer.value().toObject()));
    readFigures(sample, object);
    sample.subscribers = object[u"subscribers"].toInt();
    sample.observers = object[u"observers"].toInt();
    sample.faults = object[u"faults"].toInt();
    sample.explain = object[u"explain"].toString();
    return sample;
}

std::optional<RaftEvent> readRaftEvent(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (!object[u"id"].isDouble() || !object[u"kind"].isString())
        return std::nullopt;
    RaftEvent event;
    event.id = counter(object[u"id"]);
    event.nodeId = object[u"node_id"].toString();
    event.run = object[u"run"].toString();
    event.clusterTs = object[u"cluster_ts"].toDouble();
    event.bound = maybe(object[u"bound"]);
    event.kind = object[u"kind"].toString();
    event.term = counter(object[u"term"]);
    event.index = maybeCounter(object[u"index"]);
    event.peer = object[u"peer"].toString();
    event.cause = object[u"cause"].toString();
    event.text = object[u"text"].toString();
    return event;
}

Sample sampleOfStatus(const QJsonObject& status)
{
    const QJsonObject consensus = status[u"consensus"].toObject();
    const QJsonObject disk = status[u"disk"].toObject();
    Sample sample;
    sample.nodeId = status[u"node_id"].toString();
    sample.incarnation = status[u"incarnation"].toString();
    sample.receivedMs = monotonicMs();
    // The newest time that the node names: its clock exchanges are a second apart at most.
    sample.clusterTs = status[u"time_sync"][u"last_sync_time"].toDouble();
    sample.bound = maybe(status[u"time_sync"][u"bound"]);
    sample.role = roleOf(consensus[u"role"].toString());
    sample.serving = consensus[u"serving"].toBool();
    sample.term = counter(consensus[u"current_term"]);
    sample.leaderId = consensus[u"leader_id"].toString();
    sample.leaderUrl = consensus[u"leader_url"].toString();
    sample.electionTimeoutMs = maybeMs(consensus[u"election_timeout"]);
    sample.electionRemainingMs = maybeMs(consensus[u"election_remaining"]);
    sample.leaderContactMs = maybeMs(consensus[u"since_leader_contact"]);
    sample.logFirst = counter(status[u"first_log_index"]);
    sample.logLast = counter(status[u"last_log_index"]);
    sample.logDurable = counter(status[u"durable_index"]);
    sample.commit = counter(status[u"commit_index"]);
    sample.applied = counter(status[u"applied_index"]);
    sample.committedSeq = counter(status[u"committed_seq"]);
    sample.deliveredSeq = counter(status[u"delivered_seq"]);
    sample.peers = peersOfStatus(status);
    sample.acknowledgedPerS = unknown;
    sample.appliedPerS = unknown;
    sample.fsyncMs = maybeMs(disk[u"last_sync"]);
    sample.freeBytes = counter(disk[u"free_bytes"]);
    sample.diskSufficient = disk[u"sufficient"].toBool(true);
    sample.diskFailure = disk[u"failure"].toString();
    sample.queues.insert("submissions", status[u"pending"][u"submissions"].toDouble());
    sample.faults = int(status[u"faults"].toArray().size());
    sample.explain = status[u"explain"].toString();
    return sample;
}

qint64 monotonicMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace dsmsg::monitor
