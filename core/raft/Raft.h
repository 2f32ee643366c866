// SPDX-License-Identifier: GPL-3.0-or-later
//
// Consensus as a pure state machine: an input and the time go in, one Ready comes out. No thread, timer,
// socket, file, clock or global; randomness comes from the seed. Writing is asynchronous
// (dissertation 10.2.1): the core hands out writes with ids and is told when each is durable. What may be
// sent only after a write is durable (votes, acknowledgements) stays inside until the step that reports it,
// so a host cannot get that order wrong.
//
// The host's duties: perform writes in order, report each with Persisted; send the messages in any order or
// not at all; call step(Tick) at deadline(); apply entries up to Ready::applyThrough and report with Applied.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/base/Random.h"
#include "core/raft/Configuration.h"
#include "core/raft/Entry.h"
#include "core/raft/Message.h"
#include "core/raft/Settings.h"

namespace dsmsg::raft {

enum class Role : std::uint8_t
{
    Follower,
    PreCandidate,
    Candidate,
    Leader
};

// --- inputs ---

/// Time has passed; nothing else.
struct Tick
{
};

/// A message from a server whose incarnation the transport has established.
struct Received
{
    ServerId from;
    Message message;
};

/// Ask the leader to append one entry. Answered in Ready::proposed.
struct Propose
{
    std::string data;
};

/// Every write up to and including this id is durable.
struct Persisted
{
    WriteId write;
};

/// Entries up to this index are applied.
struct Applied
{
    LogIndex index;
};

/// The transport has met the node behind a URL. `cluster` is zero when that node is not formed.
struct PeerIdentified
{
    std::string url;
    std::string id;
    ServerId server;
    ClusterId cluster;
};

/// The link to this server broke: what was in flight may be lost.
struct PeerDisconnected
{
    ServerId server;
};

/// Entries that a Ready::logReads asked for, from `first` on; empty when they could not be read.
struct LogRead
{
    ServerId forPeer;
    std::vector<EntryPtr> entries;
};

/// Whether the disk is above its reserve of free space. While it is not, entries are refused; votes are not.
struct DiskSpace
{
    bool sufficient = true;
};

using Input = std::variant<Tick, Received, Propose, Persisted, Applied, PeerIdentified, PeerDisconnected,
                           LogRead, DiskSpace>;

// --- outputs ---

/// One atomic, ordered change of the durable state: hard state, then truncation, then appended entries.
struct Write
{
    WriteId id;
    std::optional<HardState> hardState;
    LogIndex truncateFrom; ///< 0: nothing is truncated; else entries from here on are removed first
    std::vector<EntryPtr> entries;
};

enum class Refusal : std::uint8_t
{
    NotLeader, ///< redirect to Status::leader, if known
    NotReady,  ///< leader, but the no-op of its term is not applied yet
    Busy,      ///< the bound on uncommitted bytes is reached
    DiskFull,  ///< the leader's disk is below its reserve
};

struct Proposed
{
    Term term;
    LogIndex index;
};

/// Something worth a log line and a place in the event stream.
struct Event
{
    enum class Kind : std::uint8_t
    {
        ElectionStarted,
        VoteGranted,
        LeaderElected,
        LeaderFollowed, ///< this follower recognised a leader
        SteppedDown,
        PeerLost,
        PeerFound,
        MemberBound,
        Formed,
        DiskStall,
        Contradiction, ///< a peer said what cannot be; nothing changed
    };
    Kind kind;
    Term term;
    ServerId peer;     ///< 0 when no peer is concerned
    std::string cause; ///< in words
};

/// The host should read entries [first, ...) up to `bytesMax` from its log store and answer with LogRead.
struct LogReadRequest
{
    ServerId forPeer;
    LogIndex first;
    LogIndex last; ///< inclusive
    std::size_t bytesMax = 0;
};

struct Ready
{
    std::optional<Write> write;
    std::vector<Envelope> messages; ///< may be sent at once, before `write` is done
    std::optional<std::variant<Proposed, Refusal>> proposed;
    std::vector<LogReadRequest> logReads;
    std::vector<Event> events;
    LogIndex applyThrough; ///< entries up to here are committed and durable here; never goes back
};

// --- start and status ---

/// A run of entries with one term: [first, next run's first).
struct TermRun
{
    LogIndex first;
    Term term;
};

/// What the log store and the state store held at start.
struct Restored
{
    HardState hardState;
    LogIndex firstIndex{1}; ///< the oldest entry kept; compactedTerm belongs to the entry before it
    Term compactedTerm;
    LogIndex lastIndex;            ///< firstIndex - 1 when the log is empty
    std::vector<TermRun> termRuns; ///< covers [firstIndex, lastIndex]
    std::vector<EntryPtr> tail;    ///< the newest entries, contiguous up to lastIndex; may be fewer than all
    Configuration snapshotConfiguration;        ///< in force before firstIndex; not formed for a whole log
    std::vector<EntryPtr> configurationEntries; ///< every Form and Configuration entry of the log, ascending
    LogIndex applied;
};

struct Identity
{
    ServerId server;
    std::string id;
    std::string url;
    std::vector<std::string> initialUrls; ///< the voter set at first start, own URL included, normalised
};

struct PeerStatus
{
    enum class State : std::uint8_t
    {
        Probe,
        Replicate,
        Snapshot
    };
    ServerId server;
    State state = State::Probe;
    LogIndex next;
    LogIndex match;
    std::size_t inflightMessages = 0;
    std::size_t inflightBytes = 0;
    Duration sinceContact{}; ///< since the last answer in this term
    bool noSpace = false;
};

struct Status
{
    Role role = Role::Follower;
    Term term;
    ServerId votedFor;
    ServerId leader;      ///< 0: none known
    bool serving = false; ///< leader whose no-op is applied
    LogIndex first, last, durable, commit, applied;
    Configuration configuration;
    std::vector<PeerStatus> peers; ///< leader only
    Duration electionTimeout{};    ///< the random timeout now armed
    Duration electionRemaining{};  ///< until it fires; zero on a leader
    Duration sinceLeaderContact{};
    std::size_t pendingWrites = 0;
    bool waitingToForm = false; ///< no cluster id yet
    std::string explain;        ///< why there is no leader, in words; empty when there is one
};

class Progress;

class Raft
{
public:
    Raft(const Settings& settings, Identity identity, Restored restored, std::uint64_t seed, Instant now);
    ~Raft();
    Raft(const Raft&) = delete;
    Raft& operator=(const Raft&) = delete;

    /// Handles one input at `now`, which never goes back. Never fails: what does not fit is ignored or
    /// answered.
    Ready step(Input input, Instant now);
    /// When step(Tick) is due if nothing else happens first.
    Instant deadline() const;

    Status status(Instant now) const;
    Role role() const;
    Term term() const;
    ServerId leader() const;
    LogIndex commitIndex() const;
    /// The last entry that is on this node's own disk.
    LogIndex durableIndex() const;
    const Configuration& configuration() const;
    /// What the hello says of this node's cluster; zero while nobody may build on it. Its Form entry is
    /// committed once a commit index or a command says so. Not earlier: several nodes may hold different Form
    /// entries for a moment, and must be able to talk. Not later: a node that holds commands and has
    /// forgotten its commit index would let blank nodes form anew and overwrite it.
    ClusterId announcedCluster() const;
    /// Leader: the greatest index that at least `copies` voters hold durably; itself counts like any other.
    LogIndex durableOn(std::size_t copies) const;
    /// Leader: ids of the members known to hold `index` durably, in member order.
    std::vector<std::string> holders(LogIndex index) const;
    /// Entries [first, last] as far as they are in memory and fit `bytesMax` (at least one if present); empty
    /// when `first` is not in memory: then the log store has it.
    std::vector<EntryPtr> entries(LogIndex first, LogIndex last, std::size_t bytesMax) const;
    /// The term of the entry at `index`; 0 when the log does not have it any more or yet.
    Term termAt(LogIndex index) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace dsmsg::raft
