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
#include "core/base/Result.h"
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

/// Ask this node, if it leads, to append one entry. Answered in Ready::proposed.
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

/// Ask this node, if it leads, to change the members in one step. Answered in Ready::administered.
struct ChangeMembers
{
    std::vector<MemberChange> changes;
};

/// Ask this node, if it leads, to hand over leadership. Answered in Ready::administered: it has begun. It is
/// over when another leads, or after an election timeout.
struct TransferLeadership
{
    ServerId to; ///< 0: the most advanced voter
};

/// A read wants to know which index it must see. Answered in Ready::reads with the same id, in a later step,
/// or never when a message is lost: the host has its own time limit.
struct ReadIndex
{
    ReadId id;
    ReadLevel level = ReadLevel::Linearizable;
};

/// Entries up to here are covered by a durable checkpoint of the applied state; the log may forget them.
struct Compact
{
    LogIndex through;
};

/// Leader: the piece of the applied state that a Ready::snapshotReads asked for. An empty one without
/// `finishedAt` means that it could not be read now.
struct SnapshotRead
{
    ServerId forPeer;
    std::uint64_t position = 0;
    std::string chunk;
    LogIndex finishedAt; ///< not 0: the last piece; the whole is the state applied at this index
};

/// Follower: how far the staged snapshot is after a Ready::snapshotChunk.
struct SnapshotStored
{
    std::uint64_t position = 0;
    LogIndex finishedAt; ///< not 0: complete, and durable beside the state in use
};

using Input = std::variant<Tick, Received, Propose, Persisted, Applied, PeerIdentified, PeerDisconnected,
                           LogRead, DiskSpace, ChangeMembers, TransferLeadership, ReadIndex, Compact,
                           SnapshotRead, SnapshotStored>;

// --- outputs ---

/// One atomic, ordered change of the durable state: hard state, then reset or compaction, then truncation,
/// then appended entries.
struct Write
{
    WriteId id;
    std::optional<HardState> hardState;
    LogIndex truncateFrom; ///< 0: nothing is truncated; else entries from here on are removed first
    std::vector<EntryPtr> entries;
    std::optional<LogBase>
        reset{}; ///< every entry goes; the log begins anew after a complete staged snapshot
    std::optional<LogBase> compact{}; ///< entries up to its index may be deleted, now or later
};

enum class Refusal : std::uint8_t
{
    NotLeader,   ///< redirect to Status::leader, if known
    NotReady,    ///< leader, but the no-op of its term is not applied yet
    Busy,        ///< the bound on uncommitted bytes is reached
    DiskFull,    ///< the leader's disk is below its reserve
    HandingOver, ///< leadership is being transferred; over within an election timeout
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
        MembersChanging,
        MembersChanged, ///< the change is committed
        Removed,        ///< this node is no member any more
        Transferring,
        SnapshotSending,
        SnapshotInstalled,
        Compacted,
    };
    Kind kind;
    Term term;
    ServerId peer;     ///< 0 when no peer is concerned
    std::string cause; ///< in words
    LogIndex index{};  ///< the entry it is about; 0: about none
};

/// The host should read entries [first, ...) up to `bytesMax` from its log store and answer with LogRead.
struct LogReadRequest
{
    ServerId forPeer;
    LogIndex first;
    LogIndex last; ///< inclusive
    std::size_t bytesMax = 0;
};

/// The host should read the applied state from `position` on and answer with SnapshotRead.
struct SnapshotReadRequest
{
    ServerId forPeer;
    std::uint64_t position = 0;
};

/// The host should add this piece to the staged snapshot, if it has exactly `position`, and answer with
/// SnapshotStored in any case.
struct SnapshotChunk
{
    std::uint64_t position = 0;
    std::string bytes;
    LogIndex finishedAt; ///< not 0: the last piece
};

struct ReadReady
{
    ReadId id;
    LogIndex index; ///< serve once this is applied; 0: refused, ask again or elsewhere
};

struct Ready
{
    std::optional<Write> write;
    std::vector<Envelope> messages; ///< may be sent at once, before `write` is done
    std::optional<std::variant<Proposed, Refusal>> proposed;
    std::optional<Result<void>> administered; ///< ChangeMembers, TransferLeadership: accepted, or why not
    std::vector<ReadReady> reads;
    std::vector<LogReadRequest> logReads;
    std::vector<SnapshotReadRequest> snapshotReads;
    std::optional<SnapshotChunk> snapshotChunk;
    /// The log has durably been reset to this index: replace the state by the staged snapshot and report
    /// Applied.
    LogIndex install;
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
    LogBase base;                  ///< all zero for a whole log
    LogIndex lastIndex;            ///< base.index when the log is empty
    std::vector<TermRun> termRuns; ///< covers (base.index, lastIndex]
    std::vector<EntryPtr> tail;    ///< the newest entries, contiguous up to lastIndex; may be fewer than all
    std::vector<EntryPtr> configurationEntries; ///< every Form and Configuration entry of the log, ascending
    LogIndex applied;                           ///< not below base.index
};

struct Identity
{
    ServerId server;
    std::string id;
    std::string url;
    std::vector<std::string> initialUrls; ///< the voter set at first start, own URL included, normalised
    bool joinsOnly = false;               ///< never forms a cluster: it waits until one takes it in
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
    bool voter = true;
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
    std::size_t pendingReads = 0; ///< leader: linearizable reads that wait for their round
    bool waitingToForm = false;   ///< no cluster id yet
    bool removed = false;         ///< a committed configuration has left this node out
    ServerId transferTo;          ///< leader: who is to lead next; 0: nobody
    std::string explain;          ///< why there is no leader, in words; empty when there is one
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
    /// The URLs of all that must be reached: of the configuration in force and, until it is committed, of
    /// those before.
    std::vector<std::string> memberUrls() const;
    /// Raised by every change of what configuration() and memberUrls() say.
    std::uint64_t membersVersion() const;
    /// Leader, and everything of earlier terms is applied: proposals are taken.
    bool serving() const;
    /// Leader: leadership is being transferred, proposals are refused.
    bool handingOver() const;
    /// Whether the configuration in force is committed and not joint.
    bool configurationSettled() const;
    /// What the hello says of this node's cluster; zero while nobody may build on it. Its Form entry is
    /// committed once a commit index or a command says so. Not earlier: several nodes may hold different Form
    /// entries for a moment, and must be able to talk. Not later: a node that holds commands and has
    /// forgotten its commit index would let blank nodes form anew and overwrite it.
    ClusterId announcedCluster() const;
    /// Leader: the greatest index that at least `copies` voters hold durably; itself counts like any other.
    LogIndex durableOn(std::size_t copies) const;
    /// Leader: how far that server is known to hold the log durably, itself included; 0 when nothing is known.
    LogIndex matchIndex(ServerId server) const;
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
