// SPDX-License-Identifier: GPL-3.0-or-later
//
// What servers say to each other. Every message carries the sender's term; the transport adds who sent it.
// InstallSnapshot and TimeoutNow join this variant with the features that need them.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "core/base/Ids.h"
#include "core/raft/Entry.h"

namespace dsmsg::raft {

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

using Message =
    std::variant<RequestVote, RequestVoteReply, AppendEntries, AppendEntriesReply, Heartbeat, HeartbeatReply>;

struct Envelope
{
    ServerId to;
    Message message;
};

/// The term a message carries, whatever its kind.
Term termOf(const Message& message);

} // namespace dsmsg::raft
