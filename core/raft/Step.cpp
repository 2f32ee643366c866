// SPDX-License-Identifier: GPL-3.0-or-later
//
// One input in, one Ready out: dispatch, the rules for terms (Raft, 5.1), and the one write that a step may
// hand out.
#include "core/raft/Core.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft {

Raft::Impl::Impl(const Settings& s, Identity id, Restored restored, std::uint64_t seed, Instant at)
    : settings(s)
    , identity(std::move(id))
    , random(seed)
    , readSalt(random.next())
    , now(at)
    , hardState(restored.hardState)
    , log(restored)
    , durability(restored.lastIndex)
    , commit(std::max(restored.applied, restored.base.index))
    , applied(restored.applied)
{
    DSMSG_ASSERT(restored.applied <= restored.lastIndex, "the applied state is ahead of the log");
    DSMSG_ASSERT(restored.applied >= restored.base.index,
                 "the log begins after what the applied state covers");
    restoreConfiguration(restored);
    settled = commit || holdsCommands(restored);
    applyThrough = applied;
    noteRemoval();
    armElectionTimer();
    // A lone voter waits for nobody.
    if (isLoneVoter() && mayCampaign())
        electionDeadline = now;
}

namespace {

/// True when `newer` makes the reply `older` to the same server pointless.
bool supersedes(const Message& newer, const Message& older)
{
    const auto* vote = std::get_if<RequestVoteReply>(&newer);
    const auto* before = std::get_if<RequestVoteReply>(&older);
    if (vote != nullptr && before != nullptr)
        return vote->ballot == before->ballot;
    return newer.index() == older.index();
}

} // namespace

Ready Raft::Impl::step(Input input, Instant at)
{
    DSMSG_ASSERT(at >= now, "time went back between two steps");
    const Duration gap = at - now;
    now = at;
    ready = Ready{};
    // A leader that was paused may have been replaced; the answers queued meanwhile prove nothing (PROOF.md,
    // 7).
    if (leads() && gap > settings.electionTimeoutMax && !isLoneVoter())
        becomeFollower(term(), {}, "this node did not run for longer than an election timeout");
    std::visit([this](auto& value) { on(value); }, input);
    if (leads())
        leaderDuties();
    finishWrite();
    continueInstall();
    releaseReplies();
    if (!installing)
        applyThrough = std::min(commit, std::max(durability.durableIndex(), applied));
    ready.applyThrough = applyThrough;
    invariants.check({role, hardState, leaderId, log.last(), durability.durableIndex(), commit, applied,
                      verified, log.lastTerm()});
    return std::move(ready);
}

Instant Raft::Impl::deadline() const
{
    if (!leads())
        return electionDeadline;
    Instant due = nextHeartbeat;
    if (!isLoneVoter())
        due = std::min(due, quorumContact() + settings.electionTimeoutMax);
    if (transferTo)
        due = std::min(due, transferDeadline);
    if (catchUpWaits)
        due = std::min(due, catchUpFreeAt);
    // A lone voter leads on with a stalled disk; its timer must not fire without end meanwhile.
    if (const auto oldest = durability.oldestPending(); oldest && !stallReported)
        due = std::min(due, *oldest + settings.electionTimeoutMax);
    return due;
}

void Raft::Impl::on(const Tick&)
{
    if (!leads() && now >= electionDeadline)
        electionTimeout();
}

void Raft::Impl::on(Received& received)
{
    const ServerId from = received.from;
    const Term theirs = termOf(received.message);
    if (auto* request = std::get_if<RequestVote>(&received.message))
        return onRequestVote(from, *request);
    if (auto* answer = std::get_if<RequestVoteReply>(&received.message))
        return onRequestVoteReply(from, *answer);
    if (theirs > term())
        adoptTerm(theirs);
    dispatch(from, received.message);
}

void Raft::Impl::dispatch(ServerId from, Message& received)
{
    std::visit(
        [&](auto& message) {
            using T = std::decay_t<decltype(message)>;
            if constexpr (std::is_same_v<T, AppendEntries>)
                onAppendEntries(from, message);
            else if constexpr (std::is_same_v<T, Heartbeat>)
                onHeartbeat(from, message);
            else if constexpr (std::is_same_v<T, AppendEntriesReply>)
                onAppendEntriesReply(from, message);
            else if constexpr (std::is_same_v<T, HeartbeatReply>)
                onHeartbeatReply(from, message);
            else if constexpr (std::is_same_v<T, TimeoutNow>)
                onTimeoutNow(from, message);
            else if constexpr (std::is_same_v<T, ReadIndexRequest>)
                onReadIndexRequest(from, message);
            else if constexpr (std::is_same_v<T, ReadIndexReply>)
                onReadIndexReply(message);
            else if constexpr (std::is_same_v<T, InstallSnapshot>)
                onInstallSnapshot(from, message);
            else if constexpr (std::is_same_v<T, InstallSnapshotReply>)
                onInstallSnapshotReply(from, message);
        },
        received);
}

void Raft::Impl::on(Propose& request)
{
    ready.proposed = propose(std::move(request.data));
}

void Raft::Impl::on(const Persisted& persisted)
{
    durability.persisted(persisted.write);
    if (role == Role::Candidate && ownVote && durability.isDurable(ownVote)) {
        ownVote = {};
        campaignWhenDurable = false; // this campaign begins only now
        votes[identity.server] = true;
        askForVotes();
        countVotes();
    }
    if (leads()) {
        advanceCommit();
    } else {
        acknowledgeDurable(false);
        if (campaignWhenDurable && durability.idle())
            electionTimeout();
    }
}

void Raft::Impl::on(const Applied& report)
{
    DSMSG_ASSERT(report.index <= commit, "the host applied what is not committed");
    applied = std::max(applied, report.index);
    finishInstall();
    LogIndex needed = applied;
    if (leads()) {
        for (const auto& [server, peer] : progress)
            needed = std::min(needed, peer.match());
    }
    // What a follower may still ask for is kept as long as the bound allows; beyond it the log store has it.
    log.trimCache(std::min(needed, durability.durableIndex()), settings.cacheBytesMax / 8);
    log.trimCache(std::min(applied, durability.durableIndex()), settings.cacheBytesMax);
}

void Raft::Impl::on(const PeerDisconnected& peer)
{
    std::erase_if(identified, [&](const auto& known) { return known.second.server == peer.server; });
    if (const auto found = progress.find(peer.server); found != progress.end()) {
        found->second.restart();
        report(Event::Kind::PeerLost, "the link is down", peer.server);
    }
}

void Raft::Impl::on(LogRead& read)
{
    const auto found = progress.find(read.forPeer);
    if (!leads() || found == progress.end() || !found->second.logReadPending)
        return;
    Progress& peer = found->second;
    peer.logReadPending = false;
    // Between the request and this answer the log may have been truncated by another term, or the peer moved
    // on.
    const bool usable = !read.entries.empty() && read.entries.front()->index == peer.next() &&
                        std::ranges::all_of(read.entries, [this](const EntryPtr& entry) {
                            return log.matches(entry->index, entry->term);
                        });
    if (!usable)
        return;
    std::size_t bytes = 0;
    for (const EntryPtr& entry : read.entries)
        bytes += entry->data.size();
    payForCatchUp(bytes);
    sendEntries(read.forPeer, peer, std::move(read.entries));
    replicateTo(read.forPeer, peer);
}

void Raft::Impl::on(const DiskSpace& space)
{
    spaceSufficient = space.sufficient;
    yieldToRoom();
}

void Raft::Impl::adoptTerm(Term newer)
{
    becomeFollower(newer, {}, "a message of a later term arrived");
}

void Raft::Impl::becomeFollower(Term newTerm, ServerId leader, const std::string& cause)
{
    if (newTerm > term()) {
        setHardState({newTerm, {}});
        leaderId = {};
    }
    if (role == Role::Leader || role == Role::Candidate)
        report(Event::Kind::SteppedDown, cause);
    if (role != Role::Follower)
        armElectionTimer();
    if (leads())
        leaderContact.reset();
    role = Role::Follower;
    leaderId = leader;
    verified = {};
    acknowledged = {};
    votes.clear();
    ownVote = {};
    progress.clear();
    uncommittedBytes = 0;
    transferTo = {};
    catchUpWaits = false;
    refuseReads();
}

void Raft::Impl::setHardState(HardState state)
{
    if (state == hardState)
        return;
    hardState = state;
    writeHardState = state;
}

void Raft::Impl::appendEntry(EntryPtr entry)
{
    writeEntries.push_back(entry);
    log.append(entry);
    if (entry->kind == EntryKind::Form || entry->kind == EntryKind::Configuration)
        adoptConfiguration(entry->index, *entry);
    settled = settled || entry->kind == EntryKind::Command;
}

void Raft::Impl::truncateFrom(LogIndex from)
{
    DSMSG_ASSERT(from > commit, "a committed entry would be truncated");
    DSMSG_ASSERT(writeEntries.empty(), "a step truncates before it appends");
    log.truncateFrom(from);
    durability.truncated(from);
    verified = std::min(verified, from.previous());
    acknowledged = std::min(acknowledged, from.previous());
    writeTruncate = from;
    rollBackConfiguration(from);
}

void Raft::Impl::finishWrite()
{
    const bool touchesLog = !writeEntries.empty() || writeTruncate || writeReset;
    if (!writeHardState && !touchesLog && !writeCompact)
        return;
    Write write;
    write.hardState = std::exchange(writeHardState, std::nullopt);
    write.reset = std::exchange(writeReset, std::nullopt);
    write.compact = std::exchange(writeCompact, std::nullopt);
    write.truncateFrom = std::exchange(writeTruncate, {});
    write.entries = std::exchange(writeEntries, {});
    write.id = durability.issue(now, touchesLog ? std::optional(log.last()) : std::nullopt,
                                write.hardState.has_value());
    ready.write = std::move(write);
}

void Raft::Impl::releaseReplies()
{
    // Not the algorithm of std::ranges: clang 14 cannot read its result with libstdc++ 12.
    const auto due = std::stable_partition(heldReplies.begin(), heldReplies.end(), [this](const auto& held) {
        return !durability.isDurable(held.first);
    });
    for (auto held = due; held != heldReplies.end(); ++held) {
        if (stillTrue(held->second.message))
            ready.messages.push_back(std::move(held->second));
    }
    heldReplies.erase(due, heldReplies.end());
}

bool Raft::Impl::stillTrue(const Message& held) const
{
    // A granted pre-vote speaks of a term yet to come.
    const auto* vote = std::get_if<RequestVoteReply>(&held);
    if (vote != nullptr && vote->ballot == Ballot::PreVote && vote->granted)
        return vote->term > term();
    return termOf(held) == term();
}

void Raft::Impl::reply(ServerId to, Message message)
{
    const std::optional<WriteId> vouching =
        writeHardState ? std::optional(durability.nextId()) : durability.pendingHardState();
    // The newest of a kind says all: without this the replies to heartbeats pile up behind a stalled disk.
    std::erase_if(heldReplies, [&](const auto& held) {
        return held.second.to == to && supersedes(message, held.second.message);
    });
    if (vouching)
        heldReplies.emplace_back(*vouching, Envelope{to, std::move(message)});
    else
        send(to, std::move(message));
}

void Raft::Impl::report(Event::Kind kind, std::string cause, ServerId peer, LogIndex index)
{
    ready.events.push_back({kind, term(), peer, std::move(cause), index});
}

Term termOf(const Message& message)
{
    return std::visit([](const auto& m) { return m.term; }, message);
}

} // namespace dsmsg::raft
