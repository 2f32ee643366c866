// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a node tells of itself on /observe (docs/OBSERVE.md), as plain values: parsed once, off the GUI
// thread, and handed around by shared pointer. Times are cluster time in seconds unless the unit is in the
// name; what the node does not know is nullopt.
#pragma once

#include <memory>
#include <optional>

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace dsmsg::monitor {

enum class Role
{
    Unknown,
    Follower,
    Candidate,
    Leader,
    Learner
};

struct PeerSample
{
    /// Frames sent to this peer since the node's start.
    struct Sent
    {
        quint64 append = 0;
        quint64 heartbeat = 0;
        quint64 vote = 0;
        quint64 prevote = 0;
        quint64 snapshot = 0;
        quint64 other = 0;
    };
    QString id;
    QString url;
    bool alive = false;
    QString state; ///< "probe", "replicate", "snapshot"; empty when the node does not lead
    std::optional<bool> voter;
    std::optional<quint64> next, match, inflight, lag;
    std::optional<double> lastAckMs, rttMs;
    std::optional<double> offset; ///< the peer's clock minus the node's, seconds
    std::optional<double> bound;  ///< of offset, seconds
    Sent sent;
    quint64 unsent = 0;   ///< frames for which there was no link
    quint64 ok = 0;       ///< its answers to entries and votes
    quint64 rejected = 0; ///< same
    quint64 bytes = 0;
};

struct Sample
{
    QString nodeId;
    QString incarnation;   ///< of the data directory
    QString run;           ///< another after each start of the process
    qint64 monoNs = 0;     ///< the node's boot-time clock, comparable within one run
    qint64 receivedMs = 0; ///< monotonicMs() when it came
    double clusterTs = 0;
    std::optional<double> bound;
    Role role = Role::Unknown;
    bool serving = false; ///< a leader that takes messages
    quint64 term = 0;
    QString leaderId;
    QString leaderUrl;
    std::optional<double> electionTimeoutMs, electionRemainingMs, leaderContactMs;
    quint64 logFirst = 0, logLast = 0, logDurable = 0, commit = 0, applied = 0, snapshot = 0;
    quint64 committedSeq = 0, deliveredSeq = 0;
    QList<PeerSample> peers;
    double acknowledgedPerS = 0, appliedPerS = 0; ///< NaN: unknown
    std::optional<double> p50Ms, p95Ms, p99Ms;
    std::optional<double> fsyncMs, fsyncP99Ms;
    quint64 freeBytes = 0;
    bool diskSufficient = true;
    QString diskFailure;
    QHash<QByteArray, double> queues;    ///< by the node's names: "submissions", "held", "connections", ...
    QHash<QByteArray, quint64> counters; ///< same: "accepted", "elections", ...
    int subscribers = 0, observers = 0, faults = 0;
    QString explain; ///< why something does not go on; empty when all is well
};
using SamplePtr = std::shared_ptr<const Sample>;

/// One `raft` event; EventModel shows them.
struct RaftEvent
{
    quint64 id = 0; ///< unique and rising on one node
    QString nodeId;
    QString run;
    double clusterTs = 0;
    std::optional<double> bound;
    QString kind;
    quint64 term = 0;
    std::optional<quint64> index;
    QString peer;
    QString cause;
    QString text; ///< the node's own words
};

/// One event's or sample's data; nullopt: it is none. Any thread.
std::optional<Sample> readSample(const QByteArray& json);
std::optional<RaftEvent> readRaftEvent(const QByteArray& json);
/// What /status knows of a sample, for a node whose stream cannot be had: no rates, no counters. Any thread.
Sample sampleOfStatus(const QJsonObject& status);
Role roleOf(const QString& name);

/// The monitor's monotonic clock, ms. Any thread.
qint64 monotonicMs();

} // namespace dsmsg::monitor
