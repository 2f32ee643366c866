// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compaction, and what a follower gets whose next entry is gone (Raft, section 7): the leader's applied
// state, piece by piece, each one asked for by the answer to the one before, so that it resumes where it
// stopped. The host reads and stages the pieces; the core decides when the staged whole becomes the state:
// after the write that begins the log anew is durable, never over a newer state.
#include "core/raft/Core.h"

#include <algorithm>

namespace dsmsg::raft {

void Raft::Impl::on(const Compact& request)
{
    const LogIndex through = std::min({request.through, applied, durability.durableIndex()});
    if (through < log.first() || installing)
        return;
    writeCompact = baseAt(through);
    forgetConfigurations(through);
    log.compact(through);
    report(Event::Kind::Compacted, "the log begins after entry " + std::to_string(through.value), {},
           through);
}

/// `index` is not compacted further than to itself.
LogBase Raft::Impl::baseAt(LogIndex index) const
{
    const auto after =
        std::ranges::upper_bound(configurations, index, {}, &std::pair<LogIndex, Configuration>::first);
    return {index, log.termAt(index), std::prev(after)->second};
}

// --- the leader ---

void Raft::Impl::askForPosition(ServerId server, Progress& peer)
{
    send(server, InstallSnapshot{term(), 0, {}, std::nullopt});
    peer.askedForPosition();
}

void Raft::Impl::onInstallSnapshotReply(ServerId from, const InstallSnapshotReply& answer)
{
    const auto found = progress.find(from);
    if (!leads() || answer.term != term() || found == progress.end())
        return;
    Progress& peer = found->second;
    peer.contact(now);
    peer.noSpace = answer.noSpace;
    if (answer.noSpace || peer.state() != Progress::State::Snapshot)
        return;
    if (!answer.installed) {
        peer.heard();
        if (!peer.snapshotReadPending) {
            peer.snapshotReadPending = true;
            ready.snapshotReads.push_back({from, answer.position});
        }
        return;
    }
    if (answer.installed > log.last()) {
        report(Event::Kind::Contradiction, "it installed what this leader does not have; ignored", from);
        return;
    }
    peer.snapshotInstalled(answer.installed);
    followerHolds(from, true);
}

void Raft::Impl::on(SnapshotRead& read)
{
    const auto found = progress.find(read.forPeer);
    if (!leads() || found == progress.end() || !found->second.snapshotReadPending)
        return;
    Progress& peer = found->second;
    peer.snapshotReadPending = false;
    const bool usable =
        !read.finishedAt || (read.finishedAt <= applied && read.finishedAt.next() >= log.first());
    if (peer.state() != Progress::State::Snapshot || !usable || (read.chunk.empty() && !read.finishedAt))
        return;
    InstallSnapshot message{term(), read.position, std::move(read.chunk), std::nullopt};
    if (read.finishedAt)
        message.finished = baseAt(read.finishedAt);
    send(read.forPeer, std::move(message));
}

// --- the follower ---

void Raft::Impl::onInstallSnapshot(ServerId from, InstallSnapshot& message)
{
    if (message.term < term()) {
        reply(from, InstallSnapshotReply{term(), 0, {}, false});
        return;
    }
    if (contradictsLeader(from))
        return;
    followLeader(from);
    // One piece at a time: a repeated one in the host's queue could undo the staged whole after the log has
    // already begun anew for it. The leader asks again.
    if (installing || pieceAtHost)
        return;
    if (message.finished && holdsCommitted(*message.finished)) {
        verified = std::max(verified, message.finished->index);
        followCommit(message.finished->index);
        snapshotCovered(message.finished->index);
    } else if (!spaceSufficient) {
        reply(from, InstallSnapshotReply{term(), 0, {}, true});
    } else {
        pieceAtHost = true;
        stagedEnd = message.finished;
        ready.snapshotChunk = SnapshotChunk{message.position, std::move(message.chunk),
                                            message.finished ? message.finished->index : LogIndex{}};
    }
}

/// True when this log has everything that the snapshot stands for; then it stays, with what follows. Dropping
/// a suffix that this node has acknowledged would lose it (Raft, figure 13, step 6).
bool Raft::Impl::holdsCommitted(const LogBase& base) const
{
    return base.index <= commit || log.matches(base.index, base.term);
}

/// Tells the leader that it may go on with entries after `index`, once they are durable here.
void Raft::Impl::snapshotCovered(LogIndex index)
{
    if (leaderId && durability.durableIndex() >= index)
        reply(leaderId, InstallSnapshotReply{term(), 0, index, false});
}

void Raft::Impl::on(const SnapshotStored& stored)
{
    pieceAtHost = false;
    if (leads() || !leaderId || installing)
        return;
    if (!stored.finishedAt) {
        reply(leaderId, InstallSnapshotReply{term(), stored.position, {}, false});
        return;
    }
    const auto end = std::exchange(stagedEnd, std::nullopt);
    if (!end || end->index != stored.finishedAt || holdsCommitted(*end))
        return; // the leader asks again
    beginAnewAfter(*end);
}

void Raft::Impl::beginAnewAfter(const LogBase& base)
{
    durability.reset(commit);
    writeReset = base;
    log.reset(base);
    configurations.assign(1, {base.index, base.configuration});
    configurationChanged();
    commit = base.index;
    verified = base.index;
    acknowledged = {};
    settled = true;
    noteRemoval();
    installing = Installing{base.index, durability.nextId(), false};
    report(Event::Kind::SnapshotInstalled, "the state as of entry " + std::to_string(base.index.value),
           leaderId, base.index);
}

/// The staged state may replace the one in use only after the log's new beginning is durable: before that a
/// crash must find the old log and the old state.
void Raft::Impl::continueInstall()
{
    if (!installing || !durability.isDurable(installing->write) || std::exchange(installing->handedOut, true))
        return;
    ready.install = installing->index;
}

void Raft::Impl::finishInstall()
{
    if (!installing || applied < installing->index)
        return;
    const LogIndex index = installing->index;
    installing.reset();
    if (!leads())
        snapshotCovered(index);
}

} // namespace dsmsg::raft
