// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sim/checkers/Snapshots.h"

#include <algorithm>

namespace dsmsg::sim {

void SnapshotDiscipline::onStart(const ClusterView&, const NodeView& node)
{
    applied_[node.server] = node.state.applied.index;
}

void SnapshotDiscipline::onWrite(const ClusterView&, const NodeView& node, const raft::Write& write)
{
    const DiskImage& log = node.disk->written;
    if (write.compact) {
        const raft::LogBase& base = *write.compact;
        if (base.term != log.termAt(base.index))
            fail(nameOfSlot(node.slot), " compacts up to entry ", base.index, " of term ", base.term,
                 ", but its log has term ", log.termAt(base.index), " there");
        if (base.index > node.state.applied.index)
            fail(nameOfSlot(node.slot), " compacts up to ", base.index, " but has applied only ",
                 node.state.applied.index);
    }
    if (!write.reset)
        return;
    const raft::LogBase& base = *write.reset;
    if (base.index > committed_.last() || committed_.termAt(base.index) != base.term)
        fail(nameOfSlot(node.slot), " begins anew after entry ", base.index, " of term ", base.term,
             ", which is not committed");
    else if (log.termAt(base.index) == base.term)
        fail(nameOfSlot(node.slot), " drops a log that has all of the snapshot at ", base.index);
    else if (base.index <= node.state.applied.index)
        fail(nameOfSlot(node.slot), " begins anew after entry ", base.index, ", behind its state of ",
             node.state.applied.index);
}

void SnapshotDiscipline::onDurable(const ClusterView&, const NodeView& node)
{
    const LogIndex base = node.disk->durable.base.index;
    if (base > std::max(node.state.durable, node.state.staged))
        fail(nameOfSlot(node.slot), "'s log begins after entry ", base,
             ", but a power cut would leave its state at ", node.state.durable);
}

void SnapshotDiscipline::onInstall(const ClusterView&, const NodeView& node)
{
    LogIndex& before = applied_[node.server];
    const LogIndex now = node.state.applied.index;
    if (now <= before)
        fail(nameOfSlot(node.slot), " replaces its state of ", before, " by one of ", now);
    if (now > node.disk->durable.base.index)
        fail(nameOfSlot(node.slot), " installs the state of ", now, " before its log begins there");
    before = now;
}

void SnapshotDiscipline::onApply(const ClusterView&, const NodeView& node, std::span<const raft::EntryPtr>,
                                 const std::vector<messaging::AppliedEntry>&,
                                 const messaging::AppliedState& state)
{
    applied_[node.server] = state.index;
}

void SnapshotDiscipline::onSend(const ClusterView&, const NodeView& node, const raft::Envelope& envelope)
{
    const auto* reply = std::get_if<raft::InstallSnapshotReply>(&envelope.message);
    if (!reply || !reply->installed)
        return;
    if (reply->installed > node.disk->durable.lastIndex())
        fail(nameOfSlot(node.slot), " says it has installed ", reply->installed, " but its disk ends at ",
             node.disk->durable.lastIndex());
}

} // namespace dsmsg::sim
