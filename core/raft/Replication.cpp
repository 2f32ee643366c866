// SPDX-License-Identifier: GPL-3.0-or-later
//
// The leader's side: proposals, pipelined AppendEntries within a window, the commit rule (Raft 5.3, 5.4.2),
// and stepping down when there is no majority to lead or the own disk does not answer (dissertation 6.2).
#include "core/raft/Core.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft {

std::variant<Proposed, Refusal> Raft::Impl::propose(std::string data)
{
    if (!leads())
        return Refusal::NotLeader;
    if (applied < termStart)
        return Refusal::NotReady;
    if (transferTo)
        return Refusal::HandingOver;
    if (!spaceSufficient)
        return Refusal::DiskFull;
    if (uncommittedBytes > 0 && uncommittedBytes + data.size() > settings.uncommittedBytesMax)
        return Refusal::Busy;
    const Proposed proposed = appendOwn(EntryKind::Command, std::move(data));
    replicate();
    return proposed;
}

Proposed Raft::Impl::appendOwn(EntryKind kind, std::string data)
{
    uncommittedBytes += data.size();
    auto entry = std::make_shared<const Entry>(Entry{term(), log.last().next(), kind, std::move(data)});
    appendEntry(entry);
    return {entry->term, entry->index};
}

void Raft::Impl::replicate()
{
    for (auto& [server, peer] : progress)
        replicateTo(server, peer);
}

void Raft::Impl::replicateTo(ServerId server, Progress& peer)
{
    if (peer.next() < log.first() && peer.state() != Progress::State::Snapshot) {
        peer.startSnapshot();
        report(Event::Kind::SnapshotSending, "the entries that it needs next are compacted", server,
               peer.next());
    }
    if (peer.state() == Progress::State::Snapshot) {
        if (peer.maySend(settings.inflightMessagesMax, settings.inflightBytesMax))
            askForPosition(server, peer);
        return;
    }
    while (peer.maySend(settings.inflightMessagesMax, settings.inflightBytesMax)) {
        const bool searching = peer.state() == Progress::State::Probe;
        if (peer.next() > log.last()) {
            if (searching)
                sendProbe(server, peer);
            return;
        }
        auto entries = log.read(peer.next(), log.last(), settings.appendBytesMax);
        if (!entries.empty()) {
            sendEntries(server, peer, std::move(entries));
        } else if (searching) {
            sendProbe(server, peer);
        } else if (now < catchUpFreeAt) {
            catchUpWaits = true;
            return;
        } else {
            peer.logReadPending = true;
            // What is out of memory is durable; beyond that the log store may not have it yet.
            const LogIndex last = durability.durableIndex();
            ready.logReads.push_back({server, peer.next(), last, settings.appendBytesMax});
        }
    }
}

/// What was read from disk delays the next such read (PROOF.md, pitfall 16).
void Raft::Impl::payForCatchUp(std::size_t bytes)
{
    const auto cost = Duration(static_cast<std::int64_t>(bytes * 1'000'000 / settings.catchUpBytesPerSecond));
    catchUpFreeAt = std::max(now, catchUpFreeAt) + cost;
}

void Raft::Impl::sendEntries(ServerId server, Progress& peer, std::vector<EntryPtr> entries)
{
    const LogIndex prev = peer.next().previous();
    std::size_t bytes = 0;
    for (const EntryPtr& entry : entries)
        bytes += entry->data.size();
    const LogIndex last = entries.back()->index;
    send(server, AppendEntries{term(), prev, log.termAt(prev), commit, std::move(entries)});
    peer.sent(last, bytes);
    peer.sentCommit = commit;
}

void Raft::Impl::sendProbe(ServerId server, Progress& peer)
{
    const LogIndex prev = peer.next().previous();
    send(server, AppendEntries{term(), prev, log.termAt(prev), commit, {}});
    if (peer.state() == Progress::State::Probe)
        peer.sent(prev, 0);
    peer.sentCommit = commit;
}

void Raft::Impl::heartbeatRound()
{
    ++round;
    nextHeartbeat = now + settings.heartbeatInterval;
    for (auto& [server, peer] : progress) {
        send(server, Heartbeat{term(), commit, round});
        peer.sentCommit = commit;
    }
}

void Raft::Impl::pushCommit()
{
    for (auto& [server, peer] : progress) {
        replicateTo(server, peer);
        if (peer.sentCommit < commit && peer.state() == Progress::State::Replicate) {
            send(server, Heartbeat{term(), commit, round});
            peer.sentCommit = commit;
        }
    }
}

void Raft::Impl::onAppendEntriesReply(ServerId from, const AppendEntriesReply& answer)
{
    const auto found = progress.find(from);
    if (!leads() || answer.term != term() || found == progress.end())
        return;
    Progress& peer = found->second;
    peer.contact(now);
    if (answer.noSpace) {
        peer.restart();
        peer.noSpace = true;
        return;
    }
    peer.noSpace = false;
    if (answer.success) {
        if (answer.match > log.last()) {
            report(Event::Kind::Contradiction, "it acknowledges what this leader does not have; ignored",
                   from);
            return;
        }
        followerHolds(from, peer.acknowledged(answer.match));
        return;
    }
    const LogIndex meeting = log.lastNotAfter(answer.hint, answer.hintTerm);
    if (peer.refused(answer.rejected, meeting.next()))
        replicateTo(from, peer);
}

/// What follows from an acknowledgement; `news`: of more than before. It may end this leadership, or a
/// membership.
void Raft::Impl::followerHolds(ServerId from, bool news)
{
    progress.at(from).measureCatchUp(log.last(), now, settings.electionTimeoutMin);
    if (news)
        advanceCommit();
    promoteReady();
    tellSuccessor();
    if (const auto peer = progress.find(from); leads() && peer != progress.end())
        replicateTo(from, peer->second);
}

void Raft::Impl::onHeartbeatReply(ServerId from, const HeartbeatReply& answer)
{
    const auto found = progress.find(from);
    if (!leads() || answer.term != term() || found == progress.end())
        return;
    Progress& peer = found->second;
    peer.contact(now);
    peer.answeredRound = std::max(peer.answeredRound, answer.round);
    confirmReads();
    if (peer.caughtUp())
        promoteReady();
    if (answer.noSpace) {
        peer.noSpace = true;
        return;
    }
    peer.noSpace = false;
    yieldToRoom();
    // A round trip with entries outstanding and no acknowledgement: something may be lost on the way. An
    // empty AppendEntries behind it shows; if nothing is lost, it costs one frame.
    if (peer.state() == Progress::State::Probe)
        peer.allowProbe();
    else if (peer.state() == Progress::State::Snapshot) {
        if (peer.quietSinceLastCheck())
            peer.allowProbe();
    } else if (peer.match() < log.last() && peer.quietSinceLastCheck())
        sendProbe(from, peer);
    replicateTo(from, peer);
}

LogIndex Raft::Impl::matchOf(ServerId server) const
{
    if (server == identity.server)
        return durability.durableIndex();
    const auto found = progress.find(server);
    return found == progress.end() ? LogIndex{} : found->second.match();
}

void Raft::Impl::advanceCommit()
{
    const LogIndex reached = reachedByQuorum<LogIndex>(config(), [this](ServerId s) { return matchOf(s); });
    // Only an entry of the own term commits by counting; it takes all before it along (Raft 5.4.2, figure 8).
    if (reached <= commit || log.termAt(reached) != term())
        return;
    setCommit(reached);
    pushCommit();
    tendMembers();
}

void Raft::Impl::setCommit(LogIndex target)
{
    if (target <= commit)
        return;
    if (leads()) {
        for (const EntryPtr& entry : log.read(std::max(commit.next(), termStart), target, SIZE_MAX))
            uncommittedBytes -= std::min(uncommittedBytes, entry->data.size());
    }
    const bool memberships = configurations.back().first > commit && configurations.back().first <= target;
    commit = target;
    settled = true;
    if (memberships) {
        ++membersVersion;
        noteRemoval();
        report(Event::Kind::MembersChanged,
               config().joint() ? "both sets of voters decide" : "the change is complete", {},
               configurations.back().first);
    }
}

Instant Raft::Impl::quorumContact() const
{
    // nthGreatest wants a least value as the default: an Instant long before any contact.
    struct Contact
    {
        Instant at = Instant(Duration::min() / 2);
        bool operator<(const Contact& other) const { return at < other.at; }
    };
    const auto contact = [this](ServerId server) {
        if (server == identity.server)
            return Contact{now};
        const auto found = progress.find(server);
        return found == progress.end() ? Contact{} : Contact{found->second.lastContact()};
    };
    return std::max(leaderSince, reachedByQuorum<Contact>(config(), contact).at);
}

void Raft::Impl::leaderDuties()
{
    if (transferTo && now >= transferDeadline) {
        report(Event::Kind::Transferring, "given up: the successor did not take over in time", transferTo);
        transferTo = {};
    }
    if (!isLoneVoter() && now >= quorumContact() + settings.electionTimeoutMax) {
        becomeFollower(term(), {}, "no majority answered for an election timeout");
        return;
    }
    const auto oldest = durability.oldestPending();
    const bool stalled = oldest && now >= *oldest + settings.electionTimeoutMax;
    if (stalled && !stallReported)
        report(Event::Kind::DiskStall, "a write has not finished for an election timeout");
    stallReported = stalled;
    if (stalled && !isLoneVoter()) {
        becomeFollower(term(), {}, "the own disk does not answer");
        return;
    }
    if (catchUpWaits && now >= catchUpFreeAt) {
        catchUpWaits = false;
        replicate();
    }
    if (now >= nextHeartbeat)
        heartbeatRound();
}

} // namespace dsmsg::raft
