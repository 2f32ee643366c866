// SPDX-License-Identifier: GPL-3.0-or-later
//
// The receiving side of AppendEntries (Raft 5.3) and heartbeats. Acknowledged is only what is on the disk.
#include "core/raft/Core.h"

#include <algorithm>

#include "core/base/Assert.h"

namespace dsmsg::raft {

bool Raft::Impl::contradictsLeader(ServerId from)
{
    if (!leads() && (!leaderId || leaderId == from))
        return false;
    report(Event::Kind::Contradiction, "it claims to lead a term that has another leader; ignored", from);
    return true;
}

void Raft::Impl::followLeader(ServerId from)
{
    if (role != Role::Follower || leaderId != from) {
        becomeFollower(term(), from, "another node leads this term");
        report(Event::Kind::LeaderFollowed, "it leads this term", from);
    }
    leaderContact = now;
    armElectionTimer();
}

void Raft::Impl::onAppendEntries(ServerId from, AppendEntries& request)
{
    if (request.term < term()) {
        // An old leader learns from our term that it is one.
        reply(from, AppendEntriesReply{term(), false, {}, request.prevLogIndex, {}, {}, false});
        return;
    }
    if (contradictsLeader(from))
        return;
    if (const std::string flaw = flawOf(request); !flaw.empty()) {
        report(Event::Kind::Contradiction, flaw + "; ignored", from);
        return;
    }
    followLeader(from);
    if (!log.matches(request.prevLogIndex, request.prevLogTerm)) {
        // What is compacted was committed, so it matches, whatever the leader knows of us.
        if (request.prevLogIndex < log.first().previous()) {
            verified = std::max(verified, commit);
            acknowledgeDurable(true);
        } else {
            rejectAppend(from, request.prevLogIndex, request.prevLogTerm);
        }
        return;
    }
    if (!hasRoomFor(request.entries)) {
        AppendEntriesReply refusal{term(), false, {}, request.prevLogIndex, {}, {}, true};
        reply(from, refusal);
        return;
    }
    acceptEntries(request.entries);
    verified = std::max(verified, request.prevLogIndex + request.entries.size());
    followCommit(request.leaderCommit);
    if (writeEntries.empty())
        acknowledgeDurable(true);
}

/// The reserve is for what a cluster of full disks needs to have a leader that serves reads: votes, and the
/// entry without content that begins a term.
bool Raft::Impl::hasRoomFor(const std::vector<EntryPtr>& entries) const
{
    return spaceSufficient ||
           std::ranges::all_of(entries, [](const EntryPtr& entry) { return entry->kind == EntryKind::NoOp; });
}

std::string Raft::Impl::flawOf(const AppendEntries& request) const
{
    LogIndex index = request.prevLogIndex;
    Term newest = index ? request.prevLogTerm : Term{};
    for (const EntryPtr& entry : request.entries) {
        if (entry->index != ++index || entry->term < newest || entry->term > request.term)
            return "its entries do not follow each other";
        newest = entry->term;
        const bool kept = entry->index >= log.first() && entry->index <= commit;
        if (kept && !log.matches(entry->index, entry->term))
            return "it contradicts entries that are committed here";
        if (settled && entry->index == LogIndex(1) && log.first() == LogIndex(1) &&
            !log.matches(entry->index, entry->term))
            return "it would replace the entry that formed this cluster";
        const bool configures = entry->kind == EntryKind::Form || entry->kind == EntryKind::Configuration;
        if (configures && !decodeConfiguration(entry->data))
            return "it sent a configuration that this version cannot read";
    }
    return {};
}

void Raft::Impl::rejectAppend(ServerId from, LogIndex prevLogIndex, Term prevLogTerm)
{
    AppendEntriesReply refusal;
    refusal.term = term();
    refusal.rejected = prevLogIndex;
    refusal.hint = log.lastNotAfter(prevLogIndex.previous(), prevLogTerm);
    refusal.hintTerm = log.termAt(refusal.hint);
    reply(from, refusal);
}

void Raft::Impl::acceptEntries(const std::vector<EntryPtr>& entries)
{
    for (const EntryPtr& entry : entries) {
        if (log.matches(entry->index, entry->term))
            continue;
        // Compacted entries are committed: they match by definition.
        if (entry->index <= commit)
            continue;
        if (entry->index <= log.last())
            truncateFrom(entry->index);
        appendEntry(entry);
    }
}

void Raft::Impl::acknowledgeDurable(bool evenIfOld)
{
    // A probe is answered even by an empty log: match 0 is what lets the leader go on.
    if (role != Role::Follower || !leaderId || (!verified && !evenIfOld))
        return;
    const LogIndex match = std::min(verified, durability.durableIndex());
    if (match <= acknowledged && !evenIfOld)
        return;
    acknowledged = match;
    AppendEntriesReply answer;
    answer.term = term();
    answer.success = true;
    answer.match = match;
    reply(leaderId, answer);
}

void Raft::Impl::onHeartbeat(ServerId from, const Heartbeat& heartbeat)
{
    if (heartbeat.term < term()) {
        reply(from, HeartbeatReply{term(), heartbeat.round, false});
        return;
    }
    if (contradictsLeader(from))
        return;
    followLeader(from);
    followCommit(heartbeat.commit);
    reply(from, HeartbeatReply{term(), heartbeat.round, !spaceSufficient});
}

void Raft::Impl::followCommit(LogIndex leaderCommit)
{
    // Only up to what was verified against this leader: beyond it our log may hold entries that it does not
    // have.
    setCommit(std::min(leaderCommit, verified));
}

} // namespace dsmsg::raft
