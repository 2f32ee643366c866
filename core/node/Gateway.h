// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the HTTP layer (or any other front) may ask of a node, and what it hears back. Calls are made from the
// front's thread and never block; answers arrive later in that same thread, in batches.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/messaging/Message.h"
#include "core/node/Faults.h"
#include "core/node/History.h"
#include "core/node/NodeStatus.h"
#include "core/node/Observation.h"
#include "core/node/OrderingStatus.h"
#include "core/node/RetentionStatus.h"
#include "core/raft/Message.h"
#include "core/timesync/Correction.h"

namespace dsmsg::node {

/// Chosen by the front, unique among its pending submissions; echoed in the outcome.
using Token = std::uint64_t;

enum class AckLevel : std::uint8_t
{
    Default, ///< the leader's replication mode decides
    Leader,  ///< durable on the leader
    Quorum,  ///< durable on the effective quorum, applied on the leader
    All,     ///< durable on every voter, applied on the leader
};

/// A message before the leader fixed its times. Every field is valid: the front has checked sizes and types.
struct Draft
{
    std::string msgId;
    std::string sender;
    std::string recipient;
    std::string payload;                          ///< one valid JSON value
    std::optional<UnixTime> ts;                   ///< the client's timestamp; none: the leader's time
    std::optional<timesync::StatedClock> clock{}; ///< what the client knows of its clock; checked
    std::optional<Duration> ttl{};                ///< kept this long at most; positive
};

struct Submission
{
    Token token = 0;
    Draft draft;
    AckLevel ack = AckLevel::Default;
};

/// Where and on which disks an acknowledged message is.
struct Receipt
{
    Term term;
    LogIndex index;
    std::vector<std::string> durableOn; ///< node ids
};

struct Accepted
{
    Seq seq;
    messaging::Message message; ///< the first copy's when `duplicate`; of an expired one id and times only
    bool committed = false;     ///< false only for an acknowledgement by the leader alone
    bool duplicate = false;
    Receipt receipt; ///< the first copy's when `duplicate`
    std::string leaderUrl;
    bool expired = false; ///< a duplicate, and the first copy has been removed
};

struct Redirected
{
    std::string leaderUrl;
};

/// A refused or undecided write (CORE.md, Seq and dedup).
struct Unavailable
{
    enum class Fate : std::uint8_t
    {
        Rejected,  ///< nothing was appended
        Unknown,   ///< appended, may still commit; a retry with the same id is safe
        Committed, ///< a majority holds it, the wider quorum asked for does not
    };
    Fate fate = Fate::Rejected;
    std::string reason;             ///< for the answer's `reason`
    bool diskFull = false;          ///< answer 507 instead of 503
    std::optional<Seq> seq;         ///< Committed only
    std::optional<Receipt> receipt; ///< Committed only
};

struct Outcome
{
    Token token = 0;
    std::variant<Accepted, Redirected, Unavailable> result;
};

/// The raft JSON routes (API.md, Raft over JSON): the secret has been checked or is missing.
struct JsonVoteRequest
{
    Term term;
    std::string candidateId; ///< a node id
    LogIndex lastLogIndex;
    Term lastLogTerm;
    std::string clusterId; ///< from the header, hex; empty when the caller sent none
    std::string secret;    ///< same
};
struct JsonVoteReply
{
    Term term;
    bool voteGranted = false;
};
struct JsonAppendRequest
{
    Term term;
    std::string leaderId;
    LogIndex prevLogIndex;
    Term prevLogTerm;
    LogIndex leaderCommit;
    std::vector<raft::EntryPtr> entries;
    std::string clusterId;
    std::string secret;
};
struct JsonAppendReply
{
    Term term;
    bool success = false;
    LogIndex matchIndex;
};

/// How far a node's state goes.
struct Progress
{
    Seq applied;
    DeliverySeq delivered;
};

/// How fresh an answer must be.
struct ReadWish
{
    std::optional<raft::ReadLevel> level; ///< none: as fresh as this node happens to be
    Seq minSeq;                           ///< nor before this is applied here
    Milliseconds timeout{};
};

/// What became of an order that only the leader carries out: the members as they are then, or who leads, or
/// why not.
using Administered = std::variant<raft::Configuration, Redirected, Error>;

class Gateway
{
public:
    virtual ~Gateway() = default;

    /// Who receives the outcomes of submit(); called in the front's thread. Set once, before the first
    /// submit.
    virtual void setOutcomeReceiver(std::function<void(std::vector<Outcome>)> receiver) = 0;
    /// Takes any number of submissions at once; each gets exactly one outcome, at the latest after the write
    /// timeout.
    virtual void submit(std::vector<Submission> submissions) = 0;
    /// Hears how far this node has applied and delivered, in the front's thread: soon after the call, then
    /// after every change, several of which may be told as one. Empty: nobody wants to hear, which spares the
    /// front's thread being woken; one call may still be under way to the receiver before.
    virtual void setProgressReceiver(std::function<void(Progress)> receiver) = 0;
    /// A fresh status; exactly one answer, in the calling thread.
    virtual void requestStatus(std::function<void(NodeStatus)> answer) = 0;
    virtual void requestVote(JsonVoteRequest request, std::function<void(JsonVoteReply)> answer) = 0;
    virtual void appendEntries(JsonAppendRequest request, std::function<void(JsonAppendReply)> answer) = 0;
    /// Null unless the node was started with fault injection. Valid while the gateway lives.
    virtual FaultDesk* faultDesk() { return nullptr; }
    /// One answer, once what is applied here satisfies the wish, or the reason why it will not in time.
    virtual void awaitRead(ReadWish wish, std::function<void(Result<void>)> answer) = 0;
    /// Answered when the change is complete. Busy: one is under way, or it takes longer than the write
    /// timeout; it goes on then, and shows in the status.
    virtual void changeMembers(std::vector<raft::MemberChange> changes,
                               std::function<void(Administered)> answer) = 0;
    /// `to`: a node id; empty: the most advanced voter. Answered when another node leads.
    virtual void transferLeadership(std::string to, std::function<void(Administered)> answer) = 0;
    /// Makes the applied state durable and lets the log forget everything before it. The index where the log
    /// begins.
    virtual void compactNow(std::function<void(Result<LogIndex>)> answer) = 0;
    /// What waits for its delivery here.
    virtual void requestOrdering(std::function<void(Result<OrderingStatus>)> answer) = 0;
    /// Delivers everything that waits, on every node, through the log. Leader only.
    virtual void
    forceDelivery(std::function<void(std::variant<ForcedDelivery, Redirected, Error>)> answer) = 0;
    /// A consumer is done with its inbox up to a seq. Leader only; where the cursor is then. Invalid: beyond
    /// the last message. DiskFull: no more inboxes. Busy: not done, or nobody knows; doing it again is safe.
    virtual void ackInbox(messaging::MoveCursor wish,
                          std::function<void(std::variant<Seq, Redirected, Error>)> answer) = 0;
    /// Replaces the rule for the same recipient, or for the cluster; one without limits clears it. Leader
    /// only.
    virtual void
    setRetention(messaging::RetentionRule rule,
                 std::function<void(std::variant<messaging::RetentionRule, Redirected, Error>)> answer) = 0;
    /// What is kept here, and why.
    virtual void requestRetention(std::function<void(Result<RetentionStatus>)> answer) = 0;
    /// A chunk (messaging/Snapshot.h) of the applied state after `after`.
    virtual void readState(Seq after, std::function<void(Result<std::string>)> answer) = 0;
    /// The seq that this msg_id was given here, however long ago; none when it is not applied here.
    virtual void findId(std::string msgId, std::function<void(Result<std::optional<Seq>>)> answer) = 0;
    /// Somebody read from this node's databases what was never written: it stops, and begins anew where
    /// others have its data, as when it finds such a thing itself.
    virtual void damageFound(std::string what) = 0;
    /// What the node knows of time.
    virtual void requestTime(std::function<void(TimeStatus)> answer) = 0;
    /// Asks every peer for its time, now; answered within about two seconds.
    virtual void syncTime(std::function<void(TimeRound)> answer) = 0;
    /// Forgets the figures of clocks and corrections. The status after that.
    virtual void resetTimeStatistics(std::function<void(TimeStatus)> answer) = 0;
    /// A client's timestamp as cluster time, counted as a correction. Invalid: it is over 5 s ahead of the
    /// node's clock or over 60 s old.
    virtual void correctTime(UnixTime timestamp,
                             std::function<void(Result<timesync::CorrectedTime>)> answer) = 0;
    /// This moment, and what happened since an event.
    virtual void observe(ObserveWish wish, std::function<void(Observation)> answer) = 0;
    virtual void requestHistory(HistoryQuery query, std::function<void(HistoryPage)> answer) = 0;
    virtual void requestTrace(TraceQuery query, std::function<void(Trace)> answer) = 0;
    virtual void requestMetrics(std::function<void(Metrics)> answer) = 0;
    /// The last sequence number this node has applied. Any thread.
    virtual Seq committedSeq() const = 0;
    /// The oldest message that this node keeps; one past the last seq when there is none. Any thread.
    virtual Seq firstSeq() const = 0;
};

} // namespace dsmsg::node
