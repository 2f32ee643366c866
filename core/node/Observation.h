// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be asked of a node by those who watch it, as values (API.md, Observe): a picture of this moment
// with what happened since the last one, the life of an entry, everything that /metrics shows. Counters only
// rise while the node runs (`run` tells when it was started anew); who wants rates makes differences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Histogram.h"
#include "core/node/EventRing.h"
#include "core/node/NodeStatus.h"

namespace dsmsg::node {

/// Since the start of the node.
struct Counters
{
    SubmissionCounts submissions;
    std::uint64_t turnedAway = 0; ///< submissions that were redirected or refused before they were taken
    std::uint64_t proposed = 0;   ///< entries with messages, as leader
    std::uint64_t entriesApplied = 0;
    std::uint64_t messagesApplied = 0;
    std::uint64_t messagesDelivered = 0;
    std::uint64_t elections = 0; ///< that this node started
    std::uint64_t electionsWon = 0;
    std::uint64_t leaderChanges = 0; ///< another leader than before was recognised, this node included
    std::uint64_t steppedDown = 0;
    std::uint64_t votesGranted = 0;
    std::uint64_t diskStalls = 0;
    std::uint64_t snapshotsSending = 0;
    std::uint64_t snapshotsInstalled = 0;
};

/// What went between this node and one peer since the start.
struct PeerTraffic
{
    std::uint64_t append = 0; ///< sent, like those down to `other`
    std::uint64_t heartbeat = 0;
    std::uint64_t vote = 0;
    std::uint64_t prevote = 0;
    std::uint64_t snapshot = 0; ///< pieces
    std::uint64_t other = 0;
    std::uint64_t unsent = 0;   ///< of any kind: there was no link
    std::uint64_t ok = 0;       ///< answers heard: entries taken, votes granted
    std::uint64_t rejected = 0; ///< answers heard: refused
    std::uint64_t bytes = 0;    ///< of entries and of pieces of snapshots, sent
};

struct PeerSample
{
    std::string id; ///< the URL while the id is not known
    std::string url;
    bool alive = false;
    std::optional<raft::PeerStatus> progress; ///< on the leader
    std::uint64_t lag = 0;                    ///< same: entries that it lacks
    std::optional<Duration> roundTrip;
    std::optional<Duration> offset; ///< its clock minus the own one
    std::optional<Duration> offsetBound;
    PeerTraffic traffic;
};

/// Over the last one to two seconds.
struct Rates
{
    double acknowledged = 0;               ///< messages a second, as leader
    double applied = 0;                    ///< messages a second
    std::optional<Duration> p50, p95, p99; ///< from submission to acknowledgement; none: no message
    std::optional<Duration> fsync;         ///< p99 of the group commits
};

struct Queues
{
    std::size_t submissions = 0; ///< wait for their answer
    Duration oldest{};           ///< of those
    std::size_t logWrites = 0;   ///< handed to the disk, not durable
    std::size_t reads = 0;       ///< wait until they are fresh enough
    std::uint64_t apply = 0;     ///< entries committed and durable here, not applied
    std::uint64_t held = 0;      ///< messages that wait for their delivery
};

struct Sample
{
    std::string nodeId;
    ServerId incarnation;
    std::uint64_t run = 0; ///< another number after each start
    Instant at;
    UnixTime clusterTime{};
    std::optional<Duration> bound;
    raft::Role role = raft::Role::Follower;
    bool serving = false;
    Term term;
    std::string leaderId; ///< empty: none known
    std::string leaderUrl;
    Duration electionTimeout{};
    Duration electionRemaining{};
    Duration leaderContact{};
    LogIndex first, last, durable, commit, applied;
    Seq committedSeq;
    DeliverySeq deliveredSeq;
    std::vector<PeerSample> peers;
    Rates rates;
    Queues queues;
    DiskStatus disk;
    Counters counters;
    std::size_t faults = 0; ///< in force
    std::string explain;
};

struct ObserveWish
{
    std::uint64_t eventsAfter = 0; ///< see EventRing::after()
    std::size_t eventsMax = 0;
};

struct Observation
{
    Sample sample;
    EventPage events;
};

/// The message that a trace is wanted of, as the store knows it.
struct TraceQuery
{
    Term term;
    LogIndex index;
    DeliverySeq delivery; ///< 0: it waits
};

/// Cluster time, all of them as this node sees it.
struct Trace
{
    std::string nodeId;
    std::string leaderUrl; ///< empty: none known
    bool leads = false;    ///< this node leads, and took the entry in its present term
    std::optional<UnixTime> received;
    std::optional<UnixTime> appended;
    std::vector<std::pair<std::string, UnixTime>> durable; ///< by node id
    std::optional<UnixTime> committed;
    std::optional<UnixTime> applied;
    std::optional<UnixTime> delivered;
    std::vector<std::string> heldBy; ///< node ids; on the leader only
};

/// Bounds of the Raft thread's own.
struct Limits
{
    std::size_t readsWaiting = 0;
    std::uint64_t readsRefused = 0; ///< since the start
    std::uint64_t orderingBuffer = 0;
};

/// Sample and status together have no room for distributions.
struct Metrics
{
    Sample sample;
    std::string version;
    ReplicationMode mode = ReplicationMode::Async;
    std::uint32_t effectiveQuorum = 0;
    Duration clockOffset{};
    bool synchronized = false;
    std::uint64_t clockJumps = 0;
    std::uint64_t lateMessages = 0;
    std::uint64_t reorderedMessages = 0;
    Limits limits;
    Histogram send;  ///< from submission to acknowledgement
    Histogram fsync; ///< of a group commit
    Histogram apply; ///< of a transaction of the applied state
};

} // namespace dsmsg::node
