// SPDX-License-Identifier: GPL-3.0-or-later
//
// A checker watches the cluster from above and knows nothing of faults: whatever was done to the nodes, what
// it states must hold after every event. The first violation ends the run.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/messaging/StateMachine.h"
#include "core/raft/Raft.h"
#include "tests/support/sim/Text.h"
#include "tests/support/sim/View.h"

namespace dsmsg::sim {

struct Violation
{
    std::string checker;
    std::string what; ///< what it saw, in words
};

/// A node tells a client that its message is safe.
struct Acknowledgement
{
    std::string msgId;
    Seq seq;
    Term term;              ///< of the entry that answered
    LogIndex index;         ///< same
    std::size_t copies = 0; ///< disks promised
    bool duplicate = false;
    bool expired = false; ///< a duplicate of a message that has been removed
};

/// What a consumer asks a node for: what is new in its inbox.
struct InboxDemand
{
    std::uint64_t number = 0; ///< never used twice
    std::string recipient;
};

struct InboxView
{
    Seq cursor;
    std::vector<Seq> messages;
    Seq through; ///< there are no others up to here
};

/// What a client asks a node for: the newest seq it knows.
struct ReadDemand
{
    std::uint64_t number = 0;             ///< never used twice
    std::optional<raft::ReadLevel> level; ///< none: whatever the node has
    Seq minSeq;                           ///< but not before this
};

struct ServedRead
{
    std::uint64_t number = 0;
    Seq lastSeq;
    std::string lastId;       ///< of the message with that seq; empty when there is none
    bool lastRemoved = false; ///< and so its id is not known
};

/// What a node keeps in memory, against what it was allowed.
struct Census
{
    raft::Settings settings;
    std::vector<raft::PeerStatus> peers;
    std::size_t pendingWrites = 0;
    std::size_t pendingReads = 0;         ///< linearizable ones that wait for their round
    std::size_t openMessages = 0;         ///< submitted and not answered
    std::size_t openAcknowledgements = 0; ///< of inboxes
    std::size_t acknowledgementsMax = 0;
    Duration oldestWrite{}; ///< how long, by the node's own clock, the oldest unfinished write has waited
    std::size_t uncommittedOwnBytes = 0; ///< proposals of the leader's own term beyond its commit index
    std::size_t largestEntryBytes = 0;
    std::size_t cachedBytes = 0; ///< payload of all entries in memory
    std::size_t neededBytes = 0; ///< of those not yet applied or not yet durable
};

/// A node asked a peer for its time and was answered.
struct TimedExchange
{
    ServerId peer;
    /// Its own clock jumped between question and answer, or the answer is the first to tell of a jump of the
    /// peer's.
    bool acrossJump = false;
    bool taken = false;   ///< as a sample
    bool outlier = false; ///< refused, because it contradicts what others proved
};

class Checker
{
public:
    virtual ~Checker() = default;
    virtual std::string name() const = 0;

    virtual void onStart(const ClusterView&, const NodeView&) {}
    /// Before the write reaches the disk's written image.
    virtual void onWrite(const ClusterView&, const NodeView&, const raft::Write&) {}
    /// The durable image of this node moved. Also called while the node is down.
    virtual void onDurable(const ClusterView&, const NodeView&) {}
    /// After a step's write is handed out and before its messages leave.
    virtual void onStep(const ClusterView&, const NodeView&) {}
    virtual void onSend(const ClusterView&, const NodeView&, const raft::Envelope&) {}
    virtual void onApply(const ClusterView&, const NodeView&, std::span<const raft::EntryPtr>,
                         const std::vector<messaging::AppliedEntry>&, const messaging::AppliedState&)
    {
    }
    /// The state in use was replaced by a snapshot.
    virtual void onInstall(const ClusterView&, const NodeView&) {}
    virtual void onAcknowledge(const ClusterView&, const NodeView&, const Acknowledgement&) {}
    /// A client begins to send a message of which nobody has heard before.
    virtual void onSubmit(const ClusterView&, const std::string& /*msgId*/) {}
    virtual void onReadBegun(const ClusterView&, const ReadDemand&) {}
    virtual void onReadServed(const ClusterView&, const NodeView&, const ServedRead&) {}
    /// The node tells a consumer where its cursor is, after it asked to move it.
    virtual void onCursorTold(const ClusterView&, const NodeView&, const messaging::MoveCursor& /*wish*/,
                              Seq /*cursor*/)
    {
    }
    virtual void onInboxAsked(const ClusterView&, const InboxDemand&) {}
    virtual void onInboxServed(const ClusterView&, const NodeView&, const InboxDemand&, const InboxView&) {}
    /// The node's TimeView was brought up to date.
    virtual void onTime(const ClusterView&, const NodeView&) {}
    /// All running nodes' were, at one moment.
    virtual void onClocks(const ClusterView&) {}
    virtual void onExchange(const ClusterView&, const NodeView&, const TimedExchange&) {}
    virtual void onCensus(const ClusterView&, const NodeView&, const Census&) {}

    const std::optional<Violation>& violation() const { return violation_; }

protected:
    /// Only the first counts.
    template <class... Parts>
    void fail(const Parts&... parts)
    {
        if (!violation_)
            violation_ = Violation{name(), text(parts...)};
    }

private:
    std::optional<Violation> violation_;
};

} // namespace dsmsg::sim
