// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inside of Raft: the state of figure 2, and one member function a rule. The functions live in a file by
// subject: Step (dispatch), Election, Transfer, Follower, Replication, ReadIndex, Snapshot, Formation,
// Membership. Nothing outside core/raft includes this.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/Random.h"
#include "core/raft/Durability.h"
#include "core/raft/Invariants.h"
#include "core/raft/Progress.h"
#include "core/raft/Quorum.h"
#include "core/raft/Raft.h"
#include "core/raft/RaftLog.h"

namespace dsmsg::raft {

struct Raft::Impl
{
    Impl(const Settings& settings, Identity identity, Restored restored, std::uint64_t seed, Instant now);

    // --- Step.cpp: dispatch, terms, the write of a step ---
    Ready step(Input input, Instant now);
    Instant deadline() const;
    void on(const Tick& tick);
    void on(Received& received);
    void on(Propose& propose);
    void on(const Persisted& persisted);
    void on(const Applied& applied);
    void on(const PeerIdentified& peer);
    void on(const PeerDisconnected& peer);
    void on(LogRead& read);
    void on(const DiskSpace& space);
    void on(ChangeMembers& request);            // Membership.cpp
    void on(const TransferLeadership& request); // Transfer.cpp
    void on(const ReadIndex& request);          // ReadIndex.cpp
    void on(const Compact& request);            // Snapshot.cpp
    void on(SnapshotRead& read);                // Snapshot.cpp
    void on(const SnapshotStored& stored);      // Snapshot.cpp
    void dispatch(ServerId from, Message& message);
    void adoptTerm(Term term);
    void becomeFollower(Term term, ServerId leader, const std::string& cause);
    void setHardState(HardState state);
    void appendEntry(EntryPtr entry);
    void truncateFrom(LogIndex from);
    void finishWrite();
    void releaseReplies();
    void send(ServerId to, Message message) { ready.messages.push_back({to, std::move(message)}); }
    bool stillTrue(const Message& held) const;
    /// Sends once everything that vouches for the current term and vote is durable.
    void reply(ServerId to, Message message);
    void report(Event::Kind kind, std::string cause, ServerId peer = {}, LogIndex index = {});

    // --- Election.cpp ---
    bool mayCampaign() const;
    bool mayStillVote() const;
    void armElectionTimer();
    void electionTimeout();
    void campaign(Ballot ballot);
    void askForVotes();
    void onRequestVote(ServerId from, const RequestVote& request);
    void onRequestVoteReply(ServerId from, const RequestVoteReply& reply);
    bool wouldGrant(ServerId from, const RequestVote& request) const;
    bool belongsToFormed(ServerId server) const;
    bool upToDate(const RequestVote& request) const;
    bool hearsLeader() const;
    void countVotes();
    void becomeLeader();

    // --- Transfer.cpp ---
    void handOver(ServerId to, const std::string& cause);
    void yieldToRoom();
    void tellSuccessor();
    void onTimeoutNow(ServerId from, const TimeoutNow& order);
    ServerId mostAdvancedVoter() const;

    // --- Follower.cpp ---
    void onAppendEntries(ServerId from, AppendEntries& request);
    void onHeartbeat(ServerId from, const Heartbeat& heartbeat);
    bool contradictsLeader(ServerId from);
    /// Why no leader can have said this (a damaged or hostile sender); empty when one can.
    std::string flawOf(const AppendEntries& request) const;
    bool hasRoomFor(const std::vector<EntryPtr>& entries) const;
    void followLeader(ServerId from);
    void acceptEntries(const std::vector<EntryPtr>& entries);
    void rejectAppend(ServerId from, LogIndex prevLogIndex, Term prevLogTerm);
    void acknowledgeDurable(bool evenIfOld);
    void followCommit(LogIndex leaderCommit);

    // --- Replication.cpp ---
    std::variant<Proposed, Refusal> propose(std::string data);
    Proposed appendOwn(EntryKind kind, std::string data);
    void replicate();
    void replicateTo(ServerId peer, Progress& progress);
    void sendEntries(ServerId peer, Progress& progress, std::vector<EntryPtr> entries);
    void payForCatchUp(std::size_t bytes);
    void sendProbe(ServerId peer, Progress& progress);
    void heartbeatRound();
    void pushCommit();
    void onAppendEntriesReply(ServerId from, const AppendEntriesReply& reply);
    void followerHolds(ServerId from, bool news);
    void onHeartbeatReply(ServerId from, const HeartbeatReply& reply);
    void advanceCommit();
    void setCommit(LogIndex commit);
    void leaderDuties();
    Instant quorumContact() const;
    LogIndex matchOf(ServerId server) const;

    // --- ReadIndex.cpp ---
    struct PendingRead
    {
        ServerId from; ///< 0: this node's own
        ReadId id;
        LogIndex index;
        std::uint64_t round; ///< the first heartbeat round that began after it
    };
    void onReadIndexRequest(ServerId from, const ReadIndexRequest& request);
    void onReadIndexReply(const ReadIndexReply& answer);
    void admitRead(ServerId from, ReadId id, ReadLevel level);
    ReadId salted(ReadId id) const;
    void startReadRound();
    void confirmReads();
    void answerRead(const PendingRead& read, LogIndex index);
    void refuseReads();

    // --- Snapshot.cpp ---
    LogBase baseAt(LogIndex index) const;
    void askForPosition(ServerId server, Progress& peer);
    void onInstallSnapshot(ServerId from, InstallSnapshot& message);
    void onInstallSnapshotReply(ServerId from, const InstallSnapshotReply& answer);
    bool holdsCommitted(const LogBase& base) const;
    void snapshotCovered(LogIndex index);
    void beginAnewAfter(const LogBase& base);
    void continueInstall();
    void finishInstall();

    // --- Formation.cpp: formation, binding, the configuration in force ---
    void restoreConfiguration(const Restored& restored);
    void adoptConfiguration(LogIndex index, const Entry& entry);
    void rollBackConfiguration(LogIndex from);
    void configurationChanged();
    void forgetConfigurations(LogIndex through);
    void noteRemoval();
    bool mayForm() const;
    void bindSlots();
    std::string formationProblem() const;
    static bool holdsCommands(const Restored& restored);

    // --- Membership.cpp ---
    bool mayChangeMembers() const;
    void changeMembers(Configuration target, const std::string& why);
    void tendMembers();
    void resign();
    void promoteReady();
    void rebindSlots();

    std::string explain() const;
    Status status(Instant at) const;

    const Configuration& config() const { return configurations.back().second; }
    bool leads() const { return role == Role::Leader; }
    /// Nobody else's word is needed for anything.
    bool leadsAlone() const { return leads() && isLoneVoter(); }
    bool isLoneVoter() const
    {
        return config().voterSlots() == 1 && !config().joint() &&
               (config().isVoter(identity.server) || !config().formed());
    }
    Term term() const { return hardState.term; }

    const Settings settings;
    const Identity identity;
    Random random;
    const std::uint64_t readSalt; ///< of this run
    Instant now;

    // Figure 2: persistent
    HardState hardState;
    RaftLog log;
    Durability durability;
    /// The configuration in force last; with the index of its entry, so that a truncation rolls it back.
    std::vector<std::pair<LogIndex, Configuration>> configurations;
    std::uint64_t membersVersion = 0;

    // Figure 2: volatile
    Role role = Role::Follower;
    ServerId leaderId;
    LogIndex commit;
    LogIndex applied;
    LogIndex verified;     ///< follower: equal to the leader's log of this term up to here
    LogIndex acknowledged; ///< follower: the highest match told to this leader
    std::optional<Instant> leaderContact;
    bool spaceSufficient = true;

    // Elections
    Instant electionDeadline;
    Duration electionTimeoutArmed{};
    bool campaignWhenDurable = false;
    std::map<ServerId, bool> votes;
    WriteId ownVote; ///< the write that carries the vote for ourselves
    bool campaignIsTransfer = false;

    // Leader
    std::map<ServerId, Progress> progress; ///< every other bound member
    LogIndex termStart;                    ///< first entry of this leader's term
    Instant nextHeartbeat;
    Instant leaderSince;
    std::uint64_t round = 0;
    std::size_t uncommittedBytes = 0;
    bool stallReported = false; ///< the unfinished write was reported
    std::deque<PendingRead> reads;
    Instant catchUpFreeAt;     ///< no entries are read from disk for followers before
    bool catchUpWaits = false; ///< some follower waits for that
    ServerId transferTo;       ///< 0: leadership is not being handed over
    Instant transferDeadline;

    // Snapshot received
    struct Installing
    {
        LogIndex index;
        WriteId write; ///< that begins the log anew
        bool handedOut = false;
    };
    bool pieceAtHost = false;         ///< a Ready::snapshotChunk is not answered yet
    std::optional<LogBase> stagedEnd; ///< what the last piece, now at the host, completes
    std::optional<Installing> installing;
    LogIndex applyThrough;

    // Formation
    std::map<std::string, PeerIdentified> identified; ///< by URL, links that are up
    std::set<std::string> formedPeers; ///< while unformed: URLs whose node said it belongs to a cluster
    bool settled = false;              ///< the Form entry of this log is known to be committed, for ever
    bool foreignCluster = false;       ///< while unformed: a configured peer belongs to a cluster already
    bool wasMember = false;            ///< some configuration of this log had this node
    bool removed = false;              ///< a committed configuration has left this node out since

    // This step
    Ready ready;
    std::optional<HardState> writeHardState;
    LogIndex writeTruncate;
    std::optional<LogBase> writeReset;
    std::optional<LogBase> writeCompact;
    std::vector<EntryPtr> writeEntries;
    std::vector<std::pair<WriteId, Envelope>> heldReplies; ///< waiting for the write
    TransitionCheck invariants;
};

} // namespace dsmsg::raft
