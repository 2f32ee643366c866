// SPDX-License-Identifier: GPL-3.0-or-later
//
// What servers say to each other. Every message carries the sender's term; the transport adds who sent it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/Ids.h"
#include "core/raft/Configuration.h"
#include "core/raft/Entry.h"

namespace dsmsg::raft {

/// How fresh a read must be.
enum class ReadLevel : std::uint8_t
{
    Leader = 0,       ///< as fresh as the node that believes it leads
    Linearizable = 1, ///< a quorum has confirmed, after the read began, that it still leads
};

/// Pre-vote asks whether a campaign could win, without moving anybody's term (dissertation 9.6).
enum class Ballot : std::uint8_t
{
    PreVote = 0,
    Vote = 1
};

struct RequestVote
{
    Ballot ballot = Ballot::Vote;
    Term term; ///< the candidate's term; for a pre-vote the term it would campaign in
    LogIndex lastLogIndex;
    Term lastLogTerm;
    bool transfer = false; ///< the leader asked for this campaign: voters need not wait for its silence
    bool operator==(const RequestVote&) const = default;
};

struct RequestVoteReply
{
    Ballot ballot = Ballot::Vote;
    Term term; ///< granted pre-vote: the term asked for; else the voter's own term
    bool granted = false;
    bool operator==(const RequestVoteReply&) const = default;
};

struct AppendEntries
{
    Term term;
    LogIndex prevLogIndex;
    Term prevLogTerm;
    LogIndex leaderCommit;
    std::vector<EntryPtr> entries;
};

struct AppendEntriesReply
{
    Term term;
    bool success = false;
    LogIndex match;       ///< success: equal to the leader's log and durable here up to this index
    LogIndex rejected;    ///< failure: the prevLogIndex that did not match
    LogIndex hint;        ///< failure: no match is possible after this index ...
    Term hintTerm;        ///< ... whose term here is this (0 when the log is empty)
    bool noSpace = false; ///< failure: the disk is below its reserve; wait for the next heartbeat
    bool operator==(const AppendEntriesReply&) const = default;
};

/// Keeps leadership and moves the commit index where no entry has to travel. Carries no log position, so the
/// transport may put it ahead of bulk.
struct Heartbeat
{
    Term term;
    LogIndex commit;         ///< the leader's; a follower goes no further than it has verified its log
    std::uint64_t round = 0; ///< number of the leader's heartbeat round, echoed (ReadIndex counts it)
    bool operator==(const Heartbeat&) const = default;
};

struct HeartbeatReply
{
    Term term;
    std::uint64_t round = 0;
    bool noSpace = false;
    bool operator==(const HeartbeatReply&) const = default;
};

/// Leadership transfer (dissertation 3.10): campaign at once, the leader wants it.
struct TimeoutNow
{
    Term term;
    bool operator==(const TimeoutNow&) const = default;
};

/// A node that does not lead wants to serve a read (dissertation 6.4).
struct ReadIndexRequest
{
    Term term;
    ReadId id; ///< echoed
    ReadLevel level = ReadLevel::Linearizable;
    bool operator==(const ReadIndexRequest&) const = default;
};

struct ReadIndexReply
{
    Term term;
    ReadId id;
    LogIndex index; ///< state applied up to here is fresh enough; 0: refused, this node does not lead
    bool operator==(const ReadIndexReply&) const = default;
};

/// A piece of the leader's applied state, for a follower whose next entry is compacted. The bytes are the
/// state machine's; `position` counts in its units. An empty chunk without `finished` only asks how far the
/// follower is.
struct InstallSnapshot
{
    Term term;
    std::uint64_t position = 0; ///< the chunk continues what was received up to here
    std::string chunk;
    std::optional<LogBase> finished; ///< with the last chunk: what the whole of it stands for
    bool operator==(const InstallSnapshot&) const = default;
};

struct InstallSnapshotReply
{
    Term term;
    std::uint64_t position = 0; ///< received up to here, durable or not; the next chunk begins here
    LogIndex installed;         ///< not 0: done, the log and the state cover this index durably
    bool noSpace = false;
    bool operator==(const InstallSnapshotReply&) const = default;
};

using Message =
    std::variant<RequestVote, RequestVoteReply, AppendEntries, AppendEntriesReply, Heartbeat, HeartbeatReply,
                 TimeoutNow, ReadIndexRequest, ReadIndexReply, InstallSnapshot, InstallSnapshotReply>;

struct Envelope
{
    ServerId to;
    Message message;
};

/// The term a message carries, whatever its kind.
Term termOf(const Message& message);

} // namespace dsmsg::raft
