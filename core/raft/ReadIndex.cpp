// SPDX-License-Identifier: GPL-3.0-or-later
//
// Linearizable reads without a log entry (dissertation 6.4): the leader notes its commit index, makes sure by
// a round of heartbeats that began after the read that it still leads, and names the index that must be
// applied before the read is served, on any node. Rounds are numbered within a term and never used twice, so
// a late answer confirms nothing that began after it.
#include "core/raft/Core.h"

namespace dsmsg::raft {

void Raft::Impl::on(const ReadIndex& request)
{
    if (leads())
        admitRead({}, request.id, request.level);
    else if (leaderId)
        send(leaderId, ReadIndexRequest{term(), salted(request.id), request.level});
    else
        ready.reads.push_back({request.id, {}});
}

/// What a leader is told instead of the host's id, and back again. A host numbers its reads from the start in
/// every run; a late answer to a run before must not be taken for one to a read of this run.
ReadId Raft::Impl::salted(ReadId id) const
{
    return ReadId(id.value ^ readSalt);
}

void Raft::Impl::onReadIndexRequest(ServerId from, const ReadIndexRequest& request)
{
    if (leads() && progress.contains(from))
        admitRead(from, request.id, request.level);
    else
        send(from, ReadIndexReply{term(), request.id, {}});
}

void Raft::Impl::onReadIndexReply(const ReadIndexReply& answer)
{
    ready.reads.push_back({salted(answer.id), answer.index});
}

void Raft::Impl::admitRead(ServerId from, ReadId id, ReadLevel level)
{
    // Before the first entry of its term is committed a leader does not know what its predecessors committed;
    // that entry comes after all of it.
    const PendingRead read{from, id, std::max(commit, termStart), round + 1};
    if (level == ReadLevel::Leader || leadsAlone()) {
        answerRead(read, read.index);
    } else if (reads.size() >= settings.pendingReadsMax) {
        answerRead(read, {});
    } else {
        reads.push_back(read);
        startReadRound();
    }
}

/// One round at a time serves all reads that came before it; those that come meanwhile share the next.
void Raft::Impl::startReadRound()
{
    const bool oneIsOut = !reads.empty() && reads.front().round <= round;
    if (!reads.empty() && !oneIsOut)
        heartbeatRound();
}

void Raft::Impl::confirmReads()
{
    if (reads.empty())
        return;
    const auto heard = [this](ServerId server) {
        if (server == identity.server)
            return round;
        const auto peer = progress.find(server);
        return peer == progress.end() ? std::uint64_t{0} : peer->second.answeredRound;
    };
    const auto confirmed = reachedByQuorum<std::uint64_t>(config(), heard);
    while (!reads.empty() && reads.front().round <= confirmed) {
        answerRead(reads.front(), reads.front().index);
        reads.pop_front();
    }
    startReadRound();
}

void Raft::Impl::answerRead(const PendingRead& read, LogIndex index)
{
    if (read.from)
        send(read.from, ReadIndexReply{term(), read.id, index});
    else
        ready.reads.push_back({read.id, index});
}

void Raft::Impl::refuseReads()
{
    for (const PendingRead& read : reads)
        answerRead(read, {});
    reads.clear();
}

} // namespace dsmsg::raft
